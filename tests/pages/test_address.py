"""A link shows the same view; a wrong part of it falls back and says so."""

from __future__ import annotations

import pytest

from pages._address import State, from_params

LAYERS = ("grids", "compounds", "hazards")


def _read(community, **params):
    return from_params(params, community, LAYERS)


def _states(community):
    compound = community.compounds.index[7]
    inside = community.buildings.index[community.buildings["compound_id"] == compound][0]
    start = State()
    yield start
    yield start.go(community, "grids", community.grids.index[3])
    yield start.go(community, "compounds", compound)
    yield start.go(community, "buildings", inside)
    yield start.go(community, "buildings", inside).go(
        community, "hazards", community.hazards.index[0]
    )
    yield State(layers=())
    yield State(layers=("grids", "hazards")).go(community, "compounds", compound)


def test_every_state_reads_back_from_its_address(community):
    for state in _states(community):
        assert from_params(state.params(), community, LAYERS) == (state, ())


def test_going_up_ends_at_the_community(community):
    for state in _states(community):
        here, steps = state, 0
        while here.selected != ("", ""):
            here, steps = here.up(), steps + 1
            assert steps <= 4
        assert here.layers == state.layers


def test_a_building_brings_its_compound_and_grid(community):
    row = community.buildings[community.buildings["compound_id"].notna()].iloc[0]
    state, notices = _read(community, building=row.name)
    assert not notices
    assert state.compound == row["compound_id"]
    assert state.grid == community.compounds.at[row["compound_id"], "grid_id"]


def test_a_compound_corrects_a_grid_it_does_not_lie_in(community):
    compound = community.compounds.index[0]
    own = community.compounds.at[compound, "grid_id"]
    other = next(grid for grid in community.grids.index if grid != own)
    assert _read(community, grid=other, compound=compound)[0].grid == own


def test_a_wrong_compound_shows_the_community_and_says_so(community):
    state, notices = _read(community, compound="C99")
    assert state == State()
    assert [notice.zh for notice in notices] == ["没有编号为 C99 的小区，已显示整个社区。"]


def test_a_wrong_compound_in_a_right_grid_shows_the_grid(community):
    grid = community.grids.index[1]
    state, notices = _read(community, grid=grid, compound="C99")
    assert state.selected == ("grids", grid)
    assert community.grids.at[grid, "name"] in notices[0].zh


@pytest.mark.parametrize(
    "params",
    [
        {"grid": "<script>"},
        {"building": "{0.__class__}"},
        {"pick": "hazards"},
        {"pick": "households/H0001"},
        {"pick": "/"},
        {"layers": "grids.nothing"},
        {"compound": "C" * 5000},
    ],
)
def test_a_wrong_part_is_named_and_never_raises(community, params):
    _, notices = from_params(params, community, LAYERS)
    assert len(notices) == 1
    assert all(notice.zh and notice.en and len(notice.zh) < 120 for notice in notices)


def test_picking_what_does_not_exist_changes_nothing(community):
    state = State(grid="G1")
    assert state.go(community, "compounds", "C99") is state
    assert state.go(community, "households", "H0001") is state
