"""What each role receives, on the demo community and on drawn ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wangge.domain.roles import ROLES
from wangge.domain.tables import HOUSEHOLDS
from wangge.store.files import read
from wangge.store.privacy import SIGHT, cut
from wangge.store.residents import CARE, COUNTS, census

PRIVATE = [c.name for c in HOUSEHOLDS.columns if c.private]
DEMO = Path(__file__).parents[3] / "data" / "geo"


@pytest.fixture(scope="module")
def demo():
    return read(DEMO).community


def parents(community):
    return census(community).parents


@pytest.mark.parametrize("role", ROLES)
def test_private_columns_do_not_exist_without_a_need(demo, role):
    held = cut(demo, role)
    assert not set(PRIVATE) & set(held.households.columns)
    assert len(held.households) == (0 if role == "anonymous" else len(demo.households))


def test_every_role_has_a_sight():
    assert set(SIGHT) == set(ROLES)


def test_a_worker_sees_private_facts_of_the_own_grid_only(demo):
    held = cut(demo, "worker", grid="G3").households
    mine = held["compound_id"].map(demo.compounds["grid_id"]) == "G3"
    assert 200 < mine.sum() < 340
    for name in set(PRIVATE) - {"care"}:
        assert held.loc[~mine, name].isna().all()
        assert (held.loc[mine, name] == demo.households.loc[mine, name]).all()
    assert not held.loc[~mine, "care"].map(bool).any()
    assert held.loc[mine, "care"].map(bool).any()


@pytest.mark.parametrize("grid", ["", "G99", "C01"])
def test_a_worker_without_a_grid_sees_what_a_planner_sees(demo, grid):
    assert list(cut(demo, "worker", grid=grid).households.columns) == list(
        cut(demo, "planner").households.columns
    )


def test_counts_are_those_of_the_tables(demo):
    counts = census(demo).counts
    assert counts.loc[("community", demo.community.index[0]), "households"] == 2333
    by_building = demo.households.groupby("building_id").size()
    held = counts.loc["building"]["households"]
    assert (held[by_building.index] == by_building).all()
    for level in ("grid", "compound", "building"):
        assert counts.loc[level].sum().equals(counts.loc["community"].sum())


def test_an_anonymous_viewer_gets_no_small_count(demo):
    held = cut(
        demo, "anonymous", figures={"unlit_households": 4, "beyond": 5, "none": None, "all": 0}
    )
    empty = held.residents["households"].eq(0).fillna(value=False)
    for name in COUNTS:
        shown = held.residents.loc[~empty, name].dropna()
        assert (shown >= 5).all()
    assert dict(held.figures) == {"unlit_households": None, "beyond": 5, "none": None, "all": 0}
    assert held.residents["households"].isna().any()
    assert not (held.party_groups["members"].dropna() < 5).any()


@pytest.mark.parametrize("role", ["planner", "secretary", "worker"])
def test_others_get_no_small_count_of_care(demo, role):
    held = cut(demo, role, figures={"unlit_households": 4, "unlit_alone": 4})
    assert held.residents["households"].notna().all()
    homes = held.residents["households"] > 0
    for name in CARE:
        assert (held.residents.loc[homes, name].dropna() >= 5).all()
    assert dict(held.figures) == {"unlit_households": 4, "unlit_alone": None}


def test_a_hidden_count_is_few_or_withheld(demo):
    held = cut(demo, "anonymous")
    true = census(demo).counts
    for name in COUNTS:
        for place in held.residents.index[held.residents[name].isna()]:
            assert (true.loc[place, name] >= 5) == ((*place, name) in held.withheld)


def assert_no_subtraction(community, role):
    seen = cut(community, role)
    held, above = seen.residents, parents(community)
    for name in COUNTS:
        hidden = held[name].isna()
        for parent in set(above.values()):
            if hidden[parent]:
                continue
            children = [c for c, p in above.items() if p == parent]
            unknown = [c for c in children if hidden[c]]
            if any((*c, name) not in seen.withheld for c in unknown):
                assert len(unknown) > 1


@pytest.mark.parametrize("role", ROLES)
def test_no_hidden_count_of_the_demo_comes_back_by_subtraction(demo, role):
    assert_no_subtraction(demo, role)


@given(st.integers(0, 2**32 - 1), st.integers(5, 120))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_nor_of_any_community(demo, seed, n):
    rng = np.random.default_rng(seed)
    chosen = demo.households.iloc[np.sort(rng.choice(len(demo.households), n, replace=False))]
    assert_no_subtraction(replace(demo, households=chosen, _memo={}), "anonymous")
    assert_no_subtraction(replace(demo, households=chosen, _memo={}), "planner")


def test_anonymous_hazards_tell_their_compound_and_no_more(demo):
    held = cut(demo, "anonymous").hazards
    assert "note" not in held.columns
    inside = demo.hazards["compound_id"].notna()
    homes = gpd.GeoSeries(
        demo.hazards.loc[inside, "compound_id"].map(demo.compounds.geometry), crs=held.crs
    )
    assert inside.sum() > 10
    assert homes.contains(held.geometry[inside]).all()
    # moved elsewhere in the compound, the place told does not change
    away = demo.hazards.copy()
    away.loc[inside, away.geometry.name] = homes.representative_point()
    moved = cut(replace(demo, hazards=away, _memo={}), "anonymous").hazards
    assert moved.geometry[inside].geom_equals(held.geometry[inside]).all()


def test_a_hazard_of_unnamed_compound_is_moved_too(folder):
    folder.set("hazards", "Z001", compound_id=None)
    whole = folder.read().community
    held = cut(whole, "anonymous").hazards.geometry
    assert not held["Z001"].equals(whole.hazards.geometry["Z001"])
    assert held["Z003"].equals(whole.hazards.geometry["Z003"])  # in the street


def test_small_places_and_faulty_keys_do_not_break_the_cut(folder):
    folder.set("households", "H0001", building_id="X", compound_id="Y")
    folder.set("buildings", "B001", compound_id=None)
    folder.set("compounds", "C02", grid_id="X")
    folder.tables["community"].clear()
    whole = folder.read().community
    for role in ROLES:
        held = cut(whole, role, grid="G1")
        assert held.residents.index.nlevels == 2
    assert census(whole).counts.loc["community"]["households"].iloc[0] == 12


def test_the_same_question_gives_the_same_object(demo):
    assert cut(demo, "planner") is cut(demo, "planner")
    assert cut(demo, "planner") is not cut(demo, "secretary")
    assert pd.api.types.is_integer_dtype(cut(demo, "anonymous").residents["people"].dtype)
