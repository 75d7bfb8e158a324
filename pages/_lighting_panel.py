"""The right side of the lighting page: what is chosen, what a scenario changes, the lists."""

from __future__ import annotations

from dataclasses import replace
from math import isnan
from typing import Final

import pandas as pd
import streamlit as st

from pages import _lighting_rows as rows
from pages import _lighting_scene as scenes
from pages import _press, _widgets
from pages._card import NOTHING, Chip, Figure, Tone, joined
from pages._format import UNKNOWN, day, known, length, length_parts, number, people
from pages._lighting_door import close, door
from pages._lighting_lists import lists
from pages._lighting_plan import plan
from pages._lighting_scene import Scene
from pages._page import View
from pages._profile import LEVELS, Profile, chart, profile
from pages._row import name_of, row_of
from pages._things import thing
from wangge.analysis.lighting import alley_lighting
from wangge.analysis.ways_home import walkers
from wangge.community import Community
from wangge.domain.rules import rule
from wangge.domain.terms import ALLEY_KINDS, NIGHT_RESULTS
from wangge.text import Text

_TONES: Final[dict[str, Tone]] = {"unlit": "gap", "partly": "edge", "unsurveyed": "edge"}
_DARK: Final = ("unlit", "partly")
_LEVEL: Final = "lighting_level"


def panel(view: View, scene: Scene) -> None:
    """Show the panel for what `scene` looks at."""
    if scene.alley:
        _alley(view, scene)
    elif scene.lamp:
        _lamp(view, scene)
    else:
        _whole(view, scene)
    door(view, scene)
    plan(view, scene)
    lists(view, scene)


def _whole(view: View, scene: Scene) -> None:
    """Say in one sentence how dark it is, and three figures behind it."""
    grid = scene.state.grid
    said, more = rows.headline(scene.now, grid)
    name = name_of(view.community.grids, grid)
    place = Text(name, name) if name else Text("整个社区", "The whole community")
    _widgets.heading(view, said, (), joined([place, more]))
    light = scene.now.derive(alley_lighting)
    mine = rows.alley_grids(scene.now) == grid if grid else light["state"].notna()
    unknown = light[(light["state"] == "unsurveyed") & mine]
    doors = rows.doors(scene.now, scene.now, grid=grid)
    out = rows.lamps_out(scene.now, view.today, grid)
    longest = out["days"].max() if len(out) else pd.NA
    metres, unit = length_parts(float(unknown["length_m"].sum()))
    _widgets.figures(
        view,
        (
            Figure(
                Text("回家必走暗路", "Must walk the dark home"),
                number(int(doors["households"].sum())),
                Text("户", "homes"),
                Text("{n} 人", "{n} people").fill(n=number(int(doors["people"].sum()))),
                "gap" if len(doors) else "",
            ),
            Figure(
                Text("未夜查", "Not walked at night"),
                number(len(unknown)),
                Text("条", "alleys"),
                Text("{n} {unit}", "{n} {unit}").fill(n=metres, unit=unit)
                if len(unknown)
                else NOTHING,
            ),
            Figure(
                Text("坏灯", "Lamps out"),
                number(len(out)),
                Text("盏", ""),
                Text("最久 {n} 天", "longest {n} d").fill(n=longest) if known(longest) else NOTHING,
                "gap" if len(out) else "",
            ),
        ),
    )


def _alley(view: View, scene: Scene) -> None:
    """Show an alley: its state, who must walk it, the light along it."""
    alley = scene.alley
    row = row_of(view.community.alleys, alley)
    listed = rows.alleys(scene.now, scene.then)
    light = row_of(scene.now.derive(alley_lighting), alley)
    state = str(listed.loc[alley, "state"]) if alley in listed.index else str(light["state"])
    grid = name_of(view.community.grids, rows.alley_grids(scene.now)[alley])
    seen = day(row["surveyed_on"], view.today) if known(row["surveyed_on"]) else ""
    result = NIGHT_RESULTS.get(str(row["night_result"]))
    facts = [
        ALLEY_KINDS.get(str(row["kind"]), Text(UNKNOWN, UNKNOWN)),
        *([Text(grid, grid)] if grid else []),
        length(light["length_m"]),
        Text(f"宽 {row['width_m']:g} 米", f"{row['width_m']:g} m wide"),
        Text("夜查 {d}", "checked {d}").fill(d=seen)
        if seen
        else Text("从未夜查", "never checked at night"),
        *([result] if result else []),
    ]
    name = str(row["name"])
    left, right = st.columns([5, 1], vertical_alignment="top")
    with left:
        chips = [Chip(rows.STATES[state], _TONES.get(state, ""))]
        if scene.edits and state in _DARK and not _dark(scene.then, alley):
            chips.append(Chip(Text("方案后有灯", "Lit by the scenario"), "good"))
        _widgets.heading(view, Text(name, name), chips, joined(facts))
    with right:
        close(view, replace(scene.state, layer="", thing=""), "thing")
    now = profile(scene.now, alley, scene.level)
    then = profile(scene.then, alley, scene.level) if scene.edits else None
    _widgets.figures(view, _of_alley(scene, alley))
    _light_along(view, scene, now, then)


def _dark(community: Community, alley: str) -> bool:
    """Return whether a dark stretch that counts is left along `alley`."""
    longest = float(row_of(community.derive(alley_lighting), alley)["longest_dark_m"])
    return longest >= rule("dark_stretch_m").value


def _light_along(view: View, scene: Scene, now: Profile, then: Profile | None) -> None:
    """Show the light along the alley, with the level it is held to."""
    held = then or now
    left, right = st.columns([2.6, 1], vertical_alignment="center")
    with left:
        _widgets.said(view, Text("沿巷照度（lx）", "Light along it (lx)"))
    with right:
        if not isnan(held.minimum_due):
            _levels(view, scene)
    option, told = chart(now, then, view.lang, view.theme)
    st.echarts_chart(option, height=128, alt=told, key="lighting_profile")
    _widgets.note(view, _verdict(held))


def _of_alley(scene: Scene, alley: str) -> tuple[Figure, ...]:
    was = row_of(scene.now.derive(alley_lighting), alley)
    will = row_of(scene.then.derive(alley_lighting), alley)
    walk = row_of(walkers(scene.then), alley)
    before = row_of(walkers(scene.now), alley)
    masked = scene.now.walkers if len(scene.now.walkers) else walkers(scene.now)
    told = row_of(masked, alley)
    served = f"{people(told['alone'])}・{people(told['disabled'])}"
    metres, unit = length_parts(will["unlit_m"])
    if was["state"] == "unsurveyed":
        dark = Figure(
            Text("暗段", "Dark"), UNKNOWN, note=Text("没有夜查，不知道", "nobody has looked")
        )
    else:
        note = Text("最长 {n}", "longest {n}").fill(n=length(will["longest_dark_m"]))
        if scene.edits:
            note = Text("原 {n}", "was {n}").fill(n=length(was["unlit_m"]))
        dark = Figure(Text("暗段", "Dark"), metres, unit, note, "" if scene.edits else "gap")
    homes = int(walk["doors"])
    who = Text("{n} 人", "{n} people").fill(n=number(int(walk["people"])))
    if scene.edits:
        who = Text("原 {n} 户", "was {n}").fill(n=number(int(before["doors"])))
    return (
        dark,
        Figure(
            Text("回家必走暗路", "Must walk the dark"),
            number(homes),
            Text("户", "homes"),
            who,
            "gap" if homes and not scene.edits else "",
        ),
        Figure(
            Text("其中独居老人・残疾", "Elders alone · disabled"),
            served if homes else "0",  # of nobody there is nobody to hide
            Text("户", ""),
            Text("不足 5 户不显示数字", "fewer than 5 are not told")
            if homes or not scene.edits
            else Text("原 {n} 户", "was {n}").fill(n=served),
        ),
    )


def _levels(view: View, scene: Scene) -> None:
    """Choose the level of pedestrian lighting that the alley is held to."""
    _press.choice(
        _LEVEL,
        view.t(Text("行人照明等级", "Pedestrian level")),
        {n: view.t(Text(f"行人 {n} 级", f"Level {n}")) for n in LEVELS},
        scene.level,
        lambda level: scenes.write(scenes.read(view)[0], level=level),
    )


def _verdict(held: Profile) -> Text:
    """Say how an alley stands against what is due to it."""
    verdict = {
        True: Text("达到", "meets it"),
        False: Text("未达到", "falls short"),
        None: Text("未夜查，不能判定", "nobody has looked"),
    }[held.meets]
    due = Text("平均 ≥ {a:g} lx", "average ≥ {a:g} lx")
    if not isnan(held.minimum_due):
        due = Text("平均 ≥ {a:g}、最小 ≥ {m:g} lx", "average ≥ {a:g}, minimum ≥ {m:g} lx")
    even = f"{held.uniformity:.2f}" if known(held.uniformity) else UNKNOWN
    return Text(
        "平均 {a:.1f}、最小 {m:.1f} lx，均匀度 {even}。CJJ 45 应{due}（待核实）：{verdict}。",
        "Average {a:.1f}, minimum {m:.1f} lx, uniformity {even}. CJJ 45 asks for {due} "
        "(unverified): {verdict}.",
    ).fill(
        a=held.average,
        m=held.minimum,
        due=due.fill(a=held.average_due, m=held.minimum_due),
        verdict=verdict,
        even=even,
    )


def _lamp(view: View, scene: Scene) -> None:
    """Show a streetlight, with what a scenario may do to it."""
    held = thing(view.community, "streetlights", scene.lamp, view.today)
    change = str(scene.then.streetlights.loc[scene.lamp].get("change", ""))
    works = bool(scene.then.streetlights.loc[scene.lamp, "working"])
    left, right = st.columns([5, 1], vertical_alignment="top")
    with left:
        _widgets.heading(view, held.name, held.chips, Text(scene.lamp, scene.lamp))
    with right:
        close(view, replace(scene.state, layer="", thing=""), "thing")
    _widgets.rows(view, held.rows)
    label = Text("假设它不亮", "Try it out") if works else Text("假设修好它", "Try it repaired")
    st.button(
        view.t(Text("取消这处改动", "Take the change back") if change else label),
        key="lighting_flip",
        on_click=scenes.flip,
        args=(view, scene.lamp),
    )
