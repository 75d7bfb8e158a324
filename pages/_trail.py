"""The line above the map: where one is, the search box, the export menu."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

import streamlit as st

from layers import Layer
from pages import _ledger, _widgets
from pages._address import PLACES, State
from pages._page import View
from pages._row import name_of
from pages._search import Hit, search, sure
from wangge.text import Text

ASK: Final = "search"
_ASKED: Final = "search_asked_at"  # what was selected when the words were entered
BACK: Final = "\u2039"  # angle quotation marks, as the path is drawn
ON: Final = "\u203a"
_LONGEST: Final = 60  # characters of a query
_TABLES = {"grid": "grids", "compound": "compounds", "building": "buildings"}
Go = Callable[..., None]


def trail(view: View, state: State, go: Go) -> None:
    """Show the path from community to building; each part leads there."""
    frame = view.community.community
    whole = str(frame["name"].iloc[0]) if len(frame) else view.t(Text("社区", "Community"))
    steps = [
        ("community", whole),
        *(
            (level, name_of(getattr(view.community, _TABLES[level]), getattr(state, level)))
            for level in PLACES
            if getattr(state, level)
        ),
    ]
    with st.container(key="path", horizontal=True, vertical_alignment="center"):
        if state.place[0] or state.thing:
            st.button(
                BACK,
                key="back",
                type="tertiary",
                help=view.t(Text("返回上一级", "One level up")),
                on_click=go,
                args=(state.up(),),
            )
        for position, (level, name) in enumerate(steps):
            if position:
                st.html(f'<span aria-hidden="true">{ON}</span>', width="content")
            last = position == len(steps) - 1 and not state.thing
            st.button(
                f"**{plain(name)}**" if last else plain(name),
                key=f"path_{level}",
                type="tertiary",
                on_click=go,
                args=(state.upto(level),),
            )


def ask(view: View, state: State, go: Go) -> None:
    """Show the search box: Enter goes to the one thing meant, or lists what may be."""

    def answer() -> None:
        st.session_state[_ASKED] = state.selected
        query = str(st.session_state.get(ASK) or "")[:_LONGEST]
        if hit := sure(view.community, query):
            _to(view, state, go, hit)

    st.text_input(
        view.t(Text("搜索", "Search")),
        key=ASK,
        type="search",
        on_change=answer,
        width=400,
        label_visibility="collapsed",
        placeholder=view.t(
            Text(
                "小区、楼栋、巷道、路灯编号，可输拼音首字母",
                "Compound, building, alley, lamp number, pinyin initials",
            )
        ),
    )


def answers(view: View, state: State, go: Go) -> None:
    """List what the words in the search box may mean, best first, or say that nothing does.

    The list hangs under the box, over the page; choosing a place anywhere closes it.
    """
    query = str(st.session_state.get(ASK) or "").strip()[:_LONGEST]
    if not query or st.session_state.get(_ASKED) != state.selected:
        return
    hits = search(view.community, query)
    with st.container(key="answers", border=True):
        if not hits:
            told = Text(
                "没有找到“{it}”。可以换一个名称、编号或拼音首字母。",
                "Nothing is called “{it}”. Try another name, number or pinyin initials.",
            )
            _widgets.empty(view, told.fill(it=query))
            return
        for hit in hits:
            st.button(
                f"{plain(view.t(hit.name))}　:gray[{plain(view.t(hit.where))}]",
                key=f"hit_{hit.layer}_{hit.id}",
                type="tertiary",
                on_click=_to,
                args=(view, state, go, hit),
            )


def export(view: View, layers: Sequence[Layer], shown: Collection[str] | None, title: Text) -> None:
    """Show the menu of what can be taken away: the map as a file, the tables as Excel."""
    with st.popover(view.t(Text("导出", "Export"))):
        _widgets.map_file(view, layers, shown, title=title, key="export_map")
        _widgets.excel(
            view,
            lambda: _ledger.sheet(_ledger.compounds(view.community, view.today), view.lang),
            name=Text("小区表", "Compounds"),
            key="export_compounds",
            label=Text("小区表（Excel）", "Compounds (Excel)"),
        )
        _widgets.excel(
            view,
            lambda: _ledger.sheet(_ledger.grids(view.community, view.today), view.lang),
            name=Text("网格表", "Grids"),
            key="export_grids",
            label=Text("网格表（Excel）", "Grids (Excel)"),
        )


def plain(text: str) -> str:
    """Return `text` so that Markdown shows it as it is."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]()#+-.!:~<>$|" else char for char in text)


def _to(view: View, state: State, go: Go, hit: Hit) -> None:
    st.session_state[ASK] = ""
    base = State(layers=state.layers)
    go(base.go(view.community, hit.layer, hit.id))
