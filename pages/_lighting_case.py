"""A dark alley as a case: opened from the lighting page, so that it is dispatched and rechecked."""

from __future__ import annotations

from typing import Final
from uuid import uuid4

import streamlit as st

from pages import _lighting_rows as rows
from pages import _links
from pages._format import number
from pages._lighting_scene import SAID, Scene, read
from pages._page import View
from pages._row import name_of, row_of
from wangge.analysis.lighting import alley_lighting
from wangge.domain.crs import lonlat
from wangge.domain.terms import OPEN_STATUSES
from wangge.errors import RefusedError
from wangge.store.desk import Draft
from wangge.text import Text

_WISH: Final = "lighting_case_wish"


def alley_case(view: View, scene: Scene) -> None:
    """Offer to open a case of the alley chosen; where one is open, lead there."""
    if view.desk is None or not scene.alley:
        return
    if held := open_case(scene, scene.alley):
        label = Text("案件 {id}", "Case {id}").fill(id=held)
        _links.link(view, "case", label, id=held)
        return
    st.button(
        view.t(Text("上报案件", "Report it")),
        key="lighting_case",
        on_click=_open,
        args=(view, st.session_state.setdefault(_WISH, uuid4().hex)),
        help=view.t(
            Text(
                "把这条巷作为“巷道无灯”上报，由此派遣、处置、核查、结案。",
                "Report this alley as unlit: it is then dispatched, handled, rechecked and closed.",
            )
        ),
    )


def open_case(scene: Scene, alley: str) -> str:
    """Return the id of the last open case of `alley` being unlit, or nothing."""
    held = scene.now.cases
    mine = held[
        (held["asset"] == f"alleys/{alley}")
        & (held["kind"] == "unlit_alley")
        & held["status"].isin(OPEN_STATUSES)
    ]
    return str(mine.index[-1]) if len(mine) else ""


def draft_of(view: View, scene: Scene) -> Draft:
    """Return the case of the chosen alley, with what the scenario proposes."""
    alley = scene.alley
    middle = scene.now.alleys.geometry[alley].interpolate(0.5, normalized=True)
    lon, lat = lonlat(middle)
    dark = float(row_of(scene.now.derive(alley_lighting), alley)["unlit_m"])
    said = Text("暗段 {m} 米", "{m} m dark").fill(m=number(dark))
    if scene.edits:
        said = Text("{said}；拟改 {n} 盏灯", "{said}; {n} lamps proposed").fill(
            said=said, n=len(scene.edits)
        )
    return Draft(
        lon=lon,
        lat=lat,
        kind="unlit_alley",
        severity="一般",
        note=view.t(said),
        asset=f"alleys/{alley}",
        place=name_of(scene.now.alleys, alley),
        grid_id=rows.grid_of(scene.now, alley),
        answers={"length_m": str(round(dark))} if dark >= 1 else {},
    )


def _open(view: View, wish: str) -> None:
    scene, _ = read(view)
    if view.desk is None or not scene.alley:
        return
    try:
        case = view.desk.report(draft_of(view, scene), key=wish)
    except RefusedError as refused:
        st.session_state[SAID] = refused.why
        return
    st.session_state[_WISH] = uuid4().hex
    st.session_state[SAID] = Text("已上报，案件 {id}。", "Reported as case {id}.").fill(id=case.id)
