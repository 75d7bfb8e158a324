"""How fast the journal takes what is written, by one process and by eight, and proves itself.

A commit is a case reported, through the desk as the pages do: an event, its row, on disk.
"""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Final

import numpy as np

from bench._many_cases import cases, write
from tests.pg_server import Postgres
from wangge.domain.actors import Actor
from wangge.store.desk import Desk, Draft
from wangge.store.engine import engine_of
from wangge.store.files import read
from wangge.store.journal import Journal

WRITERS: Final = 8
SECONDS: Final = 4.0
MANY: Final = 100_000
FOLDER: Final = Path("data/geo")
SIGHT: Final = Draft(113.05, 36.05, "old_wiring", "一般", note="楼道电线老化")


def work(where: Path | str, name: str, ready: Barrier, found: Queue[list[float]]) -> None:
    """Report cases until the time is over, and hand in how many seconds each took."""
    journal = Journal(engine_of(where))
    desk = Desk(journal, Actor(f"{name}号网格员", "worker"), lambda: datetime.now(UTC))
    taken: list[float] = []
    ready.wait()
    until = time.perf_counter() + SECONDS
    while (began := time.perf_counter()) < until:
        desk.report(SIGHT, key=f"{name}-{len(taken)}-{began}")
        taken.append(time.perf_counter() - began)
    journal.close()
    found.put(taken)


def writers(where: Path | str, count: int) -> list[float]:
    """Return how many seconds each commit of `count` processes at once took."""
    context = multiprocessing.get_context("spawn")
    ready, found = context.Barrier(count), context.Queue()
    args = (ready, found)
    held = [context.Process(target=work, args=(where, str(n), *args)) for n in range(count)]
    for process in held:
        process.start()
    taken = [second for _ in held for second in found.get(timeout=60)]
    for process in held:
        process.join()
    return taken


def places(folder: Path) -> Iterator[tuple[str, Path | str]]:
    """Yield each engine and where a new journal of it may be made."""
    yield "sqlite", folder / "home" / "journal.gpkg"
    try:
        server = Postgres(fsync="on")
    except FileNotFoundError as missing:
        print(f"# {missing}")
        return
    try:
        yield "postgresql", server.fresh()
    finally:
        server.end()


def main() -> None:
    """Print one `name: value unit` a line."""
    with tempfile.TemporaryDirectory() as folder:
        for engine, where in places(Path(folder)):
            Journal(engine_of(where)).close()
            for count in (1, WRITERS):
                taken = writers(where, count)
                half, worst = np.percentile(taken, [50, 99]) * 1e3
                print(f"journal_{engine}_{count}_writers: {len(taken) / SECONDS:.0f} commits/s")
                print(f"journal_{engine}_{count}_writers_p50: {half:.1f} ms")
                print(f"journal_{engine}_{count}_writers_p99: {worst:.1f} ms")
        many = write(Path(folder), cases(read(FOLDER).community, MANY))
        journal = Journal(engine_of(Path(many)))
        began = time.perf_counter()
        events = journal.verify()
        print(f"journal_verify_{events}_events: {time.perf_counter() - began:.1f} s")
        journal.close()


if __name__ == "__main__":
    main()
