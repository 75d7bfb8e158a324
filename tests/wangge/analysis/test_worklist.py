"""The list of cases: its order against a plain sort, and what it says of a limit."""

from __future__ import annotations

from datetime import timedelta

import geopandas as gpd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.made_cases import NOW, cases, row
from wangge.analysis.worklist import searched, worklist
from wangge.domain.crs import METRIC
from wangge.domain.terms import HAZARD_KINDS, HAZARD_STATUSES, OPEN_STATUSES, SEVERITIES

NAMES = gpd.GeoDataFrame({"name": ["供销小区"]}, index=["C19"], geometry=[None], crs=METRIC)
GRIDS = gpd.GeoDataFrame({"name": ["第五网格"]}, index=["G5"], geometry=[None], crs=METRIC)
HOURS = st.integers(-400, 400)


@st.composite
def many(draw):
    moments = st.one_of(st.none(), HOURS.map(lambda h: NOW + timedelta(hours=h)))
    found = []
    for n in range(draw(st.integers(0, 25))):
        status = draw(st.sampled_from(list(HAZARD_STATUSES)))
        found.append(
            row(
                f"Z{n:02}",
                kind=draw(st.sampled_from(list(HAZARD_KINDS))),
                severity=draw(st.sampled_from(list(SEVERITIES))),
                status=status,
                reported_at=NOW + timedelta(hours=draw(HOURS)),
                due_at=draw(moments),
                closed_at=None if status in OPEN_STATUSES else draw(moments),
            )
        )
    return found


def plain(one):
    """Return what a case is sorted by, one thing after the other."""
    never = NOW + timedelta(days=10_000)
    if one["status"] in OPEN_STATUSES:
        graver = list(SEVERITIES).index(one["severity"])
        return (0, one.get("due_at") or never, graver, one["reported_at"])
    settled = one.get("closed_at") or one["reported_at"]
    return (1, NOW - settled, 0, one["reported_at"])


@settings(max_examples=60, deadline=None)
@given(many())
def test_the_order_is_that_of_a_plain_sort(rows):
    listed = worklist(cases(rows), NAMES, GRIDS)
    by_id = {one["id"]: one for one in rows}
    told = [plain(by_id[ident]) for ident in listed.index]
    assert told == sorted(told)
    assert sorted(listed.index) == sorted(by_id)


def test_a_place_of_its_own_goes_before_compound_and_grid():
    listed = worklist(
        cases(
            [
                row("a", place="油坊巷 12 号门前", compound_id="C19"),
                row("b", compound_id="C19", grid_id="G5"),
                row("c", grid_id="G5"),
                row("d", compound_id="C99"),
            ]
        ),
        NAMES,
        GRIDS,
    )
    where = ["油坊巷 12 号门前", "供销小区", "第五网格", ""]
    assert [listed.loc[ident, "where"] for ident in "abcd"] == where


@pytest.mark.parametrize("word", ["z07", "线路", "old wiring", "楼道", "市政", "供销", "线路超期"])
def test_a_search_looks_through_everything_said(word):
    told = row("Z07", note="楼道堆放", assignee="市政照明", compound_id="C19", cause="线路超期")
    listed = worklist(cases([told, row("Y1", kind="subsidence")]), NAMES, GRIDS)
    found = listed.index[searched(listed).str.contains(word, regex=False)]
    assert list(found) == ["Z07"]
