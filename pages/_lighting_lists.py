"""The lists of the lighting page: alleys, doors, lamps out; a marked row and the map are one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pandas as pd
import streamlit as st

from layers._tokens import TOKENS
from pages import _lighting_rows as rows
from pages import _lighting_scene as scenes
from pages import _press, _widgets
from pages._lighting_nights import nights
from pages._lighting_saved import saved_plans
from pages._lighting_scene import LISTS, Scene
from pages._page import View
from wangge.domain.terms import LAMP_KINDS
from wangge.text import Text

ROW: Final = 31  # px
MOST: Final = 12  # rows without scrolling
WHICH: Final = "lighting_list"
TITLES: Final = {
    "alleys": Text("街巷 {n}", "Alleys {n}"),
    "doors": Text("暗路 {n} 栋", "Dark ways {n}"),
    "lamps": Text("坏灯 {n}", "Lamps out {n}"),
    "nights": Text("夜查", "Nights"),
    "plans": Text("方案", "Plans"),
}
_STATE_COLOURS: Final = {"unlit": "violet", "partly": "violet", "lit": "gray", "unsurveyed": "gray"}


def lists(view: View, scene: Scene) -> None:
    """Show one list; its marked row and what is outlined on the map are one."""
    grid = scene.state.grid
    tables = {
        "alleys": rows.alleys(scene.now, scene.then, grid),
        "doors": rows.doors(scene.now, scene.then, alley=scene.alley, grid=grid),
        "lamps": rows.lamps_out(scene.now, view.today, grid),
    }
    with st.container(key="lighting_lists", horizontal=True, vertical_alignment="center"):
        _choose(view, scene, {name: len(table) for name, table in tables.items()})
        right = st.container(key="lighting_take", horizontal_alignment="right", width="content")
    if scene.list == "alleys":
        _shown(view, scene, tables["alleys"], right, _alleys)
    elif scene.list == "doors":
        _shown(view, scene, tables["doors"], right, _doors)
    elif scene.list == "lamps":
        _shown(view, scene, tables["lamps"], right, _lamps)
    elif scene.list == "nights":
        nights(view, scene)
    else:
        saved_plans(view, scene)


def _choose(view: View, scene: Scene, counts: dict[str, int]) -> None:
    _press.segments(
        WHICH,
        view.t(Text("列表", "List")),
        {name: view.t(TITLES[name].fill(n=counts.get(name, ""))) for name in LISTS},
        scene.list,
        lambda name: scenes.write(scenes.read(view)[0], shown=name),
    )


Kind = tuple[str, dict[str, Text], Text, dict[str, Any], Text]


def _alleys(view: View) -> Kind:
    label = {name: view.t(text) for name, text in rows.ALLEY_LABELS.items()}
    columns = {
        "name": st.column_config.TextColumn(label["name"], width=88),
        "state": st.column_config.MultiselectColumn(
            label["state"],
            options=[view.t(text) for text in rows.STATES.values()],
            color=[_STATE_COLOURS[state] for state in rows.STATES],
            width=84 if view.lang == "zh" else 104,
        ),
        "surveyed_on": st.column_config.DateColumn(
            label["surveyed_on"],
            format="MM-DD",
            help=view.t(Text("上次夜查的日期", "Day of the last night check")),
        ),
        "doors": st.column_config.NumberColumn(
            label["doors"],
            help=view.t(
                Text("回家必须在这条巷走暗路的户数", "Homes that must walk it in the dark")
            ),
        ),
    }
    note = Text(
        "次序：必经人数乘暗段米数，其次暗段米数，未夜查在后。",
        "In order: people who must walk it times dark metres, dark metres, unchecked last.",
    )
    return "alleys", rows.ALLEY_LABELS, Text("照明工作清单", "Lighting work list"), columns, note


def _doors(view: View) -> Kind:
    label = {name: view.t(text) for name, text in rows.DOOR_LABELS.items()}
    columns = {
        "name": st.column_config.TextColumn(label["name"], width=150),
        "outcome": st.column_config.TextColumn(label["outcome"], width=64),
    }
    note = Text(
        "从门口到最近的街或服务站，10 米以上没有灯的算暗路。",
        "From the door to the nearest street or station; 10 m without light or more count.",
    )
    return "buildings", rows.DOOR_LABELS, Text("回家走暗路的楼栋", "Dark ways"), columns, note


def _lamps(view: View) -> Kind:
    label = {name: view.t(text) for name, text in rows.LAMP_LABELS.items()}
    columns = {
        "lamp": st.column_config.TextColumn(label["lamp"], width=64),
        "out_since": st.column_config.DateColumn(label["out_since"], format="YYYY-MM-DD"),
    }
    note = Text("“–”：不知道从哪天起不亮。", "“–”: nobody noted since when.")
    return "streetlights", rows.LAMP_LABELS, Text("坏灯清单", "Lamps out"), columns, note


def _shown(
    view: View,
    scene: Scene,
    table: pd.DataFrame,
    right: Any,  # noqa: ANN401 - a column of Streamlit
    kind: Callable[[View], Kind],
) -> None:
    layer, labels, name, columns, note = kind(view)
    if table.empty:
        _widgets.empty(view, Text("这里没有。", "There is nothing here."))
        return
    with right:
        _widgets.excel(
            view, lambda: rows.sheet(table, labels, view.lang), name=name, key=f"excel_{layer}"
        )
    chosen = {"alleys": scene.alley, "buildings": scene.state.building, "streetlights": scene.lamp}
    mine = _lifted(table, chosen[layer])
    hidden = {"result"} | (set() if scene.edits else {"after_m", "outcome"})
    key = _press.table(f"lighting_{layer}", mine.index)

    st.dataframe(
        _inked(view, mine, chosen[layer]),
        key=key,
        on_select=_widgets.picks(key, mine, lambda at: scenes.go(view, layer, at)),
        selection_mode="single-cell",
        hide_index=True,
        row_height=ROW,
        height=ROW * (min(len(mine), MOST) + 1) + 6,
        placeholder="–",
        column_config={
            **{at: st.column_config.Column(view.t(text)) for at, text in labels.items()},
            **columns,
        },
        column_order=[at for at in labels if at not in hidden],
    )
    _widgets.note(view, note)


def _lifted(table: pd.DataFrame, chosen: str) -> pd.DataFrame:
    """Move the chosen row up where it would lie out of sight."""
    if chosen not in table.index[MOST - 1 :]:
        return table
    return pd.concat([table.loc[[chosen]], table.drop(index=chosen)])


def _inked(view: View, table: pd.DataFrame, chosen: str) -> Any:  # noqa: ANN401 - a Styler
    """Write words for codes and mark the chosen row."""
    tokens, own = TOKENS[view.theme], table.copy()
    if "state" in own:
        own["state"] = [[view.t(rows.STATES[state])] for state in table["state"]]
    if "kind" in own:
        own["kind"] = [
            view.t(LAMP_KINDS[one]) if one in LAMP_KINDS else None for one in own["kind"]
        ]
    if "outcome" in own:
        own["outcome"] = [view.t(rows.OUTCOMES[one]) for one in table["outcome"]]
    for name in own.columns.intersection(["alone", "disabled"]):
        own[name] = own[name].where(own[name] != "0", "0")
    marked = [
        f"background-color: {tokens['accent_tint']}; font-weight: bold" if at == chosen else ""
        for at in own.index
    ]
    return own.style.apply(lambda _: marked)
