"""The right side of the overview: what is selected, its year of hazards, the table of places."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Final, NamedTuple

import pandas as pd
import streamlit as st

from layers._tokens import TOKENS
from pages import _ledger, _links, _widgets
from pages._address import State
from pages._card import joined
from pages._chart import bars
from pages._facts import card
from pages._format import month
from pages._page import View
from pages._report.here import report_here
from pages._things import thing
from pages._trail import plain
from wangge.analysis.hazards import monthly
from wangge.analysis.places import of_points
from wangge.domain import terms
from wangge.domain.tables import TABLES, Hazards
from wangge.text import Text


class Lifted(NamedTuple):
    """The row moved up into sight because map or search chose it, and how often that happened.

    Each turn is a table of its own to the browser: a click on any of its cells is then news.
    """

    layer: str
    id: str
    turn: int


Go = Callable[..., None]
ROW: Final = 31  # px
SHOWN: Final = 12  # rows
WHICH: Final = "ledger"
LIFTED: Final = "lifted"
_INK: Final = {"重大": "major_text", "较大": "serious_text", "一般": "text", "低": "text"}
_WIDTHS: Final = {  # px; the name takes what is left, and all of them fit a screen of 1366
    "grid": 72,
    "households": 56,
    "days": 50,
    "hazards": 80,
    "unlit_m": 84,
    "compounds": 52,
    "unmanaged": 64,
    "lamps_broken": 52,
    "stations": 64,
}
_COLOURS: Final = {"none": "violet", "community": "violet", "unit": "gray", "property": "gray"}


def panel(view: View, state: State, go: Go) -> None:
    """Show the panel for what `state` has selected."""
    if state.thing:
        _thing(view, state, go)
    else:
        held = card(view.community, state, view.today)
        _widgets.heading(view, held.name, held.chips, joined(held.facts))
        _widgets.figures(view, held.figures)
    report_here(view, *state.selected)
    if state.building and not state.thing:
        _homes(view, state.building)
    else:
        _year(view, state)
    _ledgers(view, state, go)


def _thing(view: View, state: State, go: Go) -> None:
    held = thing(view.community, state.layer, state.thing, view.today)
    kind = TABLES[state.layer].label
    facts = [kind] if state.thing in held.name.zh else [kind, Text(state.thing, state.thing)]
    _widgets.heading(view, held.name, held.chips, joined(facts))
    _widgets.rows(view, held.rows)
    if state.layer == "hazards":
        _links.link(view, "case", Text("打开案件", "Open the case"), id=state.thing)
    if state.layer in {"alleys", "streetlights"}:
        label = Text("到照明页看夜路、试装路灯", "See the night, try lamps")
        _links.link(view, "lighting", label, pick=f"{state.layer}/{state.thing}")
    if state.layer == "shops":
        label = Text("去检查这家", "Inspect it")
        _links.link(view, "inspection", label, stop=f"shops/{state.thing}")
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
    if "unit" in table:  # a courtyard has no stairwells to number
        table["unit"] = table["unit"].mask(table["unit"] == 0)
    for name in columns:
        words = TABLES["households"].column(name).terms
        if words:
            table[name] = [_worded(view, words, value) for value in table[name]]
    st.dataframe(
        table.rename(columns=columns),
        hide_index=True,
        height=min(160, ROW * (len(table) + 1) + 3),
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
            bars(months, series, mode=view.theme, title=title),
            height=150,
            alt=f"{title}：{told}",
            key="hazards",
        )


def _hazards_at(view: View, state: State) -> Hazards:
    hazards = view.community.hazards
    if state.compound:
        areas = view.community.compounds
        return Hazards(hazards[of_points(hazards, areas) == state.compound])
    if state.grid:
        return Hazards(hazards[of_points(hazards, view.community.grids) == state.grid])
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
    lifted: Lifted = st.session_state.setdefault(LIFTED, Lifted(layer, chosen, 0))
    table = _lifted(table, layer, lifted)
    key = f"rows_{layer}_{lifted.turn}"

    def picked(at: str) -> None:
        go(State(layers=state.layers).go(view.community, layer, at), lift=False)

    with st.container(key=f"table_{layer}"):
        st.dataframe(
            _inked(view, _shown(view, table), chosen),
            key=key,
            on_select=_widgets.picks(key, table, picked),
            selection_mode="single-cell",
            hide_index=True,
            row_height=ROW,
            height=ROW * (min(len(table), SHOWN) + 1) + 6,
            placeholder="–",
            column_config=_columns(view, table),
            column_order=[name for name in table.columns if name != "worst"],
        )
    _widgets.note(
        view, Text("点一行就到那里，地图与表同步", "Click a row to go there; map and table agree")
    )


def _lifted(table: pd.DataFrame, layer: str, lifted: Lifted) -> pd.DataFrame:
    """Move the lifted row to the top where it would lie out of sight."""
    if lifted.layer != layer or lifted.id not in table.index:
        return table
    if list(table.index).index(lifted.id) < SHOWN - 1:
        return table
    return pd.concat([table.loc[[lifted.id]], table.drop(index=lifted.id)])


def _shown(view: View, table: pd.DataFrame) -> pd.DataFrame:
    own = table.copy()
    if "manager" in own:
        own["manager"] = [
            [view.t(_ledger.MANAGED[kind])] if kind in _ledger.MANAGED else []
            for kind in own["manager"]
        ]
    plain_numbers = own["households"].str.replace(",", "")
    if plain_numbers.str.isdigit().all():
        own["households"] = plain_numbers.astype("int64")
    own["hazards"] = own["hazards"].where(own["hazards"] != "", "0")
    return own


def _inked(view: View, table: pd.DataFrame, chosen: str) -> Any:  # noqa: ANN401 - a Styler
    """Colour the hazards of a row as the worst of them, and mark the chosen row."""
    tokens = TOKENS[view.theme]
    inks = [f"color: {tokens[_INK.get(worst, 'text2')]}" for worst in table["worst"]]
    bold = ["font-weight: bold" if place == chosen else "" for place in table.index]
    marked = [
        f"background-color: {tokens['accent_tint']}" if place == chosen else ""
        for place in table.index
    ]
    words: list[Hashable] = [name for name in table.columns if table[name].dtype.kind not in "iuf"]
    return (
        table.style.apply(lambda _: marked)
        .apply(lambda _: [f"color: {tokens['text']}"] * len(table), subset=words)
        .apply(lambda _: inks, subset=["hazards"])
        .apply(lambda _: bold, subset=["name"])
    )


def _columns(view: View, table: pd.DataFrame) -> dict[str, Any]:
    labels = dict(_ledger.LABELS)
    if "compounds" in table:
        labels["name"] = Text("网格", "Grid")
    found: dict[str, Any] = {
        name: st.column_config.Column(view.t(labels[name]), width=_WIDTHS.get(name))
        for name in table.columns
        if name in labels
    }
    found["unlit_m"] = st.column_config.NumberColumn(
        view.t(labels["unlit_m"]),
        format="localized",
        width=_WIDTHS["unlit_m"] if view.lang == "zh" else 72,
    )
    found["manager"] = st.column_config.MultiselectColumn(
        view.t(labels["manager"]),
        options=[view.t(text) for text in _ledger.MANAGED.values()],
        color=[_COLOURS[kind] for kind in _ledger.MANAGED],
        width=92 if view.lang == "zh" else 102,
    )
    return found if "manager" in table else {k: v for k, v in found.items() if k != "manager"}
