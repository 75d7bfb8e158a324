"""The dark way home, against a slow walk over the same picture, and the laws it must keep."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import LineString, MultiLineString, Point, box

from wangge.analysis.coverage import walk_to_station
from wangge.analysis.doors import alley_walkers, dark_paths, gates_closed
from wangge.domain.rules import rule
from wangge.errors import CRSError

METRIC = 4547
DAY = "2026-10-01"


def frame(shapes, prefix="X", **columns):
    shapes = list(shapes)
    names = [f"{prefix}{k + 1}" for k in range(len(shapes))]
    held = {"compound_id": None, "kind": "党群服务站"} | columns
    return gpd.GeoDataFrame(
        {
            key: value if isinstance(value, list) else [value] * len(shapes)
            for key, value in held.items()
        },
        geometry=shapes,
        crs=METRIC,
        index=names,
    )


def ways(lines, kind="alley", surveyed=DAY, closes=None):
    return frame(lines, "A", kind=kind, surveyed_on=surveyed, gate_closes=closes)


def lamps(spots, reach=15.0, working=True):
    return frame([Point(p) for p in spots], "L", reach_m=reach, height_m=6.0, working=working)


def homes(spots, compound=None):
    return frame([box(x - 1, y - 1, x + 1, y + 1) for x, y in spots], "B", compound_id=compound)


NONE = frame([])


def walk(home, alleys, lights, *, stations=NONE, paths=NONE, gates=NONE, at=""):
    return dark_paths(home, stations, alleys, paths, gates, lights, at=at)


def story(closes=None, surveyed=DAY):
    """A street along y = 0 and an alley of 100 m up from it at x = 50, dark but for its mouth."""
    lines = [LineString([(0, 0), (100, 0)]), LineString([(50, 0), (50, 100)])]
    return ways(lines, ["street", "alley"], [DAY, surveyed], [None, closes])


def town(seed):
    """A street and a comb of alleys, each with cross lanes; doors beside them."""
    rng = np.random.default_rng(seed)
    lines = [LineString([(0, 0), (200, 0)])]
    lines += [LineString([(x, 0), (x, 120)]) for x in (20, 90, 170)]
    lines += [LineString([(20, y), (170, y)]) for y in (45, 110)]
    alleys = ways(lines, ["street"] + ["alley"] * 5)
    # doors are nearer to their alley than to a lane or the street
    heights = np.concatenate([rng.uniform(5, 40, 8), rng.uniform(50, 105, 7)])
    doors = homes([(rng.choice([20, 90, 170]) + 3, y) for y in heights])
    return doors, alleys, lamps(rng.uniform((0, 0), (200, 120), (9, 2)))


def sampled(home, alleys, lights):
    """Dark metres of the straight way down its alley, by points every 5 cm."""
    x, y = home.centroid.x - 3, home.centroid.y
    at = np.stack([np.full(int(y / 0.05), x), np.arange(int(y / 0.05)) * 0.05 + 0.025], axis=1)
    xy = shapely.get_coordinates(lights.geometry.to_numpy())
    dark = ~(np.hypot(*(at[:, None] - xy[None]).transpose(2, 0, 1)) <= 15).any(axis=1)
    runs = "".join("d" if one else " " for one in dark).split()
    return dark.sum() * 0.05, max((len(run) for run in runs), default=0) * 0.05


@pytest.mark.parametrize("seed", range(4))
def test_against_sampling_the_way_down(seed):
    doors, alleys, lights = town(seed)
    found = walk(doors, alleys, lights)
    for name, home in doors.geometry.items():
        dark, longest = sampled(home, alleys, lights)
        assert found.loc[name, "metres"] == pytest.approx(home.centroid.y + 3)
        assert found.loc[name, "dark_m"] == pytest.approx(dark, abs=0.6)
        assert found.loc[name, "longest_dark_m"] == pytest.approx(longest, abs=0.2)
        assert found.loc[name, "unknown_m"] == pytest.approx(3)
        assert found.loc[name, "goal"] == "A1"


def test_the_story_three_lamps_and_the_gate_is_lit():
    doors, alleys = homes([(53, 99)]), story()
    before = walk(doors, alleys, lamps([(50, 0)])).iloc[0]
    assert (before["dark_m"], before["longest_dark_m"]) == pytest.approx((84, 84))
    after = walk(doors, alleys, lamps([(50, 0), (50, 30), (50, 60), (50, 90)])).iloc[0]
    assert (after["dark_m"], after["longest_dark_m"]) == pytest.approx((0, 0))


def test_the_nearest_of_street_and_station_is_the_goal():
    doors, alleys = homes([(53, 99)]), story()
    found = walk(doors, alleys, lamps([]), stations=frame([Point(47, 80)], "S")).iloc[0]
    assert found["goal"] == "S1"
    assert found["metres"] == pytest.approx(3 + 19 + 3)
    assert found["unknown_m"] == pytest.approx(3 + 3)
    assert found["dark_m"] == pytest.approx(19)


@pytest.mark.parametrize(
    ("closes", "at", "state"),
    [
        ("22:00", "", "closed"),
        ("22:00", "23:00", "closed"),
        ("22:00", "21:59", "reached"),
        ("22:00", "22:00", "closed"),
        ("00:30", "23:59", "reached"),
        ("22:00", "01:00", "closed"),
        (None, "", "reached"),
    ],
)
def test_gates_that_close_at_night_are_closed(closes, at, state):
    found = walk(homes([(53, 99)]), story(closes), lamps([]), at=at).iloc[0]
    assert found["state"] == state
    assert np.isnan(found["metres"]) == (state == "closed")
    assert found["goal"] == ("A1" if state == "reached" else "")


def test_a_closed_gate_sends_people_the_long_way_round():
    lines = [LineString([(0, 0), (200, 0)]), LineString([(50, 0), (50, 50)])]
    lines += [LineString([(50, 50), (150, 50)]), LineString([(150, 0), (150, 50)])]
    doors = homes([(53, 52)])
    kinds = ["street", "alley", "alley", "alley"]
    by_day = walk(doors, ways(lines, kinds), lamps([])).iloc[0]
    by_night = walk(doors, ways(lines, kinds, closes=[None, "22:00", None, None]), lamps([]))
    assert by_day["metres"] == pytest.approx(2 + 3 + 50)
    assert by_night.iloc[0]["metres"] == pytest.approx(2 + 97 + 50)


@pytest.mark.parametrize("shut", [1, 2])
def test_a_door_at_a_corner_has_both_ways(shut):
    """Both ways are as near; that the gate of one has closed does not lock the door."""
    lines = [LineString([(0, 0), (100, 0)]), LineString([(50, 0), (50, 50)])]
    lines += [LineString([(50, 50), (100, 50)])]
    closes = [None] * 3
    closes[shut] = "22:00"
    alleys = ways(lines, ["street", "alley", "alley"], closes=closes)
    found = walk(homes([(47, 54)]), alleys, lamps([])).iloc[0]
    assert found["state"] == ("closed" if shut == 1 else "reached")
    site = frame([Point(103, 50)], "S")
    found = walk(homes([(47, 54)]), alleys, lamps([]), stations=site).iloc[0]
    assert found["metres"] == pytest.approx(5 + 50 + 3 if shut == 1 else 5 + 50)


def test_a_street_whose_gate_has_closed_is_no_goal():
    alleys = ways([LineString([(0, 0), (100, 0)])], "street", closes="22:00")
    assert walk(homes([(-3, 0)]), alleys, lamps([])).iloc[0]["state"] == "closed"


def test_a_door_that_cannot_be_reached_is_named():
    island = ways(
        [LineString([(0, 0), (9, 0)]), LineString([(500, 0), (509, 0)])], ["street", "alley"]
    )
    found = walk(homes([(505, 3), (250, 0), (5, 3)]), island, lamps([]))
    assert found["state"].tolist() == ["cut_off", "no_way", "reached"]
    assert found[["metres", "dark_m"]].isna().all(axis=1).tolist() == [True, True, False]
    assert found["goal"].tolist() == ["", "", "A1"]


def test_of_two_stations_in_one_place_the_first_is_the_goal():
    island = ways([LineString([(0, 0), (50, 0)])])
    sites = frame([Point(40, 0), Point(40, 0)], "S")
    assert walk(homes([(5, 3)]), island, lamps([]), stations=sites).iloc[0]["goal"] == "S1"


def test_darkness_goes_on_where_the_ends_of_two_ways_leave_a_gap():
    """Half a metre that nobody drew parts no darkness in two."""
    lines = [LineString([(0, 0), (100, 0)]), LineString([(50, 0), (50, 60)])]
    lines += [LineString([(50.4, 60), (90, 60)])]
    alleys = ways(lines, ["street", "alley", "alley"])
    found = walk(homes([(80, 63)]), alleys, lamps([(50, 0)])).iloc[0]
    assert found["metres"] == pytest.approx(3 + 30 + 60)
    assert found["dark_m"] == pytest.approx(29.6 + 45)
    assert found["longest_dark_m"] == pytest.approx(29.6 + 45)


def test_a_way_of_no_length_leads_nobody_astray():
    lines = [LineString([(0, 0), (100, 0)]), LineString([(50, 7), (50, 7)])]
    found = walk(homes([(50, 8)]), ways(lines, ["street", "alley"]), lamps([])).iloc[0]
    assert (found["state"], found["metres"]) == ("reached", pytest.approx(8))


def test_a_gate_far_from_every_alley_leads_to_none():
    far = rule("door_edge_m").value + 1
    alleys = ways([LineString([(0, 0), (100, 0)])], "street")
    yard = frame([LineString([(50, far), (50, far + 40)])], "Y", compound_id="C1")
    gate = frame([Point(50, far)], "T", compound_id="C1")
    home = homes([(53, far + 20)], "C1")
    assert walk(home, alleys, lamps([]), paths=yard, gates=gate).iloc[0]["state"] == "cut_off"
    near = gate.translate(0, -2)
    gate = gate.set_geometry(near)
    found = walk(home, alleys, lamps([]), paths=yard, gates=gate).iloc[0]
    assert found["metres"] == pytest.approx(3 + 20 + 2 + far - 2)


def test_what_nobody_looked_at_is_not_dark():
    found = walk(homes([(53, 99)]), story(surveyed=None), lamps([(50, 50)])).iloc[0]
    assert found["dark_m"] == 0
    assert found["unknown_m"] == pytest.approx(3 + 99 - 30)


def test_a_yard_is_left_through_its_gate():
    alleys = story()
    yard = frame([LineString([(60, 90), (60, 60)])], "Y", compound_id="C1")
    gate = frame([Point(58, 60)], "T", compound_id="C1")
    found = walk(homes([(63, 80)], "C1"), alleys, lamps([]), paths=yard, gates=gate).iloc[0]
    assert found["metres"] == pytest.approx(3 + 20 + 2 + 8 + 60)
    assert found["dark_m"] == pytest.approx(60)
    assert found["unknown_m"] == pytest.approx(3 + 20 + 2 + 8)


@pytest.mark.parametrize("gap", [1.0, 9.0])
def test_a_court_opens_in_its_wall_on_the_nearest_way(gap):
    """Its middle is nearer to the yard's path, its wall to the alley or, set back, to the path."""
    alleys = story()
    court = frame([box(50 + gap, 60, 62, 80)], "B", kind="courtyard", compound_id="C1")
    yard = frame([LineString([(64, 90), (64, 57)])], "Y", compound_id="C1")
    gate = frame([Point(64, 57)], "T", compound_id="C1")
    found = walk(court, alleys, lamps([]), paths=yard, gates=gate).iloc[0]
    if gap < 2:
        assert 60 - 1e-6 <= found["dark_m"] <= 80 + 1e-6
        assert found["unknown_m"] == pytest.approx(gap)
        assert found["metres"] == pytest.approx(gap + found["dark_m"])
    else:
        assert found["dark_m"] == pytest.approx(57)
        assert found["unknown_m"] > 2 + 14


@pytest.mark.parametrize("seed", range(3))
def test_lamps_change_light_and_never_the_way(seed):
    doors, alleys, lights = town(seed)
    fewer, more = walk(doors, alleys, lights.iloc[:5]), walk(doors, alleys, lights)
    broken = walk(doors, alleys, lights.assign(working=[True] * 5 + [False] * 4))
    assert (more["dark_m"] <= fewer["dark_m"] + 1e-9).all()
    assert (more["longest_dark_m"] <= fewer["longest_dark_m"] + 1e-9).all()
    assert more["metres"].to_numpy() == pytest.approx(fewer["metres"].to_numpy())
    pd.testing.assert_frame_equal(broken, fewer)
    assert (more["longest_dark_m"] <= more["dark_m"] + 1e-9).all()
    assert (more["dark_m"] + more["unknown_m"] <= more["metres"] + 1e-6).all()


def test_splitting_an_alley_changes_no_walk():
    doors, alleys, lights = town(7)
    pieces = [(line, kind) for line, kind in zip(alleys.geometry, alleys["kind"], strict=True)]
    cut = [
        (shapely.ops.substring(line, a, b, normalized=True), kind)
        for line, kind in pieces
        for a, b in ((0, 0.31), (0.31, 1))
    ]
    split = ways([line for line, _ in cut], [kind for _, kind in cut])
    names = ["metres", "dark_m", "unknown_m", "longest_dark_m"]
    a, b = walk(doors, alleys, lights)[names], walk(doors, split, lights)[names]
    assert b.to_numpy() == pytest.approx(a.to_numpy(), abs=1e-5)


@pytest.mark.parametrize("angle", [33.0, 90.0, 171.5])
def test_moving_and_turning_everything_changes_no_walk(angle):
    def moved(held):
        turned = held.rotate(angle, origin=(0, 0)).translate(40_000, -7_000)
        return held.set_geometry(turned)

    doors, alleys, lights = town(6)
    doors["geometry"] = doors.buffer(0.5)  # a square turned has the same middle, to rounding
    names = ["metres", "dark_m", "unknown_m", "longest_dark_m"]
    here = walk(doors, alleys, lights)[names]
    there = walk(moved(doors), moved(alleys), moved(lights))[names]
    assert there.to_numpy() == pytest.approx(here.to_numpy(), abs=1e-5)


def test_an_alley_in_parts_is_walked_in_parts():
    parts = MultiLineString([[(50, 0), (50, 40)], [(50, 40), (50, 100)]])
    alleys = ways([LineString([(0, 0), (100, 0)]), parts], ["street", "alley"])
    whole = walk(homes([(53, 99)]), story(), lamps([(50, 0)]))
    pd.testing.assert_frame_equal(walk(homes([(53, 99)]), alleys, lamps([(50, 0)])), whole)


def test_as_far_as_the_walk_to_a_station_where_there_is_no_street():
    doors, alleys, lights = town(3)
    site = frame([Point(20, 0)], "S")
    lanes = alleys.assign(kind="alley")
    want = walk_to_station(doors, site, lanes, NONE, NONE)["metres"]
    found = walk(doors, lanes, lights, stations=site)
    assert found["metres"].to_numpy() == pytest.approx(want.to_numpy())
    assert set(found["goal"]) == {"S1"}


def residents(care=True):
    held = pd.DataFrame(
        {"building_id": ["B1", "B1", "B2", "B3"], "people": [1, 3, 2, 5]}, index=list("abcd")
    )
    tags = [("独居老人", "残疾"), (), ("独居老人",), ("残疾",)]
    return held.assign(care=tags) if care else held


def walkers(doors, alleys, lights, people):
    return alley_walkers(people, doors, NONE, alleys, NONE, NONE, lights)


def test_who_walks_an_alley_in_the_dark():
    doors = homes([(53, 99), (53, 60), (53, 8)])
    found = walkers(doors, story(), lamps([(50, 0)]), residents())
    assert found.loc["A2"].tolist() == [3, 6, 2, 1]
    assert found.loc["A1"].tolist() == [0, 0, 0, 0]
    unseen = walkers(doors, story(surveyed=None), lamps([]), residents())
    assert (unseen == 0).all(axis=None)
    unknown = walkers(doors, story(), lamps([(50, 0)]), residents(care=False))
    assert unknown.loc["A2", ["doors", "people"]].tolist() == [3, 6]
    assert unknown[["alone", "disabled"]].isna().all(axis=None)


def test_a_household_counts_once_for_each_alley_it_walks():
    lines = [LineString([(0, 0), (99, 0)]), LineString([(50, 0), (50, 40), (50, 80)])]
    lines += [LineString([(30, 40), (70, 40)]), LineString([(50, 80), (90, 80)])]
    alleys = ways(lines, ["street", "alley", "alley", "alley"])
    found = walkers(homes([(80, 83)]), alleys, lamps([]), residents().iloc[:2])
    assert found["doors"].tolist() == [0, 2, 0, 2]


def test_empty_tables_and_odd_lines():
    assert walk(NONE, NONE.assign(surveyed_on=[], gate_closes=[]), lamps([])).empty
    nowhere = walk(homes([(0, 0)]), ways([]), lamps([]))
    assert nowhere["state"].tolist() == ["no_way"]
    odd = ways([LineString(), LineString([(0, 0), (0, 0)]), LineString([(0, 0), (9, 0)])], "street")
    assert walk(homes([(5, 3)]), odd, lamps([(5, 0)])).iloc[0]["goal"] == "A3"
    people = walkers(homes([(5, 3)]), ways([]), lamps([]), residents())
    assert people.empty


def test_nonsense_is_refused():
    alleys = story("22:00")
    with pytest.raises(ValueError, match="HH:MM"):
        gates_closed(alleys, "evening")
    with pytest.raises(ValueError, match="HH:MM"):
        gates_closed(alleys, "25:00")
    with pytest.raises(CRSError, match="buildings"):
        walk(homes([(5, 3)]).to_crs(4490), alleys, lamps([]))
    with pytest.raises(ValueError, match="CRS differ"):
        walk(homes([(5, 3)]), alleys, lamps([]).to_crs(32649))
