"""The stopwatch of the benchmarks that time a function inside this process."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Final

TIMES: Final = 9
TURN: Final = 0.05  # seconds
LEAST: Final = 0.25  # seconds measured in all, so that what takes a millisecond is run often


def seconds(what: Callable[[], object]) -> float:
    """Return the median seconds of `what`, of at least `TIMES` runs, after one to warm up."""
    what()
    taken: list[float] = []
    while len(taken) < TIMES or sum(taken) < LEAST:
        began = time.perf_counter()
        what()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def in_turn(*what: Callable[[], object]) -> list[float]:
    """Return the median seconds of each of `what`, in turns: a busy spell meets all.

    Each has `TIMES` turns of at least `TURN` seconds and one run.
    """
    taken: list[list[float]] = [[] for _ in what]
    for _ in range(TIMES):
        for one, held in zip(what, taken, strict=True):
            until = time.perf_counter() + TURN
            while True:
                began = time.perf_counter()
                one()
                ended = time.perf_counter()
                held.append(ended - began)
                if ended > until:
                    break
    return [statistics.median(held) for held in taken]
