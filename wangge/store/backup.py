"""Backups: copies of one moment, made while others write, believed only after they were checked.

A backup of either engine is one GeoPackage file: the journal as SQLite keeps it.
"""

from __future__ import annotations

import filecmp
import os
import secrets
import sqlite3
import tempfile
from contextlib import closing, suppress
from datetime import datetime
from errno import EIO
from pathlib import Path
from shutil import copyfile
from typing import Final

from sqlalchemy import Connection, Engine, Table, insert, select

from wangge.errors import JournalError
from wangge.store.audit import audit
from wangge.store.backup_names import Backup, backups_in, name_of, superfluous
from wangge.store.engine import engine_of, peek, reading, writing
from wangge.store.geopackage import note_change
from wangge.store.journal import Journal
from wangge.store.journal_tables import CASES, EVENTS, PHOTOS, RECORDS
from wangge.text import Text

_AT_ONCE: Final = 200  # rows; photos are large
_ORDER: Final[dict[Table, str]] = {EVENTS: "seq", CASES: "fid", RECORDS: "fid", PHOTOS: "fid"}
_NOT_COPIED: Final = Text(
    "没有写成备份（{folder}）：{what}。日志本身没有动。请检查磁盘空间和写权限后再试。",
    "The backup could not be written ({folder}): {what}. The journal itself was not touched. Check "
    "the disk's space and your rights, then try again.",
)


def back_up(journal: Journal, folder: Path, at: datetime) -> Backup:
    """Copy `journal` into `folder`, check the copy, and drop those that no rule keeps.

    Parameters
    ----------
    journal
        On any engine, in use or not.
    folder
        Where backups are kept, better on another disk; made if it is not there.
    at
        The moment, which is part of the name.

    Returns
    -------
    Backup
        Named only after its chain was walked and its state built again.

    Raises
    ------
    JournalError
        If the journal cannot be read or the folder not written.
    ChainError
        If the copy does not hold together: the journal itself must be looked at.
    """
    half = folder / f".{secrets.token_hex(4)}.half"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=_beside(journal.engine)) as local:
            file = Path(local) / "journal.gpkg"  # `folder` may be a network's: a database is not
            copy(journal.engine, file, at)
            seq, _ = examined(file)
            _carry(file, half)
        made = half.rename(folder / name_of(at, seq))
        _settle(folder)
        for old in superfluous(backups_in(folder)):
            old.path.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as fault:
        raise JournalError(_NOT_COPIED.fill(folder=folder, what=fault)) from fault
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)
    return Backup(at, seq, made)


def copy(source: Engine, target: Path, at: datetime) -> None:
    """Write the journal of `source` as it is at one moment into the new file `target`."""
    if source.dialect.name == "sqlite":
        with reading(source) as connection, closing(sqlite3.connect(target)) as made:
            held = connection.connection.driver_connection
            if isinstance(held, sqlite3.Connection):
                held.backup(made)
    else:
        engine = engine_of(target)
        with reading(source) as connection, writing(engine) as into:
            pour(connection, into, at)
        engine.dispose()
    with closing(sqlite3.connect(target)) as made:
        made.execute("PRAGMA journal_mode=DELETE")  # one file, that nothing need stand beside


def pour(source: Connection, target: Connection, at: datetime) -> None:
    """Write all rows of one journal into the empty tables of another, whatever their engines."""
    spots = []
    for table, order in _ORDER.items():
        columns = [column for column in table.c if column.name != "fid"]
        wanted = select(*columns).order_by(table.c[order])
        rows = source.execute(wanted, execution_options={"yield_per": _AT_ONCE}).mappings()
        for some in rows.partitions():
            target.execute(insert(table), [dict(row) for row in some])
            spots += [row["geom"] for row in some if "geom" in row]
    note_change(target, at, spots)


def examined(path: Path) -> tuple[int, str]:
    """Check all of the journal in the file `path`; return number and digest of its last event.

    Raises
    ------
    JournalError
        If it is no journal of this program's revision.
    ChainError
        If it does not hold together.
    """
    engine = peek(path)
    with reading(engine) as connection:
        return audit(connection, lambda _: None)


def parts(path: Path) -> tuple[Path, ...]:
    """Return the file of a journal with what SQLite keeps beside it."""
    return path, *(path.with_name(f"{path.name}-{part}") for part in ("wal", "shm", "journal"))


def _beside(engine: Engine) -> Path | None:
    """Return the folder of a journal's file, a disk of this machine with room; None: a server."""
    held = engine.url.database if engine.dialect.name == "sqlite" else None
    return Path(held.removeprefix("file:").partition("?")[0]).parent if held else None


def _carry(file: Path, target: Path) -> None:
    """Copy `file` to `target` and read it again.

    Raises
    ------
    OSError
        If what is read is not what was written.
    """
    copyfile(file, target)
    _settle(target)
    if not filecmp.cmp(file, target, shallow=False):
        raise OSError(EIO, os.strerror(EIO), str(target))


def _settle(path: Path) -> None:
    """Wait until a file or folder is on disk."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
