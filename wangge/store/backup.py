"""Copies of the journal's file: made while it is in use, believed only after they were checked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from wangge.domain.rules import rule
from wangge.errors import JournalError
from wangge.store.engine import engine_of
from wangge.store.journal import Journal
from wangge.text import Text

_PATTERN: Final = "journal-*.gpkg"


def back_up(source: Path, folder: Path, at: datetime) -> Path:
    """Copy the journal at `source` into `folder`, check the copy, and drop the oldest ones.

    The copy is of one moment, whoever writes meanwhile.  It gets its name only after its chain was
    walked and its state built again; rule ``backups_kept`` says how many copies stay.

    Parameters
    ----------
    source
        The journal's file.
    folder
        Where copies are kept, better on another disk; made if it is not there.
    at
        The moment, which is part of the name.

    Returns
    -------
    Path
        ``journal-<moment>-<last event>.gpkg``.

    Raises
    ------
    JournalError
        If there is no journal, or the folder cannot be written.
    ChainError
        If the copy does not hold together: the journal itself must be looked at.
    """
    must_be_journal(source)
    half = folder / f".{at:%Y%m%d-%H%M%S}.half"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(half)) as copy:
            held.backup(copy)
        version = checked(half)
        made = half.rename(folder / f"journal-{at:%Y%m%d-%H%M%S}-{version:06d}.gpkg")
    except (OSError, sqlite3.Error) as fault:
        raise JournalError(_NOT_COPIED.fill(folder=folder, what=fault)) from fault
    finally:
        for part in (half, *_beside(half)):
            part.unlink(missing_ok=True)
    for old in backups(folder)[int(rule("backups_kept").value) :]:
        old.unlink()
    return made


def backups(folder: Path) -> list[Path]:
    """Return the copies kept in `folder`, the newest first."""
    return sorted(folder.glob(_PATTERN), reverse=True)


def checked(path: Path) -> int:
    """Return the number of events of the journal in `path`, all of it checked.

    Raises
    ------
    JournalError
        If it is no journal.
    ChainError
        If it does not hold together.
    """
    must_be_journal(path)
    journal = Journal(engine_of(path))
    try:
        return journal.verify()
    finally:
        journal.close()


def restore(copy: Path, target: Path, at: datetime) -> Path | None:
    """Put the checked `copy` in the place of the journal at `target`, which is moved aside.

    Nothing may use the journal meanwhile.

    Returns
    -------
    Path or None
        Where the journal of before now is; None if there was none.

    Raises
    ------
    JournalError, ChainError
        As `checked`; nothing has been moved then.
    """
    checked(copy)
    aside = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(".restoring")
        with closing(sqlite3.connect(copy)) as held, closing(sqlite3.connect(fresh)) as made:
            held.backup(made)
        if target.exists():
            aside = target.with_name(f"replaced-{at:%Y%m%d-%H%M%S}.gpkg")
            for part in (target, *_beside(target)):
                if part.exists():
                    part.rename(part.with_name(part.name.replace(target.name, aside.name)))
        fresh.rename(target)
    except (OSError, sqlite3.Error) as fault:
        raise JournalError(_NOT_COPIED.fill(folder=target.parent, what=fault)) from fault
    return aside


def must_be_journal(path: Path) -> None:
    """Raise unless `path` is a sound file that holds a journal.

    Raises
    ------
    JournalError
        If it is not there, no journal, or damaged.
    """
    if not path.is_file():
        raise JournalError(_NOT_THERE.fill(path=path))
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as held:
            sound = held.execute("PRAGMA quick_check").fetchone() == ("ok",)
            known = held.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone()
    except sqlite3.DatabaseError as fault:
        raise JournalError(_DAMAGED.fill(path=path)) from fault
    if not sound or not known:
        raise JournalError(_DAMAGED.fill(path=path))


def _beside(path: Path) -> tuple[Path, Path]:
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


_NOT_THERE: Final = Text("没有文件 {path}。", "There is no file {path}.")
_DAMAGED: Final = Text(
    "{path} 不是日志文件，或已损坏。请换一份备份。",
    "{path} is no journal, or it is damaged. Take another backup.",
)
_NOT_COPIED: Final = Text(
    "没有写成 {folder}：{what}。日志本身没有动。请检查磁盘空间和写权限后再试。",
    "{folder} could not be written: {what}. The journal itself was not touched. Check the disk's "
    "space and your permission, then try again.",
)
