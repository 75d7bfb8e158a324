"""The night round, against every possible order of few ways, and laws of any number."""

from __future__ import annotations

from datetime import date
from itertools import pairwise, permutations, product

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import LineString, MultiLineString, Point, box

from wangge.analysis.night_round import night_round, walking_order
from wangge.errors import CRSError

TODAY = date(2026, 11, 23)
METRIC = 4547
GRIDS = gpd.GeoDataFrame(
    geometry=[box(0, 0, 100, 100), box(100, 0, 200, 100)], crs=METRIC, index=["G1", "G2"]
)
NOWHERE = gpd.GeoDataFrame({"grid_id": []}, geometry=[], crs=METRIC)
DARK = gpd.GeoDataFrame(geometry=[], crs=METRIC)


def ways(lines, days):
    index = [f"A{k}" for k in range(len(lines))]
    return gpd.GeoDataFrame(
        {"surveyed_on": pd.to_datetime(days)}, geometry=lines, crs=METRIC, index=index
    )


def ends_of(seed, n):
    rng = np.random.default_rng(seed)
    ends = rng.uniform(0, 100, (2 * n, 2))
    far = np.hypot(*(ends[:, None] - ends[None]).transpose(2, 0, 1))
    return far, np.hypot(*ends.T)


def between(entries, far, begin):
    steps = [begin[entries[0]]]
    steps += [far[last ^ 1, entry] for last, entry in pairwise(entries)]
    return sum(steps)


@pytest.mark.parametrize("seed", range(6))
def test_against_every_order(seed):
    far, begin = ends_of(seed, 5)
    least = min(
        between([2 * way + turn for way, turn in zip(order, turns, strict=True)], far, begin)
        for order in permutations(range(5))
        for turns in product((0, 1), repeat=5)
    )
    assert between(walking_order(far, begin), far, begin) <= least * 1.03


@pytest.mark.parametrize("n", [0, 1, 12])
def test_every_way_is_walked_once(n):
    far, begin = ends_of(n, n)
    assert sorted(entry // 2 for entry in walking_order(far, begin)) == list(range(n))


def test_never_longer_than_the_nearest_next():
    far, begin = ends_of(9, 12)
    left, reach, greedy = set(range(12)), begin, []
    while left:
        entry = min((e for way in left for e in (2 * way, 2 * way + 1)), key=lambda e: reach[e])
        greedy.append(entry)
        left.remove(entry // 2)
        reach = far[entry ^ 1]
    assert between(walking_order(far, begin), far, begin) <= between(greedy, far, begin) + 1e-9


def test_never_looked_at_first_then_the_oldest():
    lines = [LineString([(x, 10), (x, 90)]) for x in (10, 20, 30, 40)]
    found = night_round(
        GRIDS,
        ways(lines, ["2026-11-20", "2026-09-24", None, "2026-09-25"]),
        DARK,
        NOWHERE,
        grid="G1",
        today=TODAY,
    )
    assert found["need"].to_dict() == {
        "A2": "never",
        "A1": "due",  # sixty days ago
        "A0": "recent",
        "A3": "recent",
    }
    assert found["length_m"].tolist() == pytest.approx([80.0] * 4)


def test_the_walk_begins_at_the_station():
    road = LineString([(0, 50), (100, 50)])
    lines = [road, LineString([(10, 50), (10, 90)]), LineString([(90, 50), (90, 90)])]
    station = gpd.GeoDataFrame({"grid_id": ["G1"]}, geometry=[Point(90, 45)], crs=METRIC)
    held = ways(lines, ["2026-11-20", None, None])
    found = night_round(GRIDS, held, DARK, station, grid="G1", today=TODAY)
    assert list(found.index) == ["A2", "A1", "A0"]
    assert found["from_last_m"].iloc[0] == pytest.approx(5)
    assert found["from_last_m"].iloc[1] == pytest.approx(40 + 80)  # back out of the dead end


def test_all_rounds_together_walk_every_way_once():
    lines = [
        LineString([(10, 10), (90, 10)]),
        LineString([(100, 0), (100, 100)]),  # the border: to the first
        LineString([(90, 50), (190, 50)]),
        MultiLineString([[(150, 60), (150, 90)], [(150, 92), (150, 99)]]),
        LineString([(20, 20), (20, 20)]),  # nothing to walk
        LineString(),
    ]
    held = ways(lines, [None] * 6)
    homes = {
        grid: list(night_round(GRIDS, held, DARK, NOWHERE, grid=grid, today=TODAY).index)
        for grid in GRIDS.index
    }
    assert sorted(homes["G1"]) == ["A0", "A1"]
    assert sorted(homes["G2"]) == ["A2", "A3"]


def test_lamps_belong_to_the_nearest_way_in_their_order():
    lines = [LineString([(0, 10), (90, 10)]), LineString([(0, 40), (90, 40)])]
    spots = [Point(80, 12), Point(5, 8), Point(5, 41), Point(5, 75)]
    lamps = gpd.GeoDataFrame(geometry=spots, crs=METRIC, index=["L1", "L2", "L3", "L4"])
    found = night_round(GRIDS, ways(lines, [None] * 2), lamps, NOWHERE, grid="G1", today=TODAY)
    assert found["lamps"].to_dict() == {"A0": ("L2", "L1"), "A1": ("L3",)}


def test_ways_without_a_connection_are_walked_all_the_same():
    lines = [LineString([(0, 10), (20, 10)]), LineString([(0, 90), (20, 90)])]
    found = night_round(GRIDS, ways(lines, [None] * 2), DARK, NOWHERE, grid="G1", today=TODAY)
    assert len(found) == 2
    assert np.isnan(found["from_last_m"].iloc[1])


def test_a_known_way_is_worth_a_detour():
    """The next is 25 m along a way; another, to which none leads, is 14 m off as the crow flies."""
    lines = [LineString([(0, 10), (20, 10)]), LineString([(30, 20), (30, 30)])]
    lines += [LineString([(45, 10), (45, 40)]), LineString([(20, 10), (45, 10)])]
    station = gpd.GeoDataFrame({"grid_id": ["G1"]}, geometry=[Point(0, 10)], crs=METRIC)
    held = ways(lines, [None, None, None, "2026-11-20"])
    found = night_round(GRIDS, held, DARK, station, grid="G1", today=TODAY)
    assert list(found.index) == ["A0", "A2", "A1", "A3"]


def test_nothing_to_walk():
    found = night_round(GRIDS, ways([], []), DARK, NOWHERE, grid="G1", today=TODAY)
    assert found.empty


def test_what_is_refused():
    with pytest.raises(KeyError, match="G9"):
        night_round(GRIDS, ways([], []), DARK, NOWHERE, grid="G9", today=TODAY)
    with pytest.raises(CRSError):
        night_round(GRIDS.to_crs(4490), ways([], []), DARK, NOWHERE, grid="G1", today=TODAY)
