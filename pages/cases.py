"""Cases: what is to be done, by whom and until when, as a list, a board by state and a map."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

import streamlit as st

import layers
from pages import _bulk, _case_paper, _links, _press, _widgets
from pages._board import board
from pages._card import Chip, joined
from pages._case_filter import SHOWS, TABS, Post, find, from_params
from pages._case_list import sheet, table, tone
from pages._case_rows import facets, rows
from pages._case_scene import LAST, Scene
from pages._format import number
from pages._map import Picked
from pages._page import Page, View
from pages._row import row_of
from wangge.analysis.worklist import worklist
from wangge.domain.terms import SEVERITIES
from wangge.text import Text

TITLE: Final = Text("案件", "Cases")
STYLE: Final = Path(__file__).with_name("_cases.css")
MOST_ON_MAP: Final = 500
_CLOSED: Final = ("closed", "declined", "duplicate")


def body(view: View) -> None:
    """Show the list beside the board or the map; the address says which cases, and which one."""
    st.html(f"<style>{STYLE.read_text('utf-8')}</style>")
    post = Post(view.desk.actor.post if view.desk else "", view.role, view.grid)
    wanted, notices = from_params(st.query_params.to_dict(), view.community, post)
    for notice in notices:
        st.warning(view.t(notice))
    st.session_state[LAST] = wanted.params(post.usual)
    found = find(view.community, wanted, post, view.now)
    scene = Scene(view, post, wanted, found)
    with st.container(key="top", horizontal=True, vertical_alignment="center"):
        _tabs(scene)
        _take_away(scene)
    _bulk.outcome(view, view.community.derive(worklist))
    with st.container(key="split"):
        left, right = st.columns([2, 3] if view.lang == "zh" else [3, 4], gap="small")
        with left, st.container(key="panel"):
            facets(scene)
            rows(scene)
        with right:
            _chosen(scene)
            _shown(scene)


def _tabs(scene: Scene) -> None:
    """Show which cases there are to look at, with how many each."""
    count = scene.found.tabs
    _press.segments(
        "cases_tab",
        scene.view.t(Text("看哪些", "Which")),
        {name: f"{scene.view.t(TABS[name])} {number(count[name])}" for name in scene.post.tabs},
        scene.wanted.tab,
        lambda tab: scene.narrow(tab=tab),
    )


def _take_away(scene: Scene) -> None:
    """Offer the list as a spreadsheet, and the way to report something new."""
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        _widgets.excel(
            scene.view,
            lambda: sheet(
                scene.found.rows,
                scene.found.state,
                scene.view.community.grids["name"],
                scene.view.lang,
            ),
            name=Text("案件清单", "Cases"),
            key="excel_cases",
        )
        _widgets.offer(
            scene.view,
            lambda: _case_paper.several(scene.view, scene.found.rows, scene.wanted),
            _widgets.PDF,
            name=Text("案件清单", "Cases"),
            key="print_cases",
        )
        _links.link(scene.view, "figures", Text("统计", "Figures"))
        _links.link(scene.view, "report", Text("上报", "Report"))


def _chosen(scene: Scene) -> None:
    """Show the selected case in two lines, and the way to its page."""
    ident = scene.wanted.case
    if not ident:
        return
    listed = scene.view.community.derive(worklist)
    row = row_of(table(listed.loc[[ident]], scene.view.now, scene.view.lang), ident)
    severity = str(listed.loc[ident, "severity"])
    said = SEVERITIES.get(severity, Text(severity, severity))
    chips = [
        Chip(said, "major" if severity == "重大" else ""),
        *(Chip(Text(it, it)) for it in (row["status"], row["limit"]) if it),
    ]
    facts = [Text(ident, ident), *(Text(t, t) for t in (row["where"], row["assignee"]) if t)]
    with st.container(key="chosen", horizontal=True, vertical_alignment="center", border=True):
        with st.container():
            name = Text(str(row["kind"]), str(row["kind"]))
            sign = (str(row["sign"]), tone(severity))
            _widgets.heading(scene.view, name, chips, joined(facts), sign=sign)
        _links.link(scene.view, "case", Text("打开案件", "Open the case"), id=ident)
        st.button(
            scene.view.t(Text("取消选择", "Clear")),
            key="cases_clear",
            type="tertiary",
            on_click=scene.choose,
            args=(ident,),
        )


def _shown(scene: Scene) -> None:
    """Show the board or the map of what is listed."""
    _press.segments(
        "cases_show",
        scene.view.t(Text("怎么看", "As")),
        {name: scene.view.t(text) for name, text in SHOWS.items()},
        scene.wanted.show,
        lambda show: scene.put(show=show),
    )
    if scene.wanted.show == "map":
        _map(scene)
    else:
        board(
            scene.view,
            scene.found,
            scene.wanted,
            on_case=lambda case: scene.put(case=case),
            on_state=lambda state: scene.narrow(state=state),
        )


def _map(scene: Scene) -> None:
    """Show where the cases of the list are, the most urgent of very many."""
    drawn = scene.found.rows.head(MOST_ON_MAP)
    closed = drawn["status"].isin(_CLOSED).any() or scene.wanted.state in _CLOSED
    names = {"grids", "compounds", "hazards", *(["closed_hazards"] if closed else [])}
    found = [
        layer
        for layer in layers.offered(PAGE.id, scene.view.role)
        if layer.base or layer.id in names
    ]
    idents = [*map(str, drawn.index), *([scene.wanted.case] if scene.wanted.case else [])]
    only = {"hazards": idents, "closed_hazards": idents}
    _widgets.show_map(
        scene.view,
        _widgets.drawing(scene.view, found, names, only),
        key="cases",
        selected=_symbol(scene),
        on_pick=partial(_picked, scene),
        title=scene.view.t(TITLE),
    )
    if len(scene.found.rows) > MOST_ON_MAP:
        told = Text("地图上是最紧急的 {n} 件。", "The map shows the {n} most urgent.")
        _widgets.note(scene.view, told.fill(n=MOST_ON_MAP))


def _symbol(scene: Scene) -> tuple[str, str]:
    """Return the symbol of the selected case on the map."""
    if not scene.wanted.case:
        return ("compounds", scene.wanted.compound) if scene.wanted.compound else ("", "")
    status = scene.view.community.cases.loc[scene.wanted.case, "status"]
    return ("closed_hazards" if status in _CLOSED else "hazards"), scene.wanted.case


def _picked(scene: Scene, told: Picked) -> None:
    """Select what was pressed on the map: a case, or the cases of a compound."""
    if told.layer in {"hazards", "closed_hazards"}:
        scene.put(case=told.id)
    elif told.layer == "compounds":
        scene.narrow(compound=told.id)
    elif scene.wanted.case:
        scene.put(case="")
    elif not told.layer:
        scene.narrow(compound="")


PAGE: Final = Page("cases", TITLE, 50, body, roles=("worker", "planner", "secretary"))
