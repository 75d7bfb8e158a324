"""Proves that nobody changed the story: the chain is whole, and the state is what it tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import Any, Final

from shapely.errors import ShapelyError
from sqlalchemy import Connection, RowMapping, Select, Table, select
from sqlalchemy.exc import DBAPIError

from wangge.errors import ChainError, RefusedError
from wangge.store.events import Event, walk
from wangge.store.fold import Memory, fold
from wangge.store.journal_tables import CASES, EVENTS, PHOTOS, RECORDS, STATE
from wangge.text import Text

Photo = tuple[str, str, int]  # digest, subject, number of the event
_AT_ONCE: Final = {"yield_per": 1000}  # rows held in memory while walking
_LAST: Final = 100  # events looked at when a journal is opened
_NAMED: Final = {"cases": CASES.c.id, "records": RECORDS.c.id, "photos": PHOTOS.c.digest}
_UNREADABLE: Final = (
    ShapelyError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)  # all that content no journal ever wrote is known to raise when it is read
_FAULTS: Final = (*_UNREADABLE, DBAPIError)
_NOT_AS_TOLD: Final = Text(
    "{what} 的现状与记录不符：有人绕过日志改动过。",
    "{what} is not what the events say: somebody changed it behind the journal.",
)
_IMPOSSIBLE: Final = Text(
    "第 {n} 条记录（{at}，{what}）不可能发生过：{why}",
    "Event {n} ({at}, {what}) cannot have happened: {why}",
)
_NOT_ONE: Final = Text("内容不是本系统写的。", "its content was not written by this product.")


def audit(connection: Connection, tell: Callable[[int], None]) -> tuple[int, str]:
    """Walk the chain, build the state again and compare it with the one that is stored.

    Parameters
    ----------
    connection
        Sees one moment of the journal.
    tell
        Called with the number of each event passed.

    Returns
    -------
    tuple of int and str
        Number and digest of the last event.

    Raises
    ------
    ChainError
        Naming the first event that is missing, changed or impossible, or else the first row or
        photo that is not what happened.
    """
    state = Memory()
    wanted: set[Photo] = set()
    last = walk(_believed(connection, state, wanted, tell))
    for name, table in STATE.items():
        _same_rows(connection, table, {i: row for (n, i), row in state.items() if n == name})
    _same_photos(connection, wanted)
    return last


def check_end(connection: Connection) -> None:
    """Walk the last events of the chain, which a file cut short or edited in haste breaks first.

    Raises
    ------
    ChainError
        Naming the first of them that is missing or changed.
    """
    newest = select(EVENTS).order_by(EVENTS.c.seq.desc()).limit(_LAST)
    events = [Event(**row) for row in _rows(connection, newest, EVENTS)][::-1]
    if events:
        walk(events, (events[0].seq - 1, events[0].previous))


def _believed(
    connection: Connection, state: Memory, wanted: set[Photo], tell: Callable[[int], None]
) -> Iterator[Event]:
    """Yield each event, and once its digest was checked bring it into `state` and `wanted`."""
    for row in _rows(connection, select(EVENTS).order_by(EVENTS.c.seq), EVENTS):
        event = Event(**row)
        yield event
        try:
            fold(event, state)
            photos = event.values.get("photos", ())
        except RefusedError as refused:
            raise _impossible(event, refused.why) from refused
        except _UNREADABLE as fault:
            raise _impossible(event, _NOT_ONE) from fault
        wanted.update((one, event.subject, event.seq) for one in photos)
        tell(event.seq)


def _same_rows(connection: Connection, table: Table, made: dict[str, Mapping[str, Any]]) -> None:
    """Raise unless the rows of `table` are those the events made."""
    for row in _rows(connection, select(table).order_by(table.c.fid), table):
        held = {column: value for column, value in row.items() if column != "fid"}
        if made.pop(held["id"], None) != held:
            raise _not_as_told(_row(table, held["id"]))
    if made:
        raise _not_as_told(_row(table, next(iter(made))))


def _same_photos(connection: Connection, wanted: set[Photo]) -> None:
    """Raise unless every photo an event names is there, unchanged, and no other."""
    for row in _rows(connection, select(PHOTOS).order_by(PHOTOS.c.fid), PHOTOS):
        named = (row["digest"], row["subject"], row["seq"])
        kept = row["jpeg"]
        whole = isinstance(kept, bytes) and sha256(kept).hexdigest() == row["digest"]
        if named not in wanted or not whole:
            raise _not_as_told(_photo(named))
        wanted.discard(named)
    if wanted:
        raise _not_as_told(_photo(min(wanted, key=lambda one: one[2])))


def _rows(connection: Connection, wanted: Select[Any], table: Table) -> Iterator[RowMapping]:
    """Yield rows, a few in memory at a time.

    Raises
    ------
    ChainError
        If one holds what cannot be read, such as a geometry that is none.
    """
    rows: Iterator[RowMapping] = iter(())
    try:
        rows = iter(connection.execute(wanted, execution_options=_AT_ONCE).mappings())
        first = next(rows, None)
    except _FAULTS as fault:
        raise _unreadable(connection, table, fault) from fault
    while first is not None:
        yield first
        try:
            first = next(rows, None)
        except _FAULTS as fault:
            raise _unreadable(connection, table, fault) from fault


def _unreadable(connection: Connection, table: Table, fault: Exception) -> Exception:
    """Return what names the first row that cannot be read, else `fault` itself."""
    key, name = (table.c.seq, table.c.seq) if table is EVENTS else (table.c.fid, _NAMED[table.name])
    for at in connection.scalars(select(key).order_by(key)).all():
        try:
            connection.execute(select(table).where(key == at)).one()
        except _FAULTS:
            return _not_as_told(_row(table, connection.scalar(select(name).where(key == at))))
    return fault


def _row(table: Table, ident: object) -> Text:
    told = f"{table.name}/{ident}"
    return Text(told, told)


def _photo(named: Photo) -> Text:
    digest, subject, seq = named
    told = Text("第 {n} 条记录（{what}）的照片 {it}", "Photo {it} of event {n} ({what})")
    return told.fill(n=seq, what=subject, it=str(digest)[:12])


def _impossible(event: Event, why: Text) -> ChainError:
    return ChainError(_IMPOSSIBLE.fill(n=event.seq, at=event.at, what=event.subject, why=why))


def _not_as_told(what: Text) -> ChainError:
    return ChainError(_NOT_AS_TOLD.fill(what=what))
