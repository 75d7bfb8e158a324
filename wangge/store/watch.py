"""Notices when the journal's file is taken away, cut short or written over while it is in use."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select

from wangge.errors import DamagedError, JournalError
from wangge.store.engine_faults import DAMAGED
from wangge.store.journal_tables import EVENTS
from wangge.text import Text

_SEEN: Final = "wangge_seen"  # when the file had last changed as a connection knows it
_MOVED: Final = Text(
    "日志文件被移走、替换或删除了，已停止读写。请重新启动程序；若不是您所为，请先核对备份。",
    "The journal's file was moved, replaced or deleted; nothing more is read or written. Restart "
    "the program; if this was not you, look at the backups first.",
)
_HELD: Final = "SELECT count(*) FROM sqlite_master WHERE name = 'events'"


@dataclass(eq=False)
class Watch:
    """What this process knows of the file of a journal; looked at around each ``BEGIN``.

    In use a file changes only when SQLite brings what was written lately into it, and then only
    grows.  What SQLite keeps of it in memory hides what others do to it: a journal written over
    would go on to confirm what nobody will ever read again.
    """

    path: Path
    file: tuple[int, int] = (0, 0)
    size: int = 0
    changed: int = 0
    last: tuple[int, str] = (0, "")  # number and digest of an event that was in the file

    def before(self, connection: Connection) -> None:
        """Let go of what is kept in memory of a file that has changed: it is read again."""
        changed = self._stat().st_mtime_ns
        if connection.info.get(_SEEN) != changed:
            connection.exec_driver_sql("PRAGMA shrink_memory")
            connection.info[_SEEN] = changed

    def after(self, connection: Connection, *, writes: bool) -> None:
        """Look whether the file is the one it was.

        Raises
        ------
        JournalError
            If it was moved, replaced or deleted.
        DamagedError
            If it was cut short.
        """
        held = self._stat()
        if writes:  # what is written goes here first, so it must be there
            self._stat("-wal")
        file = (held.st_dev, held.st_ino)
        if self.file not in {(0, 0), file}:
            raise JournalError(_MOVED)
        if held.st_size < self.size:  # it only ever grows
            raise DamagedError(DAMAGED)
        if self.changed != held.st_mtime_ns:
            self.last = self._found(connection)
        self.file, self.size, self.changed = file, held.st_size, held.st_mtime_ns

    def _found(self, connection: Connection) -> tuple[int, str]:
        """Return the last event; raise if the one that was the last before is not there."""
        known = self.last  # taken before `connection` looks, or it may be newer than what is seen
        if not connection.exec_driver_sql(_HELD).scalar():
            return known
        kept = select(EVENTS.c.seq, EVENTS.c.hash)
        if known[0] and connection.execute(kept.where(EVENTS.c.seq == known[0])).first() != known:
            raise JournalError(_MOVED)
        newest = connection.execute(kept.order_by(EVENTS.c.seq.desc()).limit(1)).first()
        return (newest.seq, newest.hash) if newest else known

    def _stat(self, part: str = "") -> os.stat_result:
        try:
            return self.path.with_name(f"{self.path.name}{part}").stat()
        except OSError as fault:
            raise JournalError(_MOVED) from fault
