"""Which cases are asked for: a link says the same to another, and a tab counts what it lists."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages._case_filter import FACETS, SHOWS, Post, Wanted, find, from_params
from tests.pages import journaled
from wangge.analysis.worklist import searched, worklist
from wangge.domain.terms import HAZARD_KINDS, HAZARD_STATUSES, OPEN_STATUSES, SEVERITIES
from wangge.domain.workdays import PLACE

NOW = journaled.NOW
POSTS = [
    Post("书记", "secretary"),
    Post("第五网格网格员", "worker", "G5"),
    Post("规划专干", "planner"),
]


@pytest.fixture(scope="module")
def community(_imported, tmp_path_factory):
    path = tmp_path_factory.mktemp("filter") / "own.gpkg"
    shutil.copy(_imported, path)
    worker, boss = (journaled.desk(str(path), role) for role in ("worker", "secretary"))
    opened = journaled.view(str(path)).community.cases
    for ident in opened.index[opened["status"] == "opened"]:
        boss.step(ident, "dispatch", values={"assignee": "第五网格网格员"}, key=f"k{ident}")
    worker.step(opened.index[opened["status"] == "dispatched"][0], "start", key="s")
    return journaled.view(str(path)).community


def wanted(community):
    def maybe(words):
        return st.sampled_from(["", *words])

    return st.builds(
        Wanted,
        tab=st.sampled_from(["mine", "overdue", "today", "open", "all"]),
        kind=maybe(HAZARD_KINDS),
        severity=maybe(SEVERITIES),
        state=maybe(HAZARD_STATUSES),
        grid=maybe(community.grids.index),
        compound=maybe(community.compounds.index),
        q=st.sampled_from(["", "楼道", "z0", "小区 充电"]),
        page=st.integers(1, 9),
        case=maybe(community.cases.index[:5]),
        show=st.sampled_from([*SHOWS]),
    )


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_what_is_asked_for_reads_back_from_its_address(community, data):
    asked = data.draw(wanted(community))
    for post in POSTS:
        assert from_params(asked.params(post.usual), community, post) == (asked, ())


def fits(row, words, asked, post, now):
    """Say whether a case is asked for, one question after the other."""
    waits = row["status"] in OPEN_STATUSES or bool(asked.state)
    late = row["status"] in OPEN_STATUSES and row["due_at"] < now
    due = row["due_at"]
    today = not pd.isna(due) and due.tz_convert(PLACE).date() == now.date()
    of_tab = {
        "mine": waits and post.name in {row["assignee"], row["reported_by"]},
        "grid": waits and row["grid_id"] == post.grid,
        "overdue": late,
        "today": row["status"] in OPEN_STATUSES and today and not late,
        "open": waits,
        "all": True,
    }[asked.tab]
    facets = [
        (asked.kind, row["kind"]),
        (asked.severity, row["severity"]),
        (asked.state, row["status"]),
        (asked.grid, row["grid_id"]),
        (asked.compound, row["compound_id"]),
    ]
    narrowed = all(not given or given == held for given, held in facets)
    return of_tab and narrowed and all(word in words for word in asked.q.lower().split())


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_what_is_found_is_what_was_asked_for(community, data):
    asked, post = data.draw(wanted(community)), data.draw(st.sampled_from(POSTS))
    listed = community.derive(worklist)
    found = find(community, asked, post, NOW)
    words = searched(listed)
    told = [i for i, row in listed.iterrows() if fits(row, words[i], asked, post, NOW)]
    assert list(found.rows.index) == told
    assert found.tabs[asked.tab] == len(found.rows)
    assert set(found.rows.index) <= set(found.board.index)


def test_tabs_lie_within_one_another(community):
    found = find(community, Wanted("open"), POSTS[1], NOW)
    tabs = found.tabs
    assert 0 < tabs["overdue"] < tabs["open"] < tabs["all"] == len(community.cases)
    assert tabs["today"] + tabs["overdue"] <= tabs["open"]
    assert 0 < tabs["mine"] <= tabs["open"]
    assert 0 < tabs["grid"] <= tabs["open"]


@pytest.mark.parametrize(
    "params",
    [
        {"tab": "boss"},
        {"tab": "grid"},
        {"kind": "<script>"},
        {"severity": "{0.__class__}"},
        {"state": "lost"},
        {"grid": "G99"},
        {"compound": "C" * 5000},
        {"case": "Z999"},
        {"show": "globe"},
    ],
)
def test_a_wrong_part_is_named_and_never_raises(community, params):
    asked, notices = from_params(params, community, POSTS[0])
    assert asked == Wanted("open")
    assert len(notices) == 1
    assert len(notices[0].zh) < 80


@pytest.mark.parametrize("page", ["-1", "0", "x", "٣", "9" * 400, "1.5", ""])
def test_a_wrong_page_is_the_first(community, page):
    assert from_params({"page": page}, community, POSTS[0])[0].page == 1


def test_a_worker_begins_with_what_is_their_own(community):
    assert from_params({}, community, POSTS[1])[0].tab == "mine"
    assert "grid" in POSTS[1].tabs
    assert "grid" not in POSTS[0].tabs


def test_a_new_facet_begins_on_the_first_page_with_nothing_selected():
    asked = Wanted("open", page=4, case="Z001", q="a").narrowed(kind="old_wiring")
    assert asked == Wanted("open", kind="old_wiring", q="a")
    assert set(FACETS) == {"kind", "severity", "state", "grid", "compound"}
