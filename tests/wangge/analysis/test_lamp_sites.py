"""Proposed lamps, against relighting the alleys with them and trying every set."""

from __future__ import annotations

from itertools import combinations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import LineString, Point

from wangge.analysis.edits import Break, applied
from wangge.analysis.lamp_sites import lamp_spots, propose_lamps
from wangge.analysis.lighting import alley_lighting
from wangge.domain.rules import rule
from wangge.errors import CRSError

METRIC = 4547


def lanes(lines, surveyed="2026-10-01"):
    n = len(lines)
    days = list(surveyed) if isinstance(surveyed, list) else [surveyed] * n
    names = [f"A{k}" for k in range(n)]
    return gpd.GeoDataFrame({"surveyed_on": days}, geometry=lines, crs=METRIC, index=names)


def lamps(spots, reach=15.0, working=True):
    n = len(spots)
    return gpd.GeoDataFrame(
        {
            "reach_m": np.full(n, reach),
            "height_m": np.full(n, 6.0),
            "working": np.broadcast_to(np.asarray(working, bool), n),
        },
        geometry=[Point(p) for p in spots],
        crs=METRIC,
        index=[f"L{k}" for k in range(n)],
    )


def town(seed):
    rng = np.random.default_rng(seed)
    lines = [LineString(rng.uniform(0, 150, (3, 2))) for _ in range(5)]
    return lanes(lines), lamps(rng.uniform(0, 150, (8, 2)), working=np.arange(8) % 2 == 0)


def relit(alleys, lights, spots, weights=None):
    """Weighted dark metres that go when lamps really stand at `spots`; slow, obviously right."""
    more = pd.concat([lights, spots[["reach_m", "height_m", "geometry"]].assign(working=True)])
    before, after = (
        alley_lighting(alleys, gpd.GeoDataFrame(x, crs=METRIC))["unlit_m"] for x in (lights, more)
    )
    weight = 1.0 if weights is None else weights.reindex(alleys.index).fillna(0.0)
    return ((before - after) * weight).sum()


@pytest.mark.parametrize("seed", range(3))
def test_what_is_promised_is_what_relighting_gives(seed):
    alleys, lights = town(seed)
    weights = pd.Series([3.0, 0.0, 1.0, 2.0], index=["A0", "A1", "A2", "A3"])
    found = propose_lamps(alleys, lights, on=["A0", "A2", "A4"], lamps=3, weights=weights)
    assert found.worth == pytest.approx(relit(alleys, lights, found.spots, weights))
    assert found.removed_m == pytest.approx(relit(alleys, lights, found.spots))
    assert found.spots["removed_m"].sum() == pytest.approx(found.removed_m)
    assert set(found.spots["alley_id"]) <= {"A0", "A2", "A4"}
    assert found.gap == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("seed", range(2))
def test_against_trying_every_pair(seed):
    alleys, lights = town(seed)
    spots = lamp_spots(alleys, lights, on=["A0", "A1"], every_m=25)
    most = max(
        relit(alleys, lights, spots.iloc[list(pair)]) for pair in combinations(range(len(spots)), 2)
    )
    found = propose_lamps(alleys, lights, on=["A0", "A1"], lamps=2, every_m=25)
    assert found.worth == pytest.approx(most)
    quick = propose_lamps(alleys, lights, on=["A0", "A1"], lamps=2, every_m=25, exact=False)
    assert (1 - 1 / np.e) * most <= quick.worth <= most + 1e-9 <= quick.bound + 1e-6


def test_money_mends_poles_before_it_buys_lamps():
    alleys = lanes([LineString([(0, 0), (100, 0)])])
    lights = lamps([(20, 2), (80, 2)], reach=18.0, working=False)
    found = propose_lamps(alleys, lights, on=["A0"], budget_yuan=2 * rule("lamp_repair_yuan").value)
    assert sorted(found.spots["lamp_id"]) == ["L0", "L1"]
    assert found.cost_yuan == pytest.approx(2 * rule("lamp_repair_yuan").value)


def test_a_lamp_only_supposed_out_is_not_to_be_repaired():
    alleys = lanes([LineString([(0, 0), (100, 0)])])
    lights = applied(lamps([(20, 2), (80, 2)], working=[True, False]), (Break("L0"),))
    assert lamp_spots(alleys, lights, on=["A0"])["lamp_id"].unique().tolist() == ["L1", ""]


def test_more_lamps_never_remove_less():
    alleys, lights = town(4)
    on = list(alleys.index)
    worth = [propose_lamps(alleys, lights, on=on, lamps=k, every_m=15).worth for k in (1, 2, 4, 6)]
    assert worth == sorted(worth)


def test_no_lamp_is_asked_for_where_nobody_looked_or_all_is_lit():
    line = LineString([(0, 0), (20, 0)])
    for alleys, lights in (
        (lanes([line], None), lamps([])),
        (lanes([line]).assign(night_result="lit"), lamps([])),
        (lanes([line]), lamps([(10, 0)], reach=30.0)),
        (lanes([LineString()]), lamps([])),
        (lanes([LineString([(5, 5), (5, 5)])]), lamps([])),
    ):
        found = propose_lamps(alleys, lights, on=["A0"], lamps=3)
        assert (len(found.spots), found.removed_m, found.bound, found.gap) == (0, 0, 0, 0)


def test_fewer_lamps_where_more_change_nothing():
    found = propose_lamps(lanes([LineString([(0, 0), (20, 0)])]), lamps([]), on=["A0"], lamps=9)
    assert len(found.spots) == 1
    assert found.removed_m == pytest.approx(20)


def test_spots_stand_on_their_alley_no_further_apart_than_asked():
    alleys = lanes([LineString([(0, 0), (31, 0), (31, 12)]), LineString([(0, 50), (9, 50)])])
    found = lamp_spots(alleys, lamps([(0, 3)], working=False), on=["A0"], every_m=10)
    assert found["lamp_id"].tolist() == ["L0", *[""] * 6]
    assert found.geometry.iloc[1:].distance(alleys.geometry.iloc[0]).max() < 1e-9
    gaps = found.geometry.iloc[1:].distance(found.geometry.iloc[1:].shift()).dropna()
    assert gaps.max() <= 10 + 1e-9
    far = lamps([(0, 3 + rule("lamp_street_m").value)], working=False)
    assert (lamp_spots(alleys, far, on=["A0"])["lamp_id"] == "").all()


def test_nothing_chosen():
    alleys, lights = town(1)
    found = propose_lamps(alleys, lights, on=[], lamps=2)
    assert found.spots.empty
    assert propose_lamps(lanes([]), lamps([]), on=[], lamps=2).removed_m == 0


def test_nonsense_is_refused():
    alleys, lights = town(1)
    for wrong in ({}, {"lamps": 2, "budget_yuan": 9.0}, {"lamps": -1}, {"budget_yuan": -5.0}):
        with pytest.raises(ValueError, match="lamps"):
            propose_lamps(alleys, lights, on=["A0"], **wrong)
    with pytest.raises(KeyError, match="A99"):
        propose_lamps(alleys, lights, on=["A99"], lamps=1)
    with pytest.raises(ValueError, match="gain"):
        propose_lamps(alleys, lights, on=["A0"], lamps=1, weights=pd.Series({"A0": -1.0}))
    with pytest.raises(ValueError, match="every_m"):
        lamp_spots(alleys, lights, on=["A0"], every_m=0)
    with pytest.raises(ValueError, match="CRS differ"):
        lamp_spots(alleys, lights.to_crs(32649), on=["A0"])
    with pytest.raises(CRSError, match="alleys"):
        lamp_spots(alleys.to_crs(4490), lights, on=["A0"])
