"""The whole demo community, turned into the rows of its tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import shapely
from shapely.geometry import Point, Polygon

from wangge.demo import names, plan
from wangge.demo.context import Beyond, surround
from wangge.demo.green import plant
from wangge.demo.incidents import Hazard, happen
from wangge.demo.lights import Lamp, set_lamps
from wangge.demo.people import Household, settle
from wangge.demo.plan import Yard
from wangge.demo.services import Facility, Shop, Station, equip, open_shops, open_stations
from wangge.demo.town import Town, build_town
from wangge.demo.write import Row, Value

_NAMED: Final[dict[str, Value]] = {
    "name": "府后街社区", "district": "上党区", "subdistrict": "韩店街道", "code": "140404001002",
    "synthetic": True,
}  # fmt: skip
_ENDING: Final = {"税务小区": 22, "金桂苑": 41}  # days the contract still runs


@dataclass(frozen=True, slots=True)
class Life:
    """The town with its people and what happened in it."""

    seed: int
    town: Town
    homes: list[Household]
    lamps: list[Lamp]
    hazards: list[Hazard]
    stations: list[Station]
    facilities: list[Facility]
    shops: list[Shop]
    trees: list[Point]
    beyond: list[Beyond]


def settle_all(seed: int, today: date) -> Life:
    """Build the town, settle its people and let a year pass."""
    town = build_town(seed)
    return Life(
        seed,
        town,
        settle(town, seed),
        set_lamps(town, seed, today),
        happen(town, seed, today),
        open_stations(town),
        equip(town, seed),
        open_shops(town, seed, today),
        plant(town, seed),
        surround(town.outline, seed),
    )


def geo_tables(life: Life, today: date) -> dict[str, list[Row]]:
    """Return the rows of every spatial table, by table name."""
    town = life.town
    return {
        "community": [Row("M1", town.outline, dict(_NAMED))],
        "grids": [_grid(k, key, life) for k, key in enumerate(town.grids)],
        "compounds": _compounds(life, today),
        "buildings": _buildings(town),
        "households": _households(life.homes),
        "alleys": _alleys(life, today),
        "streetlights": _streetlights(life.lamps),
        "hazards": _hazards(life.hazards),
        "stations": _stations(life.stations),
        "facilities": _facilities(life.facilities),
        "shops": _shops(life.shops),
        "gates": _gates(town),
        "paths": _paths(town),
        "ground": _ground(town),
        "trees": [Row("E1", shapely.MultiPoint(life.trees), {})],
        "context": _context(life.beyond),
    }


def _grid(k: int, key: str, life: Life) -> Row:
    word = "一二三四五六七八九"[k]
    columns: dict[str, Value] = {
        "name": f"第{word}网格",
        "branch": f"府后街社区第{word}网格党支部",
        "leader_post": names.STAFF[k],
    }
    return Row(key, life.town.grids[key], columns)


def _compounds(life: Life, today: date) -> list[Row]:
    rng = np.random.default_rng([life.seed, 10])
    rows = []
    for key, yard in life.town.yards.items():
        use = yard.parcel.use
        if not isinstance(use, Yard):
            continue
        company = names.COMPANIES[int(rng.integers(len(names.COMPANIES)))][0]
        started = today - timedelta(days=int(rng.integers(200, 1400)))
        runs = today + timedelta(days=int(rng.integers(120, 900)))
        since = today - timedelta(days=use.days) if use.days else started
        ends = None
        manager = {"unit": "原单位", "community": "府后街社区", "none": None}.get(
            use.manager, company
        )
        if use.manager == "property":
            left = _ENDING.get(use.name)
            ends = (today + timedelta(days=left) if left else runs).isoformat()
        if use.manager == "unit":
            manager = use.name.removesuffix("家属院").removesuffix("小区").removesuffix("院")
        columns: dict[str, Value] = {
            "name": use.name,
            "grid_id": yard.parcel.grid,
            "kind": use.kind,
            "built_year": use.built_year,
            "manager_kind": use.manager,
            "manager_name": manager,
            "manager_since": since.isoformat(),
            "contract_end": ends,
            "gated": use.kind != plan.COURT,
        }
        rows.append(Row(key, yard.wall, columns))
    return rows


def _buildings(town: Town) -> list[Row]:
    return [
        Row(
            key,
            b.shape,
            {
                "name": b.name,
                "compound_id": b.compound,
                "kind": b.kind,
                "floors": b.floors,
                "units": b.units,
                "built_year": b.built_year,
            },
        )
        for key, b in town.buildings.items()
    ]


def _households(homes: list[Household]) -> list[Row]:
    return [
        Row(
            f"H{k + 1:04d}",
            h.place,
            {
                "building_id": h.building,
                "compound_id": h.compound,
                "unit": h.unit,
                "room": h.room,
                "people": h.people,
                "holder": h.holder,
                "phone": h.phone,
                "care": list(h.care),
                "mobility": h.mobility,
                "member": h.member,
            },
        )
        for k, h in enumerate(homes)
    ]


def _alleys(life: Life, today: date) -> list[Row]:
    rng = np.random.default_rng([life.seed, 11])
    rows = []
    for k, way in enumerate(life.town.ways):
        walked = today - timedelta(days=int(rng.integers(5, 75)))
        columns: dict[str, Value] = {
            "name": way.name,
            "kind": way.kind,
            "width_m": way.width,
            "motor": way.width >= 3.5,
            "surveyed_on": None if way.light == "unknown" else walked.isoformat(),
            "night_result": None,
            "gate_closes": way.gate_closes,
        }
        rows.append(Row(f"A{k + 1:02d}", way.line, columns))
    return rows


def _streetlights(lamps: list[Lamp]) -> list[Row]:
    return [
        Row(
            f"L{k + 1:03d}",
            lamp.place,
            {
                "kind": lamp.kind,
                "height_m": lamp.height,
                "lumens": lamp.lumens,
                "reach_m": lamp.reach,
                "working": lamp.working,
                "installed_on": lamp.installed.isoformat(),
                "owner": lamp.owner,
                "out_since": lamp.out_since.isoformat() if lamp.out_since else None,
            },
        )
        for k, lamp in enumerate(lamps)
    ]


def _hazards(hazards: list[Hazard]) -> list[Row]:
    return [
        Row(
            f"Z{k + 1:03d}",
            h.place,
            {
                "kind": h.kind,
                "severity": h.severity,
                "status": h.status,
                "reported_on": h.reported.isoformat(),
                "due_on": h.due.isoformat() if h.due else None,
                "closed_on": h.closed.isoformat() if h.closed else None,
                "compound_id": h.compound,
                "note": h.note,
            },
        )
        for k, h in enumerate(hazards)
    ]


def _stations(stations: list[Station]) -> list[Row]:
    return [
        Row(
            f"S{k + 1:02d}",
            s.place,
            {
                "name": s.name,
                "kind": s.kind,
                "grid_id": s.grid,
                "services": list(s.services),
                "opens": s.opens,
                "closes": s.closes,
                "was": s.was,
            },
        )
        for k, s in enumerate(stations)
    ]


def _facilities(facilities: list[Facility]) -> list[Row]:
    return [
        Row(f"F{k + 1:02d}", f.place, {"kind": f.kind, "name": f.name, "capacity": f.capacity})
        for k, f in enumerate(facilities)
    ]


def _shops(shops: list[Shop]) -> list[Row]:
    return [
        Row(
            f"P{k + 1:02d}",
            s.place,
            {
                "name": s.name,
                "trade": s.trade,
                "compound_id": s.compound,
                "last_inspected_on": s.inspected.isoformat(),
            },
        )
        for k, s in enumerate(shops)
    ]


def _gates(town: Town) -> list[Row]:
    gates = [(key, kind, spot) for key, yard in town.yards.items() for kind, spot in yard.gates]
    return [
        Row(f"T{k + 1:02d}", spot, {"compound_id": key, "kind": kind})
        for k, (key, kind, spot) in enumerate(gates)
    ]


def _paths(town: Town) -> list[Row]:
    return [
        Row(f"Y{k + 1:03d}", line, {"compound_id": key, "kind": kind, "width_m": width})
        for k, (key, kind, width, line) in enumerate(town.paths)
    ]


def _ground(town: Town) -> list[Row]:
    parts: list[tuple[str, str | None, Polygon]] = [("land", None, shape) for shape in town.land]
    parts += [part for place in town.places for part in place.ground]
    return [
        Row(f"D{k + 1:02d}", shape, {"kind": kind, "name": name})
        for k, (kind, name, shape) in enumerate(parts)
    ]


def _context(beyond: list[Beyond]) -> list[Row]:
    return [
        Row(f"X{k + 1:03d}", b.shape, {"kind": b.kind, "name": b.name, "width_m": b.width})
        for k, b in enumerate(beyond)
    ]
