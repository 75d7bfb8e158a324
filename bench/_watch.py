"""The stopwatch of the benchmarks that time a function inside this process."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Final

TIMES: Final = 9
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
