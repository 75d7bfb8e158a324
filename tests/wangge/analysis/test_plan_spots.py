"""Spots of a scenario, against relighting the alleys lamp by lamp."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from wangge.analysis.edits import Add, Break, Repair, applied, costs
from wangge.analysis.lamp_sites import propose_lamps
from wangge.analysis.lighting import alley_lighting
from wangge.analysis.plan_spots import spots_of
from wangge.store.files import read

DATA = Path(__file__).parents[3] / "data" / "geo"
STORY = "A21"


@pytest.fixture(scope="module")
def full():
    return read(DATA).community


def dark(full, edits):
    return alley_lighting(full.alleys, applied(full.streetlights, edits))["unlit_m"].sum()


def lamps(full, *metres, kind="solar"):
    spots = [full.alleys.geometry[STORY].interpolate(m) for m in metres]
    return tuple(Add(kind, 6.0, p.x, p.y) for p in spots)


def test_against_relighting_one_by_one(full):
    broken = full.streetlights.index[~full.streetlights["working"]][2:4]
    edits = (
        Break("L094"),
        *lamps(full, 40, 60, 61, 100),
        *lamps(full, 85, kind="mains"),
        *(Repair(lamp) for lamp in broken),
    )
    found = spots_of(full, edits)
    assert found.removed_m == pytest.approx(dark(full, edits[:1]) - dark(full, edits))
    assert found.spots["removed_m"].sum() == pytest.approx(found.removed_m)
    assert found.cost_yuan == costs(applied(full.streetlights, edits)).sum()
    spots = found.spots
    assert (np.diff(spots["removed_m"]) <= 1e-9).all(), "the most useful first"
    so_far = [edits[0]]
    for row, spot in zip(spots.itertuples(), spots.geometry, strict=True):
        before = dark(full, tuple(so_far))
        one = Repair(row.lamp_id) if row.lamp_id else Add(row.kind, row.height_m, spot.x, spot.y)
        so_far.append(one)
        assert before - dark(full, tuple(so_far)) == pytest.approx(row.removed_m, abs=1e-6)


def test_a_proposal_taken_over_keeps_its_promise(full):
    asked = propose_lamps(full.alleys, full.streetlights, on=[STORY], lamps=3)
    edits = tuple(
        Add("solar", h, p.x, p.y)
        for h, p in zip(asked.spots["height_m"], asked.spots.geometry, strict=True)
    )
    found = spots_of(full, edits)
    assert found.removed_m == pytest.approx(asked.removed_m)
    assert found.cost_yuan == asked.cost_yuan
    assert set(found.spots["alley_id"]) == {STORY}
    assert found.spots["reach_m"].tolist() == asked.spots["reach_m"].tolist()


def test_a_lamp_of_no_use_is_listed_last(full):
    (spot,) = lamps(full, 70)
    edits = (spot, spot)
    found = spots_of(full, edits)
    assert found.spots["removed_m"].iloc[0] > 20
    assert found.spots["removed_m"].iloc[1] == 0


def test_a_lamp_broken_and_mended_again_is_as_it_was(full):
    works = full.streetlights.index[full.streetlights["working"]][3]
    beside = full.streetlights.geometry[works]
    new = Add("solar", 6.0, beside.x + 1, beside.y)
    plain, twice = spots_of(full, (new,)), spots_of(full, (Break(works), Repair(works), new))
    assert twice.removed_m == pytest.approx(plain.removed_m)
    assert len(twice.spots) == 1


def test_no_lamp_takes_darkness_from_what_was_found_lit(full):
    held = replace(
        full,
        alleys=full.alleys.assign(surveyed_on=full.alleys["surveyed_on"].max(), night_result="lit"),
        streetlights=full.streetlights.assign(working=True),
        _memo={},
    )
    assert spots_of(held, lamps(full, 40, 60)).removed_m == 0


@pytest.mark.filterwarnings("error")
def test_a_lamp_whose_place_nobody_knows_takes_nothing_away(full):
    broken = full.streetlights.index[~full.streetlights["working"]][:2]
    shapes = full.streetlights.geometry.to_numpy().copy()
    shapes[full.streetlights.index == broken[0]] = None
    held = replace(full, streetlights=full.streetlights.set_geometry(shapes, crs=4547), _memo={})
    found = spots_of(held, tuple(Repair(lamp) for lamp in broken))
    assert found.spots["lamp_id"].tolist() == [broken[1], broken[0]]
    assert found.spots["removed_m"].tolist() == pytest.approx([found.removed_m, 0])
    assert found.removed_m > 0


def test_only_broken_lamps_or_nothing_are_no_spots(full):
    for edits in ((), (Break("L094"),)):
        found = spots_of(full, edits)
        assert found.spots.empty
        assert (found.removed_m, found.cost_yuan) == (0, 0)
