"""Property: which compounds nobody manages, for how long, and who could take them."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

import layers
from layers._tokens import TOKENS
from pages import _press, _property, _widgets
from pages._address import State, from_params
from pages._card import joined
from pages._facts import card
from pages._ledger import MANAGED
from pages._map import Picked
from pages._page import Page, View
from wangge.text import Text

TITLE: Final = Text("物业", "Property")
SHOWN: Final = ("grids", "compounds", "contracts")
ROW: Final = 31  # px
ROWS: Final = 11
WHICH: Final = "property_which"
_COLOURS: Final = {"none": "violet", "community": "violet", "unit": "gray", "property": "gray"}


def body(view: View) -> None:
    """Show three figures, the map of managers, and the list beside it; the address says where."""
    state, notices = from_params(st.query_params.to_dict(), view.community, ())
    for notice in notices:
        st.warning(view.t(notice))
    table = _property.ledger(view.community, view.today)
    _widgets.figures(view, _property.figures(table))
    with st.container(key="split"):
        left, right = st.columns(2, gap="small")
        with left:
            found = layers.offered(PAGE.id, view.role)
            _widgets.show_map(
                view,
                _widgets.drawing(view, found, SHOWN),
                key="property",
                selected=state.selected,
                on_pick=lambda picked: _picked(view, state, picked),
                title=view.t(TITLE),
            )
        with right, st.container(key="panel"):
            _chosen(view, state)
            _list(view, state, table)
            _since(view, table)
            _market(view)


def _chosen(view: View, state: State) -> None:
    """Show what is selected, with its facts, and a way back."""
    if not state.compound:
        return
    held = card(view.community, state.upto("compound"), view.today)
    left, right = st.columns([5, 1], vertical_alignment="center")
    with left:
        _widgets.heading(view, held.name, held.chips, joined(held.facts))
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        st.button(
            view.t(Text("取消选择", "Clear")),
            key="property_clear",
            type="tertiary",
            on_click=_go,
            args=(state.upto("community"),),
        )


def _list(view: View, state: State, table: pd.DataFrame) -> None:
    """Show the compounds as a list; its marked row and the one outlined on the map are one."""
    labels = {
        "urgent": Text("待落实 {n}", "To settle {n}").fill(n=int(table["urgent"].sum())),
        "all": Text("全部 {n}", "All {n}").fill(n=len(table)),
    }
    asked = st.query_params.get("list", "")
    hidden = state.compound and not table["urgent"].get(state.compound, default=True)
    which = asked if asked in labels else "all" if hidden else "urgent"
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        _press.segments(
            WHICH,
            view.t(Text("列表", "List")),
            {name: view.t(text) for name, text in labels.items()},
            which,
            lambda name: _press.go({**_press.address(), "list": name}),
        )
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        _widgets.excel(
            view,
            lambda: _property.sheet(table, view.lang),
            name=Text("物业台账", "Property ledger"),
            key="excel_property",
        )
    rows = table[table["urgent"]] if which == "urgent" else table
    if state.grid and not state.compound:
        rows = rows[view.community.compounds.loc[rows.index, "grid_id"] == state.grid]
    if rows.empty:
        _widgets.empty(
            view,
            Text(
                "这里没有无物业、兜底或将到期的小区。",
                "No compound here is unmanaged, community-run or about to lose its contract.",
            ),
        )
        return
    rows = _lifted(rows, state.compound)
    key = _press.table("property_rows", rows.index)

    st.dataframe(
        _inked(view, rows, state.compound),
        key=key,
        on_select=_widgets.picks(
            key, rows, lambda at: _go(State().go(view.community, "compounds", at))
        ),
        selection_mode="single-cell",
        hide_index=True,
        row_height=ROW,
        height=ROW * (min(len(rows), ROWS) + 1) + 6,
        placeholder="–",
        column_config=_columns(view),
        column_order=[name for name in rows.columns if name not in {"urgent", "ends_in_days"}],
    )


def _lifted(rows: pd.DataFrame, chosen: str) -> pd.DataFrame:
    """Move the chosen row up where it would lie out of sight."""
    if chosen not in rows.index[ROWS - 1 :]:
        return rows
    return pd.concat([rows.loc[[chosen]], rows.drop(index=chosen)])


def _inked(view: View, rows: pd.DataFrame, chosen: str) -> Any:  # noqa: ANN401 - a Styler
    """Write words for codes and mark the chosen row."""
    tokens, own = TOKENS[view.theme], rows.copy()
    own["state"] = [[view.t(MANAGED[kind])] if kind in MANAGED else [] for kind in rows["state"]]
    plain = own["households"].str.replace(",", "")
    if plain.str.isdigit().all():
        own["households"] = plain.astype("int64")
    marked = [
        f"background-color: {tokens['accent_tint']}; font-weight: bold" if at == chosen else ""
        for at in rows.index
    ]
    soon = [
        f"color: {tokens['gap']}" if urgent and pd.notna(end) else ""
        for urgent, end in zip(rows["urgent"], rows["contract_end"], strict=True)
    ]
    return own.style.apply(lambda _: marked).apply(lambda _: soon, subset=["contract_end"])


def _columns(view: View) -> dict[str, Any]:
    label = {name: view.t(text) for name, text in _property.LABELS.items()}
    wide = view.lang == "en"
    return {
        **{name: st.column_config.Column(text) for name, text in label.items()},
        "name": st.column_config.TextColumn(label["name"], width=104),
        "state": st.column_config.MultiselectColumn(
            label["state"],
            options=[view.t(text) for text in MANAGED.values()],
            color=[_COLOURS[kind] for kind in MANAGED],
            width=112 if wide else 96,
        ),
        "manager": st.column_config.TextColumn(label["manager"], width=124),
        "contract_end": st.column_config.DateColumn(label["contract_end"], format="YYYY-MM-DD"),
    }


def _since(view: View, table: pd.DataFrame) -> None:
    """Show for how long each compound has had no manager."""
    held = int(table["days"].notna().sum())
    if not held:
        _widgets.empty(view, Text("没有无物业或兜底的小区。", "Every compound has a manager."))
        return
    option, told = _property.since(table, view.lang, view.theme)
    st.echarts_chart(option, height=34 + 22 * held, alt=told, key="property_since")


def _market(view: View) -> None:
    """Show the companies of the property market with what they registered, nothing made of it."""
    held = _property.companies(view.community)
    title = Text("物业超市・{n} 家", "Property market · {n} companies").fill(n=len(held))
    st.subheader(view.t(title), anchor=False)
    if held.empty:
        _widgets.empty(view, Text("名录里还没有物业企业。", "No company is registered yet."))
        return
    label = {name: view.t(text) for name, text in _property.COMPANY_LABELS.items()}
    st.dataframe(
        held,
        hide_index=True,
        row_height=ROW,
        height=ROW * (min(len(held), 6) + 1) + 6,
        placeholder="–",
        key="property_market",
        column_config={
            **{name: st.column_config.Column(text) for name, text in label.items()},
            "takes_old": st.column_config.CheckboxColumn(label["takes_old"]),
            "fee_yuan_m2": st.column_config.NumberColumn(label["fee_yuan_m2"], format="%.2f"),
        },
    )
    _widgets.note(
        view,
        Text(
            "企业自报，接老旧小区的在前；由居民和社区选定。",
            "As the companies state, those that take old compounds first; residents choose.",
        ),
    )


def _picked(view: View, state: State, picked: Picked) -> None:
    if not picked.layer:
        _go(state.up() if picked.reason == "back" else state.upto("community"))
    elif picked.layer in {"compounds", "grids"}:
        _go(state.go(view.community, picked.layer, picked.id))
    elif picked.layer == "buildings":
        _go(state.go(view.community, picked.layer, picked.id).upto("compound"))


def _go(state: State) -> None:
    """Make `state` the one in the address."""
    kept = {name: value for name, value in _press.address().items() if name == "list"}
    _press.go({**kept, **state.params()})


PAGE: Final = Page("property", TITLE, 30, body)
