"""One stop of a round: its check list, and one press that keeps what was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import uuid4

import pandas as pd
import streamlit as st

from pages import _links, _widgets
from pages._card import Chip, joined
from pages._format import as_date, day, known, length
from pages._inspection_list import RESULTS, state_of
from pages._inspection_scene import Scene
from pages._row import row_of
from wangge.analysis.spot import spot_of
from wangge.domain.checklists import Item, checklist
from wangge.domain.rules import rule
from wangge.domain.terms import HAZARD_KINDS, OPEN_STATUSES
from wangge.errors import RefusedError
from wangge.store.desk import Desk, Draft
from wangge.store.inspecting import Finding, Result, inspect
from wangge.text import Text

TOLD: Final = "inspection_told"  # what became of the last wish
NOTE: Final = "消防检查不符合：{asks}"  # what the case of an item says, in the office's language
_TURNS: Final = "inspection_turns"  # wishes carried out; two in a row look different, see the CSS
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


def told(scene: Scene) -> None:
    """Say what became of the last wish, with its cases, and a way to take it back."""
    last = st.session_state.get(TOLD)
    if not isinstance(last, Told):
        return
    if not last.done:
        st.warning(scene.view.t(last.says))
        return
    with st.container(key="inspection_told", horizontal=True, vertical_alignment="center"):
        _widgets.note(scene.view, last.says)
        for ident in last.cases:
            _links.link(scene.view, "case", Text("案件 {id}", "Case {id}").fill(id=ident), id=ident)
        if last.wish and not last.cases and scene.view.desk is not None:
            st.button(
                scene.view.t(Text("撤销", "Undo")),
                key="inspection_undo",
                type="tertiary",
                on_click=_undo,
                args=(scene, scene.view.desk, last),
            )


def stop(scene: Scene) -> None:
    """Show the stop chosen: what it is, what to look at, and the two results."""
    view, about = scene.view, scene.stop
    row = row_of(scene.places, about)
    _ways_out(scene)
    _heading(scene, pd.Series(row))
    _open_cases(scene)
    if not scene.now:
        st.button(
            view.t(Text("现在检查", "Inspect it now")),
            key="inspection_now",
            on_click=lambda: scene.go(week="0"),
        )
        return
    if view.desk is None:
        return
    wish = st.session_state.setdefault(f"inspection wish {about}", uuid4().hex)
    items = checklist(row["table"], str(row["kind"]))
    held = Form(scene, view.desk, about, wish, items)
    if row["state"] == "done":
        again = Text(
            "本周查过了；再登记一次，以最后一次为准。", "Done this week; the last record counts."
        )
        _widgets.note(view, again)
    # A press on a button just put there is the second half of a double tap: for a moment it does
    # not answer (see _inspection.css); the turn makes that moment begin anew.
    turn = st.session_state.get(_TURNS, 0) % 2
    with st.container(key=f"inspection_form_{turn}"):
        _list(held)
        _answers(held)


def _heading(scene: Scene, row: pd.Series) -> None:
    """Show which stop it is and how it stands."""
    view, walk = scene.view, scene.walk
    name = Text(str(row["name"]), str(row["name"]))
    order = walk.order if walk else ()
    if scene.stop in order:
        at = f"{order.index(scene.stop) + 1}/{len(order)}"
        name = Text(f"{at}　{name.zh}", f"{at}  {name.en}")
    late = row["state"] == "missed"
    chips = [Chip(state_of(row), "gap" if late else "edge" if row["state"] == "never" else "")]
    if row["result"] in RESULTS:
        chips.append(Chip(RESULTS[row["result"]]))
    facts = [Text(str(row["kind"]), str(row["kind"]))]
    home = view.community.compounds["name"].get(row["compound_id"])
    if row["table"] == "shops" and isinstance(home, str):
        facts.append(Text(home, home))
    if known(row["last_on"]):
        last = day(as_date(row["last_on"]), view.today)
        facts.append(Text(f"上次检查 {last}", f"last inspected {last}"))
    if walk is not None and scene.stop in set(walk.legs["stop"]):
        metres = float(walk.legs.loc[walk.legs["stop"] == scene.stop, "metres"].iloc[0])
        facts.append(Text("从上一处步行 {m}", "{m} from the last").fill(m=length(metres)))
    _widgets.heading(view, name, chips, joined(facts), level=2)


def _ways_out(scene: Scene) -> None:
    """Show the way back to the list, and past a stop that cannot be inspected now."""
    with st.container(key="inspection_out", horizontal=True, horizontal_alignment="distribute"):
        st.button(
            scene.view.t(Text("\u2039 回名单", "\u2039 Back to list")),
            key="inspection_back",
            type="tertiary",
            on_click=lambda: scene.go(stop=""),
        )
        if after := scene.next_stop(scene.stop):
            st.button(
                scene.view.t(Text("跳过，去下一处 \u203a", "Skip to the next \u203a")),
                key="inspection_skip",
                type="tertiary",
                on_click=lambda: scene.go(stop=after),
            )


def _open_cases(scene: Scene) -> None:
    """Name the cases of this place that are still open, with a way to each."""
    found = _open(scene)
    if found.empty:
        return
    view = scene.view
    with st.container(key="inspection_open", horizontal=True, vertical_alignment="center"):
        told_ = Text("未结案件 {n} 件：", "Open cases ({n}):").fill(n=len(found))
        _widgets.note(view, told_)
        for ident, case in found.iterrows():
            kind = HAZARD_KINDS[str(case["kind"])]
            label = Text("{id} {kind}", "{id} {kind}").fill(id=str(ident), kind=kind)
            _links.link(view, "case", label, id=str(ident))


def _open(scene: Scene) -> pd.DataFrame:
    cases = scene.view.community.cases
    return cases[(cases["asset"] == scene.stop) & cases["status"].isin(OPEN_STATUSES)]


def _list(held: Form) -> None:
    """Show what to look at, a box for each item that is not in order."""
    view = held.scene.view
    _widgets.note(
        view,
        Text(
            "有问题的打勾，每勾一项立案一件；都没问题直接按“合格”。",
            "Tick what is not in order: each opens a case. Nothing ticked: press OK.",
        ),
    )
    repeated = repeats(held.scene)
    with st.container(key="inspection_items"):
        for one in held.items:
            said = view.t(one.asks)
            if one.id in repeated:
                seen = Text("（已有未结案件 {id}）", " (open already: {id})")
                said += view.t(seen.fill(id=repeated[one.id]))
            st.checkbox(said.replace("[", "\\["), key=held.key(one.id))
    with (
        st.container(key="inspection_sources"),
        st.popover(view.t(Text("检查依据", "Why these")), type="tertiary"),
    ):
        for one in held.items:
            doubt = Text("", "") if one.verified else Text("（待核实）", " (to be verified)")
            st.caption(
                view.t(Text(f"{one.asks.zh}{one.source}", f"{one.asks.en} {one.source}"))
                + view.t(doubt)
            )


def _answers(held: Form) -> None:
    """Show the two results; what is ticked says which of them is meant."""
    view, ticked = held.scene.view, held.ticked
    if ticked:
        st.text_input(
            view.t(Text("补充（可不填）", "Note (optional)")),
            key=held.key("note"),
            max_chars=200,
            label_visibility="collapsed",
            placeholder=view.t(Text("补充一句（可不填）", "A word more (optional)")),
        )
    new = [one for one in ticked if one.id not in repeats(held.scene)]
    problem = Text("发现问题", "Problem found")
    if new:
        problem = Text("发现问题，立案 {n} 件", "Problem found: open {n}").fill(n=len(new))
    with st.container(key="inspection_answers", horizontal=True):
        st.button(
            view.t(Text("合格", "OK")),
            key=held.key("ok"),
            type="secondary" if ticked else "primary",
            disabled=bool(ticked),
            width="stretch",
            on_click=_keep,
            args=(held, "ok"),
        )
        st.button(
            view.t(problem),
            key=held.key("found"),
            type="primary" if ticked else "secondary",
            width="stretch",
            on_click=_keep,
            args=(held, "found"),
        )


def repeats(scene: Scene) -> dict[str, str]:
    """Return the items of the stop whose case, opened by an inspection before, is still open."""
    row, cases = row_of(scene.places, scene.stop), _open(scene)
    found = {}
    for one in checklist(row["table"], str(row["kind"])):
        mine = cases[cases["note"].astype(str).str.startswith(note_of(one))]
        if len(mine):
            found[one.id] = str(mine.index[0])
    return found


def note_of(item: Item) -> str:
    """Return what the case of an item says."""
    return NOTE.format(asks=item.asks.zh)


def _keep(held: Form, result: Result) -> None:
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
    st.session_state[_TURNS] = st.session_state.get(_TURNS, 0) + 1
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


def _undo(scene: Scene, desk: Desk, last: Told) -> None:
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
