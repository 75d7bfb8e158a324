"""Where a position lies, against plain loops over every feature of the demo community."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from shapely import Point
from shapely.affinity import translate

from wangge.analysis.whereabouts import Whereabouts, whereabouts
from wangge.domain.rules import rule
from wangge.errors import CRSError
from wangge.store.files import read

DATA = Path(__file__).parents[3] / "data" / "geo"
TABLES = ("grids", "compounds", "buildings", "alleys", "gates")


@pytest.fixture(scope="module")
def held():
    return read(DATA).community


def ask(tables, point):
    return whereabouts(*tables, x=point.x, y=point.y)


def frames(community):
    return [getattr(community, name) for name in TABLES]


def oracle(community, point):
    """Every feature, one after the other."""

    def holding(frame):
        return next((i for i, area in frame.geometry.items() if area.intersects(point)), "")

    def nearest(frame, most, half):
        best, least = "", math.inf
        for i, shape in frame.geometry.items():
            away = max(shape.distance(point) - half(i), 0.0)
            if away < least:
                best, least = i, away
        return best if least <= most else ""

    grid, building = holding(community.grids), holding(community.buildings)
    compound = holding(community.compounds)
    if building and isinstance(community.buildings.at[building, "compound_id"], str):
        compound = community.buildings.at[building, "compound_id"]
    widths = community.alleys["width_m"].fillna(0.0)
    alley = nearest(community.alleys, rule("place_alley_m").value, lambda i: widths[i] / 2)
    gate = nearest(community.gates, rule("place_gate_m").value, lambda _: 0.0)
    gate_of = community.gates.at[gate, "compound_id"] if gate else ""
    name = community.compounds["name"].to_dict() | {"": ""}
    if building:
        spot = f"{name[compound]} {community.buildings.at[building, 'name']}".strip()
    elif gate_of:
        spot = f"{name[gate_of]}门口"
    else:
        spot = f"{name[compound]}院内".replace("院院", "院") if compound else ""
    street = community.alleys.at[alley, "name"] if alley else ""
    region = community.grids.at[grid, "name"] if grid else "社区外"
    told = "・".join(part for part in (street, spot) if part) or region
    return told, region, grid, compound, building, alley, gate_of


def written(found):
    return (
        found.says.zh,
        found.grid.zh,
        found.grid_id,
        found.compound_id,
        found.building_id,
        found.alley_id,
        found.gate_of,
    )


def test_against_loops_on_the_demo(held):
    west, south, east, north = held.community.total_bounds
    rng = np.random.default_rng(4)
    spots = [
        Point(*xy) for xy in rng.uniform((west - 80, south - 80), (east + 80, north + 80), (150, 2))
    ]
    spots += [*held.gates.geometry, *held.buildings.representative_point().iloc[::5]]
    found = [ask(frames(held), spot) for spot in spots]
    assert [written(one) for one in found] == [oracle(held, spot) for spot in spots]
    assert {bool(one.building_id) for one in found} == {True, False}
    assert {one.grid_id for one in found} >= {*held.grids.index, ""}


def test_the_words_follow_the_place_wherever_it_is_moved(held):
    def moved(frame):
        return frame.set_geometry(frame.geometry.translate(1000, -2000))

    spots = [*held.gates.geometry.iloc[:20], *held.buildings.representative_point().iloc[:20]]
    tables = frames(held)
    other = [moved(frame) for frame in tables]
    for spot in spots:
        assert ask(tables, spot) == ask(other, translate(spot, 1000, -2000))


def test_a_street_is_near_from_its_edge_and_no_farther(held):
    alleys = held.alleys.iloc[[0]]
    tables = [frame.iloc[:0] for frame in frames(held)]
    tables[3] = alleys
    line, half = alleys.geometry.iloc[0], alleys["width_m"].iloc[0] / 2
    limit = rule("place_alley_m").value
    for away, near in ((half + limit - 0.1, True), (half + limit + 0.1, False)):
        ring = line.buffer(away).exterior
        spot = next(Point(xy) for xy in ring.coords if abs(line.distance(Point(xy)) - away) < 0.05)
        assert bool(ask(tables, spot).alley_id) == near


def test_nothing_known_is_outside(held):
    tables = [frame.iloc[:0] for frame in frames(held)]
    found = ask(tables, Point(0, 0))
    assert found == Whereabouts(found.says, found.grid)
    assert (found.says.zh, found.says.en) == ("社区外", "Outside the community")


@pytest.mark.parametrize("x", [math.nan, math.inf, -math.inf])
def test_a_position_must_be_finite(held, x):
    with pytest.raises(ValueError, match="no position"):
        whereabouts(*frames(held), x=x, y=0.0)


def test_degrees_are_refused(held):
    tables = frames(held)
    tables[0] = tables[0].to_crs(4490)
    with pytest.raises(CRSError):
        ask(tables, Point(0, 0))
