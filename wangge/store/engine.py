"""Opens the journal's database, and reads or writes it in one transaction."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError

from wangge.domain.rules import rule
from wangge.errors import ChainError, DamagedError, JournalError
from wangge.store.audit import check_end
from wangge.store.engine_faults import DAMAGED, told
from wangge.store.migrate import HEAD, migrate, require_head, revision_of
from wangge.store.opening import look, look_inside
from wangge.store.watch import Watch
from wangge.text import Text

_WRITES: Final = "wangge_writes"
_LOCK: Final = 0x77616E67  # "wang", the advisory lock of PostgreSQL
_MOST: Final = 40  # connections of one process
_NO_WAL: Final = Text(
    "这块磁盘不支持日志需要的写法（WAL）。请把 WANGGE_HOME 设到本机的另一块磁盘。",
    "This disk does not support the way the journal writes (WAL). Set WANGGE_HOME to another disk "
    "of this machine.",
)
_NOT_THERE: Final = Text("没有日志文件 {place}。", "There is no journal {place}.")


def engine_of(where: Path | str) -> Engine:
    """Open the journal at `where` (a file, or a PostgreSQL URL), made if it is not there.

    A file is looked at before (see `wangge.store.opening`) and checked page by page; tables of an
    older revision are brought to `HEAD`; the end of the chain is walked.
    While others use a file too, open it once in a process: looking at a file lets go of the locks
    that the process holds on it.

    Raises
    ------
    JournalError
        If it cannot be opened; the sentence says what to do.
    """
    if isinstance(where, Path):
        look(where)
        if not where.exists():
            _make(where)
        engine = _sqlite(where)
        _check_pages(engine)
    else:
        engine = create_engine(
            where, pool_pre_ping=True, pool_size=5, max_overflow=_MOST, pool_timeout=_wait()
        )
        event.listen(engine, "begin", _begin)
    with reading(engine) as connection:
        held = revision_of(connection)
    if held != HEAD:
        with writing(engine) as connection:
            migrate(connection)
    with reading(engine) as connection:
        try:
            check_end(connection)
        except ChainError as fault:
            raise DamagedError(fault.why) from fault
    return engine


def peek(where: Path | str) -> Engine:
    """Open the journal at `where` only to read it: nothing is made, migrated or written.

    Parameters
    ----------
    where
        As for `engine_of`.

    Raises
    ------
    JournalError
        If there is none, it is damaged, or not of the revision `HEAD`.
    """
    if isinstance(where, Path):
        if not where.is_file():
            raise JournalError(_NOT_THERE.fill(place=where))
        look_inside(where)
        address = f"sqlite:///file:{quote(str(where.absolute()))}?mode=ro&uri=true"
        engine = create_engine(address, poolclass=NullPool)
        event.listen(engine, "connect", _by_hand)
        event.listen(engine, "begin", _begin)
        _check_pages(engine)
    else:
        engine = create_engine(where, poolclass=NullPool)
    with reading(engine) as connection:
        require_head(connection)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that alone may write, and commit when the block ends.

    Raises
    ------
    JournalError
        If the database refuses.
    """
    try:
        options = {_WRITES: True}
        with engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection
    except SQLAlchemyError as fault:
        raise told(fault) from fault


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that sees one moment of the journal.

    Raises
    ------
    JournalError
        If the database refuses.
    """
    try:
        with engine.connect() as connection:
            if connection.dialect.name != "sqlite":
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection
    except SQLAlchemyError as fault:
        raise told(fault) from fault


def _wait() -> float:
    return rule("journal_wait_s").value


def _sqlite(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"timeout": _wait()},
        pool_size=5,
        max_overflow=_MOST,
        pool_timeout=_wait(),
    )
    event.listen(engine, "connect", _tune)
    watch = Watch(path)
    event.listen(engine, "begin", watch.before)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "begin", lambda one: watch.after(one, writes=_writes(one)))
    return engine


def _make(path: Path) -> None:
    """Make an empty journal, whole under another name first: nobody ever sees half of one."""
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    engine = _sqlite(new)
    try:
        with writing(engine) as connection:
            migrate(connection)
    finally:
        engine.dispose()
    try:
        os.link(new, path)
    except FileExistsError:  # another process was faster: its journal is as good
        pass
    except OSError:  # a file system without links
        if not path.exists():
            new.replace(path)
    new.unlink(missing_ok=True)


def _check_pages(engine: Engine) -> None:
    with reading(engine) as connection:
        if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
            raise DamagedError(DAMAGED)


def _by_hand(connection: sqlite3.Connection, _: Any) -> None:  # noqa: ANN401 - SQLAlchemy's record
    connection.isolation_level = None  # transactions begin when we say so


def _tune(connection: sqlite3.Connection, record: Any) -> None:  # noqa: ANN401 - as above
    _by_hand(connection, record)
    (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
    if mode != "wal":
        raise JournalError(_NO_WAL)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(_WRITES, False))


def _begin(connection: Connection) -> None:
    writes = _writes(connection)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
    elif writes:
        connection.execute(text(f"SET LOCAL lock_timeout = {int(_wait() * 1000)}"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
