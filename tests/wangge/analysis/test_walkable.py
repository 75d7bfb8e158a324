"""Where doors are and what they open on: one answer for every walk."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from shapely import LineString, Point, Polygon, box

from wangge.analysis.coverage import walk_to_station
from wangge.analysis.doors import dark_paths
from wangge.analysis.walkable import doors_of, walkable, ways_on_foot, yard_of

METRIC = 4547


def frame(shapes, prefix="X", **columns):
    shapes = list(shapes)
    held = {"compound_id": None, "kind": "alley", "surveyed_on": "2026-10-01", "gate_closes": None}
    return gpd.GeoDataFrame(
        {k: [v] * len(shapes) for k, v in (held | columns).items()},
        geometry=shapes,
        crs=METRIC,
        index=[f"{prefix}{k + 1}" for k in range(len(shapes))],
    )


NONE = frame([])
LAMPS = frame([], reach_m=1.0, height_m=6.0, working=True)


def court(shape):
    return frame([shape], "B", kind="courtyard", compound_id="C1")


def test_a_court_has_its_door_in_its_wall_and_any_other_building_in_its_middle():
    alley = frame([LineString([(0, 0), (100, 0)])])
    spots, yards = doors_of(court(box(20, 3, 40, 30)), alley, NONE)
    assert spots[0, 1] == 3
    assert yards.tolist() == [""]
    spots, yards = doors_of(court(box(20, 3, 40, 30)).assign(kind="flats"), alley, NONE)
    assert spots.tolist() == [[30, 16.5]]
    assert yards.tolist() == ["C1"]


def test_a_court_without_any_way_keeps_its_middle():
    spots, yards = doors_of(court(box(0, 0, 2, 4)), NONE, NONE)
    assert spots.tolist() == [[1, 2]]
    assert yards.tolist() == ["C1"]


def test_the_walk_to_a_station_and_the_way_home_start_at_the_same_door():
    """Its middle is nearer to the yard's path, which leads round; its wall is on the alley."""
    alley = frame([LineString([(50, 0), (50, 100)])])
    yard = frame([LineString([(64, 90), (64, 57)])], compound_id="C1")
    gate = frame([Point(64, 57)], compound_id="C1")
    home, site = court(box(51, 60, 62, 80)), frame([Point(50, 0)], "S", kind="党群服务站")
    metres = walk_to_station(home, site, alley, yard, gate).loc["B1", "metres"]
    assert 61 - 1e-6 <= metres <= 81 + 1e-6
    night = dark_paths(home, site, alley, yard, gate, LAMPS).loc["B1"]
    assert night["metres"] == pytest.approx(metres)


def test_what_has_no_place_is_joined_to_nothing_and_moves_nobody_else():
    alley = frame([LineString([(0, 0), (100, 0)])])
    homes = frame([Polygon(), box(9, 1, 11, 3)], "B")
    sites = frame([Point(), Point(50, 2)], "S")
    held = walkable(homes, sites, alley, NONE, NONE)
    assert (held.door >= 0).tolist() == [False, True]
    assert (held.station >= 0).tolist() == [False, True]
    found = walk_to_station(homes, sites, alley, NONE, NONE, kind="")
    assert found["station_id"].tolist() == ["", "S2"]
    assert found["metres"].to_numpy() == pytest.approx([np.nan, 2 + 40 + 2], nan_ok=True)


def test_a_station_on_no_way_is_nobodys_nearest():
    alley = frame([LineString([(0, 0), (100, 0)])])
    home, site = frame([box(500, 500, 502, 502)], "B"), frame([Point(900, 900)], "S")
    found = walk_to_station(home, site, alley, NONE, NONE, kind="")
    assert found["station_id"].tolist() == [""]


def test_streets_may_be_a_yard_of_their_own():
    alley, path = frame([LineString([(0, 0), (9, 0)])]), frame([LineString([(0, 5), (9, 5)])])
    found = ways_on_foot(alley, path.assign(compound_id="C1"), NONE, street="street")
    assert found.yard.tolist() == ["street", "C1"]
    assert yard_of(path.drop(columns="compound_id")).tolist() == [""]
