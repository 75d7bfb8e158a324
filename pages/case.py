"""One case: how it stands, what to do next, where it is, and all that happened to it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd
import streamlit as st

import layers
from pages import _case_paper, _links, _widgets
from pages._card import Chip, joined
from pages._case_list import tone, where_of
from pages._case_log import before_after, stamp, time_line
from pages._case_scene import LAST
from pages._case_steps import steps, told
from pages._format import days, known, length, limit
from pages._ledger import SIGNS
from pages._page import Page, View
from pages._trail import BACK
from wangge.analysis.case_links import DUPLICATE, EARLIER, LATER, NEAR, case_links
from wangge.analysis.recurrence import root_causes
from wangge.domain.case_kinds import told as answered
from wangge.domain.cases import Case
from wangge.domain.causes import cause
from wangge.domain.terms import HAZARD_KINDS, HAZARD_STATUSES, SEVERITIES
from wangge.store.dossier import Dossier, dossier
from wangge.store.first_import import IMPORTER
from wangge.text import Text

STYLE: Final = Path(__file__).with_name("_cases.css")
_CLOSED: Final = ("closed", "declined", "duplicate")
_SAYS: Final = {
    EARLIER: Text("{days}前在 {metres}处结过案", "settled {days} before, {metres} away"),
    LATER: Text("结案 {days}后在 {metres}处复发", "came back {days} later, {metres} away"),
    DUPLICATE: Text("重复案件，{metres}", "the same case, {metres} away"),
    NEAR: Text("同类未结，{metres}", "open, of the same kind, {metres} away"),
}


def body(view: View) -> None:
    """Show the case that the address names."""
    pick = view.t(Text("选照片", "Choose photos"))
    st.html(f"<style>:root{{--pick:'{pick}'}}\n{STYLE.read_text('utf-8')}</style>")
    ident = st.query_params.get("id", "")
    held = dossier(view.desk.journal, ident) if view.desk and ident else None
    back = Text(f"{BACK} 案件", f"{BACK} Cases")
    _links.link(view, "cases", back, **st.session_state.get(LAST, {}))
    if held is None or view.desk is None:
        told_none = Text(
            "没有编号为 {it} 的案件。请在案件清单里找。",
            "There is no case {it}. Look for it in the list of cases.",
        ).fill(it=ident[:40])
        choose = Text("请在案件清单里选一件。", "Choose one from the list of cases.")
        _widgets.empty(view, told_none if ident else choose)
        return
    links, facts = _related(view, held.case), _facts(view, held)
    desk = view.desk
    with st.container(key="case_head", horizontal=True, vertical_alignment="center"):
        with st.container():
            _heading(view, held.case, links)
        _widgets.offer(
            view,
            lambda: _case_paper.one(view, held, facts, desk.journal),
            _widgets.PDF,
            name=Text(f"案件 {held.case.id}", f"Case {held.case.id}"),
            key="print_case",
        )
    with st.container(key="split"):
        left, right = st.columns([3, 2], gap="medium")
        with left:
            told(view, held.case)
            steps(view, desk, held)
            before_after(view, held)
            st.subheader(view.t(Text("经过", "What happened")), anchor=False)
            time_line(view, held)
        with right, st.container(key="about"):
            _place(view, held.case, links)
            _widgets.rows(view, facts)
            _around(view, links)
            _causes(view, held.case)


def _related(view: View, case: Case) -> pd.DataFrame:
    """Return the cases that have to do with this one; none while the list is a moment behind."""
    cases = view.community.cases
    if case.id not in cases.index:
        return pd.DataFrame(columns=["relation", "metres", "days"])
    return case_links(cases, case=case.id)


def _heading(view: View, case: Case, links: pd.DataFrame) -> None:
    kind = HAZARD_KINDS.get(case.kind, Text(case.kind, case.kind))
    severity = SEVERITIES.get(case.severity, Text(case.severity, case.severity))
    chips = [
        Chip(severity, "major" if case.severity == "重大" and case.open else ""),
        Chip(HAZARD_STATUSES[case.status]),
    ]
    if case.open and case.due_at is not None:
        chips.append(Chip(limit(case.due_at, view.now)))
    if (links["relation"] == EARLIER).any():
        chips.append(Chip(Text("复发", "Came back")))
    if case.returned:
        chips.append(Chip(Text("返工 {n} 次", "Returned {n}×").fill(n=case.returned)))
    where = where_of(view, case)
    sign = SIGNS.get(case.severity, "")
    facts = [Text(case.id, case.id), *([where] if where.zh else [])]
    _widgets.heading(view, kind, chips, joined(facts), sign=(sign, tone(case.severity)))


def _facts(view: View, held: Dossier) -> list[tuple[Text, Text]]:
    """Return what is known of a case beside its heading; what is not known is left out."""
    case, now = held.case, view.now

    def at(label: Text, moment: object, by: str = "") -> tuple[Text, Text]:
        when = stamp(moment, now) if known(moment) else ""  # type: ignore[arg-type]  # a moment or None
        said = "　".join(part for part in (when, by) if part)
        return label, Text(said, said)

    why = cause(case.cause)
    found = [
        (Text("说明", "Note"), Text(case.note, case.note)),
        *answered(case.kind, case.answers),
        at(Text("上报", "Reported"), case.reported_at, _post(case.reported_by)),
        at(Text("期限", "Limit"), case.due_at),
        (Text("派给", "Sent to"), Text(case.assignee, case.assignee)),
        at(Text("反馈", "Reported done"), case.handled_at, case.handled_by),
        at(Text("结案", "Settled"), case.closed_at),
        (Text("根因", "Root cause"), why),
        (Text("对象", "About"), Text(case.asset, case.asset)),
    ]
    if case.extended:
        found.append((Text("延期", "Extended"), Text(f"{case.extended} 次", f"{case.extended}×")))
    return [(label, value) for label, value in found if value.zh]


def _post(name: str) -> str:
    """Return the post of this name; what the files brought was reported by none that is known."""
    return "" if name == IMPORTER.post else name


def _place(view: View, case: Case, links: pd.DataFrame) -> None:
    """Show where it is, with what has to do with it."""
    layer = "closed_hazards" if case.status in _CLOSED else "hazards"
    names = {"grids", "compounds", "hazards", layer}
    found = [one for one in layers.offered(PAGE.id, view.role) if one.base or one.id in names]
    idents = [case.id, *map(str, links.index)]
    drawn = _widgets.drawing(view, found, names, dict.fromkeys(("hazards", layer), idents))
    _widgets.small_map(view, drawn, key="case", at=(layer, case.id))


def _around(view: View, links: pd.DataFrame) -> None:
    """Show what else was here, with a way to each."""
    if links.empty:
        return
    st.subheader(view.t(Text("同一地点", "At the same place")), anchor=False)
    for ident, row in links.iterrows():
        said = _SAYS[row["relation"]].fill(
            days=days(round(row["days"])) if known(row["days"]) else "",
            metres=length(row["metres"]),
        )
        _links.link(view, "case", Text(f"{ident}　{said.zh}", f"{ident}: {said.en}"), id=str(ident))


def _causes(view: View, case: Case) -> None:
    """Show why things came to be in the compound of this case."""
    cases = view.community.cases
    found = root_causes(cases[cases["compound_id"] == case.compound_id]).reset_index()
    found = found[found["cause"] != ""]
    if not case.compound_id or found.empty:
        return
    st.subheader(view.t(Text("本小区的根因", "Root causes in this compound")), anchor=False)
    _widgets.rows(
        view,
        [
            (
                cause(str(row["cause"])),
                Text("{n} 件，复发 {m} 件", "cases {n}, came back {m}").fill(
                    n=row["cases"], m=row["recurred"]
                ),
            )
            for _, row in found.iterrows()
        ],
    )


PAGE: Final = Page(
    "case", Text("案件详情", "Case"), 51, body, roles=("worker", "planner", "secretary"), menu=False
)
