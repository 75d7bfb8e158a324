"""Lighting: which alleys are dark, for whom, and what a few lamps would change."""

from __future__ import annotations

from typing import Final

import streamlit as st

import layers
from layers._folium import Drawing, compose, describe
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
from wangge.analysis.lighting import alley_lighting
from wangge.community import Community
from wangge.text import Text

TITLE: Final = Text("照明", "Lighting")
ALWAYS: Final = ("grids", "buildings", "stations", "compound_names", "dusk")  # no switch here
TRIED: Final = ("lamp_changes", "way_home")
HEAVY: Final = frozenset({"illuminance", "lamp_reach"})  # they have most of the shapes


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
    drawn = _drawing(view, scene, scene.now if side == "now" else scene.then)
    trying = bool(st.session_state.get(TRYING))
    outlined = scene.state.place if scene.state.building else scene.state.selected
    show(
        drawn,
        key="lighting",
        before=_drawing(view, scene, scene.now) if side == "both" else None,
        selected=Picked(*outlined) if outlined[0] else None,
        focus=Picked("alleys", scene.alley) if scene.alley else None,
        on_pick=lambda picked: scenes.picked(view, picked),
        switches=_counts(scene, drawn),
        on_switch=lambda on: scenes.switch(view, on),
        placing=Placing(mode="add") if trying else None,
        on_place=lambda placed: scenes.placed(view, placed),
        theme="dark",
        chip=view.t(_widgets.SYNTHETIC) if view.community.synthetic else "",
        title=view.t(TITLE),
        role=view.role,
    )


def _drawing(view: View, scene: Scene, lit: Community) -> Drawing:
    """Return the map; what depends on lamps is drawn from the community `lit`."""
    known = {*ALWAYS, *TRIED, *SWITCHED, "alleys"}
    found = [
        way_home_to(scene.state.building) if layer.id == "way_home" else layer
        for layer in layers.offered(PAGE.id, view.role)
        if layer.base or layer.id in known
    ]
    switched = USUAL if scene.state.layers is None else scene.state.layers
    # What is heavy and off stays as it is until it is switched on: a lamp is seen the sooner.
    lit_by = {*SWITCHED, *TRIED} - (HEAVY - {*switched})
    return describe(
        compose(
            found,
            scene.now,
            view.lang,
            today=view.today,
            shown=(*ALWAYS, *TRIED, *switched),
            instead=dict.fromkeys(lit_by, lit),
        )
    )


def _counts(scene: Scene, drawn: Drawing) -> list[tuple[str, int | None]]:
    """Return the switches with how many things each layer holds, as `drawn`."""
    held = {body.digest: len(body.collection.get("features", ())) for body in drawn.bodies}
    count = {row["id"]: held.get(row["hash"], 0) for row in drawn.head["layers"]}
    light = scene.then.derive(alley_lighting)["state"]
    count["lit"], count["illuminance"] = int((light == "lit").sum()), len(light)
    count["lamp_reach"] = int((reaches(scene.then.streetlights) > 0).sum())
    return [(name, count.get(name)) for name in SWITCHED if name in count]


PAGE: Final = Page("lighting", TITLE, 20, body, roles=("worker", "planner", "secretary"))
