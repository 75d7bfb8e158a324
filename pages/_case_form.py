"""The form of one step on a case: just the fields it needs, and one wish for one press."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

import streamlit as st

from pages._assignees import assignees
from pages._bulk import end_of
from pages._case_log import stamp
from pages._page import View
from wangge.analysis.case_links import NEAR, case_links
from wangge.domain.actors import LONGEST
from wangge.domain.cases import Case
from wangge.domain.causes import CAUSES
from wangge.domain.limits import due_of
from wangge.domain.rules import rule
from wangge.domain.steps import BY_ACTION, Step
from wangge.domain.terms import HAZARD_KINDS, OPEN_STATUSES
from wangge.errors import RefusedError
from wangge.store.desk import Desk
from wangge.store.photos import Photo, safe_photo
from wangge.text import Text

TOLD: Final = "case_told"
DOOR: Final = "case_door"
_PICTURED: Final = ("handle", "recheck", "return", "say")
_CAUSED: Final = ("handle", "recheck")
_REMARKED: Final = ("handle", "recheck")  # may be said, need not
_UPLOADS: Final = ("jpg", "jpeg", "png", "webp", "heic")
_REASONS: Final = {
    "return": Text("为什么返工", "Why it goes back"),
    "decline": Text("为什么不予受理", "Why it is declined"),
    "extend": Text("为什么延期", "Why the limit moves"),
    "say": Text("留言", "Message"),
}


_INSTEAD: Final = {
    "assignee": Text("或填写其他岗位、单位", "Or another post or unit"),
    "original": Text("或填写编号", "Or its number"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What became of the last wish on a case."""

    ident: str
    done: bool
    says: Text


@dataclass(frozen=True, slots=True)
class Form:
    """The form of `step` on `case`; ``wish`` names what it asks for until that is carried out."""

    view: View
    desk: Desk
    case: Case
    step: Step
    wish: str

    def key(self, name: str) -> str:
        """Return the key of a field."""
        return f"case_{name}_{self.wish}"


def form(view: View, desk: Desk, case: Case, step: Step) -> None:
    """Show the fields of `step` on `case`, and the button that takes it."""
    wish = st.session_state.setdefault(_wish(case, step), uuid4().hex)
    held = Form(view, desk, case, step, wish)
    with st.form(f"step_{step.action}_{wish}", border=False, enter_to_submit=False):
        for field in _fields(step):
            field(held)
        st.form_submit_button(
            view.t(step.label),
            key=f"take_{step.action}_{wish}",
            type="primary",
            on_click=_take,
            args=(held,),
        )


def _fields(step: Step) -> list[Callable[[Form], None]]:
    """Return what a step asks for: what it needs, and what it may bring."""
    found: list[Callable[[Form], None]] = []
    if "assignee" in step.needs:
        found.append(_assignee)
    if "original" in step.needs:
        found.append(_original)
    if step.action in {"open", "dispatch"} or "due_at" in step.needs:
        found.append(_due)
    if step.action in _CAUSED:
        found.append(_cause)
    if "reason" in step.needs or step.action in _REMARKED:
        found.append(_reason)
    if step.action in _PICTURED:
        found.append(_photos)
    return found


def _either(held: Form, name: str, label: Text, options: Mapping[str, Text]) -> None:
    """Ask for one of `options`, or for words of one's own, which go before."""
    left, right = st.columns(2)
    with left:
        st.selectbox(
            held.view.t(label),
            [*options],
            format_func=lambda word: held.view.t(options[word]),
            index=None,
            key=held.key(name),
            placeholder=held.view.t(Text("请选择", "Choose")),
        )
    with right:
        st.text_input(
            held.view.t(_INSTEAD.get(name, Text("或直接填写", "Or in your own words"))),
            key=held.key(f"{name}_own"),
            max_chars=LONGEST,
        )


def _assignee(held: Form) -> None:
    found = assignees(held.view.community, held.case)
    _either(held, "assignee", Text("派给", "Send to"), {name: Text(name, name) for name in found})


def _original(held: Form) -> None:
    cases, ident = held.view.community.cases, held.case.id
    found: dict[str, Text] = {}
    if ident in cases.index:
        links = case_links(cases, case=ident)
        links = links.iloc[(links["relation"] != NEAR).to_numpy().argsort(kind="stable")]
        for other, metres in links["metres"].items():
            away = Text(f"{metres:.0f} 米", f"{metres:.0f} m")
            kind = HAZARD_KINDS.get(str(cases.loc[str(other), "kind"]), Text("", ""))
            found[str(other)] = Text(
                f"{other} {kind.zh}・{away.zh}", f"{other} {kind.en}, {away.en}"
            )
    same = cases["compound_id"].eq(held.case.compound_id) & cases["status"].isin(OPEN_STATUSES)
    for other in cases.index[same.fillna(value=False)]:
        kind = HAZARD_KINDS.get(str(cases.loc[other, "kind"]), Text("", ""))
        found.setdefault(str(other), Text(f"{other} {kind.zh}", f"{other} {kind.en}"))
    found.pop(ident, None)
    _either(held, "original", Text("与附近哪一件重复", "Which case nearby it repeats"), found)


def _due(held: Form) -> None:
    case, view = held.case, held.view
    if held.step.action == "extend":
        label = Text("新的期限", "New limit")
    elif case.due_at is not None:
        label = Text("期限（不填仍为 {at}）", "Limit (empty: stays {at})").fill(
            at=stamp(case.due_at, view.now)
        )
    else:
        label = Text("期限（不填按规则：{at}）", "Limit (empty: by rule, {at})").fill(
            at=stamp(due_of(case.kind, case.severity, view.now, held.desk.workdays), view.now)
        )
    first = view.today + timedelta(days=int(held.step.action == "extend"))
    st.date_input(
        view.t(label), value=None, min_value=first, format="YYYY-MM-DD", key=held.key("due_at")
    )


def _cause(held: Form) -> None:
    words = CAUSES.get(held.case.kind, {})
    _either(held, "cause", Text("根因（可不填）", "Root cause (optional)"), words)


def _reason(held: Form) -> None:
    optional = Text("说明（可不填）", "Note (optional)")
    st.text_area(
        held.view.t(_REASONS.get(held.step.action, optional)),
        key=held.key("reason"),
        height=76,
        max_chars=int(rule("note_longest").value),
    )


def _photos(held: Form) -> None:
    st.file_uploader(
        held.view.t(Text("照片（可不加）", "Photos (optional)")),
        type=_UPLOADS,
        accept_multiple_files=True,
        key=held.key("photos"),
        max_upload_size=int(rule("photo_upload_mb").value),
    )


def _take(held: Form) -> None:
    """Carry out the wish of a form, once, and keep what is to be said of it."""
    state = st.session_state
    values: dict[str, Any] = {
        name: (state.get(held.key(f"{name}_own")) or "").strip() or state[held.key(name)] or ""
        for name in ("assignee", "original", "cause", "reason")
        if held.key(name) in state
    }
    if day := state.get(held.key("due_at")):
        values["due_at"] = end_of(day)
    read = [safe_photo(one.getvalue()) for one in state.get(held.key("photos")) or ()]
    if fault := next((one for one in read if isinstance(one, Text)), None):
        state[TOLD] = Told(held.case.id, done=False, says=fault)
        return
    photos = [one.jpeg for one in read if isinstance(one, Photo)]
    try:
        held.desk.step(held.case.id, held.step.action, values=values, key=held.wish, photos=photos)
    except RefusedError as no:
        state[TOLD] = Told(held.case.id, done=False, says=no.why)
        return
    said = Text("已办：{step}。", "Done: {step}.").fill(step=BY_ACTION[held.step.action].label)
    state[TOLD] = Told(held.case.id, done=True, says=said)
    state[_wish(held.case, held.step)] = uuid4().hex
    state.pop(DOOR, None)


def _wish(case: Case, step: Step) -> str:
    return f"wish {case.id} {step.action}"
