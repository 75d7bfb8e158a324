"""What a scenario changes, before and after, and the lamps proposed by the computer."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages import _widgets
from pages._card import Figure
from pages._format import few, length, length_parts, number
from pages._lighting_case import alley_case
from pages._lighting_letter import letter
from pages._lighting_propose import propose
from pages._lighting_scene import TRYING, Scene
from pages._page import View
from wangge.analysis.edits import Add, Break, Repair
from wangge.analysis.what_if import Change, compare
from wangge.text import Text

SERVED: Final = {
    "alone": Text("独居老人", "elders alone"),
    "disabled": Text("残疾", "disabled"),
}


def plan(view: View, scene: Scene) -> None:
    """Show what the scenario changes; without one, how to begin."""
    with st.container(key="lighting_plan", border=True):
        if scene.edits:
            change = compare(scene.now, scene.edits)
            _title(view, scene, change)
            _widgets.figures(view, _before_after(change))
            _widgets.said(view, _served(change))
            with st.container(key="lighting_acts", horizontal=True):
                letter(view, scene)
                alley_case(view, scene)
                propose(view, scene)
        else:
            with st.container(horizontal=True, vertical_alignment="center"):
                _begin(view)
                propose(view, scene)


def _begin(view: View) -> None:
    """Offer to try lamps by hand; once that is on, say how."""
    if st.session_state.get(TRYING):
        told = Text(
            "在地图上点一下就装一盏；点已有的灯，试坏或试修",
            "Click the map to put up a lamp; click a lamp to break or repair it",
        )
        _widgets.said(view, told)
        return

    def on() -> None:
        st.session_state[TRYING] = True

    st.button(
        view.t(Text("点图试装", "Try lamps on the map")),
        key="lighting_begin",
        type="secondary" if view.role == "worker" else "primary",
        on_click=on,
    )


def _title(view: View, scene: Scene, change: Change) -> None:
    counted = [
        (Text("新装 {n} 盏", "{n} new"), sum(isinstance(one, Add) for one in scene.edits)),
        (Text("修复 {n} 盏", "{n} repaired"), sum(isinstance(o, Repair) for o in scene.edits)),
        (Text("假设不亮 {n} 盏", "{n} out"), sum(isinstance(one, Break) for one in scene.edits)),
    ]
    parts = [text.fill(n=n) for text, n in counted if n]
    cost = Text("约 {n} 元（待核实）", "about {n} yuan (unverified)").fill(
        n=number(change.cost_yuan)
    )
    _widgets.heading(
        view,
        Text(
            "方案：" + "，".join(p.zh for p in parts), "Scenario: " + ", ".join(p.en for p in parts)
        ),
        (),
        cost,
        level=2,
    )


def _before_after(change: Change) -> tuple[Figure, ...]:
    was, now = change.before, change.after
    metres, unit = length_parts(now.metres)
    return (
        Figure(
            Text("暗段", "Dark stretches"),
            metres,
            unit,
            Text("原 {n}", "was {n}").fill(n=length(was.metres)),
        ),
        Figure(
            Text("无灯巷", "Unlit alleys"),
            number(now.alleys),
            Text("条", ""),
            Text("原 {n} 条", "was {n}").fill(n=number(was.alleys)),
        ),
        Figure(
            Text("回家必走暗路", "Must walk the dark"),
            number(now.doors),
            Text("户", "homes"),
            Text("原 {n} 户", "was {n}").fill(n=number(was.doors)),
        ),
    )


def _served(change: Change) -> Text:
    lit, people = change.count("lit"), change.count("lit", of="people")
    parts: list[Text] = []
    if lit:
        parts.append(
            Text("照亮到门口 {n} 户 {p} 人", "lit to the door: {n} homes, {p} people").fill(
                n=number(lit), p=number(people)
            )
        )
        parts += [
            Text("{who} {n} 户", "{who} {n}").fill(who=word, n=_between(held))
            for held, word in (
                (change.alone, SERVED["alone"]),
                (change.disabled, SERVED["disabled"]),
            )
            if held is not None
        ]
    for outcome, word in (
        ("eased", Text("暗路变短 {n} 户", "{n} homes with less darkness")),
        ("darkened", Text("变暗 {n} 户", "{n} homes darkened")),
        ("worse", Text("暗路变长 {n} 户", "{n} homes with more darkness")),
    ):
        if count := change.count(outcome):
            parts.append(word.fill(n=number(count)))
    if not parts:
        return Text("没有哪一户的回家路因此改变。", "No way home changes by it.")
    told = "; ".join(p.en for p in parts) + "."
    return Text("，".join(p.zh for p in parts) + "。", told[:1].upper() + told[1:])


def _between(held: tuple[int, int]) -> Text:
    """Write a count known to lie between two.

    Examples
    --------
    >>> _between((0, 4)).zh, _between((12, 12)).zh, _between((0, 12)).zh, _between((5, 12)).en
    ('<5', '12', '至多 12', '5 to 12')
    """
    least, most = held
    if least == most:
        return Text(number(least), number(least))
    if most < int(few().lstrip("<")):
        return Text(few(), few())
    if not least:
        return Text(f"至多 {most}", f"at most {most}")
    return Text(f"{least} 至 {most}", f"{least} to {most}")
