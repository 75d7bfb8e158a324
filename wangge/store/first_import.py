"""Brings the hazards of the data files into an empty journal, once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final

import pandas as pd

from wangge.community import Community
from wangge.domain.actors import Actor
from wangge.domain.cases import Case
from wangge.domain.crs import STORED
from wangge.domain.workdays import PLACE
from wangge.store.case_rows import body_of
from wangge.store.journal import Journal

IMPORTER: Final = Actor("首次导入", "secretary")
_MARK: Final = "import:hazards"
_REPORTED: Final = time(9)  # files tell the day only
_DUE: Final = time(18)


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
    grids = community.compounds["grid_id"].to_dict()
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
            case = _case(str(ident), row, grids)
            book.add("import", f"cases/{case.id}", {"case": body_of(case)})
    return int(known.sum())


def _case(ident: str, row: Mapping[Any, Any], grids: Mapping[Any, Any]) -> Case:
    compound = str(row["compound_id"]) if pd.notna(row["compound_id"]) else ""
    grid = grids.get(compound)
    closed = _moment(row["closed_on"], _DUE)
    return Case(
        id=ident,
        lon=row["geometry"].x,
        lat=row["geometry"].y,
        kind=row["kind"],
        severity=row["severity"],
        status=row["status"],
        reported_at=_moment(row["reported_on"], _REPORTED) or datetime(1970, 1, 1, tzinfo=UTC),
        reported_by=IMPORTER.post,
        due_at=_moment(row["due_on"], _DUE),
        handled_at=closed,
        closed_at=closed,
        compound_id=compound,
        grid_id=str(grid) if pd.notna(grid) else "",
        note=str(row["note"]) if pd.notna(row["note"]) else "",
    )


def _moment(day: Any, at: time) -> datetime | None:  # noqa: ANN401 - a cell
    if pd.isna(day):
        return None
    return datetime.combine(date.fromisoformat(str(day)[:10]), at, PLACE).astimezone(UTC)
