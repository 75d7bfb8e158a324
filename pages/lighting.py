"""Lighting: which alleys are dark, for whom, and what a few lamps would change."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

import layers
from layers._folium import Drawing, compose, describe
from layers.grids import LAYER as GROUND
from layers.way_home import to as way_home_to
from pages import _lighting_scene as scenes
from pages import _widgets
from pages._lighting_panel import panel
from pages._lighting_scene import SAID, SWITCHED, TRYING, USUAL, Scene
from pages._lighting_tools import SIDE, tools
from pages._map import Picked, Placing, show
from pages._page import Page, View
from pages._trail import answers, ask, trail
from wangge.analysis.lamp_reach import reaches
from wangge.analysis.lighting import alley_lighting, unlit_stretches
from wangge.community import Community
from wangge.domain.rules import rule
from wangge.text import Text

TITLE: Final = Text("照明", "Lighting")
ALWAYS: Final = ("grids", "buildings", "stations", "compound_names", "dusk")  # no switch here
GRIDS: Final = replace(GROUND, picks="name")  # a click beside a lamp leaves the view as it is
TRIED: Final = ("lamp_changes", "way_home")


def body(view: View) -> None:
    """Show the map at night at the left, what is dark for whom at the right."""
    scene, notices = scenes.read(view)
    for notice in notices:
        st.warning(view.t(notice))
    if said := st.session_state.pop(SAID, None):
        st.toast(view.t(said))

    def go(to: object, *, lift: bool = True) -> None:  # noqa: ARG001 - the trail's signature
        held, _ = scenes.read(view)
        scenes.write(held, state=to)  # type: ignore[arg-type]

    with st.container(key="top", horizontal=True, vertical_alignment="center"):
        trail(view, scene.state, go)
        ask(view, scene.state, go)
    answers(view, scene.state, go)
    with st.container(key="split"):
        left, right = st.columns([1240, 616], gap="small")
        with left:
            tools(view, scene)
            _map(view, scene)
        with right, st.container(key="panel"):
            panel(view, scene)


def _map(view: View, scene: Scene) -> None:
    side = st.session_state.get(SIDE, "then") if scene.edits else "then"
    lit = scene.now if side == "now" else scene.then
    drawn = _drawing(view, scene, lit)
    trying = bool(st.session_state.get(TRYING))
    outlined = scene.state.place if scene.state.building else scene.state.selected
    show(
        drawn,
        key="lighting",
        before=_drawing(view, scene, scene.now) if side == "both" else None,
        selected=Picked(*outlined) if outlined[0] else None,
        focus=Picked("alleys", scene.alley) if scene.alley else None,
        on_pick=lambda picked: scenes.picked(view, picked),
        switches=_counts(lit, drawn),
        on_switch=lambda on: scenes.switch(view, on),
        placing=Placing(mode="add") if trying else None,
        on_place=lambda placed: scenes.placed(view, placed),
        theme="dark",
        chip=view.t(_widgets.SYNTHETIC) if view.community.synthetic else "",
        title=view.t(TITLE),
        role=view.role,
    )


def _drawing(view: View, scene: Scene, lit: Community) -> Drawing:
    """Return the map; what depends on lamps and is switched on is drawn from the community `lit`.

    What is off waits as it is without the scenario: a switch shows that at once and is answered
    with what is tried, and a lamp that is tried is not held up by pictures nobody looks at.
    """
    known = {*ALWAYS, *TRIED, *SWITCHED, "alleys"}
    instead = {"way_home": way_home_to(scene.state.building), "grids": GRIDS}
    found = [
        instead.get(layer.id, layer)
        for layer in layers.offered(PAGE.id, view.role)
        if layer.base or layer.id in known
    ]
    switched = USUAL if scene.state.layers is None else scene.state.layers
    return describe(
        compose(
            found,
            scene.now,
            view.lang,
            today=view.today,
            shown=(*ALWAYS, *TRIED, *switched),
            instead=dict.fromkeys((*switched, *TRIED), lit),
        )
    )


def _counts(lit: Community, drawn: Drawing) -> list[tuple[str, int | None]]:
    """Return the switches with how many things each layer holds, as it is in `lit`."""
    held = {body.digest: len(body.collection.get("features", ())) for body in drawn.bodies}
    count = {row["id"]: held.get(row["hash"], 0) for row in drawn.head["layers"]}
    light = lit.derive(alley_lighting)["state"]
    count["lit"], count["illuminance"] = int((light == "lit").sum()), len(light)
    lamps = lit.streetlights
    count["lamp_reach"] = int((reaches(lamps) > 0).sum())
    count["broken_lamps"] = int((~lamps["working"].fillna(value=False).astype(bool)).sum())
    dark = lit.derive(unlit_stretches, min_length_m=rule("dark_stretch_m").value)
    count["unlit"] = count["unlit_people"] = len(dark)
    return [(name, count.get(name)) for name in SWITCHED if name in count]


PAGE: Final = Page("lighting", TITLE, 20, body, roles=("worker", "planner", "secretary"))
