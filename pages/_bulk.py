"""One step on many cases at once: what was done is said, and what was refused with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import uuid4

import pandas as pd
import streamlit as st

from pages import _press, _widgets
from pages._assignees import assignees
from pages._page import View
from wangge.domain.actors import LONGEST
from wangge.domain.roles import Role
from wangge.domain.rules import rule
from wangge.domain.steps import BY_ACTION
from wangge.domain.terms import HAZARD_KINDS
from wangge.domain.workdays import PLACE
from wangge.errors import JournalError, RefusedError
from wangge.store.desk import Desk
from wangge.text import Text

ACTIONS: Final = ("dispatch", "open", "close")
MARKED: Final = "cases_marked"
_WISH: Final = "bulk_wish"
_TOLD: Final = "bulk_told"
_ACTION: Final = "bulk_action"
_WHO: Final = "bulk_assignee"
_OWN: Final = "bulk_assignee_own"
_DAY: Final = "bulk_due"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one step on many cases."""

    action: str
    done: tuple[str, ...] = ()
    refused: tuple[tuple[str, Text], ...] = ()


def may(role: Role) -> bool:
    """Return whether `role` takes steps on many cases at once."""
    return role in BY_ACTION["dispatch"].roles


def end_of(day: date) -> datetime:
    """Return when the office closes on `day`: a limit given as a day ends then."""
    hours = timedelta(hours=rule("office_afternoon_to").value)
    return datetime.combine(day, time(), PLACE) + hours


def carry_out(
    desk: Desk, idents: Sequence[str], action: str, values: Mapping[str, Any], *, token: str
) -> Outcome:
    """Take one step on each case, in order.

    Parameters
    ----------
    desk
        Who takes it.
    idents
        The cases, each carried out by itself: one that is refused stops no other.
    action, values
        As for `Desk.step`.
    token
        Names the wish: with the same one no case moves twice.

    Returns
    -------
    Outcome
        If the journal itself fails, what was not reached is refused with that reason.
    """
    done: list[str] = []
    refused: list[tuple[str, Text]] = []
    for at, ident in enumerate(idents):
        try:
            desk.step(ident, action, values=values, key=f"{token}-{ident}")
        except JournalError as fault:
            refused += [(one, fault.why) for one in idents[at:]]
            break
        except RefusedError as no:
            refused.append((ident, no.why))
        else:
            done.append(ident)
    return Outcome(action, tuple(done), tuple(refused))


def bar(view: View, marked: Sequence[str]) -> None:
    """Show what can be done with the cases marked in the list."""
    if view.desk is None or not marked:
        return
    with st.container(key="bulk", horizontal=True, vertical_alignment="center"):
        told = Text("已选 {n} 件", "{n} chosen").fill(n=len(marked))
        st.html(f'<span class="w-age">{view.t(told)}</span>', width="content")
        with st.popover(view.t(Text("批量处理", "Act on them")), type="primary"):
            _form(view, view.desk, marked)
        st.button(
            view.t(Text("取消选择", "Clear")),
            key="bulk_clear",
            type="tertiary",
            on_click=_unmark,
        )


def _unmark() -> None:
    st.session_state[MARKED] = []
    _press.turn()  # the ticks go too


def _form(view: View, desk: Desk, marked: Sequence[str]) -> None:
    action = st.segmented_control(
        view.t(Text("做什么", "What")),
        ACTIONS,
        format_func=lambda name: view.t(BY_ACTION[name].label),
        default=ACTIONS[0],
        required=True,
        key=_ACTION,
    )
    if action == "dispatch":
        st.selectbox(
            view.t(Text("派给", "Send to")),
            assignees(view.community),
            index=None,
            key=_WHO,
            placeholder=view.t(Text("请选择", "Choose")),
        )
        st.text_input(
            view.t(Text("或填写其他岗位、单位", "Or another post or unit")),
            key=_OWN,
            max_chars=LONGEST,
        )
    if action in {"dispatch", "open"}:
        st.date_input(
            view.t(Text("期限（不填按规则）", "Limit (empty: by rule)")),
            value=None,
            min_value=view.today,
            format="YYYY-MM-DD",
            key=_DAY,
        )
    token = st.session_state.setdefault(_WISH, uuid4().hex)
    doing = Text("{do} {n} 件", "{do}: {n}").fill(do=BY_ACTION[action].label, n=len(marked))
    st.button(
        view.t(doing),
        key=f"bulk_do_{token}",
        type="primary",
        width="stretch",
        on_click=_do,
        args=(desk, tuple(marked), action, token),
    )


def _do(desk: Desk, marked: tuple[str, ...], action: str, token: str) -> None:
    values: dict[str, Any] = {}
    if action == "dispatch":
        own = (st.session_state.get(_OWN) or "").strip()
        values["assignee"] = own or st.session_state.get(_WHO) or ""
    if action in {"dispatch", "open"} and (day := st.session_state.get(_DAY)):
        values["due_at"] = end_of(day)
    told = carry_out(desk, marked, action, values, token=token)
    st.session_state[_TOLD] = told
    st.session_state[MARKED] = [ident for ident in marked if ident not in told.done]
    st.session_state[_WISH] = uuid4().hex
    _press.turn()


def outcome(view: View, listed: pd.DataFrame) -> None:
    """Say what became of the last step on many cases, until it is put away."""
    told = st.session_state.get(_TOLD)
    if not isinstance(told, Outcome):
        return
    label = BY_ACTION[told.action].label
    said = Text("已{do} {n} 件。", "{do}: {n} done.").fill(do=label, n=len(told.done))
    if told.refused:
        more = Text("{n} 件没有办成：", "{n} were not possible:").fill(n=len(told.refused))
        said = Text(said.zh + more.zh, f"{said.en} {more.en}")
    with st.container(key="bulk_told", border=True):
        _widgets.empty(view, said)
        rows = [(_named(listed, ident), why) for ident, why in told.refused]
        if rows:
            _widgets.rows(view, rows)
        st.button(
            view.t(Text("知道了", "All right")),
            key="bulk_read",
            type="tertiary",
            on_click=lambda: st.session_state.pop(_TOLD, None),
        )


def _named(listed: pd.DataFrame, ident: str) -> Text:
    if ident not in listed.index:
        return Text(ident, ident)
    row = listed.loc[ident]
    kind = HAZARD_KINDS.get(str(row["kind"]), Text("", ""))
    return Text("{id} {kind} {where}", "{id} {kind} {where}").fill(
        id=ident, kind=kind, where=row["where"]
    )
