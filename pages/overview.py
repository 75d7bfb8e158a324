"""Overview: the whole community on one map, and what is selected on it beside."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

import layers
from layers import Layer
from layers._folium import Drawing
from pages import _widgets
from pages._address import State, from_params
from pages._format import number
from pages._header import brand
from pages._map import Picked
from pages._page import Page, View
from pages._panel import LIFTED, Lifted, panel
from pages._trail import answers, ask, export, trail
from wangge.text import Text

PILLS: Final = "layer_pills"
_FIRST: Final = ("grids", "compounds", "buildings", "hazards", "alleys", "stations")


def body(view: View) -> None:
    """Show the map at the left, the panel at the right; the state lives in the address."""
    found = [layer for layer in layers.find_all() if view.role in layer.roles]
    switched = _switched(found)
    state, notices = from_params(
        st.query_params.to_dict(), view.community, [layer.id for layer in switched]
    )
    for notice in notices:
        st.warning(view.t(notice))
    title = brand(view.community)
    with st.container(key="top", horizontal=True, vertical_alignment="center"):
        trail(view, state, _go)
        ask(view, state, _go)
        export(view, found, _shown(switched, state), title)
    answers(view, state, _go)
    with st.container(key="split"):
        left, right = st.columns([1110, 746], gap="small")
        with left:
            drawn = _widgets.drawing(view, found, _shown(switched, state))
            _pills(view, switched, state, drawn)
            _widgets.show_map(
                view,
                drawn,
                key="overview",
                selected=state.selected,
                on_pick=lambda picked: _picked(view, state, picked),
                title=view.t(title),
            )
        with right, st.container(key="panel"):
            panel(view, state, _go)


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


def _pills(view: View, switched: list[Layer], state: State, drawn: Drawing) -> None:
    """Show a switch a layer, with how many things it holds."""
    held = {body.digest: len(body.collection.get("features", ())) for body in drawn.bodies}
    count = {row["id"]: held.get(row["hash"], 0) for row in drawn.head["layers"]}
    names = {layer.id: f"{view.t(layer.title)} {number(count.get(layer.id))}" for layer in switched}
    st.session_state[PILLS] = list(_shown(switched, state))

    def change() -> None:
        asked = st.session_state[PILLS]
        usual = [layer.id for layer in switched if layer.shown]
        chosen = tuple(name for name in names if name in asked)
        kept = state.up() if state.thing and state.layer not in chosen else state
        _write(replace(kept, layers=None if sorted(chosen) == sorted(usual) else chosen))

    st.pills(
        view.t(Text("图层", "Layers")),
        list(names),
        selection_mode="multi",
        format_func=names.__getitem__,
        key=PILLS,
        on_change=change,
        label_visibility="collapsed",
    )


def _picked(view: View, state: State, picked: Picked) -> None:
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
    kept = {name: value for name, value in st.query_params.items() if name == "lang"}
    st.query_params.from_dict({**kept, **state.params()})


PAGE = Page(id="overview", title=Text("总览", "Overview"), order=10, body=body)
