"""The stopwatch of the benchmarks that time a function inside this process."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Final

TIMES: Final = 9


def seconds(what: Callable[[], object]) -> float:
    """Return the median seconds of `what` after one run to warm up."""
    what()
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        what()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)
