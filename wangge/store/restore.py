"""Brings a backup back in the place of the journal, which is moved aside and never deleted."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile
from typing import Final

from sqlalchemy import Connection, Engine, func, inspect, select, text

from wangge.domain.actors import Actor
from wangge.errors import JournalError, RefusedError
from wangge.store.audit import audit
from wangge.store.backup import copy, parts, pour
from wangge.store.engine import engine_of, peek, reading, writing
from wangge.store.journal import Journal
from wangge.store.journal_tables import EVENTS, META
from wangge.store.migrate import migrate
from wangge.text import Text

RESTORED: Final = "journal/restored"
_FUNCTIONS: Final = ("wangge_append_only", "wangge_in_order", "wangge_no_delete")
_IN_USE: Final = Text(
    "还有程序正在使用日志 {place}。请先停掉网格图和其他打开它的软件（如 QGIS），再恢复。",
    "The journal {place} is in use. Stop the program and whatever else has it open, such as QGIS, "
    "then restore.",
)
_NOT_MOVED: Final = Text(
    "没有恢复成：{what}。原来的日志和备份都没有删除。请检查磁盘空间和写权限后再试。",
    "Nothing was restored: {what}. Neither the journal nor the backup was deleted. Check the "
    "disk's space and your rights, then try again.",
)
_NO_BACKUP: Final = Text("没有备份文件 {place}。", "There is no backup {place}.")


@dataclass(frozen=True, slots=True)
class Outlook:
    """What restoring brings and what it leaves behind.

    Attributes
    ----------
    held
        Events of the backup.
    last
        When its last event was written; None: it holds none.
    now
        Events of the journal as it is; None: it cannot be read, or there is none.
    shared
        How many of them are the backup's own first ones.
    """

    held: int
    last: datetime | None
    now: int | None
    shared: int

    @property
    def lost(self) -> int:
        """How many events of the journal will only be in what is moved aside."""
        return (self.now or 0) - self.shared


def outlook(backup: Path, where: Path | str) -> Outlook:
    """Check the file `backup` wholly and compare it with the journal at `where`.

    Raises
    ------
    JournalError, ChainError
        If the backup is none, damaged, or does not hold together.
    """
    with _ready(backup) as engine:
        return _compared(engine, where)


def restore(backup: Path, where: Path | str, at: datetime, actor: Actor) -> str | None:
    """Put `backup` in the place of the journal at `where`.

    An event tells that it was restored, from what, and how many events were left behind.

    Parameters
    ----------
    backup
        A backup, of this or an older revision, made from either engine.
    where
        A file or the URL of a PostgreSQL server; there may be none yet.
    at
        The moment.
    actor
        Who restores.

    Returns
    -------
    str or None
        The file, or the schema of the server, where the journal of before now is.

    Raises
    ------
    JournalError, ChainError
        As `outlook`, or if the journal is in use; nothing has been moved then.
    """
    with _ready(backup) as engine:
        lost = _compared(engine, where).lost
        if isinstance(where, Path):
            aside = _into_file(engine, where, at)
        else:
            aside = _into_server(engine, where, at)
    journal = Journal(engine_of(where))
    try:
        with journal.writing(actor, at) as book:
            book.add("restore", RESTORED, {"backup": backup.name, "lost": lost})
    finally:
        journal.close()
    return aside


@contextmanager
def _ready(backup: Path) -> Iterator[Engine]:
    """Yield a private copy of a backup, of this program's revision and checked wholly."""
    if not backup.is_file():
        raise JournalError(_NO_BACKUP.fill(place=backup))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "backup.gpkg"
        copyfile(backup, file)
        engine = engine_of(file)
        try:
            with reading(engine) as connection:
                audit(connection, lambda _: None)
            yield engine
        finally:
            engine.dispose()


def _compared(engine: Engine, where: Path | str) -> Outlook:
    with reading(engine) as connection:
        held = _count(connection)
        at = connection.scalar(select(EVENTS.c.at).order_by(EVENTS.c.seq.desc()).limit(1))
        last = datetime.fromisoformat(at) if at else None
        try:
            present = peek(where)
            with reading(present) as other:
                now = _count(other)
                shared = _shared(connection, other, min(held, now))
        except RefusedError:  # damaged, or not there: that is why somebody restores
            return Outlook(held, last, None, 0)
    return Outlook(held, last, now, shared)


def _count(connection: Connection) -> int:
    return int(connection.scalar(select(func.max(EVENTS.c.seq))) or 0)


def _shared(one: Connection, other: Connection, most: int) -> int:
    """Return up to which event two chains are the same: digests differ from there on."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        wanted = select(EVENTS.c.hash).where(EVENTS.c.seq == middle)
        if one.scalar(wanted) == other.scalar(wanted):
            low = middle
        else:
            high = middle - 1
    return low


def _into_file(engine: Engine, where: Path, at: datetime) -> str | None:
    fresh = where.with_name(f".{where.name}.restoring")
    aside = where.with_name(f"replaced-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}{where.suffix}")
    try:
        where.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        copy(engine, fresh, at)
        _require_unused(where)
        moved = [part for part in parts(where) if part.exists()]
        for part in moved:
            part.rename(aside.with_name(part.name.replace(where.name, aside.name, 1)))
        fresh.rename(where)
    except (OSError, sqlite3.Error) as fault:
        raise JournalError(_NOT_MOVED.fill(what=fault)) from fault
    return str(aside) if moved else None


def _require_unused(path: Path) -> None:
    """Raise if another connection holds the file; one that is damaged cannot be asked."""
    if not path.exists():
        return
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as held:
        try:
            held.execute("PRAGMA locking_mode=EXCLUSIVE")
            held.execute("BEGIN EXCLUSIVE")
            held.execute("ROLLBACK")
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise JournalError(_IN_USE.fill(place=path)) from fault
        except sqlite3.DatabaseError:
            return


def _into_server(engine: Engine, where: str, at: datetime) -> str | None:
    server = engine_of(where)
    aside = f"wangge_replaced_{at.astimezone(UTC):%Y%m%dt%H%M%S}"
    with reading(engine) as source, writing(server) as target:
        target.execute(text(f"CREATE SCHEMA {aside}"))
        for table in inspect(target).get_table_names():
            if table in META.tables or table == "alembic_version":
                target.execute(text(f"ALTER TABLE {table} SET SCHEMA {aside}"))
        for function in _FUNCTIONS:
            target.execute(text(f"ALTER FUNCTION {function}() SET SCHEMA {aside}"))
        migrate(target)
        pour(source, target, at)
    server.dispose()
    return aside
