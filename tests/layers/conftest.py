"""A small community with every word of every enum column, read from files like a real one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, time
from itertools import cycle, islice

import pandas as pd
import pytest

from wangge.domain.tables import TABLES
from wangge.domain.workdays import PLACE
from wangge.store.files import read

TODAY = date(2026, 11, 23)
NOW = datetime.combine(TODAY, time(13, 42), PLACE)
EAST, NORTH = 113.050, 36.052  # degrees; the corner of a small synthetic community
X, Y = 1 / 90_070, 1 / 110_950  # degrees a metre there
PARENTS = {"grids": "G1", "compounds": "C01", "buildings": "B001"}


def at(x, y):
    return [round(EAST + x * X, 7), round(NORTH + y * Y, 7)]


def square(x, y, side):
    corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
    return {"type": "Polygon", "coordinates": [[at(*corner) for corner in corners]]}


def shape_of(table, place):
    x, y = 20 + 40 * (place % 9), 20 + 40 * (place // 9)
    if table in {"community", "grids"}:
        return square(0, 0, 400)
    if table == "context":
        return square(500 + x, y, 20)
    if "Polygon" in TABLES[table].geometry:
        return square(x, y, {"compounds": 36, "buildings": 12}.get(table, 6))
    if "LineString" in TABLES[table].geometry:
        return {"type": "LineString", "coordinates": [at(x, y), at(x + 35, y), at(x + 35, y + 30)]}
    return {"type": "Point", "coordinates": at(x + 2, y + 2)}


DATES = {
    "surveyed_on": ["2026-11-01", None],
    "contract_end": ["2027-01-03", "2029-06-30", None],
    "due_on": ["2026-11-20", "2026-12-20", None],
    "closed_on": ["2026-10-10", None],
    "last_inspected_on": ["2026-11-20", "2026-01-10", None],
}
TIMES = {"opens": "08:00", "closes": "18:00", "gate_closes": "22:30"}


def values_of(column):
    if column.refers_to:
        return [PARENTS[column.refers_to]]
    if column.terms:
        words = list(column.terms)
        return [[word] for word in words] if column.kind == "list" else words
    of_kind = {
        "text": [f"{column.label.zh}一"],
        "int": [max(1, int(column.low or 1))],
        "float": [max(6.0, column.low or 1.0)],
        "bool": [True, False],
        "date": DATES.get(column.name, ["2026-04-20"]),
        "time": [TIMES.get(column.name)],
        "list": [["读书", "理发"]],
    }
    return of_kind[column.kind]


def row(table, place):
    values = {}
    for shift, column in enumerate(TABLES[table].columns):
        offset = place // 2 if column.kind == "bool" else place if column.terms else place + shift
        values[column.name] = next(islice(cycle(values_of(column)), offset, None))
    return values


PREFIX = {
    "community": "M", "grids": "G", "compounds": "C0", "buildings": "B00", "households": "H000",
    "alleys": "A0", "streetlights": "L00", "hazards": "Z00", "stations": "S0", "facilities": "F0",
    "shops": "P0", "gates": "T0", "paths": "Y00", "ground": "D0", "trees": "E", "context": "X00",
}  # fmt: skip


def write(folder):
    """Write a community: 18 features a table, so that enum columns meet in many ways."""
    for table in TABLES:
        number = 1 if table in {"community", "grids"} else 18
        features = [
            {
                "type": "Feature",
                "id": f"{PREFIX[table]}{place + 1}",
                "properties": row(table, place),
                "geometry": shape_of(table, place),
            }
            for place in range(number)
        ]
        document = {"type": "FeatureCollection", "features": features}
        (folder / f"{table}.geojson").write_text(json.dumps(document), "utf-8")
    return folder


@pytest.fixture(scope="session")
def today():
    return TODAY


def residents_of(community):
    places = {
        "community": ["M1"],
        "grid": list(community.grids.index),
        "compound": list(community.compounds.index),
        "building": list(community.buildings.index),
    }
    index = pd.MultiIndex.from_tuples(
        [(level, one) for level, ids in places.items() for one in ids], names=["level", "id"]
    )
    counted = pd.array([84, None, 12] * len(index), dtype="Int64")[: len(index)]
    names = ["households", "people", "members", "alone", "disabled", "care"]
    return pd.DataFrame(dict.fromkeys(names, counted), index=index)


@pytest.fixture(scope="session")
def community(tmp_path_factory):
    held = read(write(tmp_path_factory.mktemp("geo"))).community
    return replace(held, residents=residents_of(held)).at(NOW)


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    return read(tmp_path_factory.mktemp("nothing")).community.at(NOW)
