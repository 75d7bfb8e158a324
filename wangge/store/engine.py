"""Opens the journal's database, and reads or writes it in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Engine,
    create_engine,
    event,
    text,
)
from sqlalchemy.exc import DBAPIError

from wangge.errors import JournalError
from wangge.store.journal_setup import prepare
from wangge.text import Text

_WRITES: Final = "wangge_writes"
_LOCK: Final = 0x77616E67  # "wang", the advisory lock of PostgreSQL
_WAIT_MS: Final = 15_000  # how long a writer waits for another


def engine_of(where: Path | str) -> Engine:
    """Open the journal at `where` (a file, or a PostgreSQL URL), made if it is not there.

    Raises
    ------
    JournalError
        If it cannot be opened; the sentence says what to do.
    """
    if isinstance(where, Path):
        where.parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(f"sqlite:///{where}", connect_args={"timeout": _WAIT_MS / 1000})
        event.listen(engine, "connect", _tune)
    else:
        engine = create_engine(where)
    event.listen(engine, "begin", _begin)
    with writing(engine) as connection:
        prepare(connection)
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
    except DBAPIError as fault:
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
    except DBAPIError as fault:
        raise told(fault) from fault


def told(fault: DBAPIError) -> JournalError:
    """Return the sentence for a fault of the database."""
    return JournalError(
        Text(
            "记录没有存下：{what}。已存的都还在，请稍后重试。",
            "Nothing was stored: {what}. What was stored before is safe; try again.",
        ).fill(what=str(fault.orig).strip())
    )


def _tune(connection: sqlite3.Connection, _: Any) -> None:  # noqa: ANN401 - SQLAlchemy's record
    connection.isolation_level = None  # transactions begin when we say so
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
    elif writes:
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
