"""Brings the tables of a journal to the revision this program writes, and refuses a newer one."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Final

from sqlalchemy import Connection, inspect, text

from wangge.errors import JournalError
from wangge.text import Text

HEAD: Final = "0002"  # the revision this program reads and writes
_FOLDER: Final = str(Path(__file__).with_name("migrations"))
_LOCK: Final = Lock()  # alembic keeps the running migration in one place per process
_NEWER: Final = Text(
    "日志的格式（{held}）比本程序（{own}）新：它已被更新的版本打开过。数据完好；请更新本程序后再启动。",
    "The journal's format ({held}) is newer than this program ({own}): a later version has opened "
    "it. The data is safe; update this program, then start again.",
)
_OLDER: Final = Text(
    "日志的格式（{held}）比本程序（{own}）旧：启动一次程序，它会自动升级，数据不变。",
    "The journal's format ({held}) is older than this program ({own}): start the program once and "
    "it brings the journal up to date; the data stays.",
)
_PREVIEW: Final = Text(
    "这份日志是正式版之前的试用版写的，不能继续使用。请把它移到别处，再启动。",
    "This journal was written by a preview of this program and cannot be continued. Move it "
    "elsewhere, then start again.",
)


def revision_of(connection: Connection) -> str:
    """Return the revision of the tables, empty if there are none yet.

    Raises
    ------
    JournalError
        If they have no revision.
    """
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")
    if "events" in tables:
        raise JournalError(_PREVIEW)
    return ""


def require_head(connection: Connection) -> None:
    """Raise unless the tables are of revision `HEAD`.

    Raises
    ------
    JournalError
        Saying what to do about it.
    """
    held = revision_of(connection)
    if held != HEAD:
        raise JournalError((_OLDER if held < HEAD else _NEWER).fill(held=held or "–", own=HEAD))


def migrate(connection: Connection, target: str = HEAD) -> None:
    """Bring the tables to revision `target`, inside the caller's transaction.

    Raises
    ------
    JournalError
        If the tables are of a revision this program does not know.
    """
    held = revision_of(connection)
    if held == target:
        return
    # alembic takes a quarter of a second to load, and most starts have nothing to migrate
    from alembic.operations import Operations  # noqa: PLC0415
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    script = ScriptDirectory(_FOLDER, version_locations=[_FOLDER])
    known = {one.revision for one in script.walk_revisions()}
    if held and held not in known:
        raise JournalError(_NEWER.fill(held=held, own=HEAD))
    with _LOCK:
        steps = script._upgrade_revs  # noqa: SLF001 - as alembic's own documentation does
        context = MigrationContext.configure(
            connection, opts={"fn": lambda revision, _: steps(target, revision)}
        )
        with Operations.context(context):
            context.run_migrations()
