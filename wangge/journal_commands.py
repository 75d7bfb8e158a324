"""The journal from the command line: ``python -m wangge verify``, ``backup`` and others."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wangge.domain.actors import actor_of
from wangge.domain.workdays import PLACE
from wangge.errors import ChainError, DamagedError, JournalError, RefusedError
from wangge.store.backup import back_up
from wangge.store.clock import CLOCK
from wangge.store.engine import engine_of, peek
from wangge.store.home import advice, backups, located, place
from wangge.store.journal import Journal
from wangge.store.restore import Outlook, outlook, restore
from wangge.text import Text

if TYPE_CHECKING:
    Parsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no other name

BROKEN, UNCHECKED = 1, 3  # exit codes: not whole; could not be looked at
_STEP: Final = 1000  # events between two signs of progress
_SIGNS: Final = 16  # of a digest, enough to be written down
_WHOLE: Final = Text(
    "日志完整：{n} 条记录逐条相连，现状与记录一致。\n"
    "封签 {seal}：抄下来另存，以后用 verify --seal {seal} 可证明到此为止没有被重写过。",
    "The journal is whole: {n} events follow each other, and the state is what they say.\n"
    "Seal {seal}: write it down elsewhere; verify --seal {seal} will prove that nothing up to here "
    "was rewritten.",
)
_OTHER_STORY: Final = Text(
    "第 {n} 条记录与封签不符：日志从头或从中间被重写过。",
    "Event {n} does not carry the seal: the journal was rewritten up to there.",
)
_NO_SEAL: Final = Text("封签的写法是 条数:指纹，如 12:9f3a。", "A seal is like 12:9f3a.")
_MADE: Final = Text("已备份并核对：{path}", "Backed up and checked: {path}")
_HOLDS: Final = Text(
    "备份完好：{n} 条记录，最后一条写于 {last}。",
    "The backup is whole: {n} events, the last of {last}.",
)
_LEAVES: Final = Text(
    "现在的日志有 {now} 条，前 {shared} 条与备份相同；恢复后，其余 {lost} 条只留在移开的日志里。",
    "The journal has {now} events, the first {shared} the same as the backup's; after restoring, "
    "the other {lost} stay only in the journal moved aside.",
)
_NO_NOW: Final = Text(
    "现在的日志没有或已读不出，无法比较。",
    "The journal is not there or cannot be read: nothing to compare with.",
)
_RESTORED: Final = Text(
    "已从备份恢复，请启动网格图。", "Restored from the backup; start the program."
)
_ASIDE: Final = Text("原来的日志移到了 {place}。", "The journal of before is now {place}.")
_DRY: Final = Text(
    "只是演练，什么都没有动。停掉网格图后，去掉 --dry-run 再运行。",
    "A rehearsal: nothing was touched. Stop the program, then run it without --dry-run.",
)
_CLOCK: Final = Text(
    "这台电脑现在是 {now}，上一条记录写于 {last}。",
    "It is {now} on this machine; the last event was written at {last}.",
)
_IN_STEP: Final = Text("时钟正常，不需要确认。", "The clock is right; there is nothing to accept.")
_ACCEPT: Final = Text(
    "时钟比上一条记录慢。如果现在的时间是对的，请加上 --accept 再运行一次。",
    "The clock stands before the last event. If it is right now, run this again with --accept.",
)
_ACCEPTED: Final = Text(
    "已确认现在的时钟，并记入日志；可以继续登记。",
    "The clock is accepted, and the journal says so; go on.",
)


def parsers(commands: Parsers) -> tuple[argparse.ArgumentParser, ...]:
    """Add the commands and return their parsers."""
    verify = commands.add_parser(
        "verify", help="核对日志有没有被改动 · prove the journal unchanged"
    )
    verify.add_argument(
        "file", type=Path, nargs="?", help="日志或备份文件，默认现用的 · a journal or backup"
    )
    verify.add_argument("--seal", help="以前抄下的封签 · a seal written down earlier")
    backup = commands.add_parser("backup", help="备份日志并核对 · back up the journal")
    backup.add_argument(
        "--to", type=Path, help="放备份的文件夹，最好在另一块盘 · folder of backups"
    )
    back = commands.add_parser("restore", help="从备份恢复日志 · restore the journal")
    back.add_argument("file", type=Path, help="备份文件 · the backup")
    back.add_argument("--dry-run", action="store_true", help="只检查不动手 · check only")
    clock = commands.add_parser("clock", help="时钟与上一条记录 · the clock and the last event")
    clock.add_argument("--accept", action="store_true", help="确认现在的时钟 · accept the clock")
    return verify, backup, back, clock


def run(options: argparse.Namespace) -> int:
    """Run one of the commands: 0 well, else with a sentence that says what is wrong."""
    command = {"verify": _verify, "backup": _backup, "restore": _restore, "clock": _clock}
    try:
        command[options.command](options)
    except RefusedError as fault:
        told = advice(fault) if isinstance(fault, JournalError) else fault.why
        sys.stderr.write(told.in_(options.lang) + "\n")
        return BROKEN if isinstance(fault, ChainError | DamagedError) else UNCHECKED
    return 0


def _verify(options: argparse.Namespace) -> None:
    journal = Journal(peek(options.file or located(place(os.environ))))
    number, _, sign = (options.seal or "0:").partition(":")
    if not number.isdecimal():
        raise RefusedError(_NO_SEAL)
    try:
        count = journal.verify(_progress)
        if not journal.digest_of(int(number)).startswith(sign):
            raise ChainError(_OTHER_STORY.fill(n=number))
        seal = f"{count}:{journal.digest_of(count)[:_SIGNS]}"
    finally:
        journal.close()
        if sys.stderr.isatty():
            sys.stderr.write("\r")
    _say(_WHOLE.fill(n=count, seal=seal), options)


def _backup(options: argparse.Namespace) -> None:
    journal = Journal(peek(located(place(os.environ))))
    try:
        made = back_up(journal, options.to or backups(os.environ), datetime.now(PLACE))
    finally:
        journal.close()
    _say(_MADE.fill(path=made.path), options)


def _restore(options: argparse.Namespace) -> None:
    where = located(place(os.environ))
    _say(_brings(outlook(options.file, where)), options)
    if options.dry_run:
        _say(_DRY, options)
        return
    actor = actor_of("secretary", post=os.environ.get("WANGGE_ACTOR", ""))
    aside = restore(options.file, where, datetime.now(PLACE), actor)
    _say(_RESTORED, options)
    if aside:
        _say(_ASIDE.fill(place=aside), options)


def _brings(found: Outlook) -> Text:
    last = f"{found.last.astimezone(PLACE):%Y-%m-%d %H:%M}" if found.last else "–"
    held = _HOLDS.fill(n=found.held, last=last)
    now = _LEAVES.fill(now=found.now, shared=found.shared, lost=found.lost)
    return Text("{held}\n{now}", "{held}\n{now}").fill(
        held=held, now=_NO_NOW if found.now is None else now
    )


def _clock(options: argparse.Namespace) -> None:
    journal = Journal(engine_of(located(place(os.environ))))
    actor = actor_of("secretary", post=os.environ.get("WANGGE_ACTOR", ""))
    try:
        now, last = datetime.now(PLACE), journal.last_moment()
        if last is None or last <= now:
            _say(_IN_STEP, options)
            return
        known = {"now": f"{now:%Y-%m-%d %H:%M}", "last": f"{last.astimezone(PLACE):%Y-%m-%d %H:%M}"}
        _say(_CLOCK.fill(**known), options)
        if options.accept:
            with journal.writing(actor, now) as book:
                book.add("accept", CLOCK, known)
        _say(_ACCEPTED if options.accept else _ACCEPT, options)
    finally:
        journal.close()


def _progress(seq: int) -> None:
    if seq % _STEP == 0 and sys.stderr.isatty():
        sys.stderr.write(f"\r{seq}")


def _say(text: Text, options: argparse.Namespace) -> None:
    sys.stdout.write(text.in_(options.lang) + "\n")
