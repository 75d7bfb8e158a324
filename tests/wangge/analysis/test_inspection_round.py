"""The round of a grid: what is to do, from the station, and the same all day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from wangge.analysis.inspection import TO_DO, week
from wangge.analysis.inspection_round import grid_round
from wangge.analysis.rounds import inspection_stops
from wangge.store.files import read

MONDAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def community():
    return read(Path(__file__).parents[3] / "data" / "geo").community


def inspected(community, *about, day=MONDAY):
    rows = [
        {"about": one, "inspected_on": day, "by": "", "result": "ok", "case": ""} for one in about
    ]
    told = pd.DataFrame(rows, index=[f"I{k}" for k in range(len(rows))])
    return replace(community, inspections=told, _memo={})


@pytest.mark.parametrize("grid", ["G1", "G8"])
def test_it_visits_what_is_to_do_and_nothing_else(community, grid):
    found = community.derive(week, today=MONDAY)
    mine = found[(found["grid_id"] == grid) & found["state"].isin(TO_DO)]
    walk = grid_round(community, grid=grid, today=MONDAY)
    assert sorted([*walk.order, *walk.unreached]) == sorted(mine.index)
    assert len(mine) > 5


def test_it_begins_and_ends_at_the_service_station(community):
    walk = grid_round(community, grid="G2", today=MONDAY)
    own = community.stations[community.stations["grid_id"] == "G2"]
    (home,) = own[own["kind"] == "党群服务站"].geometry
    assert walk.started
    for leg, end in ((walk.legs.geometry.iloc[0], 0), (walk.legs.geometry.iloc[-1], -1)):
        assert home.distance(type(home)(leg.coords[end])) < 30  # metres, to the way it opens on


def test_the_order_stays_while_it_is_walked(community):
    before = grid_round(community, grid="G3", today=MONDAY)
    first, second, *_ = before.order
    after = grid_round(inspected(community, first, second), grid="G3", today=MONDAY)
    assert after.order == before.order
    tomorrow = inspected(community, first, second)
    left = grid_round(tomorrow, grid="G3", today=MONDAY + timedelta(days=1))
    assert sorted(left.order) == sorted(set(before.order) - {first, second})


def test_the_coming_week_and_a_grid_of_nothing(community):
    later = grid_round(community, grid="G3", today=MONDAY, weeks=1)
    assert set(grid_round(community, grid="G3", today=MONDAY).order) <= set(later.order)
    none = grid_round(community, grid="gone", today=MONDAY)
    assert (none.order, none.metres, none.unreached) == ((), 0.0, ())


def test_without_a_station_it_begins_anywhere(community):
    homeless = replace(community, stations=community.stations.iloc[:0], _memo={})
    walk = grid_round(homeless, grid="G1", today=MONDAY)
    assert not walk.started
    assert len(walk.order) == len(grid_round(community, grid="G1", today=MONDAY).order)
    assert set(walk.order) <= set(community.derive(inspection_stops).index)
