"""The board: cases by state as columns of cards, in one component that sends only what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd
import streamlit as st

from pages import _press
from pages._case_filter import Found, Wanted
from pages._case_list import limits, tone
from pages._format import number
from pages._ledger import SIGNS
from pages._page import View
from wangge.domain.terms import HAZARD_KINDS, HAZARD_STATUSES, SEVERITIES
from wangge.text import Text

CARDS: Final = 12  # the most of a column; the list holds the rest
FLOW: Final = (  # what waits for a dispatch stands together
    *("reported", "opened", "returned", "dispatched", "handling", "handled", "rechecked"),
    "closed",
)
_HEARD: Final = "board heard"
_AHEAD: Final = 20  # presses taken from one message; a hand is never that far ahead
_LABEL: Final = Text("案件看板，按状态", "Cases by state")
_MORE: Final = Text("还有 {n} 件", "{n} more")
_board = st.components.v2.component(
    "wangge_board",
    html='<div data-testid="board" role="group"></div>',
    js=Path(__file__).with_name("_board.js").read_text("utf-8"),
    isolate_styles=False,
)


def columns(view: View, found: Found, wanted: Wanted) -> list[dict[str, Any]]:
    """Return the columns of the board: counts of all cases asked for, cards of the first few.

    Settled cases have a column only where they are asked for.
    """
    counts = found.board["status"].value_counts()
    settled = wanted.tab == "all" or bool(counts.get("closed", 0))
    names = FLOW if settled else FLOW[:-1]
    shown = []
    for name in names:
        rows = found.board[found.board["status"] == name].head(CARDS)
        rest = int(counts.get(name, 0)) - len(rows)
        shown.append(
            {
                "id": name,
                "title": view.t(HAZARD_STATUSES[name]),
                "count": number(int(counts.get(name, 0))),
                "chosen": wanted.state == name,
                "cards": _cards(view, found, rows, wanted.case),
                "more": view.t(_MORE.fill(n=number(rest))) if rest else "",
            }
        )
    return shown


def _cards(view: View, found: Found, rows: pd.DataFrame, chosen: str) -> list[dict[str, Any]]:
    cards = []
    told = limits(rows, view.now)
    late = found.state.loc[rows.index, "overdue"]
    for (ident, row), limit, over in zip(rows.iterrows(), told, late, strict=True):
        kind = HAZARD_KINDS.get(str(row["kind"]), Text(str(row["kind"]), str(row["kind"])))
        word = str(row["severity"])
        parts = (
            view.t(kind),
            str(row["where"]),
            view.t(limit),
            view.t(SEVERITIES.get(word, Text(word, word))),
        )
        cards.append(
            {
                "id": str(ident),
                "sign": SIGNS.get(str(row["severity"]), ""),
                "tone": tone(str(row["severity"])),
                "title": parts[0],
                "place": parts[1],
                "limit": view.t(Text("・", " · ")).join(
                    part for part in (parts[2], str(row["assignee"])) if part
                ),
                "late": bool(over),
                "chosen": ident == chosen,
                "says": view.t(Text("，", ", ")).join(part for part in parts if part),
            }
        )
    return cards


def board(
    view: View,
    found: Found,
    wanted: Wanted,
    *,
    on_case: Callable[[str], None],
    on_state: Callable[[str], None],
) -> None:
    """Show the board; `on_case` and `on_state` hear of a press before the run it causes.

    They are told what is to be chosen from now on, empty: nothing.  The browser says what it means
    by a press, for it knows what was seen, and says it again until it is heard.
    """

    def hear() -> None:
        for turn, name, code in _presses(_press.told_by("board").get("told"), _heard()):
            if name == "case":
                on_case(code)
            elif not code or code in HAZARD_STATUSES:
                on_state(code)
            st.session_state[_HEARD] = turn  # not before: a run broken off in there is told again

    _board(
        key="board",
        data={
            "columns": columns(view, found, wanted),
            "label": view.t(_LABEL),
            "heard": _heard(),
        },
        on_told_change=hear,
    )


def _heard() -> int:
    return int(st.session_state.get(_HEARD, 0))


def _presses(told: object, after: int) -> list[tuple[int, str, str]]:
    """Return the presses newer than number `after`, the oldest first: number, what, which."""
    rows = [row for row in told if isinstance(row, Mapping)] if isinstance(told, list) else []
    found = [
        (turn, name, str(row[name]))
        for row in rows[-_AHEAD:]
        for name in ("case", "state")
        if name in row and isinstance(turn := row.get("turn"), int) and turn > after
    ]
    return sorted(found)
