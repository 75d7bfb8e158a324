"""What a fault of the database means to a person: what failed, what still holds, what to do."""

from __future__ import annotations

import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from wangge.errors import DamagedError, JournalError
from wangge.text import Text

_SAFE: Final = Text(
    "此前确认过的都还在；重试不会重复登记。",
    "What was confirmed before is safe; a retry makes no second record.",
)
FULL: Final = Text(
    "磁盘已满，这次没有存下。{safe}请腾出空间后再试。",
    "The disk is full: this was not stored. {safe} Free some space, then try again.",
)
READ_ONLY: Final = Text(
    "日志现在不能写入，这次没有存下：文件、文件夹或数据库是只读的。{safe}请检查权限和磁盘后再试。",
    "The journal cannot be written to, and this was not stored: the file, its folder or the "
    "database is read-only. {safe} Check permissions and the disk, then try again.",
)
BUSY: Final = Text(
    "另一个程序一直占着日志，等了很久也没有轮到，这次没有存下。{safe}请稍后再试；"
    "若总是如此，请关掉正在编辑日志文件的其他软件（如 QGIS）。",
    "Another program has held the journal for too long: this was not stored. {safe} Try again "
    "later; if it stays so, close other software that edits the journal, such as QGIS.",
)
DISK: Final = Text(
    "磁盘读写出错（{what}），这次没有存下。{safe}请尽快备份到另一块磁盘，并检查这块磁盘。",
    "The disk failed ({what}): this was not stored. {safe} Back up to another disk soon, and "
    "check this one.",
)
DAMAGED: Final = Text(
    "日志文件已损坏或被截断，已停止读写，以免再坏下去。",
    "The journal's file is damaged or cut short; nothing more is read or written, so that it "
    "gets no worse.",
)
GONE: Final = Text(
    "连接不上数据库服务器，这次没有得到确认。{safe}请稍后再试；若总是如此，请联系管理数据库的人。",
    "The database server cannot be reached: this was not confirmed. {safe} Try again later; if it "
    "stays so, tell whoever runs the database.",
)
NO_RIGHT: Final = Text(
    "数据库没有给本程序足够的权限（{what}）。请数据库管理员按 docs/journal.md 设置一次。",
    "The database gives this program too few rights ({what}). Ask its administrator to set it up "
    "once, as docs/journal.md says.",
)
GUARD: Final = Text(
    "日志拒绝了这次改动，什么也没有存下：{what}。已有的记录都还在。",
    "The journal refused this change and stored nothing: {what}. All records stand.",
)
OTHER: Final = Text(
    "这次没有存下：{what}。{safe}请稍后再试。",
    "This was not stored: {what}. {safe} Try again later.",
)
_SQLITE: Final = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_IOERR: DISK,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_CONSTRAINT: GUARD,
}
_SHORT_READ: Final = sqlite3.SQLITE_IOERR_SHORT_READ
_PRIMARY: Final = 0xFF  # an extended code holds the primary one in its last byte
_POSTGRES: Final = {
    "08": GONE,
    "57P": GONE,
    "53100": FULL,
    "53": BUSY,
    "55P03": BUSY,
    "40": BUSY,
    "25006": READ_ONLY,
    "58": DISK,
    "XX": DAMAGED,
    "42501": NO_RIGHT,
    "28": NO_RIGHT,
    "3D": NO_RIGHT,
    "0A000": NO_RIGHT,
    "23": GUARD,
    "P0001": GUARD,
}


def told(fault: SQLAlchemyError) -> JournalError:
    """Return the error that says in a sentence what `fault` of the database means."""
    orig = fault.orig if isinstance(fault, DBAPIError) else None
    why = _sentence(orig)
    what = next(iter(str(orig or fault).strip().splitlines()), "")  # details may tell what is in it
    kind = DamagedError if why is DAMAGED else JournalError
    return kind(why.fill(what=what, safe=_SAFE))


def _sentence(orig: BaseException | None) -> Text:
    if isinstance(orig, sqlite3.Error):
        code = getattr(orig, "sqlite_errorcode", 0)
        return DAMAGED if code == _SHORT_READ else _SQLITE.get(code & _PRIMARY, OTHER)
    if hasattr(orig, "sqlstate"):  # PostgreSQL's, without loading its driver to say so
        state = getattr(orig, "sqlstate", "") or "08"  # none: the server was never reached
        return next((_POSTGRES[n] for n in _longest(state) if n in _POSTGRES), OTHER)
    return BUSY if orig is None else OTHER  # SQLAlchemy's own: no free connection in time


def _longest(state: str) -> tuple[str, ...]:
    """Return a state and its beginnings, the longest first."""
    return tuple(state[:length] for length in range(len(state), 1, -1))
