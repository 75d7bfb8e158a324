"""The right side of the overview: what is selected, its year of hazards, the table of places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import streamlit as st

from layers._tokens import TOKENS
from pages import _ledger, _widgets
from pages._address import State
from pages._chart import bars
from pages._facts import card, joined
from pages._format import month
from pages._page import View
from pages._things import thing
from pages._trail import plain
from wangge.analysis.hazards import monthly
from wangge.analysis.places import of_points
from wangge.domain import terms
from wangge.domain.tables import TABLES
from wangge.text import Text

Go = Callable[..., None]
ROW: Final = 31  # px
SHOWN: Final = 11  # rows
WHICH: Final = "ledger"
FIRST: Final = "ledger first"  # the row moved to the top, because the map or search chose it
_INK: Final = {"重大": "major_text", "较大": "serious_text", "一般": "text", "低": "text"}
_COLOURS: Final = {"none": "violet", "community": "violet", "unit": "gray", "property": "gray"}


def panel(view: View, state: State, go: Go) -> None:
    """Show the panel for what `state` has selected."""
    if state.thing:
        _thing(view, state, go)
    else:
        held = card(view.community, state, view.today)
        _widgets.heading(view, held.name, held.chips, joined(held.facts))
        _widgets.figures(view, held.figures)
    if state.building and not state.thing:
        _homes(view, state.building)
    else:
        _year(view, state)
    _ledgers(view, state, go)


def _thing(view: View, state: State, go: Go) -> None:
    held = thing(view.community, state.layer, state.thing, view.today)
    kind = TABLES[state.layer].label
    _widgets.heading(view, held.name, held.chips, joined([kind, Text(state.thing, state.thing)]))
    _widgets.rows(view, held.rows)
    if held.places:
        with st.container(key="lies_in", horizontal=True):
            for layer, place, name in held.places:
                st.button(
                    plain(name),
                    key=f"in_{layer}",
                    on_click=go,
                    args=(State(layers=state.layers).go(view.community, layer, place),),
                )


def _homes(view: View, building: str) -> None:
    """Show the homes of a building as figures by unit and floor, as far as the role may see."""
    homes = view.community.households
    mine = homes[homes["building_id"] == building] if len(homes) else homes
    if mine.empty:
        _widgets.empty(
            view,
            Text("按权限，这里只显示户数。", "For your role only the count is shown.")
            if homes.empty
            else Text("这栋楼没有住户记录。", "No households are recorded in this building."),
        )
        return
    columns = {
        column.name: view.t(column.label)
        for column in TABLES["households"].columns
        if column.name not in {"building_id", "compound_id"}
        and column.name in mine
        and mine[column.name].notna().any()
    }
    table = pd.DataFrame(mine[list(columns)]).sort_values(["unit", "room"])
    for name in columns:
        words = TABLES["households"].column(name).terms
        if words:
            table[name] = [_worded(view, words, value) for value in table[name]]
    st.dataframe(
        table.rename(columns=columns),
        hide_index=True,
        height=160,
        row_height=ROW,
        placeholder="–",
        key=f"homes_{building}",
    )


def _worded(view: View, words: terms.Terms, value: Any) -> str | None:  # noqa: ANN401 - a cell
    held = value if isinstance(value, list | tuple) else [value]
    known = [view.t(words[one]) for one in held if isinstance(one, str) and one in words]
    return "、".join(known) if known else None


def _year(view: View, state: State) -> None:
    """Show hazards reported and closed in the last twelve months at the place selected."""
    counted = monthly(_hazards_at(view, state), today=view.today)
    new, done = view.t(Text("新增", "Reported")), view.t(Text("结案", "Closed"))
    months = [view.t(month(pd.Timestamp(str(at)).date())) for at in counted.index]
    title = view.t(Text("隐患 近 12 个月", "Hazards, last 12 months"))
    with st.container(key="year"):
        st.html(f'<b class="w-section">{title}</b>')
        if not int(counted.to_numpy().sum()):
            _widgets.empty(
                view,
                Text("近 12 个月这里没有隐患记录。", "No hazards were recorded here this year."),
            )
            return
        series = {new: counted["reported"].tolist(), done: counted["closed"].tolist()}
        told = "；".join(
            f"{at} {new} {reported} {done} {closed}"
            for at, reported, closed in zip(months, *series.values(), strict=True)
        )
        st.echarts_chart(
            bars(months, series, mode=view.theme), height=132, alt=f"{title}：{told}", key="hazards"
        )


def _hazards_at(view: View, state: State) -> gpd.GeoDataFrame:
    hazards = view.community.hazards
    if state.compound:
        areas = view.community.compounds
        return hazards[of_points(hazards, areas) == state.compound]
    if state.grid:
        return hazards[of_points(hazards, view.community.grids) == state.grid]
    return hazards


def _ledgers(view: View, state: State, go: Go) -> None:
    """Show the table of compounds or of grids; its selected row and the map's are one."""
    labels = {
        "compounds": Text("小区 {n}", "Compounds {n}").fill(n=len(view.community.compounds)),
        "grids": Text("网格 {n}", "Grids {n}").fill(n=len(view.community.grids)),
    }
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        which = st.segmented_control(
            view.t(Text("列表", "Table")),
            list(labels),
            format_func=lambda name: view.t(labels[name]),
            default="compounds",
            required=True,
            key=WHICH,
            label_visibility="collapsed",
        )
    make = _ledger.grids if which == "grids" else _ledger.compounds
    layer = "grids" if which == "grids" else "compounds"
    table = make(view.community, view.today)
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        _widgets.excel(
            view,
            lambda: _ledger.sheet(table, view.lang),
            name=Text("小区表", "Compounds") if layer == "compounds" else Text("网格表", "Grids"),
            key=f"excel_{layer}",
        )
    if table.empty:
        _widgets.empty(view, Text("没有记录。", "Nothing is recorded."))
        return
    chosen = state.grid if layer == "grids" else state.compound
    table = _lifted(table, layer, chosen)
    key = f"rows_{layer}"
    st.session_state[key] = {
        "selection": {
            "rows": [table.index.get_loc(chosen)] if chosen in table.index else [],
            "columns": [],
            "cells": [],
        }
    }

    def picked() -> None:
        at = st.session_state[key]["selection"]["rows"]
        st.session_state[FIRST] = st.session_state.get(FIRST, ("", ""))
        base = State(layers=state.layers)
        if at:
            go(base.go(view.community, layer, str(table.index[at[0]])), lift=False)
        else:
            go(state.upto("grid") if layer == "compounds" else base, lift=False)

    st.dataframe(
        _inked(view, _shown(view, table)),
        key=key,
        on_select=picked,
        selection_mode="single-row",
        hide_index=True,
        row_height=ROW,
        height=ROW * (min(len(table), SHOWN) + 1) + 3,
        placeholder="–",
        column_config=_columns(view, table),
        column_order=[name for name in table.columns if name != "worst"],
    )
    _widgets.note(
        view, Text("点行即定位，地图与表同步", "Choose a row to go there; map and table agree")
    )


def _lifted(table: pd.DataFrame, layer: str, chosen: str) -> pd.DataFrame:
    """Move the chosen row up where it would lie out of sight, unless the table itself chose it."""
    if st.session_state.get(FIRST) != (layer, chosen) or chosen not in table.index:
        return table
    if table.index.get_loc(chosen) < SHOWN - 1:
        return table
    return pd.concat([table.loc[[chosen]], table.drop(index=chosen)])


def _shown(view: View, table: pd.DataFrame) -> pd.DataFrame:
    own = table.copy()
    if "manager" in own:
        own["manager"] = [
            [view.t(terms.MANAGER_KINDS[kind])] if kind in terms.MANAGER_KINDS else []
            for kind in own["manager"]
        ]
    plain_numbers = own["households"].str.replace(",", "")
    if plain_numbers.str.isdigit().all():
        own["households"] = plain_numbers.astype("int64")
    own["hazards"] = own["hazards"].where(own["hazards"] != "", None)
    return own


def _inked(view: View, table: pd.DataFrame) -> Any:  # noqa: ANN401 - pandas' Styler
    """Colour the hazards of a row as the worst of them."""
    tokens = TOKENS[view.theme]
    inks = [
        f"color: {tokens[_INK[worst]]}; text-align: right" if worst in _INK else ""
        for worst in table["worst"]
    ]
    return table.style.apply(lambda _: inks, subset=["hazards"])


def _columns(view: View, table: pd.DataFrame) -> dict[str, Any]:
    labels = dict(_ledger.LABELS)
    if "compounds" in table:
        labels["name"] = Text("网格", "Grid")
    found: dict[str, Any] = {
        name: st.column_config.Column(view.t(labels[name]))
        for name in table.columns
        if name in labels
    }
    found["name"] = st.column_config.TextColumn(view.t(labels["name"]), pinned=True, width=128)
    found["unlit_m"] = st.column_config.NumberColumn(view.t(labels["unlit_m"]), format="localized")
    found["manager"] = st.column_config.MultiselectColumn(
        view.t(labels["manager"]),
        options=[view.t(text) for text in terms.MANAGER_KINDS.values()],
        color=[_COLOURS[kind] for kind in terms.MANAGER_KINDS],
        width=110,
    )
    return found if "manager" in table else {k: v for k, v in found.items() if k != "manager"}
