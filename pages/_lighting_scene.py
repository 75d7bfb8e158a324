"""What the lighting page looks at: a place, a scenario, a list; all of it stands in the address.

``?grid=G3&building=B090&pick=alleys/A21&plan=s60_4141261_39918853&list=doors&level=3``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from layers.unlit import alley_of
from pages import _plan, _press
from pages._address import State, from_params
from pages._map import Picked, Placed
from pages._page import View
from pages._profile import LEVELS
from wangge.analysis.edits import Add, Edits, flipped, tried
from wangge.community import Community
from wangge.domain.crs import place
from wangge.domain.rules import rule
from wangge.text import Text

LISTS: Final = ("alleys", "doors", "lamps", "nights", "plans")
SWITCHED: Final = (
    "unlit",
    "unlit_people",
    "unsurveyed",
    "lit",
    "illuminance",
    "streetlights",
    "broken_lamps",
    "lamp_reach",
    "homes_at_night",
)
USUAL: Final = ("unlit", "unsurveyed", "lit", "streetlights", "homes_at_night")
TRYING: Final = "lighting_trying"  # whether clicks on the map change lamps
KIND: Final = "lighting_kind"
HEIGHT: Final = "lighting_height"
SAID: Final = "lighting_said"  # what the last action has to say, once
_LAMPS: Final = ("streetlights", "broken_lamps", "lamp_changes")


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A place and a thing (`state`), the scenario's `edits`, the list shown, the level asked for.

    ``then`` is the community as it is tried, the same as ``now`` where nothing is.
    """

    state: State
    edits: Edits
    now: Community
    then: Community
    list: str
    level: int

    @property
    def alley(self) -> str:
        """The alley chosen, or nothing."""
        return self.state.thing if self.state.layer == "alleys" else ""

    @property
    def lamp(self) -> str:
        """The streetlight chosen, or nothing."""
        return self.state.thing if self.state.layer == "streetlights" else ""


def read(view: View) -> tuple[Scene, tuple[Text, ...]]:
    """Read the address as it is now: a call may come after another has changed it."""
    params = _press.address()
    state, notices = from_params(params, view.community, SWITCHED)
    edits, more = _plan.read(params.get("plan", ""), view.community)
    usual = int(rule("pedestrian_level").value)
    given = params.get("level", "")
    level = int(given) if given in {str(one) for one in LEVELS} else usual
    shown = params.get("list", "")
    scene = Scene(
        state=state,
        edits=edits,
        now=view.community,
        then=tried(view.community, edits),
        list=shown if shown in LISTS else LISTS[0],
        level=level,
    )
    return scene, (*notices, *more)


def write(
    scene: Scene,
    *,
    state: State | None = None,
    edits: Edits | None = None,
    shown: str | None = None,
    level: int | None = None,
) -> None:
    """Make what is given the one in the address; the rest stays as in `scene`."""
    to, plan = state or scene.state, scene.edits if edits is None else edits
    params = to.params()
    if plan:
        params["plan"] = _plan.written(plan)
    if (name := shown or scene.list) != LISTS[0]:
        params["list"] = name
    if (number := level or scene.level) != int(rule("pedestrian_level").value):
        params["level"] = str(number)
    _press.go(params)


def go(view: View, layer: str, feature: str) -> None:
    """Choose a feature: an alley stays chosen while a door on it is looked at."""
    scene, _ = read(view)
    write(scene, state=_chosen(scene, layer, feature))


def _chosen(scene: Scene, layer: str, feature: str) -> State:
    if layer in {"unlit", "unlit_people"}:
        layer, feature = "alleys", alley_of(feature)
    if layer in {"lit", "unsurveyed"}:
        layer = "alleys"
    if layer in _LAMPS:
        layer = "streetlights"
    to = scene.state.go(scene.now, layer, feature)
    if layer == "buildings":
        kept = scene.alley
        return replace(to, layer="alleys" if kept else "", thing=kept)
    return to


def picked(view: View, one: Picked) -> None:
    """Answer a click on a feature of the map, on nothing, or Esc."""
    scene, _ = read(view)
    trying = bool(st.session_state.get(TRYING))
    if trying and one.layer in _LAMPS:
        write(scene, edits=flipped(scene.now.streetlights, scene.edits, one.id))
    elif trying and one.reason == "back":
        st.session_state[TRYING] = False
    elif one.layer:
        write(scene, state=_chosen(scene, one.layer, one.id))
    else:
        write(scene, state=scene.state.up() if one.reason == "back" else _nothing(scene.state))


def _nothing(state: State) -> State:
    return replace(state.upto("grid"), layer="", thing="")


def placed(view: View, one: Placed) -> None:
    """Answer a click on the map while lamps are tried: one stands there now."""
    scene, _ = read(view)
    frame = scene.now.community
    spot = place(one.lon, one.lat, frame.geometry.iloc[0]) if len(frame) else None
    if isinstance(spot, Text):
        st.session_state[SAID] = spot
    elif spot is not None and len(scene.edits) < _plan.MOST:
        lamp = Add(
            str(st.session_state.get(KIND, "solar")),
            float(st.session_state.get(HEIGHT, rule("new_lamp_height_m").value)),
            round(spot.x, 1),
            round(spot.y, 1),
        )
        write(scene, edits=(*scene.edits, lamp))
    elif spot is not None:
        told = Text("一个方案最多 {n} 处改动。", "A scenario holds {n} changes at most.")
        st.session_state[SAID] = told.fill(n=_plan.MOST)


def flip(view: View, lamp: str) -> None:
    """Break or repair a lamp, or take that back; an added one goes."""
    scene, _ = read(view)
    write(scene, edits=flipped(scene.now.streetlights, scene.edits, lamp))


def undo(view: View) -> None:
    """Drop the last edit."""
    scene, _ = read(view)
    write(scene, edits=scene.edits[:-1])


def clear(view: View) -> None:
    """Drop every edit."""
    scene, _ = read(view)
    write(scene, edits=())


def switch(view: View, on: tuple[str, ...]) -> None:
    """Write the layers now on into the address; the usual ones need no word there."""
    scene, _ = read(view)
    chosen = None if sorted(on) == sorted(USUAL) else on
    write(scene, state=replace(scene.state, layers=chosen))
