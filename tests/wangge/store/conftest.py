from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from wangge.domain.actors import Actor
from wangge.domain.cases import Case
from wangge.domain.roles import Role
from wangge.store.desk import Desk, Draft
from wangge.store.engine import engine_of
from wangge.store.files import Reading, read
from wangge.store.journal import Journal

LON, LAT = 113.05, 36.05
CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}


def box(x, y, w, h):
    """A counter-clockwise rectangle, in thousandths of a degree from the corner."""
    corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)]
    return {"type": "Polygon", "coordinates": [[at(*c) for c in corners]]}


def at(x, y):
    return [round(LON + x / 1000, 8), round(LAT + y / 1000, 8)]


def point(x, y):
    return {"type": "Point", "coordinates": at(x, y)}


def line(*points):
    return {"type": "LineString", "coordinates": [at(*p) for p in points]}


def feature(ident, geometry, **properties):
    return {"type": "Feature", "id": ident, "properties": properties, "geometry": geometry}


def _tables():
    compound = {
        "kind": "商品房",
        "built_year": 1998,
        "manager_kind": "property",
        "manager_name": "某物业",
        "manager_since": "2024-01-01",
        "contract_end": "2027-01-01",
        "gated": True,
    }
    building = {"kind": "slab", "floors": 6, "units": 2, "built_year": 1998}
    home = {
        "unit": 1,
        "room": "101",
        "people": 3,
        "holder": "李某",
        "phone": "000-0000-0001",
        "care": [],
        "mobility": "walks",
        "member": False,
    }
    hazard = {"kind": "old_wiring", "severity": "低", "due_on": "2026-11-30", "closed_on": None}
    tables = {
        "community": [
            feature(
                "M1",
                box(0, 0, 4, 2),
                name="府后街",
                district="上党区",
                subdistrict="韩店街道",
                code="140404001002",
                synthetic=True,
            )
        ],
        "grids": [
            feature(
                f"G{i}",
                box(2 * i - 2, 0, 2, 2),
                name=f"第{i}网格",
                branch="党支部",
                leader_post="网格长",
            )
            for i in (1, 2)
        ],
        "compounds": [
            feature(
                f"C0{i}",
                box(2 * i - 1.8, 0.2, 1.5, 1.5),
                name=f"小区{i}",
                grid_id=f"G{i}",
                **compound,
            )
            for i in (1, 2)
        ],
        "buildings": [
            feature(
                f"B00{i}",
                box(2 * ((i + 1) // 2) - 1.6, 0.4 + 0.6 * (i % 2), 0.8, 0.2),
                name=f"{i}号楼",
                compound_id=f"C0{(i + 1) // 2}",
                **building,
            )
            for i in (1, 2, 3, 4)
        ],
        "households": [
            feature(
                f"H{i:04}",
                point(2 * ((b + 1) // 2) - 1.5 + 0.1 * (i % 4), 0.5 + 0.6 * (b % 2)),
                building_id=f"B00{b}",
                compound_id=f"C0{(b + 1) // 2}",
                **home,
            )
            for i in range(1, 13)
            for b in [(i - 1) // 3 + 1]
        ],
        "alleys": [
            feature(
                "A01",
                line((0, 0.05), (4, 0.05)),
                name="健康街",
                kind="street",
                width_m=8,
                motor=True,
                surveyed_on="2026-10-01",
                gate_closes=None,
            )
        ],
        "streetlights": [
            feature(
                f"L00{i}",
                point(i, 0.08),
                kind="mains",
                height_m=8,
                lumens=9000,
                reach_m=20.5,
                working=True,
                installed_on="2020-01-01",
                owner="市政",
            )
            for i in (1, 2, 3)
        ],
        "hazards": [
            feature(
                "Z001",
                point(1, 0.8),
                status="opened",
                reported_on="2026-11-01",
                compound_id="C01",
                note="楼道堆物",
                **hazard,
            ),
            feature(
                "Z002",
                point(1.1, 0.8),
                status="opened",
                reported_on="2026-11-02",
                compound_id="C01",
                note="线路",
                **hazard,
            ),
            feature(
                "Z003",
                point(1.5, 0.05),
                status="opened",
                reported_on="2026-11-02",
                compound_id=None,
                note=None,
                **hazard,
            ),
        ],
        "stations": [
            feature(
                f"S0{i}",
                point(2 * i - 1, 0.1),
                name=f"站{i}",
                kind="党群服务站",
                grid_id=f"G{i}",
                services=["阅览"],
                opens="08:30",
                closes="21:00",
                was="锅炉房",
            )
            for i in (1, 2)
        ],
        "facilities": [feature("F01", point(1, 0.1), kind="hydrant", name="消火栓", capacity=None)],
        "shops": [
            feature(
                "P01",
                point(1, 0.1),
                name="小卖部",
                trade="零售",
                compound_id=None,
                last_inspected_on="2026-11-20",
            )
        ],
        "gates": [feature("T01", point(1, 0.2), compound_id="C01", kind="main")],
        "paths": [
            feature("Y001", line((1, 0.05), (1, 0.9)), compound_id="C01", kind="lane", width_m=3.5)
        ],
        "ground": [feature("D01", box(0, 0.1, 1, 0.5), kind="land", name=None)],
        "trees": [feature("E1", {"type": "MultiPoint", "coordinates": [at(1, 1), at(1.2, 1)]})],
        "context": [
            feature("X001", line((-2, 0), (6, 0)), kind="road", name="东环路", width_m=20),
        ],
    }
    registers = {
        "party_groups": [
            {
                "id": f"Q0{i}",
                "name": "党小组",
                "grid_id": f"G{i}",
                "compound_id": f"C0{i}",
                "members": 13,
            }
            for i in (1, 2)
        ],
        "partners": [{"id": "N01", "name": "某医院", "trade": "医疗", "offers": "义诊"}],
        "property_companies": [
            {
                "id": "W01",
                "name": "某物业",
                "offers": "保洁",
                "fee_yuan_m2": 0.5,
                "takes_old": True,
                "compounds_now": 3,
            }
        ],
    }
    return tables, registers


class Folder:
    """A small sound community on disk, to be broken by a test."""

    def __init__(self, root: Path) -> None:
        self.geo, self.register = root / "geo", root / "register"
        self.geo.mkdir()
        self.register.mkdir()
        self.tables, self.registers = _tables()
        self.crs: dict[str, Any] = dict.fromkeys(self.tables, CRS)
        self.raw: dict[str, bytes] = {}

    def rows(self, table: str) -> dict[str, dict[str, Any]]:
        return {row["id"]: row for row in self.tables[table]}

    def set(self, table: str, ident: str, **properties) -> None:
        self.rows(table)[ident]["properties"].update(properties)

    def write(self) -> None:
        for name, features in self.tables.items():
            held = {"type": "FeatureCollection", "crs": self.crs[name], "features": features}
            if held["crs"] is None:
                del held["crs"]
            text = json.dumps(held, ensure_ascii=False).encode("utf-8", "surrogatepass")
            (self.geo / f"{name}.geojson").write_bytes(self.raw.get(name, text))
        for name, rows in self.registers.items():
            with (self.register / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0])
                writer.writeheader()
                writer.writerows(rows)

    def read(self) -> Reading:
        self.write()
        return read(self.geo)

    def codes(self) -> list[str]:
        return [problem.code for problem in self.read().problems]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def shapes() -> dict[str, Callable[..., Any]]:
    return {"box": box, "point": point, "line": line, "feature": feature, "at": at}


ENGINES = ("sqlite", "postgresql")


@pytest.fixture(params=ENGINES)
def where(request, tmp_path) -> Path | str:
    """Return where a new journal may be made: a file, then an empty database."""
    if request.param == "sqlite":
        return tmp_path / "home" / "journal.gpkg"
    return request.getfixturevalue("postgres").fresh()


@pytest.fixture
def opened() -> Iterator[Callable[[Path | str], Journal]]:
    """Return a function that opens journals, closed when the test ends."""
    held: list[Journal] = []

    def get(at: Path | str) -> Journal:
        held.append(Journal(engine_of(at)))
        return held[-1]

    yield get
    for journal in held:
        journal.close()


@pytest.fixture
def journal(where, opened) -> Journal:
    """Return an empty journal, on each engine."""
    return opened(where)


@pytest.fixture
def sqlite(tmp_path, opened) -> Journal:
    """Return an empty journal in a file, for what does not depend on the engine."""
    return opened(tmp_path / "home" / "journal.gpkg")


class Office:
    """A journal with the posts that write to it, and a clock that moves a minute a look."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.now = datetime(2026, 11, 25, 1, tzinfo=UTC)
        self.keys = count(1)

    def tick(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def at(self, post: str, role: Role | None = None) -> Desk:
        known: dict[str, Role] = {"书记": "secretary", "专干": "planner", "访客": "anonymous"}
        return Desk(self.journal, Actor(post, role or known.get(post, "worker")), self.tick)

    def key(self) -> str:
        return f"wish-{next(self.keys)}"

    def report(self, post: str = "第五网格网格员", **changed) -> Case:
        draft = replace(Draft(113.05, 36.05, "old_wiring", "一般", note="楼道电线老化"), **changed)
        return self.at(post).report(draft, key=self.key())

    def step(self, case: Case, post: str, action: str, **values) -> Case:
        return self.at(post).step(case.id, action, values=values, key=self.key())

    def handled(self, by: str = "甲") -> Case:
        case = self.report()
        self.step(case, "书记", "open")
        self.step(case, "书记", "dispatch", assignee=by)
        self.step(case, by, "start")
        return self.step(case, by, "handle", cause="私拉乱接")

    def closed(self) -> Case:
        case = self.handled()
        self.step(case, "乙", "recheck")
        return self.step(case, "书记", "close")


@pytest.fixture
def office(journal) -> Office:
    return Office(journal)


@pytest.fixture
def office_of() -> type[Office]:
    return Office
