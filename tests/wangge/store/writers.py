"""Processes that write to one journal until they are killed.

Run as a program it is told on standard input how many words to wait for before it kills them all,
and passes on what they say. They are forked from it, for starting Python four hundred times would
take minutes; it has no threads.

A writer says ``begun KEY`` before it writes and ``kept KEY SUBJECT`` once the write returned, all
in one pipe: what stands in a pipe outlives whoever wrote it.
"""

from __future__ import annotations

import gc
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from wangge.domain.actors import Actor
from wangge.store.desk import Desk, Draft
from wangge.store.engine import engine_of
from wangge.store.journal import Journal

WRITERS = 8
JPEG = b"\xff\xd8" + bytes(range(256)) * 40  # 10 kB; nothing looks into it here
SIGHT = Draft(113.05, 36.05, "old_wiring", "一般", note="楼道电线老化")


@dataclass
class Said:
    """What the writers of one round said: keys begun, and the subject of each key confirmed."""

    begun: set[str] = field(default_factory=set)
    kept: dict[str, str] = field(default_factory=dict)

    def hear(self, line: str) -> None:
        word, key, *subject = line.split()
        if word == "begun":
            self.begun.add(key)
        else:
            self.kept[key] = subject[0]

    def writers(self) -> int:
        """Return how many writers have begun to write."""
        return len({key.rsplit("-", 1)[0] for key in self.begun})


def place(text: str) -> Path | str:
    """Return a journal's place as `engine_of` takes it."""
    return text if "://" in text else Path(text)


def write(where: Path | str, name: str, say: int, most: int = sys.maxsize) -> None:
    """Write cases with photos, steps and records, one after the other, and say so each time."""
    journal = Journal(engine_of(where))
    worker = Desk(journal, Actor(f"第{name}网格网格员", "worker"), lambda: datetime.now(UTC))
    secretary = Desk(journal, Actor("书记", "secretary"), lambda: datetime.now(UTC))
    for number in range(most):
        key = f"{name}-{number}"
        os.write(say, f"begun {key}\n".encode())
        if number % 3 == 0:
            case = worker.report(SIGHT, key=key, photos=[JPEG + key.encode()])
            subject = f"cases/{case.id}"
        elif number % 3 == 1:
            secretary.step(case.id, "open", key=key)
        else:
            subject = f"records/{worker.keep('note', '', {'said': key}, key=key)}"
        os.write(say, f"kept {key} {subject}\n".encode())
    journal.close()


def tell(line: str) -> None:
    """Pass a line on at once."""
    sys.stdout.write(line)
    sys.stdout.flush()


def started(where: Path | str, names: list[str], say: int, most: int) -> list[int]:
    """Fork a writer of each name and return their process ids."""
    children = []
    for name in names:
        child = os.fork()
        if not child:
            code = 1
            try:
                write(where, name, say, most)
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    return children


def round_of(where: Path | str, number: int, kill_after: int, most: int) -> int:
    """Let writers write; kill them so many words after all have begun (0: wait for their end).

    The round's `number` decides how much later still. What they say is passed on at once. Returns
    how many ended badly by themselves.
    """
    names = [f"{number}-{writer}" for writer in range(WRITERS)]
    chance = random.Random(number)
    listen, say = os.pipe()
    children = started(where, names, say, most)
    os.close(say)
    said, alive, heard = Said(), True, 0
    with os.fdopen(listen, encoding="utf-8") as lines:
        for line in lines:  # ends when the last writer is gone
            tell(line)
            said.hear(line)
            busy = alive and said.writers() == len(names)
            heard += busy
            if busy and 0 < kill_after <= heard:
                time.sleep(chance.random() * 0.004)  # anywhere between two writes
                for child in children:
                    os.kill(child, signal.SIGKILL)
                alive = False
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    return sum(code not in {0, -signal.SIGKILL} for code in codes)


class Nursery:
    """The program above, running beside a test."""

    def __init__(self, where: Path | str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", __name__, str(where)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.rounds = count(1)

    def round(
        self,
        *,
        kill_after: int = 0,
        each: int = 0,
        midway: Callable[[], None] | None = None,
        failing: int = 0,
    ) -> Said:
        """Run eight writers until they are killed, have written `each`, or `failing` of them fail.

        `midway` is called once, when the first few writes are confirmed.
        """
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{next(self.rounds)} {kill_after} {each}\n")
        self.process.stdin.flush()
        said = Said()
        while not (line := self.process.stdout.readline()).startswith("end"):
            assert line, "The writers are gone."
            said.hear(line)
            if midway is not None and len(said.kept) >= WRITERS:
                midway()
                midway = None
        assert line.split() == ["end", str(failing)]
        return said


@contextmanager
def nursery(where: Path | str) -> Iterator[Nursery]:
    """Yield writers of the journal at `where`."""
    held = Nursery(where)
    try:
        yield held
    finally:
        held.process.communicate()


def load(where: Path | str) -> None:
    """Load all that a writer needs, before it is forked: else each spends most of its time so."""
    Journal(engine_of(where)).close()  # the driver of its engine
    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("wb") as nobody:
        write(Path(folder) / "journal.gpkg", "first", nobody.fileno(), 3)  # holidays, projections
    gc.freeze()


def main() -> None:
    """Answer each line of standard input with a round of writers."""
    where = place(sys.argv[1])
    load(where)
    for line in sys.stdin:
        number, kill_after, each = (int(part) for part in line.split())
        failed = round_of(where, number, kill_after, each or sys.maxsize)
        tell(f"end {failed}\n")


if __name__ == "__main__":
    main()
