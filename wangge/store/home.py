"""Where the journal of this process and its backups are kept; the journal is opened once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final

from wangge.errors import DamagedError, JournalError
from wangge.store.backup_names import backups_in
from wangge.store.engine import engine_of
from wangge.store.journal import Journal
from wangge.text import Text

ROOT: Final = Path(__file__).parents[2]
FILE: Final = "journal.gpkg"
_LOCK: Final = Lock()  # two who ask at once are given one journal
_GONE: Final = Text(
    "日志文件 {place} 不见了，但它的备份还在。",
    "The journal {place} is gone, though there are backups of it.",
)
_RESTORE: Final = Text(
    "{why}最近一份完好的备份：{name}（到第 {seq} 条）。请停止程序后运行：\n"
    '    python -m wangge restore "{path}"',
    "{why} The last good backup: {name} (up to event {seq}). Stop the program, then run:\n"
    '    python -m wangge restore "{path}"',
)
_NO_BACKUP: Final = Text(
    "{why}没有找到备份（{place}）。请保留现有文件，并请技术人员查看。",
    "{why} No backup was found ({place}). Keep the file as it is and ask a technician.",
)


def home(environment: Mapping[str, str]) -> Path:
    """Return the folder of what this product keeps: ``WANGGE_HOME``, else ``var`` of the project.

    Examples
    --------
    >>> home({"WANGGE_HOME": "/srv/wangge"}).as_posix()
    '/srv/wangge'
    """
    return Path(environment.get("WANGGE_HOME") or ROOT / "var")


def backups(environment: Mapping[str, str]) -> Path:
    """Return the folder of backups: ``WANGGE_BACKUPS``, else ``backups`` in `home`.

    Examples
    --------
    >>> backups({"WANGGE_BACKUPS": "/mnt/disk2"}).as_posix()
    '/mnt/disk2'
    """
    return Path(environment.get("WANGGE_BACKUPS") or home(environment) / "backups")


def place(environment: Mapping[str, str]) -> str:
    """Return where the journal is: the URL in ``WANGGE_DB``, else a file in `home`."""
    return environment.get("WANGGE_DB") or str(home(environment) / FILE)


def located(where: str) -> Path | str:
    """Return what `place` names: a file, or the URL of a server."""
    return where if "://" in where else Path(where)


def journal_at(where: str, environment: Mapping[str, str] = os.environ) -> Journal:
    """Open the journal at `where` (see `place`), once in this process.

    Raises
    ------
    JournalError
        If it cannot be opened; see `advice`.
    """
    with _LOCK:
        return _opened(where, backups(environment))


def advice(fault: JournalError, environment: Mapping[str, str] = os.environ) -> Text:
    """Return what to tell of `fault`: its sentence, and where only a backup helps, which and how.

    The text names folders of this machine: it is for whoever runs the program.
    """
    if not isinstance(fault, DamagedError):
        return fault.why
    folder = backups(environment)
    for last in backups_in(folder)[-1:]:
        return _RESTORE.fill(why=fault.why, name=last.path.name, seq=last.seq, path=last.path)
    return _NO_BACKUP.fill(why=fault.why, place=folder)


@lru_cache(maxsize=8)
def _opened(where: str, folder: Path) -> Journal:
    at = located(where)
    if isinstance(at, Path) and not at.exists() and backups_in(folder):
        raise DamagedError(_GONE.fill(place=at))
    return Journal(engine_of(at))
