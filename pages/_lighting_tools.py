"""The row above the map: which grid, and the tools that try lamps."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from pages import _lighting_scene as scenes
from pages import _press
from pages._address import State
from pages._lighting_scene import HEIGHT, KIND, TRYING, Scene
from pages._page import View
from pages._trail import plain
from wangge.domain.rules import rule
from wangge.domain.tables import TABLES
from wangge.domain.terms import LAMP_KINDS
from wangge.text import Text

SIDE: Final = "lighting_side"  # the map shows "now", "then" or "both" under a divider
_GRID: Final = "lighting_grid"
_SIDES: Final = {
    "then": Text("方案后", "Tried"),
    "both": Text("对照", "Compare"),
    "now": Text("现状", "Now"),
}


def tools(view: View, scene: Scene) -> None:
    """Show the grid filter, the switch that lets clicks change lamps, and what goes with it."""
    with st.container(key="lighting_tools", horizontal=True, vertical_alignment="center"):
        _grids(view, scene)
        st.toggle(
            view.t(Text("改灯", "Try lamps")),
            key=TRYING,
            help=view.t(
                Text(
                    "打开后：点空处加一盏灯；点一盏灯，好的变坏、坏的修好；再点一次还原。",
                    "When on: click a free spot to add a lamp; click a lamp to break or repair it; "
                    "click again to take it back.",
                )
            ),
        )
        if st.session_state.get(TRYING):
            _new_lamp(view)
        if scene.edits or st.session_state.get(TRYING):
            _steps(view, scene)


def _grids(view: View, scene: Scene) -> None:
    names = {"": view.t(Text("全部网格", "All grids"))}
    names |= {str(at): str(name) for at, name in view.community.grids["name"].items()}

    def chosen(grid: str) -> None:
        held, _ = scenes.read(view)
        asked = State(layers=held.state.layers)
        to = asked.go(view.community, "grids", grid) if grid else asked
        alley = held.alley
        scenes.write(held, state=replace(to, layer="alleys" if alley else "", thing=alley))

    words = {at: plain(name) for at, name in names.items()}
    _press.choice(_GRID, view.t(Text("网格", "Grid")), words, scene.state.grid, chosen, width=150)


def _new_lamp(view: View) -> None:
    """Ask for the kind and height of the lamps a click puts up."""
    column = TABLES["streetlights"].column("height_m")
    st.session_state.setdefault(KIND, "solar")
    st.session_state.setdefault(HEIGHT, rule("new_lamp_height_m").value)
    st.selectbox(
        view.t(Text("灯型", "Kind")),
        list(LAMP_KINDS),
        format_func=lambda kind: view.t(LAMP_KINDS[kind]),
        key=KIND,
        label_visibility="collapsed",
        width=140,
    )
    st.number_input(
        view.t(Text("灯高（米）", "Height (m)")),
        min_value=float(column.low or 1),
        max_value=12.0,
        step=0.5,
        format="%.1f",
        key=HEIGHT,
        label_visibility="collapsed",
        width=128,
        icon=None,
    )
    st.html(f'<span class="w-unit">{view.t(Text("米高", "m high"))}</span>', width="content")


def _steps(view: View, scene: Scene) -> None:
    st.button(
        view.t(Text("撤销", "Undo")),
        key="lighting_undo",
        disabled=not scene.edits,
        on_click=scenes.undo,
        args=(view,),
        type="tertiary",
    )
    st.button(
        view.t(Text("清空", "Clear")),
        key="lighting_clear",
        disabled=not scene.edits,
        on_click=scenes.clear,
        args=(view,),
        type="tertiary",
    )
    if scene.edits:
        st.segmented_control(
            view.t(Text("地图显示", "The map shows")),
            list(_SIDES),
            format_func=lambda side: view.t(_SIDES[side]),
            default="then",
            required=True,
            key=SIDE,
            label_visibility="collapsed",
        )
