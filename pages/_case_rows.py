"""The list of cases: what narrows it, a page of its rows, and the ticks for a step on many."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from layers._tokens import TOKENS
from pages import _bulk, _press, _widgets
from pages._case_filter import FACETS
from pages._case_list import LABELS, table, tone
from pages._case_scene import Scene
from wangge.domain.terms import HAZARD_KINDS, HAZARD_STATUSES, SEVERITIES
from wangge.text import Text

SIZE: Final = 20  # rows of a page
ROW: Final = 34  # px


def facets(scene: Scene) -> None:
    """Show what narrows the list: words, and one choice each of kind, severity and so on."""
    st.text_input(
        scene.view.t(Text("搜索", "Search")),
        key="cases_q",
        type="search",
        on_change=_press.bound("cases_q", scene.wanted.q, lambda q: scene.narrow(q=q or "")),
        label_visibility="collapsed",
        placeholder=scene.view.t(Text("编号、地点、说明、岗位", "Number, place, note, post")),
    )
    with st.container(key="facets"):
        for name, label in FACETS.items():
            _facet(scene, name, label)


def _facet(scene: Scene, name: str, label: Text) -> None:
    """Show one choice; a compound is one of the grid chosen."""
    held = getattr(scene.wanted, name)
    words = _options(scene, name)
    _press.choice(
        f"cases_{name}",
        scene.view.t(label),
        words if not held or held in words else {**words, held: held},
        held or None,
        lambda code: scene.narrow(**{name: code or ""}),
        placeholder=scene.view.t(label),
    )


def _options(scene: Scene, name: str) -> dict[str, str]:
    """Return what can be chosen for a facet, with its words."""
    terms = {"kind": HAZARD_KINDS, "severity": SEVERITIES, "state": HAZARD_STATUSES}
    if name in terms:
        return {code: scene.view.t(text) for code, text in terms[name].items()}
    if name == "grid":
        return {str(k): str(v) for k, v in scene.view.community.grids["name"].items()}
    held = scene.view.community.compounds
    if scene.wanted.grid:
        held = held[held["grid_id"] == scene.wanted.grid]
    return {str(k): str(v) for k, v in held["name"].items()}


def rows(scene: Scene) -> None:
    """Show a page of the list; its marked row, the card and the symbol are one."""
    rows = scene.found.rows
    if rows.empty:
        _widgets.empty(scene.view, _nothing(scene))
        return
    pages = -(-len(rows) // SIZE)
    page = min(scene.wanted.page, pages)
    shown = rows.iloc[(page - 1) * SIZE : page * SIZE]
    marked = [one for one in st.session_state.get(_bulk.MARKED, []) if one in rows.index]
    _grid(scene, shown, marked)
    with st.container(horizontal=True, vertical_alignment="center"):
        if pages > 1:
            key = _press.table(f"cases_page_{page}", rows.index)
            st.pagination(
                pages,
                default=page,
                key=key,
                on_change=_press.once(key, page, partial(_turned, scene)),
            )
        if _bulk.may(scene.view.role):
            _bulk.bar(scene.view, marked)


def _turned(scene: Scene, page: int) -> None:
    scene.put(page=page)
    _press.turn()


def _grid(scene: Scene, shown: pd.DataFrame, marked: list[str]) -> None:
    """Show rows: a click on a cell selects the case, a tick marks it for a step on many."""
    idents = [str(ident) for ident in shown.index]
    key = _press.table("cases_rows", idents)
    many = _bulk.may(scene.view.role) and scene.view.desk is not None

    def picked(told: Mapping[str, Any]) -> None:
        ticked = [idents[at] for at in told["rows"]]
        before = st.session_state.get(_bulk.MARKED, [])
        others = [one for one in before if one not in idents]
        st.session_state[_bulk.MARKED] = [*others, *ticked]
        if told["cells"]:
            scene.choose(idents[told["cells"][0][0]])

    ticks = [at for at, ident in enumerate(idents) if ident in marked]
    st.dataframe(
        _inked(scene, shown),
        key=key,
        on_select=_press.selects(key, picked),
        selection_mode=["multi-row", "single-cell"] if many else ["single-cell"],
        selection_default={"selection": {"rows": ticks}} if many and ticks else None,
        hide_index=True,
        row_height=ROW,
        height=ROW * len(shown) + 38,
        placeholder="–",
        column_config=_columns(scene),
        column_order=["sign", "kind", "limit", "where", "status"],
    )


def _inked(scene: Scene, shown: pd.DataFrame) -> Any:  # noqa: ANN401 - a Styler
    """Write words for codes; colour the sign, set overdue limits bold, mark the selected."""
    tokens, told = TOKENS[scene.view.theme], table(shown, scene.view.now, scene.view.lang)
    late = scene.found.state.loc[shown.index, "overdue"]
    mark = f"background-color: {tokens['accent_tint']}"
    marked = [mark if ident == scene.wanted.case else "" for ident in shown.index]
    signs = [f"color: {tokens[tone(str(word))]}" for word in shown["severity"]]
    limits = ["font-weight: bold" if one else f"color: {tokens['text2']}" for one in late]
    return (
        told.style.apply(lambda _: marked)
        .apply(lambda _: signs, subset=["sign"])
        .apply(lambda _: limits, subset=["limit"])
    )


def _columns(scene: Scene) -> dict[str, Any]:
    """Return how the columns of the list are headed and sized."""
    label = {name: scene.view.t(text) for name, text in LABELS.items()}
    wide = scene.view.lang == "en"
    return {
        "sign": st.column_config.TextColumn(" ", width=36, help=label["sign"]),
        "kind": st.column_config.TextColumn(label["kind"], width=144 if wide else 92),
        "where": st.column_config.TextColumn(label["where"], width=96 if wide else 120),
        "status": st.column_config.TextColumn(label["status"], width=140 if wide else 76),
        "limit": st.column_config.TextColumn(label["limit"], width=116 if wide else 110),
    }


def _nothing(scene: Scene) -> Text:
    """Say why the list is empty, and what to do."""
    asked = scene.wanted
    if asked.q or any(getattr(asked, name) for name in FACETS):
        return Text(
            "没有符合条件的案件。可以清除筛选，或换一个词。",
            "No case fits. Clear a filter or try another word.",
        )
    return {
        "mine": Text(
            "您没有未结的案件。看到问题可以上报。",
            "You have no open case. Report what you see.",
        ),
        "grid": Text("这个网格没有未结的案件。", "Your grid has no open case."),
        "overdue": Text("没有超期的案件。", "No case is overdue."),
        "today": Text("今天没有到期的案件。", "No case is due today."),
    }.get(asked.tab, Text("没有未结的案件。", "There is no open case."))
