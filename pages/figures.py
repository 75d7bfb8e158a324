"""Figures: how cases fare by place, kind and month, where they come back and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, cast

import pandas as pd
import streamlit as st

import layers
from pages import _figures, _links, _press, _widgets
from pages._figures import BY, LABELS, PERIODS
from pages._format import day
from pages._map import Picked
from pages._page import Page, View
from pages._row import name_of
from wangge.analysis.case_figures import MEANS, By
from wangge.analysis.recurring_spots import recurring_spots
from wangge.domain.terms import HAZARD_KINDS
from wangge.text import Text

TITLE: Final = Text("统计", "Figures")
STYLE: Final = Path(__file__).with_name("_cases.css")
ROW: Final = 31  # px
_USUAL: Final = {"by": "grid", "months": "12"}
_FACET: Final = {"grid": "grid", "compound": "compound", "kind": "kind", "severity": "severity"}
_SAYS: Final = {
    "cases": "cases",
    "open": "open",
    "overdue": "overdue",
    "closed": "closed",
    "on_time": "on_time_rate",
    "rework": "rework_rate",
    "mean": "mean_hours",
    "p90": "p90_hours",
}


def body(view: View) -> None:
    """Show the figures of the whole, charts and a table by one thing, and what comes back."""
    st.html(f"<style>{STYLE.read_text('utf-8')}</style>")
    by = cast("By", _asked("by", BY))
    months = _asked("months", PERIODS)
    found = _figures.figures(view.community, by, months, view.now)
    called = _figures.names(view.community, by, found.index, view.lang)
    with st.container(key="top", horizontal=True, vertical_alignment="center"):
        _choice(view, "months", PERIODS, Text("时间", "Period"))
        _choice(view, "by", BY, Text("按什么看", "By"))
        with st.container(horizontal=True, horizontal_alignment="right"):
            _widgets.excel(
                view,
                lambda: _figures.sheet(found, called, BY[by], view.lang),
                name=Text("案件统计", "Case figures"),
                key="excel_figures",
            )
    spots = view.community.derive(recurring_spots, today=view.today)
    whole = _figures.figures(view.community, "community", months, view.now)
    with st.container(key="cards"):
        _widgets.figures(view, _figures.cards(whole, len(spots)))
    with st.container(key="split"):
        left, right = st.columns([2, 1], gap="medium")
        with left:
            _charts(view, by, found)
            _table(view, by, _figures.table(found, called, view.lang))
        with right, st.container(key="about"):
            _again(view, spots)
            _causes(view, months)


def _asked(name: str, words: Any) -> str:  # noqa: ANN401 - a mapping by word
    """Return what the address asks for, else the usual."""
    given = st.query_params.get(name, "")
    return given if given in words else _USUAL[name]


def _choice(view: View, name: str, words: Any, label: Text) -> None:  # noqa: ANN401 - a mapping by word
    _press.segments(
        f"figures_{name}",
        view.t(label),
        {word: view.t(text) for word, text in words.items()},
        _asked(name, words),
        lambda word: _press.go({**_press.address(), name: word}),
    )


def _charts(view: View, by: By, found: pd.DataFrame) -> None:
    """Show three charts side by side; of compounds those where something is open."""
    drawn = found[found["open"] > 0] if by == "compound" else found
    if drawn.empty:
        none = Text("这段时间没有未结的案件。", "No case of this period is open.")
        _widgets.empty(view, none)
        return
    called = _figures.names(view.community, by, drawn.index, view.lang)
    made = _figures.charts(drawn, called, by, lang=view.lang, mode=view.theme)
    height = 200 if by == "month" else 40 + 36 * len(drawn)
    for number, (column, (option, told)) in enumerate(zip(st.columns(3), made, strict=True)):
        with column:
            st.echarts_chart(option, height=height, alt=told, key=f"figures_chart_{by}_{number}")
    if by == "compound":
        _widgets.note(
            view, Text("图中是有未结案件的小区，全部见表。", "Drawn: compounds with open cases.")
        )


def _table(view: View, by: By, table: pd.DataFrame) -> None:
    """Show the figures as a table; a click on a row leads to its cases."""
    key = f"figures_rows_{by}"

    def picked(code: str) -> None:
        if by in _FACET and code:
            _links.go(view, "cases", tab="all", **{_FACET[by]: code})

    help_ = {name: view.t(MEANS[told]) for name, told in _SAYS.items()}
    st.dataframe(
        table,
        key=key,
        on_select=_widgets.picks(key, table, picked),
        selection_mode="single-cell",
        hide_index=True,
        row_height=ROW,
        height=ROW * (min(len(table), 14) + 1) + 6,
        placeholder="–",
        column_config={
            "name": st.column_config.TextColumn(view.t(BY[by]), width=130),
            **{
                name: st.column_config.Column(view.t(label), help=help_[name])
                for name, label in LABELS.items()
            },
            **{
                name: st.column_config.NumberColumn(
                    view.t(LABELS[name]), help=help_[name], format="%.1f"
                )
                for name in ("mean", "p90")
            },
        },
    )
    _widgets.note(
        view,
        Text(
            "按网格、小区、类型统计，不统计到人。点一行看这些案件。",
            "By place and kind, never by person. Click a row to see its cases.",
        ),
    )


def _again(view: View, spots: pd.DataFrame) -> None:
    """Show where the same came back, and the way to the last case of the place chosen."""
    st.subheader(view.t(Text("反复出现的地方", "Where it comes back")), anchor=False)
    if spots.empty:
        _widgets.empty(
            view,
            Text("近一年没有复发的案件。", "Nothing came back within the last year."),
        )
        return
    names = ("grids", "compounds", "recurrence")
    found = [
        layer for layer in layers.offered(PAGE.id, view.role) if layer.base or layer.id in names
    ]
    asked = st.query_params.get("spot", "")
    chosen = asked if asked in spots.index else ""
    _widgets.small_map(
        view,
        _widgets.drawing(view, found, names),
        key="figures",
        at=("recurrence", chosen) if chosen else ("", ""),
        height=360,
        on_pick=_picked,
    )
    for _, spot in (spots.loc[[chosen]] if chosen else spots.head(3)).iterrows():
        said = Text(
            "{kind}・{where}　{n} 次，最近 {day}", "{kind}, {where}: {n}×, last {day}"
        ).fill(
            kind=HAZARD_KINDS.get(str(spot["kind"]), Text("", "")),
            where=name_of(view.community.compounds, spot["compound_id"]) or _figures.NOWHERE,
            n=spot["times"],
            day=day(spot["last_on"], view.today),
        )
        _links.link(view, "case", said, id=str(spot["last"]))


def _picked(picked: Picked) -> None:
    spot = {"spot": picked.id} if picked.layer == "recurrence" else {}
    rest = {name: value for name, value in _press.address().items() if name != "spot"}
    _press.go({**rest, **spot})


def _causes(view: View, months: str) -> None:
    """Show why things came to be, by compound, what happened most often first."""
    st.subheader(view.t(Text("各小区的根因", "Root causes by compound")), anchor=False)
    found = _figures.causes(view.community, months, view.now, view.lang)
    if found.empty:
        _widgets.empty(
            view,
            Text(
                "还没有填写根因。反馈处置结果时可以选一个。",
                "No root cause was told yet. One can be chosen when work is reported as done.",
            ),
        )
        return
    st.dataframe(
        found,
        key="figures_causes",
        hide_index=True,
        row_height=ROW,
        height=ROW * (min(len(found), 8) + 1) + 6,
        column_config={
            "compound": st.column_config.TextColumn(view.t(Text("小区", "Compound"))),
            "cause": st.column_config.TextColumn(view.t(Text("根因", "Root cause"))),
            "cases": st.column_config.Column(view.t(LABELS["cases"])),
            "recurred": st.column_config.Column(view.t(Text("复发", "Came back"))),
        },
    )


PAGE: Final = Page("figures", TITLE, 55, body, roles=("worker", "planner", "secretary"))
