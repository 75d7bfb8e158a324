"""How cases are written in a list, on a card and in a spreadsheet."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import pandas as pd

from pages._format import age, known, limit
from pages._ledger import SIGNS
from pages._page import View
from pages._row import name_of
from wangge.domain.cases import Case
from wangge.domain.causes import cause
from wangge.domain.terms import HAZARD_KINDS, HAZARD_STATUSES, SEVERITIES, Terms
from wangge.domain.workdays import PLACE
from wangge.text import Lang, Text

_TONES: Final = {"重大": "major_text", "较大": "serious_text", "一般": "general_text"}
LABELS: Final = {
    "sign": Text("等级", "Severity"),
    "kind": Text("类型", "Kind"),
    "where": Text("地点", "Place"),
    "status": Text("状态", "State"),
    "limit": Text("期限", "Limit"),
    "assignee": Text("派给", "Sent to"),
}
MOST: Final = 10_000  # rows of a spreadsheet
_SHEET: Final = {
    "severity": Text("等级", "Severity"),
    "kind": Text("类型", "Kind"),
    "where": Text("地点", "Place"),
    "grid": Text("网格", "Grid"),
    "status": Text("状态", "State"),
    "reported_at": Text("上报时间", "Reported"),
    "reported_by": Text("上报岗位", "Reported by"),
    "assignee": Text("派给", "Sent to"),
    "due_at": Text("期限", "Limit"),
    "overdue": Text("超期", "Overdue"),
    "handled_at": Text("反馈时间", "Reported done"),
    "handled_by": Text("处置岗位", "Handled by"),
    "closed_at": Text("结案时间", "Closed"),
    "returned": Text("返工次数", "Times returned"),
    "extended": Text("延期次数", "Times extended"),
    "cause": Text("根因", "Root cause"),
    "note": Text("说明", "Note"),
}


def tone(severity: str) -> str:
    """Return the colour token for words about a case of `severity`.

    Examples
    --------
    >>> tone("重大"), tone("没听过")
    ('major_text', 'low_text')
    """
    return _TONES.get(severity, "low_text")


def where_of(view: View, case: Case) -> Text:
    """Return where a case is: its own words, compound, grid, unless those before say it too."""
    words = (
        case.place,
        name_of(view.community.compounds, case.compound_id),
        name_of(view.community.grids, case.grid_id),
    )
    said: list[str] = []
    for word in words:
        if word and not any(word in one for one in said):
            said.append(word)
    return Text("・".join(said), " · ".join(said))


def limits(rows: pd.DataFrame, now: datetime) -> list[Text]:
    """Return how far the limit of each row is.

    Of one without a limit it is said how long ago it was reported, of a settled one on which day.
    """
    found = []
    for _, row in rows.iterrows():
        if row["open"] and known(row["due_at"]):
            found.append(limit(row["due_at"], now))
            continue
        if row["open"]:
            since = age(row["reported_at"], now)
            found.append(Text("{since}上报", "reported {since}").fill(since=since))
            continue
        shown = "" if pd.isna(row["closed_at"]) else _moment(row["closed_at"], "%Y-%m-%d")
        found.append(Text(shown, shown))
    return found


def table(rows: pd.DataFrame, now: datetime, lang: Lang) -> pd.DataFrame:
    """Return `rows` of a worklist as they are shown: the columns of `LABELS`."""
    return pd.DataFrame(
        {
            "sign": [SIGNS.get(str(word), "") for word in rows["severity"]],
            "kind": _words(rows["kind"], HAZARD_KINDS, lang),
            "where": rows["where"],
            "status": _words(rows["status"], HAZARD_STATUSES, lang),
            "limit": [text.in_(lang) for text in limits(rows, now)],
            "assignee": rows["assignee"],
        },
        index=rows.index,
    )


def sheet(rows: pd.DataFrame, state: pd.DataFrame, grids: pd.Series, lang: Lang) -> pd.DataFrame:
    """Return `rows` of a worklist for a spreadsheet, at most `MOST`, the most urgent of them.

    Parameters
    ----------
    rows
        From `worklist`.
    state
        Their standing, by the same index.
    grids
        Names of grids by id.
    lang
        Language of heads and words.
    """
    held = rows.head(MOST)
    own = held.assign(
        severity=_words(held["severity"], SEVERITIES, lang),
        kind=_words(held["kind"], HAZARD_KINDS, lang),
        status=_words(held["status"], HAZARD_STATUSES, lang),
        grid=held["grid_id"].map(grids),
        overdue=state.loc[held.index, "overdue"],
        cause=[cause(str(word)).in_(lang) for word in held["cause"]],
        **{
            name: [_moment(at, "%Y-%m-%d %H:%M") for at in held[name]]
            for name in ("reported_at", "due_at", "handled_at", "closed_at")
        },
    )
    own = own[list(_SHEET)].rename(columns={name: text.in_(lang) for name, text in _SHEET.items()})
    own.insert(0, Text("编号", "Id").in_(lang), own.index)
    return own


def _words(column: pd.Series, terms: Terms, lang: Lang) -> list[str]:
    return [terms[word].in_(lang) if word in terms else str(word) for word in column]


def _moment(at: object, form: str) -> str:
    if not isinstance(at, datetime) or pd.isna(at):
        return ""
    return at.astimezone(PLACE).strftime(form)
