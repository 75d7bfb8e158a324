"""What if: edits against frames built by hand, the laws of light, and what a cut may tell."""

from __future__ import annotations

from dataclasses import astuple, replace
from itertools import permutations
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import LineString, Point, box

from wangge.analysis.doors import alley_walkers, dark_paths
from wangge.analysis.edits import (
    Add,
    Break,
    Repair,
    applied,
    costs,
    flipped,
    new_ids,
    tried,
    undone,
)
from wangge.analysis.lighting import alley_lighting, unlit_stretches
from wangge.analysis.plan_spots import spots_of
from wangge.analysis.ways_home import walkers
from wangge.analysis.what_if import compare
from wangge.domain.rules import rule
from wangge.domain.tables import Alleys
from wangge.sight import see
from wangge.store.files import read

DATA = Path(__file__).parents[3] / "data" / "geo"
STORY = "A21"  # the dark alley, 37 doors on it
MAN = "B090"  # courtyard 37


@pytest.fixture(scope="module")
def full():
    return read(DATA).community


@pytest.fixture(scope="module")
def planner(full):
    return see(full, "planner")


def lamps(working=(True, False), names=("L1", "L2")):
    return gpd.GeoDataFrame(
        {"kind": "mains", "height_m": 6.0, "lumens": 3000.0, "reach_m": 18.0}
        | {"working": list(working), "owner": None},
        geometry=[Point(50 * k, 0) for k in range(len(names))],
        index=list(names),
        crs=4547,
    )


def along(community, *metres, alley=STORY, height=6.0):
    spots = [community.alleys.geometry[alley].interpolate(m) for m in metres]
    return tuple(Add("solar", height, spot.x, spot.y) for spot in spots)


def darkness(light):
    return np.array(astuple(light))


def test_edits_against_a_frame_made_by_hand():
    held = lamps()
    found = applied(held, (Break("L1"), Repair("L2"), Add("solar", 5.0, 7.0, 8.0)))
    assert found.index.tolist() == ["L1", "L2", "N1"]
    assert found["working"].tolist() == [False, True, True]
    assert found["change"].tolist() == ["broken", "repaired", "added"]
    assert found.geometry["N1"] == Point(7, 8)
    assert found.loc["N1", "height_m"] == 5
    assert pd.isna(found.loc["N1", "reach_m"])
    assert found.crs == held.crs
    assert dict(found.dtypes.drop("change")) == dict(held.dtypes)
    assert held["working"].tolist() == [True, False], "the data is left alone"


def test_the_last_edit_of_a_lamp_decides():
    found = applied(lamps(), (Break("L1"), Repair("L1"), Repair("L2"), Break("L2")))
    assert found["working"].tolist() == [True, False]
    assert found["change"].tolist() == ["", ""]


def test_an_unknown_lamp_is_an_error():
    with pytest.raises(KeyError, match="L9"):
        applied(lamps(), (Break("L9"),))
    with pytest.raises(KeyError, match="L9"):
        flipped(lamps(), (), "L9")


def test_an_added_lamp_takes_nobodys_number():
    held = lamps(names=("N1", "N3"))
    found = applied(held, (Add("solar", 6, 0, 0), Add("solar", 6, 1, 0)))
    assert found.index.tolist() == ["N1", "N3", "N2", "N4"]
    assert new_ids([], 0) == []


def test_a_lamp_of_unknown_state_is_a_broken_one():
    held = lamps(working=[None, True])
    assert applied(held, (Repair("L1"),))["change"].tolist() == ["repaired", ""]
    assert applied(held, ())["working"].isna().tolist() == [True, False]
    assert flipped(held, (), "L1") == (Repair("L1"),)


def test_a_second_click_takes_the_first_back():
    held, new = lamps(), Add("solar", 6, 0, 0)
    edits = flipped(held, flipped(held, (new,), "L1"), "L2")
    assert edits == (new, Break("L1"), Repair("L2"))
    assert flipped(held, edits, "L1") == (new, Repair("L2"))
    assert flipped(held, edits, "N1") == edits[1:]
    two = (*edits, Add("mains", 8, 5, 5))
    assert flipped(held, two, "N2") == edits


def test_no_lamps_at_all():
    held = lamps().iloc[:0]
    found = applied(held, (Add("mains", 6, 3, 4),))
    assert found[["working", "change"]].to_numpy().tolist() == [[True, "added"]]


def test_the_cost_goes_by_the_rules():
    edits = (Add("solar", 6, 0, 0), Add("mains", 6, 0, 0), Repair("L2"), Break("L1"))
    names = {"L2": "lamp_repair_yuan", "N1": "new_lamp_yuan", "N2": "new_mains_yuan"}
    found = costs(applied(lamps(), edits))
    assert found.to_dict() == {lamp: rule(name).value for lamp, name in names.items()}


def test_a_lamp_left_as_it_was_costs_nothing(full):
    """It was broken and mended again, or has been mended since the scenario was saved."""
    works = full.streetlights.index[full.streetlights["working"]][40]
    for edits in ((Break(works), Repair(works)), (Repair(works),)):
        assert costs(applied(full.streetlights, edits)).empty
        assert compare(full, edits).cost_yuan == spots_of(full, edits).cost_yuan == 0


def test_three_lamps_light_the_door_of_the_story(planner):
    change = compare(planner, along(planner, 47, 73, 100))
    door = change.doors.loc[MAN]
    assert door["outcome"] == "lit"
    assert door["dark_before_m"] > 80
    assert door["dark_after_m"] < 10
    assert change.before.alleys - change.after.alleys == 1
    assert change.cost_yuan == 3 * rule("new_lamp_yuan").value
    assert change.alleys.index.tolist() == [STORY]


def test_against_the_analyses_on_frames_made_by_hand(full):
    broken = full.streetlights.index[full.streetlights["working"]][40:44]
    edits = (*along(full, 30, 60), *(Break(lamp) for lamp in broken))
    held = full.streetlights.copy()
    held.loc[broken, "working"] = False
    new = gpd.GeoDataFrame(
        {"working": True, "height_m": 6.0, "reach_m": np.nan},
        geometry=[Point(edit.x, edit.y) for edit in edits[:2]],
        index=["a", "b"],
        crs=held.crs,
    )
    held = pd.concat([held[["working", "height_m", "reach_m", "geometry"]], new])
    change = compare(full, edits)
    least = rule("dark_stretch_m").value
    assert change.after.metres == pytest.approx(
        unlit_stretches(full.alleys, held, min_length_m=least)["length_m"].sum()
    )
    assert change.after.alleys == (alley_lighting(full.alleys, held)["state"] == "unlit").sum()
    around = (full.buildings, full.stations, full.alleys, full.paths, full.gates)
    ways = {when: dark_paths(*around, lit) for when, lit in
            (("before", full.streetlights), ("after", held))}  # fmt: skip
    doors, people, lit, alone = 0, 0, 0, 0
    for _, home in full.households.iterrows():
        before, after = (ways[when].loc[home["building_id"], "longest_dark_m"] >= least
                         for when in ("before", "after"))  # fmt: skip
        doors, people = doors + after, people + after * home["people"]
        lit += before and not after
        alone += before and not after and "独居老人" in home["care"]
    assert (change.after.doors, change.after.people) == (doors, people)
    assert change.count("lit") == lit
    assert change.alone == (alone, alone)
    walk = alley_walkers(full.households, *around, held)
    assert change.alleys["doors_after"].tolist() == walk.loc[change.alleys.index, "doors"].tolist()


def test_nothing_tried_changes_nothing(planner):
    change = compare(planner, ())
    assert change.before == change.after
    assert change.alleys.empty
    assert change.doors.empty
    assert change.cost_yuan == 0
    assert tried(planner, ()) is planner
    assert undone(planner) is planner
    assert undone(tried(planner, along(planner, 40))) is planner


@pytest.mark.parametrize("seed", range(4))
def test_more_light_is_never_darker_and_less_never_brighter(planner, seed):
    rng = np.random.default_rng(seed)
    names = rng.choice(planner.alleys.index, 5)
    added = tuple(
        along(planner, rng.uniform(0, 90), alley=name, height=rng.uniform(3, 9))[0]
        for name in names
    )
    works = planner.streetlights["working"]
    out = tuple(Break(name) for name in rng.choice(planner.streetlights.index[works], 3))
    mended = tuple(Repair(name) for name in rng.choice(planner.streetlights.index[~works], 2))
    for steps, sign in ((added + mended, 1), (out, -1)):
        last = darkness(compare(planner, ()).after)
        for n in range(1, len(steps) + 1):
            change = compare(planner, steps[:n])
            now = darkness(change.after)
            assert (sign * (last - now) >= -1e-9).all()
            last = now
        wrong = ("darkened", "worse") if sign > 0 else ("lit", "eased")
        assert change.count(*wrong) == 0


def test_the_order_of_additions_does_not_matter(planner):
    base = along(planner, 40, 70, 95)
    found = {astuple(compare(planner, order).after) for order in permutations(base)}
    assert len(found) == 1


def test_added_and_undone_is_nothing(planner):
    edits = along(planner, 40)
    pd.testing.assert_frame_equal(
        applied(planner.streetlights, edits[:-1]), applied(planner.streetlights, ())
    )
    assert compare(planner, edits[:-1]).after == compare(planner, ()).before


def test_only_the_alleys_asked_for_count(planner):
    held = compare(planner, along(planner, 47, 73, 100), on=[STORY])
    lighting = planner.derive(alley_lighting)
    assert held.before.metres == pytest.approx(lighting.loc[STORY, "unlit_m"])
    assert (held.before.alleys, held.after.alleys) == (1, 0)
    assert compare(planner, (), on=[]).before.metres == 0


def test_what_is_counted_of_all_is_the_same_cut_and_whole(full, planner):
    edits = along(full, 47, 73, 100)
    whole, cut = compare(full, edits), compare(planner, edits)
    assert (whole.before, whole.after) == (cut.before, cut.after)
    pd.testing.assert_frame_equal(whole.doors, cut.doors)
    for name in ("alone", "disabled"):
        (true, _), (least, most) = getattr(whole, name), getattr(cut, name)
        assert least <= true <= most


def test_no_choice_of_lamps_tells_of_a_single_door(full):
    """With and without the one man's care tags, a cut answers every question alike."""
    home = full.households["building_id"] == MAN
    plain = full.households.copy()
    plain["care"] = [() if mine else tags for mine, tags in zip(home, plain["care"], strict=True)]
    other = replace(full, households=plain, version="without", _memo={})
    for metres in ((100,), (47, 73), (47, 73, 100)):
        edits = along(full, *metres)
        one, two = (compare(see(held, "planner"), edits) for held in (full, other))
        assert (one.alone, one.disabled) == (two.alone, two.disabled)
    assert compare(full, edits).alone != compare(other, edits).alone, "there is something to tell"


def test_a_count_that_is_shown_is_told_when_all_are_served(planner):
    shown = planner.walkers.copy()
    shown.loc[STORY, "alone"] = 12
    held = replace(planner, walkers=shown, _memo={})
    assert compare(held, along(held, 47, 73, 100)).alone == (12, 12)
    one = compare(held, along(held, 47))
    assert one.alone == (0, min(12, one.count("lit")))


@pytest.mark.parametrize("seed", range(3))
def test_what_a_cut_tells_of_those_served_is_true(full, seed):
    """Where a lamp lights one dark alley of two that a household walks, it serves nobody yet."""
    rng = np.random.default_rng(seed)
    homes = full.households.copy()
    homes["care"] = [("独居老人",) if old else () for old in rng.uniform(size=len(homes)) < 0.3]
    held = replace(
        full,
        households=homes,
        alleys=full.alleys.assign(surveyed_on=full.alleys["surveyed_on"].max(), night_result=None),
        streetlights=full.streetlights.assign(
            working=rng.uniform(size=len(full.streetlights)) < 0.3,
            reach_m=full.streetlights["reach_m"] * 0.6,
        ),
        version=f"dark {seed}",
        _memo={},
    )
    dark = walkers(held)
    for alley in dark.index[dark["alone"] >= rule("smallest_count").value][:4]:
        for metres in ((5, 30, 55, 80, 105, 130, 155), (20,)):
            edits = along(held, *metres, alley=alley)
            whole, cut = compare(held, edits), compare(see(held, "planner"), edits)
            for name in ("alone", "disabled"):
                (true, _), (least, most) = getattr(whole, name), getattr(cut, name)
                assert least <= true <= most <= whole.count("lit")


def test_a_dark_gap_round_a_corner_is_somebodys_too(full):
    """Six dark metres on each of two alleys: a gap of twelve that no alley counts."""
    street = LineString([(0, 0), (200, 0)])
    lane, corner = LineString([(50, 0), (50, 40)]), LineString([(50, 40), (90, 40)])
    alleys = full.alleys.iloc[:3].assign(
        kind=["street", "alley", "alley"],
        surveyed_on=full.alleys["surveyed_on"].max(),
        night_result=None,
        gate_closes=None,
    )
    homes = full.households.iloc[:1].assign(building_id="B001", people=1)
    homes["care"] = pd.Series([("独居老人",)], index=homes.index)
    home = full.buildings.loc[["B001"]].assign(compound_id=None, kind="flats")
    light = full.streetlights.iloc[:2].assign(reach_m=[17.0, 17.0], working=True)
    held = replace(
        full,
        alleys=Alleys(alleys.set_geometry([street, lane, corner])),
        buildings=home.set_geometry([box(69, 41, 71, 43)]),
        households=homes,
        streetlights=light.set_geometry([Point(50, 17), Point(73, 40)]),
        **{name: getattr(full, name).iloc[:0] for name in ("paths", "gates", "stations")},
        version="corner",
        _memo={},
    )
    planner = see(held, "planner")
    assert walkers(held)["doors"].sum() == 0
    for view in (held, planner):
        change = compare(view, (Add("solar", 6.0, 50.0, 38.0),))
        assert change.count("lit") == 1
        assert change.alone == ((1, 1) if view is held else (0, 1))


def test_without_the_cuts_counts_nothing_is_said(planner):
    held = replace(planner, walkers=pd.DataFrame(), _memo={})
    assert compare(held, along(held, 47, 73, 100)).alone is None


def test_an_added_lamp_shines_as_bright_as_the_rule_says():
    found = applied(lamps(), (Add("solar", 6, 0, 0),))
    assert found.loc["N1", "lumens"] == rule("new_lamp_lumens").value


def test_a_scenario_in_use_is_kept(planner):
    first = along(planner, 1.5)
    held = tried(planner, first)
    for metres in range(2, 40):
        tried(planner, along(planner, metres))
        assert tried(planner, first) is held


def test_only_the_last_scenarios_are_kept(planner):
    first = along(planner, 1)
    held = tried(planner, first)
    assert tried(planner, first) is held
    for metres in range(2, 30):
        tried(planner, along(planner, metres))
    assert tried(planner, first) is not held
