"""What a role sees: people counted on the whole first, then cut; made once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from wangge.analysis import coverage, reach
from wangge.analysis.doors import alley_walkers
from wangge.domain.roles import ROLES
from wangge.domain.rules import rule
from wangge.sight import see
from wangge.store.files import read

DATA = Path(__file__).parents[2] / "data" / "geo"
FIGURES = {
    "unlit_households": reach.unlit_households,
    "beyond_10min_households": reach.beyond_10min_households,
}


@pytest.fixture(scope="module")
def full():
    return read(DATA).community


@pytest.mark.parametrize("role", ROLES)
def test_figures_count_the_whole_and_hide_the_few(full, role):
    seen = see(full, role)
    for name, analysis in FIGURES.items():
        count = full.derive(analysis)
        few = role == "anonymous" and count < rule("smallest_count").value
        assert seen.figures[name] == (None if few else count)


def test_a_figure_under_the_least_is_hidden(full):
    ways = (full.stations, full.alleys, full.paths, full.gates)
    metres = coverage.walk_to_station(full.buildings, *ways)["metres"]
    near = metres <= rule("walk_10min_m").value
    close = full.households["building_id"].map(near.set_axis(full.buildings.index))
    for few in range(7):
        homes = pd.concat([full.households[close].head(9), full.households[~close].head(few)])
        held = replace(full, version=f"cut {few}", _memo={}, households=homes)
        assert held.derive(reach.beyond_10min_households) == few
        shown = see(held, "anonymous").figures["beyond_10min_households"]
        assert shown == (None if 0 < few < 5 else few)


def test_it_is_made_once_a_role(full):
    assert see(full, "planner") is see(full, "planner")
    assert see(full, "anonymous") is not see(full, "planner")


def test_the_whole_is_untouched(full):
    before = full.households.copy()
    for role in ROLES:
        see(full, role, grid="G5")
    assert before.equals(full.households)
    assert "holder" in full.households


def test_reach_counts_against_a_loop(full):
    """Every household of a building is counted, once, by its building's nearest alley."""
    lighting = full.derive(reach.alley_lighting)
    lines, count = full.alleys.geometry, 0
    for building, homes in full.households.groupby("building_id"):
        gaps = lines.distance(full.buildings.geometry[building])
        if gaps.min() <= rule("door_edge_m").value:
            count += len(homes) * (lighting.loc[gaps.idxmin(), "state"] == "unlit")
    assert full.derive(reach.unlit_households) == count


def test_of_an_empty_community_nobody_is_said_to_be_touched(tmp_path):
    seen = see(read(tmp_path).community, "anonymous")
    assert dict(seen.figures) == dict.fromkeys(FIGURES, 0)


@pytest.mark.parametrize("role", ROLES)
def test_who_walks_an_alley_in_the_dark_is_counted_of_all_and_the_few_are_hidden(full, role):
    true, shown = full.derive(alley_walkers), see(full, role).walkers
    masked = {"alone", "disabled"} | ({"doors", "people"} if role == "anonymous" else set())
    assert (true["doors"] > 0).any()
    for name in true:
        hidden = (true["doors"] > 0) & (true[name] < 5) & (name in masked)
        assert shown[name].isna().tolist() == hidden.tolist()
        assert shown.loc[~hidden, name].tolist() == true.loc[~hidden, name].tolist()
