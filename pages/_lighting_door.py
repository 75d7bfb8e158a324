"""The way home to one door: whether it is lit, now and as a scenario would have it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages import _lighting_rows as rows
from pages import _lighting_scene as scenes
from pages import _widgets
from pages._address import State
from pages._card import Chip, joined
from pages._format import length
from pages._lighting_scene import Scene
from pages._page import View
from pages._row import name_of, row_of
from wangge.analysis.ways_home import doors_at_night
from wangge.domain.rules import rule
from wangge.text import Text


def door(view: View, scene: Scene) -> None:
    """Show whether the way home to the building is lit, now and as it is tried.

    It is the chosen one, or where only an alley is chosen, the door of those along it that lies
    deepest in the dark.
    """
    at = scene.state.building or darkest(scene)
    if not at:
        return
    was, will = (row_of(doors_at_night(one), at) for one in (scene.now, scene.then))
    name = name_of(view.community.buildings, at)
    least = rule("dark_stretch_m").value
    if was["state"] != "reached":
        chip = Chip(Text("没有通路记录", "No way is recorded"), "edge")
        facts = [Text("到不了街巷或服务站", "it leads to no street")]
    else:
        dark, still = was["longest_dark_m"] >= least, will["longest_dark_m"] >= least
        chip = Chip(Text("回家要走暗路", "Dark way home"), "gap")
        if not still:
            chip = Chip(
                Text("方案后照亮到门口", "Lit to the door by this")
                if dark
                else Text("照亮到门口", "Lit to the door"),
                "good",
            )
        facts = _way(scene, was, will)
    if not scene.state.building:
        facts.insert(0, Text("走暗路最长的门", "the door deepest in the dark"))
    with st.container(key="lighting_door", border=True):
        left, right = st.columns([5, 1], vertical_alignment="top")
        with left:
            _widgets.heading(view, Text(name, name), (chip,), joined(facts), level=2)
        if scene.state.building:
            with right:
                close(view, replace(scene.state, building=""), "door")


def _way(scene: Scene, was: dict[str, object], will: dict[str, object]) -> list[Text]:
    metres, dark, after, longest = (
        float(value)  # type: ignore[arg-type]  # a cell of a float column
        for value in (was["metres"], was["dark_m"], will["dark_m"], will["longest_dark_m"])
    )
    facts = [Text("回家路 {n}", "way home {n}").fill(n=length(metres))]
    if scene.edits and round(dark) != round(after):
        facts.append(Text("暗段 {a} → {b}", "dark {a} → {b}").fill(a=length(dark), b=length(after)))
    else:
        facts.append(Text("暗段 {n}", "dark {n}").fill(n=length(after)))
    if longest >= 1:
        facts.append(Text("最长 {n}", "longest {n}").fill(n=length(longest)))
    return facts


def darkest(scene: Scene) -> str:
    """Return the building with the most darkness on its way along the chosen alley, or nothing."""
    if not scene.alley:
        return ""
    along = rows.doors(scene.now, scene.now, alley=scene.alley)
    return str(along.index[0]) if len(along) else ""


def close(view: View, to: State, key: str) -> None:
    """Show the cross that lets go of what is chosen: `to` is chosen after it."""
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.button(
            "",
            key=f"lighting_close_{key}",
            icon=":material/close:",
            type="tertiary",
            help=view.t(Text("取消选择", "Clear")),
            on_click=lambda: scenes.write(scenes.read(view)[0], state=to),
        )
