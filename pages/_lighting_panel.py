"""The right side of the lighting page: what is chosen, what a scenario changes, the lists."""

from __future__ import annotations

from dataclasses import replace
from math import isnan
from typing import Final

import pandas as pd
import streamlit as st

from pages import _lighting_rows as rows
from pages import _lighting_scene as scenes
from pages import _widgets
from pages._address import State
from pages._card import NOTHING, Chip, Figure, Tone, joined
from pages._format import UNKNOWN, day, known, length, length_parts, number, people
from pages._lighting_lists import lists
from pages._lighting_plan import plan
from pages._lighting_scene import Scene
from pages._page import View
from pages._profile import LEVELS, Profile, chart, profile
from pages._row import name_of, row_of
from pages._things import thing
from wangge.analysis.lighting import alley_lighting
from wangge.analysis.ways_home import doors_at_night, walkers
from wangge.domain.rules import rule
from wangge.domain.terms import ALLEY_KINDS, NIGHT_RESULTS
from wangge.text import Text

_TONES: Final[dict[str, Tone]] = {"unlit": "gap", "partly": "edge", "unsurveyed": "edge"}
_LEVEL: Final = "lighting_level"


def panel(view: View, scene: Scene) -> None:
    """Show the panel for what `scene` looks at."""
    if scene.alley:
        _alley(view, scene)
    elif scene.lamp:
        _lamp(view, scene)
    else:
        _whole(view, scene)
    if scene.state.building:
        _door(view, scene)
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
        chip = Chip(rows.STATES[state], _TONES.get(state, ""))
        _widgets.heading(view, Text(name, name), (chip,), joined(facts))
    with right:
        _close(view, replace(scene.state, layer="", thing=""), "thing")
    now = profile(scene.now, alley, scene.level)
    then = profile(scene.then, alley, scene.level) if scene.edits else None
    _widgets.figures(view, _of_alley(scene, alley))
    _light_along(view, scene, now, then)


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
    alone, disabled = people(told["alone"]), people(told["disabled"])
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
            Text("回家必走", "Must walk it home"),
            number(homes),
            Text("户", "homes"),
            who,
            "gap" if homes and not scene.edits else "",
        ),
        Figure(
            Text("其中独居老人・残疾", "Elders alone · disabled"),
            f"{alone}・{disabled}",
            Text("户", ""),
            Text("不足 5 户不显示数字", "fewer than 5 are not told"),
        ),
    )


def _levels(view: View, scene: Scene) -> None:
    """Choose the level of pedestrian lighting that the alley is held to."""
    st.session_state[_LEVEL] = scene.level

    def asked() -> None:
        scenes.write(scenes.read(view)[0], level=int(st.session_state[_LEVEL]))

    st.selectbox(
        view.t(Text("行人照明等级", "Pedestrian level")),
        LEVELS,
        format_func=lambda n: view.t(Text(f"行人 {n} 级", f"Level {n}")),
        key=_LEVEL,
        on_change=asked,
        label_visibility="collapsed",
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
        _close(view, replace(scene.state, layer="", thing=""), "thing")
    _widgets.rows(view, held.rows)
    label = Text("假设它不亮", "Try it out") if works else Text("假设修好它", "Try it repaired")
    st.button(
        view.t(Text("取消这处改动", "Take the change back") if change else label),
        key="lighting_flip",
        on_click=scenes.flip,
        args=(view, scene.lamp),
    )


def _door(view: View, scene: Scene) -> None:
    """Show whether the way home to the chosen building is lit, now and as it is tried."""
    at = scene.state.building
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
    with st.container(key="lighting_door", border=True):
        left, right = st.columns([5, 1], vertical_alignment="top")
        with left:
            _widgets.heading(view, Text(name, name), (chip,), joined(facts), level=2)
        with right:
            _close(view, replace(scene.state, building=""), "door")


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


def _close(view: View, to: State, key: str) -> None:
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
