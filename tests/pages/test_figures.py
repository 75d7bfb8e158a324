"""The page of figures: what it counts against a plain count; table, chart and words agree."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages import _figures
from pages._chart import bars, lying
from tests.made_cases import cases, row
from tests.pages import journaled
from wangge.analysis.recurring_spots import recurring_spots
from wangge.domain.terms import HAZARD_KINDS, OPEN_STATUSES
from wangge.text import LANGS

NOW = journaled.NOW


def _page(where, lang, role):
    from pages.figures import PAGE  # noqa: PLC0415 - this runs as a script of its own
    from tests.pages import journaled  # noqa: PLC0415

    PAGE.body(journaled.view(where, lang, role))


def start(where, lang="zh", role="secretary", **address):
    run = AppTest.from_function(_page, args=(where, lang, role), default_timeout=60)
    for name, value in address.items():
        run.query_params[name] = value
    run.run()
    assert not run.exception, run.exception
    return run


def said(run):
    return "\n".join(node.proto.body for node in run.get("html"))


@pytest.fixture
def community(where):
    return journaled.view(where).community


@pytest.mark.parametrize("by", _figures.BY)
@pytest.mark.parametrize("months", _figures.PERIODS)
def test_every_case_of_the_period_is_counted_once(community, by, months):
    found = _figures.figures(community, by, months, NOW)
    held = _figures.of_period(community.cases, months, NOW)
    real = held[~held["status"].isin(["declined", "duplicate"])]
    assert found["cases"].sum() == len(real)
    assert found["open"].sum() == real["status"].isin(OPEN_STATUSES).sum()
    called = _figures.names(community, by, found.index, "zh")
    assert all(called)
    assert len(called) == len(found)


def test_the_period_is_of_whole_months():
    begun = [NOW.replace(month=9, day=1, hour=0, minute=1), NOW.replace(month=8, day=31)]
    held = cases([row(f"Z{n}", reported_at=at) for n, at in enumerate(begun)])
    assert list(_figures.of_period(held, "3", NOW).index) == ["Z0"]
    assert len(_figures.of_period(held, "0", NOW)) == 2


def test_the_cards_tell_what_they_are_of(community):
    whole = _figures.figures(community, "community", "0", NOW)
    held = community.cases
    opened, on_time, rework, mean, closed, again = _figures.cards(whole, 3)
    late = held["status"].isin(OPEN_STATUSES) & (held["due_at"] < NOW)
    assert opened.value == str(held["status"].isin(OPEN_STATUSES).sum())
    assert opened.note.zh == f"{late.sum()} 件超期"
    part, of = map(int, on_time.note.zh.split("/"))
    assert on_time.value == f"{100 * part / of:.0f}"
    done = (held["status"] == "closed") & held["due_at"].notna()
    assert of == done.sum() + late.sum()
    assert part == (held["closed_at"] <= held["due_at"])[done].sum()
    assert (rework.value, closed.value, again.value) == ("0", "86", "3")
    assert mean.unit.zh == "天"


def test_nothing_to_divide_by_is_unknown():
    whole = _figures.case_figures(cases([]), now=NOW)
    assert [one.value for one in _figures.cards(whole, 0)] == ["0", "–", "–", "–", "0", "0"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("by", ["grid", "month"])
def test_charts_and_their_words_agree(community, by, lang):
    found = _figures.figures(community, by, "12", NOW)
    called = _figures.names(community, by, found.index, lang)
    made = _figures.charts(found, called, by, lang=lang, mode="dark")
    (counts, told), (shares, _), _ = made
    first = [one["value"] for one in counts["series"][0]["data"]]
    assert first == found["cases" if by == "month" else "open"].tolist()
    assert all(f"{name} " in told for name in called)
    names = counts["xAxis" if by == "month" else "yAxis"]["data"]
    assert len(names) == len(called)
    labels = [one["label"]["formatter"] for one in shares["series"][0]["data"]]
    assert labels[0] == _figures.table(found, called, lang)["on_time"].iloc[0]


def test_days_are_written_with_one_decimal_as_in_the_table(community):
    found = _figures.figures(community, "grid", "12", NOW)
    called = _figures.names(community, "grid", found.index, "zh")
    option, _ = _figures.charts(found, called, "grid", lang="zh", mode="light")[2]
    shown = _figures.table(found, called, "zh")
    for series, name in zip(option["series"], ("mean", "p90"), strict=True):
        written = [one["label"]["formatter"] for one in series["data"]]
        assert written == [f"{days:.1f}" if pd.notna(days) else "" for days in shown[name]]


def test_bars_that_lie_keep_their_order_and_their_values():
    option = lying(bars(["a", "b"], {"n": [1.25, float("nan")]}, mode="light", whole=False))
    assert option["yAxis"]["data"] == ["a", "b"]
    assert option["yAxis"]["inverse"]
    assert option["series"][0]["data"] == [1.2, None]


def test_no_column_is_about_a_person(community):
    for by in _figures.BY:
        found = _figures.figures(community, by, "0", NOW)
        own = _figures.sheet(
            found, _figures.names(community, by, found.index, "zh"), _figures.BY[by], "zh"
        )
        assert not any(word in head for head in own for word in ("岗位", "人", "派给"))
        assert len(own) == len(found)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("role", ["worker", "planner", "secretary"])
def test_every_role_sees_figures_in_both_languages(where, lang, role):
    run = start(where, lang, role, by="kind")
    names = run.dataframe[0].value["name"].tolist()
    assert names == [text.in_(lang) for text in HAZARD_KINDS.values()]
    assert len(run.get("echarts_chart")) == 3


@pytest.mark.parametrize("by", [*_figures.BY, "person", "<script>"])
def test_a_link_says_by_what_and_a_wrong_one_is_the_usual(where, by):
    run = start(where, by=by)
    want = by if by in _figures.BY else "grid"
    assert run.segmented_control(key="figures_by").value == want


def test_where_it_comes_back_is_led_to(where):
    spots = recurring_spots(journaled.view(where).community.cases, today=NOW.date())
    assert len(spots) > 3
    assert "反复出现" in "".join(one.value for one in start(where).subheader)
    start(where, spot=spots.index[2])
    start(where, spot="nonsense")


def test_root_causes_are_of_the_compound_and_the_known_ones_only(where):
    assert "还没有填写根因" in said(start(where))
    held = journaled.view(where).community.cases
    mine = held[(held["status"] == "handling") & held["compound_id"].notna()].index[:2]
    desk = journaled.ticking(where, "worker", start=NOW - timedelta(hours=9))
    for ident in mine:
        desk.step(ident, "handle", values={"cause": "线路超期"}, key=f"k{ident}")
    found = _figures.causes(journaled.view(where).community, "0", NOW, "en")
    assert found["cause"].unique().tolist() == ["Past its service life"]
    assert found["cases"].sum() == 2


def test_an_empty_community_says_so(tmp_path):
    from wangge.store.files import read  # noqa: PLC0415

    empty = read(tmp_path).community.at(NOW)
    whole = _figures.figures(empty, "community", "12", NOW)
    assert _figures.cards(whole, 0)[0].value == "0"
    assert _figures.figures(empty, "grid", "12", NOW).empty
