"""One stop of a round: its check list, and one press that keeps what was found."""

from __future__ import annotations

from uuid import uuid4

import pandas as pd
import streamlit as st

from pages import _links, _widgets
from pages._card import Chip, joined
from pages._format import as_date, day, known, length
from pages._inspection_list import RESULTS, state_of
from pages._inspection_scene import Scene
from pages._inspection_wish import TOLD, TURNS, Form, Told, keep, open_cases, repeats, undo
from pages._row import row_of
from wangge.domain.checklists import checklist
from wangge.domain.terms import HAZARD_KINDS
from wangge.text import Text


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
                on_click=undo,
                args=(scene, scene.view.desk, last),
            )


def stop(scene: Scene) -> None:
    """Show the stop chosen: what it is, what to look at, and the two results."""
    view, about = scene.view, scene.stop
    row = row_of(scene.places, about)
    _ways_out(scene)
    _heading(scene, pd.Series(row))
    _named_cases(scene)
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
    turn = st.session_state.get(TURNS, 0) % 2
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


def _named_cases(scene: Scene) -> None:
    """Name the cases of this place that are still open, with a way to each."""
    found = open_cases(scene)
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
            on_click=keep,
            args=(held, "ok"),
        )
        st.button(
            view.t(problem),
            key=held.key("found"),
            type="primary" if ticked else "secondary",
            width="stretch",
            on_click=keep,
            args=(held, "found"),
        )
