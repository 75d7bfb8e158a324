"""The journal from the command line: ``python -m wangge verify``, ``backup``, ``restore``."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wangge.domain.workdays import PLACE
from wangge.errors import RefusedError
from wangge.store import backup as copies
from wangge.store.engine import engine_of
from wangge.store.home import home, place
from wangge.store.journal import Journal
from wangge.text import Text

if TYPE_CHECKING:
    Parsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no other name

_STEP: Final = 1000  # events between two signs of progress
_WHOLE: Final = Text(
    "日志完整：{n} 条记录逐条相连，现状与记录一致。",
    "The journal is whole: {n} events follow each other, and the state is what they say.",
)
_MADE: Final = Text("已备份并核对：{path}", "Backed up and checked: {path}")
_SERVER: Final = Text(
    "日志在 PostgreSQL 里：请用 pg_dump 备份、pg_restore 恢复，再用 verify 核对。",
    "The journal is in PostgreSQL: use pg_dump and pg_restore, then verify.",
)
_WOULD: Final = Text(
    "备份完好，有 {n} 条记录；现在的日志有 {now} 条。"
    "恢复后，备份之后的 {lost} 条只留在移开的文件里。",
    "The backup is whole, with {n} events; the journal has {now}. After restoring, the {lost} "
    "later ones stay only in the file moved aside.",
)
_RESTORED: Final = Text("已恢复到 {path}。", "Restored to {path}.")
_ASIDE: Final = Text("原来的日志移到了 {path}。", "The journal of before is now {path}.")
_DRY: Final = Text(
    "只是演练，什么都没有动。停掉网格图后，去掉 --dry-run 再运行。",
    "A rehearsal: nothing was touched. Stop the app, then run it without --dry-run.",
)


def parsers(commands: Parsers) -> tuple[argparse.ArgumentParser, ...]:
    """Add the commands and return their parsers."""
    verify = commands.add_parser(
        "verify", help="核对日志有没有被改动 · prove the journal unchanged"
    )
    backup = commands.add_parser("backup", help="备份日志并核对 · back up the journal")
    backup.add_argument(
        "--to", type=Path, help="放备份的文件夹，最好在另一块盘 · folder of backups"
    )
    restore = commands.add_parser("restore", help="从备份恢复日志 · restore the journal")
    restore.add_argument("file", type=Path, help="备份文件 · the backup")
    restore.add_argument("--dry-run", action="store_true", help="只检查不动手 · check only")
    return verify, backup, restore


def run(options: argparse.Namespace) -> int:
    """Run one of the commands: 0 well, 1 with a sentence that says what is wrong."""
    where = place(os.environ)
    try:
        if options.command == "verify":
            _say(_verified(where), options)
        elif options.command == "backup":
            folder = options.to or home(os.environ) / "backups"
            made = copies.back_up(_file(where), folder, datetime.now(PLACE))
            _say(_MADE.fill(path=made), options)
        else:
            _restore(_file(where), options)
    except RefusedError as fault:
        sys.stderr.write(fault.why.in_(options.lang) + "\n")
        return 1
    return 0


def _file(where: str) -> Path:
    if "://" in where:
        raise RefusedError(_SERVER)
    return Path(where)


def _verified(where: str) -> Text:
    if "://" not in where:
        copies.must_be_journal(Path(where))
    journal = Journal(engine_of(where if "://" in where else Path(where)))
    try:
        return _WHOLE.fill(n=journal.verify(_progress))
    finally:
        journal.close()


def _restore(target: Path, options: argparse.Namespace) -> None:
    held = copies.checked(options.file)
    now = copies.checked(target) if target.exists() else 0
    _say(_WOULD.fill(n=held, now=now, lost=max(now - held, 0)), options)
    if options.dry_run:
        _say(_DRY, options)
        return
    aside = copies.restore(options.file, target, datetime.now(PLACE))
    _say(_RESTORED.fill(path=target), options)
    if aside:
        _say(_ASIDE.fill(path=aside), options)


def _progress(seq: int) -> None:
    if seq % _STEP == 0 and sys.stderr.isatty():
        sys.stderr.write(f"\r{seq}")


def _say(text: Text, options: argparse.Namespace) -> None:
    sys.stdout.write(text.in_(options.lang) + "\n")
