"""What may happen to a case next: one button, and the side doors in a menu."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages import _widgets
from pages._case_form import DOOR, TOLD, Told, form
from pages._page import View
from wangge.domain.cases import Case
from wangge.domain.steps import BY_ACTION, STEPS, Step, offered, refusal
from wangge.store.desk import Desk
from wangge.store.dossier import Dossier
from wangge.text import Text

_MENU: Final = "case_doors"
_NEXT: Final = Text("下一步：{step}", "Next: {step}")
_CHECK: Final = Text("核查", "Recheck")  # it may also be found wanting, through a side door
_OTHER: Final = Text("其他办理", "Other steps")
_AFTER: Final = {
    "handling": Text(
        "反馈之后，须由另一人核查。", "Once reported as done, somebody else must recheck it."
    ),
    "handled": Text(
        "核查须由另一人：处置的是{by}。", "Somebody else must recheck it: {by} handled it."
    ),
}
_SETTLED: Final = {
    "closed": Text("案件已结案。", "The case is closed."),
    "declined": Text("案件不予受理。", "The case was declined."),
    "duplicate": Text("案件已并入 {original}。", "The case was merged into {original}."),
}


def next_of(case: Case) -> Step | None:
    """Return the main step of the state a case is in, whoever may take it; None: it is settled."""
    return next((step for step in STEPS if step.main and case.status in step.starts), None)


def told(view: View, case: Case) -> None:
    """Say what became of the last wish on this case, if there was one."""
    last = st.session_state.get(TOLD)
    if not isinstance(last, Told) or last.ident != case.id:
        return
    if last.done:
        _widgets.note(view, last.says)
    else:
        st.warning(view.t(last.says))


def steps(view: View, desk: Desk, held: Dossier) -> None:
    """Show the next step with its form, or why this post cannot take it, and the side doors."""
    case = held.case
    main, may = next_of(case), offered(case, desk.actor)
    doors = {step.action: step for step in may if not step.main}
    # A press on a button that has just been put there is the second half of a double click: for a
    # moment the new one does not answer (see _cases.css); the turn makes that moment begin anew.
    with st.container(key=f"next_{len(held.events) % 2}", border=True):
        if main is None:
            _widgets.note(view, _SETTLED[case.status].fill(original=case.original))
            return
        with st.container(horizontal=True, vertical_alignment="center"):
            what = _CHECK if main.action == "recheck" else main.label
            st.subheader(view.t(_NEXT.fill(step=what)), anchor=False)
            _menu(view, case, doors)
        if main in may and (hint := _AFTER.get(case.status)):
            _widgets.note(view, hint.fill(by=case.handled_by or "–"))
        door = st.session_state.get(DOOR, ("", ""))
        if door[0] == case.id and door[1] in doors:
            _door(view, desk, case, doors[door[1]])
        elif main in may:
            form(view, desk, case, main)
        elif why := refusal(main, case, desk.actor):
            _widgets.empty(view, why)


def _door(view: View, desk: Desk, case: Case, step: Step) -> None:
    """Show the form of a side door in place of that of the next step, and the way back."""
    form(view, desk, case, step)
    st.button(
        view.t(Text("返回下一步", "Back to the next step")),
        key="door_shut",
        type="tertiary",
        on_click=lambda: st.session_state.pop(DOOR, None),
    )


def _menu(view: View, case: Case, doors: dict[str, Step]) -> None:
    """Show the side doors as a menu."""
    if not doors:
        return

    def opened() -> None:
        st.session_state[DOOR] = (case.id, st.session_state[_MENU])

    st.menu_button(
        view.t(_OTHER),
        [*doors],
        key=_MENU,
        format_func=lambda action: view.t(BY_ACTION[action].label),
        on_click=opened,
    )
