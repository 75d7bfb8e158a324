"""Lamps proposed by the computer: so many, or for so much money, along the alleys looked at."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages import _lighting_rows as rows
from pages import _lighting_scene as scenes
from pages import _plan, _widgets
from pages._format import length, number
from pages._lighting_scene import SAID, Scene
from pages._page import View
from pages._row import name_of
from wangge.analysis.lamp_sites import Proposal, propose_lamps
from wangge.analysis.plan_spots import edits_of
from wangge.analysis.ways_home import walkers
from wangge.domain.rules import rule
from wangge.text import Text

BY: Final = {"lamps": Text("按盏数", "By number"), "money": Text("按金额", "By money")}
HOW: Final = {"exact": Text("最优", "Best"), "greedy": Text("快速", "Quick")}
_CUT: Final = Text(
    "{told}一个方案最多 {n} 处改动，另有 {over} 处没有放进去。",
    "{told} A scenario holds {n} changes at most; {over} spots were left out.",
)
_BY, _LAMPS, _MONEY, _HOW = (f"lighting_propose_{name}" for name in ("by", "lamps", "money", "how"))


def propose(view: View, scene: Scene) -> None:
    """Ask how many lamps and where, and put the spots found into the scenario."""
    on = along(scene)
    with st.popover(view.t(Text("电脑布灯", "Propose lamps"))):
        _widgets.said(view, _where(scene, len(on)))
        with st.form("lighting_propose", border=False):
            st.segmented_control(
                view.t(Text("限制", "Limit")),
                list(BY),
                format_func=lambda one: view.t(BY[one]),
                default="lamps",
                required=True,
                key=_BY,
            )
            left, right = st.columns(2)
            left.number_input(
                view.t(Text("盏数", "Lamps")), min_value=1, max_value=20, value=3, key=_LAMPS
            )
            right.number_input(
                view.t(Text("金额（元）", "Money (yuan)")),
                min_value=500,
                max_value=200_000,
                value=int(3 * rule("new_lamp_yuan").value),
                step=500,
                key=_MONEY,
            )
            st.segmented_control(
                view.t(Text("算法", "How")),
                list(HOW),
                format_func=lambda one: view.t(HOW[one]),
                default="exact",
                required=True,
                key=_HOW,
            )
            st.form_submit_button(
                view.t(Text("布灯", "Place them")),
                key="lighting_propose_go",
                type="primary",
                on_click=_place,
                args=(view,),
                disabled=not on,
            )


def along(scene: Scene) -> list[str]:
    """Return the alleys where lamps may stand: the chosen one, else all dark ones looked at."""
    if scene.alley:
        return [scene.alley]
    table = rows.alleys(scene.now, scene.then, scene.state.grid)
    return [str(at) for at in table.index[table["unlit_m"].fillna(0) > 0]]


def _where(scene: Scene, count: int) -> Text:
    if scene.alley:
        name = name_of(scene.now.alleys, scene.alley)
        return Text(f"在{name}沿线，先修坏灯再立新灯", f"Along {name}, mending before new poles")
    told = Text(
        "在列出的 {n} 条有暗段的街巷沿线，先修坏灯再立新灯；选一条巷就只布这一条",
        "Along the {n} dark alleys listed, mending before new poles; choose one to keep to it",
    )
    return told.fill(n=count)


def _place(view: View) -> None:
    """Propose lamps beyond those tried already, and try them too."""
    scene, _ = scenes.read(view)
    by_lamps = st.session_state[_BY] == "lamps"
    weights = walkers(scene.now)["people"].astype(float)
    on = along(scene)
    blind = not weights[on].any()
    found = propose_lamps(
        scene.now.alleys,
        scene.then.streetlights,
        on=on,
        lamps=int(st.session_state[_LAMPS]) if by_lamps else 0,
        budget_yuan=0.0 if by_lamps else float(st.session_state[_MONEY]),
        weights=None if blind else weights,
        exact=st.session_state[_HOW] == "exact",
    )
    edits = (*scene.edits, *edits_of(found))
    told = _told(found, blind=blind)
    if (over := len(edits) - _plan.MOST) > 0:
        told = _CUT.fill(told=told, n=_plan.MOST, over=over)
    st.session_state[SAID] = told
    scenes.write(scene, edits=edits[: _plan.MOST])


def _told(found: Proposal, *, blind: bool) -> Text:
    if found.spots.empty:
        return Text("再加灯也减少不了暗段。", "More lamps would take no darkness away.")
    proof = (
        Text("已证明最优", "proven best")
        if found.gap <= 1e-6  # noqa: PLR2004 - rounding of the solver
        else Text("离最优至多差 {g:.1f} %", "at most {g:.1f}% short of the best").fill(
            g=100 * found.gap
        )
    )
    weighed = (
        Text("按米数", "by metres") if blind else Text("按必经人数", "by those who must walk it")
    )
    return Text(
        "布 {n} 处，减少暗段 {m}，约 {y} 元；{weighed}，{proof}。",
        "{n} spots take {m} of darkness away for about {y} yuan; {weighed}, {proof}.",
    ).fill(
        n=len(found.spots),
        m=length(found.removed_m),
        y=number(found.cost_yuan),
        weighed=weighed,
        proof=proof,
    )
