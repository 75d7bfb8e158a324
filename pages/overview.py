"""Overview: the whole community on one map, and what is selected on it beside."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

import layers
from layers import Layer
from layers._folium import Drawing
from pages import _press, _widgets
from pages._address import State, from_params
from pages._header import brand
from pages._map import Picked
from pages._page import Page, View
from pages._panel import LIFTED, Lifted, panel
from pages._trail import answers, ask, export, trail
from wangge.text import Text

_FIRST: Final = ("grids", "compounds", "buildings", "hazards", "alleys", "stations")


def body(view: View) -> None:
    """Show the map at the left, the panel at the right; the state lives in the address."""
    found = [*layers.offered(PAGE.id, view.role)]
    switched = _switched(found)
    state, notices = _read(view, switched)
    for notice in notices:
        st.warning(view.t(notice))
    title = brand(view.community)

    def go(to: State, *, lift: bool = True) -> None:
        _go(replace(to, layers=_read(view, switched)[0].layers), lift=lift)

    with st.container(key="top", horizontal=True, vertical_alignment="center"):
        trail(view, state, go)
        ask(view, state, go)
        export(view, found, _shown(switched, state), title)
    answers(view, state, go)
    with st.container(key="split"):
        left, right = st.columns([1110, 746], gap="small")
        with left:
            drawn = _widgets.drawing(view, found, _shown(switched, state))
            _widgets.show_map(
                view,
                drawn,
                key="overview",
                selected=state.selected,
                on_pick=lambda picked: _picked(view, switched, picked),
                switches=_counts(switched, drawn),
                on_switch=lambda on: _switch(view, switched, on),
                title=view.t(title),
            )
        with right, st.container(key="panel"):
            panel(view, state, go)


def _switched(found: list[Layer]) -> list[Layer]:
    """Return the layers that have a switch, the ones shown from the start first."""
    own = [layer for layer in found if layer.picks and not layer.base]
    rank = {name: at for at, name in enumerate(_FIRST)}
    return sorted(own, key=lambda layer: (not layer.shown, rank.get(layer.id, len(rank))))


def _shown(switched: list[Layer], state: State) -> tuple[str, ...]:
    """Return the ids of the layers shown: those asked for, and the one of the thing picked."""
    usual = tuple(layer.id for layer in switched if layer.shown)
    asked = usual if state.layers is None else state.layers
    hidden = state.layer in {layer.id for layer in switched} and state.layer not in asked
    return (*asked, state.layer) if state.thing and hidden else asked


def _counts(switched: list[Layer], drawn: Drawing) -> list[tuple[str, int | None]]:
    """Return the switches: layers with how many things each holds."""
    held = {body.digest: len(body.collection.get("features", ())) for body in drawn.bodies}
    count = {row["id"]: held.get(row["hash"], 0) for row in drawn.head["layers"]}
    return [(layer.id, count.get(layer.id)) for layer in switched]


def _read(view: View, switched: list[Layer]) -> tuple[State, tuple[Text, ...]]:
    """Read the address as it is now: a call may come after another has changed it."""
    return from_params(_press.address(), view.community, [layer.id for layer in switched])


def _switch(view: View, switched: list[Layer], on: tuple[str, ...]) -> None:
    """Write the layers now on into the address; the usual ones need no word there."""
    usual = [layer.id for layer in switched if layer.shown]
    chosen = None if sorted(on) == sorted(usual) else on
    state, _ = _read(view, switched)
    kept = state.up() if state.thing and state.layer not in on else state  # what is off is let go
    _write(replace(kept, layers=chosen))


def _picked(view: View, switched: list[Layer], picked: Picked) -> None:
    state, _ = _read(view, switched)
    if picked.layer:
        _go(state.go(view.community, picked.layer, picked.id))
    else:
        _go(state.up() if picked.reason == "back" else state.upto("community"))


def _go(state: State, *, lift: bool = True) -> None:
    """Make `state` the one in the address; `lift` brings its row of the table into sight."""
    layer, place = state.place
    if layer == "buildings" and state.compound:
        layer, place = "compounds", state.compound
    if lift:
        st.session_state[LIFTED] = Lifted(layer, place, _lifted_before() + 1)
    _write(state)


def _lifted_before() -> int:
    held = st.session_state.get(LIFTED)
    return held.turn if isinstance(held, Lifted) else 0


def _write(state: State) -> None:
    _press.go(state.params())


PAGE = Page(id="overview", title=Text("总览", "Overview"), order=10, body=body)
