"""The journal: everything that changes, as events that nobody can change afterwards.

One transaction writes an event and what it makes of the state (see `fold`); a caller that returned
has it on disk.  SQLite by default, in a file that is a GeoPackage; PostgreSQL with PostGIS by URL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, insert, select, update

from wangge.domain.actors import Actor
from wangge.domain.cases import Cases
from wangge.store.audit import audit
from wangge.store.case_table import Seen, look
from wangge.store.engine import reading, writing
from wangge.store.events import FIRST, Event, canonical, clean, cleaned, digest, written
from wangge.store.fold import Row, fold
from wangge.store.journal_tables import CASES, EVENTS, PHOTOS, RECORDS, STATE


@dataclass(frozen=True, slots=True)
class Book:
    """The journal while it is written to, by one actor at one moment: all of it or nothing."""

    connection: Connection
    actor: Actor
    at: datetime
    _new: list[Event] = field(default_factory=list)

    def find(self, table: str, ident: str) -> Row | None:
        """Return the row of `table` (``cases``, ``records``) called `ident`, or None."""
        held = STATE[table]
        found = self.connection.execute(select(held).where(held.c.id == ident)).mappings().first()
        return dict(found) if found else None

    def put(self, table: str, row: Row) -> None:
        """Keep `row`, in place of the one of its id; for `fold` only."""
        held = STATE[table]
        done = self.connection.execute(update(held).where(held.c.id == row["id"]).values(**row))
        if not done.rowcount:
            self.connection.execute(insert(held).values(**row))

    def known(self, key: str) -> str | None:
        """Return the subject of the event that the wish `key` has already caused, or None."""
        found: str | None = self.connection.scalar(
            select(EVENTS.c.subject).where(EVENTS.c.key == clean(key))
        )
        return found

    def next_number(self, prefix: str) -> int:
        """Return the number behind the last case whose id begins with `prefix`."""
        held = select(CASES.c.id).where(CASES.c.id.like(f"{prefix}%"))
        last = self.connection.scalar(held.order_by(CASES.c.fid.desc()).limit(1)) or ""
        tail = last.removeprefix(prefix)
        number = int(tail) + 1 if tail.isdecimal() else 1
        while self.find("cases", f"{prefix}{number:02d}"):  # an imported one was called so
            number += 1
        return number

    def add(
        self,
        action: str,
        subject: str,
        body: Mapping[str, Any],
        *,
        key: str | None = None,
        photos: Sequence[bytes] = (),
    ) -> Event:
        """Append an event and bring it into the state.

        Parameters
        ----------
        action, subject, body
            What happened to what, with JSON values.
        key
            Names the wish, so that it is carried out once; see `known`.
        photos
            JPEG files that belong to it; the event holds their digests.

        Raises
        ------
        RefusedError
            If it is not possible; nothing of the transaction is kept then.
        ValueError
            If `body` holds a number that is not finite.
        """
        last = self._new[-1] if self._new else _last(self.connection)
        seq, previous = (last.seq + 1, last.hash) if last else (1, FIRST)
        held = cleaned(body)
        kept = {sha256(one).hexdigest(): one for one in photos}
        if kept:
            held["photos"] = list(kept)
        plain = Event(
            seq=seq,
            at=written(self.at),
            actor=clean(self.actor.post),
            role=self.actor.role,
            action=action,
            subject=clean(subject),
            body=canonical(held),
            previous=previous,
            hash="",
            key=None if key is None else clean(key),
        )
        event = _sealed(plain)
        fold(event, self)
        self.connection.execute(insert(EVENTS).values(**_columns(event)))
        for name, one in kept.items():
            row = {"digest": name, "subject": event.subject, "seq": seq, "jpeg": one}
            self.connection.execute(insert(PHOTOS).values(**row))
        self._new.append(event)
        return event


@dataclass(frozen=True, slots=True)
class Stand:
    """How everything stands behind the event numbered ``version``; ``records`` by kind."""

    version: int
    cases: Cases
    records: Mapping[str, list[Row]]


class Journal:
    """An open journal; safe to share between threads and processes.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from datetime import UTC
    >>> from wangge.store.engine import engine_of
    >>> folder = tempfile.TemporaryDirectory()
    >>> journal = Journal(engine_of(Path(folder.name) / "journal.gpkg"))
    >>> journal.version()
    0
    >>> with journal.writing(Actor("书记", "secretary"), datetime.now(UTC)) as book:
    ...     _ = book.add("keep", "records/a", {"kind": "note", "about": "", "body": {}})
    >>> journal.version(), journal.verify()
    (1, 1)
    >>> journal.close(); folder.cleanup()
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._seen: Seen | None = None  # only ever replaced as a whole

    def close(self) -> None:
        """Let go of the file or server."""
        self.engine.dispose()

    @contextmanager
    def writing(self, actor: Actor, at: datetime) -> Iterator[Book]:
        """Write in one transaction: when the block ends all of it is on disk, or none.

        Raises
        ------
        JournalError
            If it cannot be written (disk full, read-only, locked by another for too long).
        RefusedError
            Whatever the block raises; nothing is kept then.
        """
        with writing(self.engine) as connection:
            yield Book(connection, actor, at)

    def version(self) -> int:
        """Return the number of the last event, 0 for none: it changes when anything does."""
        with reading(self.engine) as connection:
            return _version(connection)

    def rows(self, table: str) -> list[Row]:
        """Return all rows of ``cases`` or ``records``, in the order they came."""
        held = STATE[table]
        return self._all(select(held).order_by(held.c.fid))

    def records(self, kind: str) -> list[Row]:
        """Return the records of `kind` that were not dropped, in the order they came."""
        return self._all(_live(kind))

    def stand(self, *kinds: str) -> Stand:
        """Return how everything stands at one moment, with the records of `kinds`.

        Cases that have not changed since this was last asked are not read again.
        """
        with reading(self.engine) as connection:
            self._seen = seen = look(connection, self._seen)
            return Stand(
                version=seen.version,
                cases=seen.cases,
                records={kind: _found(connection, _live(kind)) for kind in kinds},
            )

    def row(self, table: str, ident: str) -> Row | None:
        """Return one row, or None."""
        held = STATE[table]
        return next(iter(self._all(select(held).where(held.c.id == ident))), None)

    def events(self, subject: str) -> list[Event]:
        """Return what happened to `subject`, oldest first."""
        found = select(EVENTS).where(EVENTS.c.subject == subject).order_by(EVENTS.c.seq)
        return [Event(**row) for row in self._all(found)]

    def photo(self, digest_: str) -> bytes | None:
        """Return the JPEG file of a digest, or None."""
        with reading(self.engine) as connection:
            found: bytes | None = connection.scalar(
                select(PHOTOS.c.jpeg).where(PHOTOS.c.digest == digest_).limit(1)
            )
        return found

    def verify(self, tell: Callable[[int], None] = lambda _: None) -> int:
        """Walk the chain, build the state again, compare; return how many events there are.

        Parameters
        ----------
        tell
            Called with each event's number, for a progress bar.

        Raises
        ------
        ChainError
            Naming the first event that is missing or changed, or the row or photo that is not
            what happened.
        """
        with reading(self.engine) as connection:
            seq, _ = audit(connection, tell)
        return seq

    def _all(self, wanted: Select[Any]) -> list[Row]:
        with reading(self.engine) as connection:
            return _found(connection, wanted)


def _version(connection: Connection) -> int:
    return int(connection.scalar(select(func.max(EVENTS.c.seq))) or 0)


def _live(kind: str) -> Select[Any]:
    live = (RECORDS.c.kind == kind) & (RECORDS.c.gone == 0)
    return select(RECORDS).where(live).order_by(RECORDS.c.fid)


def _found(connection: Connection, wanted: Select[Any]) -> list[Row]:
    return [dict(row) for row in connection.execute(wanted).mappings()]


def _last(connection: Connection) -> Event | None:
    found = connection.execute(select(EVENTS).order_by(EVENTS.c.seq.desc()).limit(1)).mappings()
    row = found.first()
    return Event(**row) if row else None


def _sealed(event: Event) -> Event:
    return Event(**{**_columns(event), "hash": digest(event)})


def _columns(event: Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in EVENTS.c.keys()}  # noqa: SIM118 - a collection of columns
