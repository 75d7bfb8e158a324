"""Numbers in runs: each row of something has so many, and all of them stand in one array."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.intp]


def runs(first: Ints, size: Ints) -> tuple[Ints, Ints]:
    """Return for n runs of `size` numbers, on from `first`: whose run each is in, and all numbers.

    Examples
    --------
    >>> run, number = runs(np.array([5, 0, 7]), np.array([2, 0, 1]))
    >>> run.tolist(), number.tolist()
    ([0, 0, 2], [5, 6, 7])
    """
    run = np.repeat(np.arange(len(size)), size)
    shift = first - np.cumsum(size)
    shift += size
    return run, np.arange(len(run)) + shift[run]
