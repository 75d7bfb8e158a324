"""The journal: everything that changes, as events that nobody can change afterwards.

One transaction writes an event and what it makes of the state (see `fold`); a caller that returned
has it on disk.  SQLite by default, in a file that is a GeoPackage; PostgreSQL with PostGIS by URL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, select

from wangge.domain.actors import Actor
from wangge.domain.cases import Cases
from wangge.domain.terms import OPEN_STATUSES
from wangge.store.audit import audit
from wangge.store.book import Book
from wangge.store.case_table import Seen, look
from wangge.store.engine import reading, writing
from wangge.store.events import Event, moment
from wangge.store.fold import Row
from wangge.store.journal_tables import CASES, EVENTS, PHOTOS, RECORDS, STATE


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
            book = Book(connection, actor, at)
            yield book
            book.finish()

    def version(self) -> int:
        """Return the number of the last event, 0 for none: it changes when anything does."""
        with reading(self.engine) as connection:
            return _version(connection)

    def rows(self, table: str) -> list[Row]:
        """Return all rows of ``cases`` or ``records``, in the order they came."""
        held = STATE[table]
        return self._all(select(held).order_by(held.c.fid))

    def limits(self) -> list[datetime]:
        """Return until when each open case that has a limit is to be settled, earliest first."""
        due = select(CASES.c.due_at).where(CASES.c.status.in_(OPEN_STATUSES))
        found = self._all(due.where(CASES.c.due_at.is_not(None)))
        return sorted(moment(row["due_at"]) for row in found)

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

    def digest_of(self, seq: int) -> str:
        """Return the digest of the event numbered `seq`, empty if there is none.

        It covers everything up to there: written down elsewhere, it proves later that nothing of
        that was rewritten.
        """
        with reading(self.engine) as connection:
            return connection.scalar(select(EVENTS.c.hash).where(EVENTS.c.seq == seq)) or ""

    def last_moment(self) -> datetime | None:
        """Return when the last event was written, None: there is none."""
        with reading(self.engine) as connection:
            last = connection.scalar(select(EVENTS.c.at).order_by(EVENTS.c.seq.desc()).limit(1))
        return moment(last) if last else None

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
