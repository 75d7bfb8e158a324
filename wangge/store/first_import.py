"""Brings the hazards of the data files into an empty journal, once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import pandas as pd

from wangge.community import Community
from wangge.domain.actors import Actor
from wangge.domain.cases import Case
from wangge.domain.crs import STORED
from wangge.errors import JournalError
from wangge.store.case_rows import body_of
from wangge.store.journal import Journal
from wangge.text import Text

IMPORTER: Final = Actor("首次导入", "secretary")
_MARK: Final = "import:hazards"
_OWN: Final = "journal/community"
_OTHERS: Final = Text(
    "这份日志属于 {held}（{held_code}），而现在的数据是 {name}（{code}）。"
    "请为每个社区把 WANGGE_HOME 设为各自的文件夹；原有的日志没有改动。",
    "This journal belongs to {held} ({held_code}), and the data are of {name} ({code}). Set "
    "WANGGE_HOME to a folder of its own for each community; the journal was not changed.",
)


def import_hazards(journal: Journal, community: Community, at: datetime) -> int:
    """Make a case of each hazard of the files; return how many were made.

    Done once for a journal: what has been imported is not imported again, whatever the files say
    later.

    Parameters
    ----------
    journal
        Where they go, in one transaction.
    community
        The whole, as read.
    at
        The moment of the import; a case keeps its own moments.
    """
    held = community.hazards.to_crs(STORED)
    known = held["severity"].notna() & held["status"].notna() & held["kind"].notna()
    if not known.any():
        return 0
    with journal.writing(IMPORTER, at) as book:
        if book.known(_MARK):
            return 0
        book.add(
            "keep",
            "records/import-hazards",
            {"kind": "import", "about": "hazards", "body": {"version": community.version}},
            key=_MARK,
        )
        for ident, row in held[known].to_dict("index").items():
            case = _case(str(ident), row)
            book.add("import", f"cases/{case.id}", {"case": body_of(case)})
    return int(known.sum())


def require_own(journal: Journal, community: Community, at: datetime) -> None:
    """Note once which community the journal is of; raise if it is of another.

    Parameters
    ----------
    journal
        To be written to by this program from here on.
    community
        The whole, as read; one whose outline has no code is taken for any.
    at
        The moment it is.

    Raises
    ------
    JournalError
        If the journal was begun for another community; the sentence says what to do.
    """
    outline = community.community.dropna(subset="code").astype({"code": str, "name": str})
    if outline.empty:
        return
    code, name = outline[["code", "name"]].iloc[0]
    for event in journal.events(_OWN):
        held = json.loads(event.body)
        if held["code"] != code:
            known = {"held": held["name"], "held_code": held["code"]}
            raise JournalError(_OTHERS.fill(name=name, code=code, **known))
        return
    with journal.writing(IMPORTER, at) as book:
        if not book.known(_OWN):
            book.add("begin", _OWN, {"code": code, "name": name}, key=_OWN)


def _case(ident: str, row: Mapping[Any, Any]) -> Case:
    closed = _moment(row["closed_at"])
    return Case(
        id=ident,
        lon=row["geometry"].x,
        lat=row["geometry"].y,
        kind=row["kind"],
        severity=row["severity"],
        status=row["status"],
        reported_at=_moment(row["reported_at"]) or datetime(1970, 1, 1, tzinfo=UTC),
        reported_by=IMPORTER.post,
        due_at=_moment(row["due_at"]),
        handled_at=closed,
        closed_at=closed,
        compound_id=_word(row["compound_id"]),
        grid_id=_word(row["grid_id"]),
        note=_word(row["note"]),
    )


def _moment(cell: pd.Timestamp) -> datetime | None:
    return None if pd.isna(cell) else cell.to_pydatetime().astimezone(UTC)


def _word(cell: Any) -> str:  # noqa: ANN401 - a cell
    return str(cell) if pd.notna(cell) else ""
