"""The table of cases as a frame, read whole once and then only where something happened."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from sqlalchemy import Connection, func, select, type_coerce
from sqlalchemy.types import NullType

from wangge.domain.cases import Cases
from wangge.store.case_rows import Columns, frame_of
from wangge.store.events import FIRST
from wangge.store.journal_tables import CASES, EVENTS, lonlats

_AT_ONCE: Final = 2000  # rows
_FEW: Final = 300  # cases; where more have changed, the whole table is read
_SUBJECT: Final = "cases/"


@dataclass(frozen=True, slots=True)
class Seen:
    """All cases behind the event numbered ``version``, whose digest is ``hash``."""

    version: int
    hash: str
    cases: Cases


def look(connection: Connection, before: Seen | None) -> Seen:
    """Return the cases as they stand now.

    Parameters
    ----------
    connection
        Reading at one moment.
    before
        What was seen earlier.  Of the same history only what happened since is read; a journal put
        back from a backup is another history, and read whole.

    Returns
    -------
    Seen
        The same whatever was seen before, in the order the cases came.
    """
    version, mark = _last(connection)
    if before is not None and _goes_on(connection, before, version):
        changed = _changed(connection, before.version)
        if len(changed) <= _FEW:
            return Seen(version, mark, _with(before.cases, frame_of(_columns(connection, changed))))
    return Seen(version, mark, frame_of(_columns(connection)))


def _last(connection: Connection) -> tuple[int, str]:
    seq = int(connection.scalar(select(func.max(EVENTS.c.seq))) or 0)
    return seq, _hash(connection, seq)


def _hash(connection: Connection, seq: int) -> str:
    found = connection.scalar(select(EVENTS.c.hash).where(EVENTS.c.seq == seq))
    return str(found) if found else FIRST


def _goes_on(connection: Connection, before: Seen, version: int) -> bool:
    return before.version <= version and _hash(connection, before.version) == before.hash


def _changed(connection: Connection, since: int) -> list[str]:
    """Return the ids of the cases that anything happened to after the event numbered `since`."""
    about = select(EVENTS.c.subject).where(EVENTS.c.seq > since).distinct()
    found = connection.scalars(about.where(EVENTS.c.subject.startswith(_SUBJECT)))
    return [subject.removeprefix(_SUBJECT) for subject in found]


def _with(before: Cases, rows: Cases) -> Cases:
    """Return `before` with `rows` in place of those of their ids, the new ones behind."""
    if rows.empty:
        return before
    at = before.index.get_indexer(rows.index)
    fresh = np.arange(len(before), len(before) + len(rows))
    order = np.arange(len(before))
    order[at[at >= 0]] = fresh[at >= 0]
    joined = pd.concat([before, rows])
    return Cases(joined.iloc[np.concatenate([order, fresh[at < 0]])])


def _columns(connection: Connection, idents: Collection[str] | None = None) -> Columns:
    """Return the table of cases by column, or of those called `idents`, in the order they came."""
    plain = [type_coerce(one, NullType()).label(one.name) for one in CASES.c]
    wanted = select(*plain).order_by(CASES.c.fid)
    if idents is not None:
        wanted = wanted.where(CASES.c.id.in_(idents))
    found = connection.execute(wanted).cursor
    held: dict[str, list[Any]] = {name: [] for name in CASES.c.keys()}  # noqa: SIM118 - columns
    while found and (rows := found.fetchmany(_AT_ONCE)):  # few row objects alive at a time
        for values, more in zip(held.values(), zip(*rows, strict=True), strict=True):
            values.extend(more)
    return {**held, "geom": lonlats(held["geom"])}
