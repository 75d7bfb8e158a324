"""The wall: the whole community on a screen nobody touches, seen from five metres."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

import layers
from layers._folium import Drawing, compose, describe
from layers._tokens import TOKENS
from layers._words import WORDS
from pages import _press, _wall_clock
from pages._format import UNKNOWN
from pages._map import Picked, show
from pages._page import Page, View
from pages._session import clock, seen_by
from pages._wall_alarm import Alarms
from pages._wall_blocks import column, sign
from pages._wall_parts import record, where
from pages._wall_scenes import SCENES, Scene, totals
from wangge.analysis.deadlines import case_state
from wangge.community import Community
from wangge.domain.rules import rule
from wangge.domain.terms import HAZARD_KINDS, HAZARD_STATUSES, SEVERITIES
from wangge.errors import JournalError
from wangge.text import Lang, Text

STYLE: Final = Path(__file__).with_name("_wall.css")
SHORTEST: Final = 5  # seconds a scene stays at least when the wall turns by itself
SLOWEST: Final = 3600  # seconds a scene may stay when the wall turns by itself
_ALARMS: Final = "wall alarms"
_TURNED: Final = "wall turned"
_LAST: Final = "wall seen last"
_SOON: Final = 0.2  # seconds
_MAP_HEIGHT: Final = "calc(100vh * 880 / 1080)"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the wall is: a scene, and which grid when it goes through them."""

    scene: Scene
    grid: str


def body(view: View) -> None:
    """Lay out the wall once; a fragment then keeps it up to date."""
    colours = ";".join(f"--{name}:{value}" for name, value in TOKENS["dark"].items())
    st.html(f"<style>:root{{{colours}}}\n{STYLE.read_text('utf-8')}</style>")
    _live(view.lang)


@st.fragment
def _live(lang: Lang) -> None:
    """Show the community as it is now; runs again when its data changed or a scene's time is up.

    Nothing is drawn again that did not change.
    """
    _press.follow()
    now = clock()
    community, stamp = _seen(now)
    today = now.date()
    _turn(community)
    place = place_of(community, dict(st.query_params))
    alarms: Alarms = st.session_state.get(_ALARMS, Alarms()).look(
        _major(community), time.monotonic()
    )
    st.session_state[_ALARMS] = alarms
    ringing = alarms.queue[0] if alarms.queue else ""
    fixed = bool(os.environ.get("WANGGE_NOW"))
    with st.container(key="wall_head", horizontal=True):
        st.html(_title(community, lang, alarm=bool(ringing)))
        _scenes(community, place, lang)
        with st.container(key="wall_now", width="content"):
            _wall_clock.clock(now, lang, fixed=fixed)
    with st.container(key="wall_map"):
        show(
            _drawing(community, lang, place.scene, today),
            key="wall",
            theme="dark",
            scale="wall",
            height=_MAP_HEIGHT,
            focus=_focus(community, place, ringing),
            on_pick=lambda _: None,
        )
    with st.container(key="wall_side"):
        card = _card(community, ringing, alarms.place, lang) if ringing else ""
        st.html(card or column(place.scene.blocks(community, place.grid), lang))
    with st.container(key="wall_foot", horizontal=True):
        st.html(_totals(community, lang))
        with st.container(key="wall_said", width="content"):
            note = WORDS["synthetic"].in_(lang) if community.synthetic else ""
            _wall_clock.age(stamp, now, lang, fixed=fixed, wake=_wake(alarms), note=note)


def _seen(now: datetime) -> tuple[Community, str]:
    """Return the public's cut and its stamp; while the journal cannot be read, the last ones.

    Nobody stands by to reload a wall: it keeps its picture, and its age tells the rest.
    """
    try:
        found = seen_by("anonymous", now)
    except JournalError:
        if _LAST not in st.session_state:
            raise
        held: tuple[Community, str] = st.session_state[_LAST]
        return held
    st.session_state[_LAST] = found
    return found


def _wake(alarms: Alarms) -> float:
    """Return in how many seconds an alarm ends or a scene has stayed long enough; 0: never."""
    now, stay = time.monotonic(), seconds_of(st.query_params.get("rotate", ""))
    ends = [st.session_state[_TURNED] + stay] if stay else []
    if alarms.queue:
        ends.append(alarms.since + rule("alarm_seconds").value)
    return max(_SOON, min(ends) - now) if ends else 0.0


def place_of(community: Community, params: dict[str, str]) -> Place:
    """Read the scene and the grid from the address; what is unknown falls back to the first."""
    scene = SCENES.get(params.get("scene", ""), SCENES["overview"])
    if scene.id != "grids":
        return Place(scene, "")
    held = [str(name) for name in community.grids.index]
    asked = params.get("grid", "")
    return Place(scene, asked if asked in held else next(iter(held), ""))


def after(community: Community, place: Place) -> dict[str, str]:
    """Return the address of what follows `place` when the wall turns: each grid in its turn."""
    held = [str(name) for name in community.grids.index]
    if place.scene.id == "grids" and place.grid in held[:-1]:
        return {"scene": "grids", "grid": held[held.index(place.grid) + 1]}
    names = list(SCENES)
    return {"scene": names[(names.index(place.scene.id) + 1) % len(names)]}


def seconds_of(given: str) -> int:
    """Return how long a scene stays, from ``?rotate=``; 0 for good.

    Examples
    --------
    >>> seconds_of("20"), seconds_of("1"), seconds_of("-3"), seconds_of("soon")
    (20, 5, 0, 0)
    """
    if not given.isascii() or not given.isdigit() or not int(given):
        return 0
    return min(max(int(given), SHORTEST), SLOWEST)


def _turn(community: Community) -> None:
    """Go to the next scene when the present one has stayed as long as the address says."""
    stay, now = seconds_of(st.query_params.get("rotate", "")), time.monotonic()
    since = st.session_state.setdefault(_TURNED, now)
    if stay and now - since >= stay:
        _go(after(community, place_of(community, dict(st.query_params))))


def _go(address: dict[str, str]) -> None:
    kept = {name: value for name, value in _press.address().items() if name == "rotate"}
    _press.go({**kept, **address})
    st.session_state[_TURNED] = time.monotonic()


def _scenes(community: Community, place: Place, lang: Lang) -> None:
    """Show the scenes' names; a number key chooses one, pressed again the next grid."""
    with st.container(key="wall_scenes", horizontal=True, width="content"):
        for at, scene in enumerate(SCENES.values(), start=1):
            here = scene is place.scene
            again = here and scene.id == "grids"
            target = after(community, place) if again else {"scene": scene.id}
            if again and target["scene"] != "grids":
                target = {"scene": "grids"}
            st.button(
                scene.title.in_(lang),
                key=f"wall_{scene.id}",
                type="primary" if here else "tertiary",
                shortcut=str(at),
                on_click=_go,
                args=(target,),
            )


def _drawing(community: Community, lang: Lang, scene: Scene, today: date) -> Drawing:
    def make() -> Drawing:
        held = layers.offered(PAGE.id, "anonymous")
        return describe(compose(held, community, lang, today=today, shown=scene.shown))

    return community.memo(("wall", scene.id, lang, today), make)


def _focus(community: Community, place: Place, ringing: str) -> Picked | None:
    if ringing:
        held = record(community.hazards, ringing)["compound_id"]
        known = isinstance(held, str) and held in community.compounds.index
        return Picked("compounds", str(held)) if known else Picked("hazards", ringing)
    return Picked("grids", place.grid) if place.grid else None


def _major(community: Community) -> list[str]:
    state = community.derive(case_state, now=community.now)
    held = community.hazards[state["open"] & (community.hazards["severity"] == "重大")]
    return [str(name) for name in held.index]


def _title(community: Community, lang: Lang, *, alarm: bool) -> str:
    name = next(iter(community.community["name"]), "")
    whole = Text("{name}・网格全景", "{name} · All grids").fill(name=name)
    mark = ' wall-alarm" role="alert' if alarm else ""
    return f'<div class="wall-title{mark}">{escape(whole.in_(lang))}</div>'


def _totals(community: Community, lang: Lang) -> str:
    cells = "".join(
        f"<div><b>{escape(figure)}</b><span>{escape(label.in_(lang))}</span></div>"
        for figure, label in totals(community)
    )
    return f'<div class="wall-totals">{cells}</div>'


def _card(community: Community, ringing: str, queue: tuple[int, int], lang: Lang) -> str:
    """Return the one card of an alarm: where, what, since when, in which state."""
    row = record(community.hazards, ringing)
    name = str(row["kind"])
    facts = (
        (Text("地点", "Where"), where(community, row["compound_id"])),
        (Text("情况", "What"), HAZARD_KINDS.get(name, Text(name, name))),
        (
            Text("上报", "Reported"),
            Text(str(row["reported_on"])[:10], str(row["reported_on"])[:10]),
        ),
        (Text("状态", "State"), HAZARD_STATUSES[str(row["status"])]),
        (Text("网格长岗位", "Grid leader's post"), _post(community, row["compound_id"])),
    )
    lines = "".join(
        f"<div><dt>{escape(label.in_(lang))}</dt><dd>{escape(value.in_(lang))}</dd></div>"
        for label, value in facts
    )
    title, major = Text("重大隐患", "Major hazard").in_(lang), SEVERITIES["重大"].in_(lang)
    return (
        f'<section class="wall-block risk wall-card"><header><h2>{escape(title)}</h2>'
        f"<p>{queue[0]}/{queue[1]}</p></header>"
        f'<div class="wall-hero risk">{sign("重大")}<b>{escape(major)}</b></div>'
        f"<dl>{lines}</dl></section>"
    )


def _post(community: Community, compound: object) -> Text:
    """Return the post of the leader of a compound's grid: a post, never a name."""
    if isinstance(compound, str) and compound in community.compounds.index:
        grid = record(community.compounds, compound)["grid_id"]
        if grid in community.grids.index:
            post = str(record(community.grids, grid)["leader_post"])
            return Text(post, post)
    return Text(UNKNOWN, UNKNOWN)


PAGE: Final = Page("wall", Text("大屏", "Wall"), 90, body, bare=True, sees="anonymous", live=False)
