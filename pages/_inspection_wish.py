"""What a stop asks for: one press keeps an inspection with its cases, once, and leads on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from pages._inspection_list import RESULTS
from pages._inspection_scene import Scene
from pages._row import row_of
from wangge.analysis.spot import spot_of
from wangge.domain.checklists import Item, checklist
from wangge.domain.rules import rule
from wangge.domain.terms import OPEN_STATUSES
from wangge.errors import RefusedError
from wangge.store.desk import Desk, Draft
from wangge.store.inspecting import Finding, Result, inspect
from wangge.text import Text

TOLD: Final = "inspection_told"  # what became of the last wish
NOTE: Final = "消防检查不符合：{asks}"  # what the case of an item says, in the office's language
TURNS: Final = "inspection_turns"  # wishes carried out; two in a row look different, see the CSS
_TICKED: Final = Text(
    "已勾选有问题的项目：请按“发现问题”，或去掉勾选。",
    "Something is ticked: press “Problem found”, or untick it.",
)
_NOWHERE: Final = Text(
    "这里没有位置，不能立案，什么都没有登记。请去掉勾选，登记“发现问题”，再到“上报”页在地图上点出位置。",
    "It has no position, so no case can be opened; nothing was recorded. Untick, record the "
    "problem, and report it on the map.",
)


@dataclass(frozen=True, slots=True)
class Told:
    """What became of the last wish: of which record about what, and the cases it made."""

    says: Text
    done: bool = True
    about: str = ""
    wish: str = ""
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """The check list of one stop; ``wish`` names what it asks for until that is carried out."""

    scene: Scene
    desk: Desk
    about: str
    wish: str
    items: tuple[Item, ...]

    @property
    def ticked(self) -> list[Item]:
        """The items that are not in order, as they are ticked now."""
        return [one for one in self.items if st.session_state.get(self.key(one.id))]

    def key(self, name: str) -> str:
        """Return the key of a field."""
        return f"inspection_{name}_{self.wish}"


def open_cases(scene: Scene) -> pd.DataFrame:
    """Return the cases of the stop that are still open."""
    cases = scene.view.community.cases
    return cases[(cases["asset"] == scene.stop) & cases["status"].isin(OPEN_STATUSES)]


def repeats(scene: Scene) -> dict[str, str]:
    """Return the items of the stop whose case, opened by an inspection before, is still open."""
    row, cases = row_of(scene.places, scene.stop), open_cases(scene)
    found = {}
    for one in checklist(row["table"], str(row["kind"])):
        mine = cases[cases["note"].astype(str).str.startswith(note_of(one))]
        if len(mine):
            found[one.id] = str(mine.index[0])
    return found


def note_of(item: Item) -> str:
    """Return what the case of an item says."""
    return NOTE.format(asks=item.asks.zh)


def keep(held: Form, result: Result) -> None:
    """Carry out the wish of a stop, once, and go on to the next."""
    scene, ticked = held.scene, held.ticked
    if ticked and result == "ok":
        st.session_state[TOLD] = Told(_TICKED, done=False)
        return
    remark = str(st.session_state.get(held.key("note")) or "").strip()
    try:
        done = inspect(
            held.desk, held.about, result, _findings(held, ticked, remark), key=held.wish
        )
    except RefusedError as no:
        st.session_state[TOLD] = Told(no.why, done=False)
        return
    name = str(scene.places["name"][held.about])
    says = Text("已登记：{name} {result}。", "Recorded: {name}, {result}.")
    st.session_state[TOLD] = Told(
        says.fill(name=name, result=RESULTS[done.result]),
        about=held.about,
        wish=held.wish,
        cases=tuple(dict.fromkeys(done.cases.values())),
    )
    st.session_state.pop(f"inspection wish {held.about}", None)
    st.session_state[TURNS] = st.session_state.get(TURNS, 0) + 1
    scene.go(stop=scene.next_stop(held.about))


def _findings(held: Form, ticked: list[Item], remark: str) -> dict[str, Finding]:
    """Return a finding for each item ticked, at the place of the stop."""
    spot = spot_of(held.scene.view.community, held.about)
    if spot is None and ticked:
        raise RefusedError(_NOWHERE)
    if spot is None:
        return {}
    repeated = repeats(held.scene)
    longest = int(rule("note_longest").value)
    return {
        one.id: Finding(
            Draft(
                lon=spot.lon,
                lat=spot.lat,
                kind=one.kind,
                severity=one.severity,
                note=f"{note_of(one)}{remark}"[:longest],
                asset=held.about,
                place=spot.says.zh,
                compound_id=spot.compound_id,
                grid_id=spot.grid_id,
            ),
            repeats=repeated.get(one.id, ""),
        )
        for one in ticked
    }


def undo(scene: Scene, desk: Desk, last: Told) -> None:
    """Take back the last record that opened no case, and go back to its stop."""
    try:
        desk.drop(last.wish)
    except RefusedError as no:
        st.session_state[TOLD] = Told(no.why, done=False)
        return
    name = str(scene.places["name"].get(last.about, ""))
    says = Text("已撤销：{name} 的登记。", "Taken back: what was recorded of {name}.")
    st.session_state[TOLD] = Told(says.fill(name=name))
    scene.go(stop=last.about)
