"""What a scenario is taken away as: the letter to the office, its spots as Excel and GeoJSON."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import pandas as pd
import streamlit as st

from pages import _widgets
from pages._header import brand
from pages._lighting_scene import Scene
from pages._page import View
from papers.lamp_letter import LampRequest, lamp_letter
from wangge.analysis.edits import CHANGE
from wangge.analysis.lamp_sites import Proposal
from wangge.analysis.plan_spots import spots_of
from wangge.analysis.ways_home import doors_of_alleys, walkers
from wangge.domain.coordinates import SYSTEMS
from wangge.domain.rules import rule
from wangge.store.spot_list import spot_geojson, spot_table
from wangge.text import Text

LETTER: Final = Text("路灯协调函", "Letter about streetlights")
SPOTS: Final = Text("路灯点位", "Lamp spots")
LONGEST: Final = 40  # characters of what is typed into the letter
_TO, _SYSTEM, _NUMBER, _CONTACT = (
    f"lighting_letter_{name}" for name in ("to", "system", "number", "contact")
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is typed into the letter: the office, its number, a post to ask, the coordinates."""

    to: str
    number: str
    contact: str
    system: str


def letter(view: View, scene: Scene) -> None:
    """Offer the letter that asks for the lamps of the scenario, and the list of their spots."""
    lamps = scene.then.streetlights
    if not lamps[CHANGE].isin(["added", "repaired"]).any():
        return
    with (
        st.popover(view.t(Text("协调函与点位", "Letter and spots")), key="lighting_letter"),
        st.container(key="lighting_letter_form"),
    ):
        _downloads(view, scene, _asked(view))


def _asked(view: View) -> Asked:
    """Ask what the letter is to say; side by side, so that the files are in sight below."""
    left, right = st.columns(2, gap="small")
    # A default is given as a value: what the state holds never reaches a popover that is shut.
    to = left.text_input(
        view.t(Text("收函单位", "To")), value=_office(view), key=_TO, max_chars=LONGEST
    )
    contact = right.text_input(
        view.t(Text("联系岗位（可不填）", "Post to ask (optional)")),
        key=_CONTACT,
        max_chars=LONGEST,
    )
    left, right = st.columns([1, 2], gap="small")
    number = left.text_input(
        view.t(Text("文号（可不填）", "Number (optional)")), key=_NUMBER, max_chars=LONGEST
    )
    system = right.selectbox(
        view.t(Text("坐标系", "Coordinates")),
        list(SYSTEMS),
        format_func=lambda one: view.t(SYSTEMS[one].title),
        key=_SYSTEM,
    )
    return Asked(to.strip(), number.strip(), contact.strip(), system)


def _office(view: View) -> str:
    frame = view.community.community
    district = str(frame["district"].iloc[0]) if len(frame) else ""
    return view.t(Text("{d}市政管理部门", "Municipal office, {d}").fill(d=district))


def _downloads(view: View, scene: Scene, asked: Asked) -> None:
    """Offer three files, each written when it is asked for.

    That happens outside the run of the page, where the fields can no longer be read.
    """
    system = SYSTEMS[asked.system]

    @cache
    def found() -> Proposal:
        return spots_of(scene.now, scene.edits)

    def pdf() -> bytes:
        request = request_of(
            scene, found(), asked if asked.to else replace(asked, to=_office(view))
        )
        return lamp_letter(scene.now, request, today=view.today, lang=view.lang)

    def table() -> pd.DataFrame:
        return spot_table(found().spots, scene.now.alleys, system, lang=view.lang)

    def geojson() -> bytes:
        return spot_geojson(
            found().spots,
            scene.now.alleys,
            system,
            attribution=view.t(brand(view.community)),
            synthetic=view.community.synthetic,
        )

    with st.container(horizontal=True, vertical_alignment="center"):
        said = Text("协调函（PDF）", "Letter (PDF)")
        key = "lighting_letter_pdf"
        _widgets.offer(view, pdf, _widgets.PDF, name=LETTER, key=key, label=said, main=True)
        said = Text("点位（Excel）", "Spots (Excel)")
        _widgets.excel(view, table, name=SPOTS, key="lighting_letter_excel", label=said)
        said = Text("点位（GeoJSON）", "Spots (GeoJSON)")
        key = "lighting_letter_geojson"
        _widgets.offer(view, geojson, _widgets.GEOJSON, name=SPOTS, key=key, label=said)


def request_of(scene: Scene, found: Proposal, asked: Asked) -> LampRequest:
    """Return what the letter says of a scenario.

    It is for the alley chosen, else for those its lamps stand at.  Sensitive counts come from the
    ones by alley that the cut made; of several alleys they are not added up, but left out.
    """
    on = (scene.alley,) if scene.alley else tuple(dict.fromkeys(map(str, found.spots["alley_id"])))
    homes, people = _who(scene, on)
    alone: int | None = 0
    disabled: int | None = 0
    if len(on) == 1:
        told = (scene.now.walkers if len(scene.now.walkers) else walkers(scene.now)).loc[on[0]]
        alone, disabled = (
            None if pd.isna(told[name]) else int(told[name]) for name in ("alone", "disabled")
        )
    return LampRequest(
        proposal=found,
        on=on,
        to=asked.to,
        doors=homes,
        people=people,
        alone=alone,
        disabled=disabled,
        system=asked.system,
        number=asked.number,
        contact=asked.contact,
    )


def _who(scene: Scene, on: tuple[str, ...]) -> tuple[int, int]:
    """Count the households and people who must walk any of the alleys `on` in the dark, once."""
    pairs = doors_of_alleys(scene.now)
    dark = pairs["alley_id"].isin(on) & (pairs["dark_m"] >= rule("dark_stretch_m").value)
    homes = scene.now.households
    mine = homes[homes["building_id"].isin(pairs.loc[dark, "building_id"])]
    return len(mine), int(mine["people"].sum())
