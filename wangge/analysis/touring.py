"""The shortest order to visit stops in: proven best for a few, near the best with a bound for many.

A tour goes from a start to each stop once and on to an end; what the first and the last step cost
is given by stop, so that one machinery serves a round trip, a way with an open end (the last step
costs nothing) and one that may begin anywhere (nor does the first).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import minimum_spanning_tree

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
EXACT: Final = 11  # stops up to which every order is weighed
_GAIN: Final = 1e-9  # the least that counts as shorter
_SEGMENT: Final = 3  # stops moved at once
_KICKS: Final = 60  # times a tour that no move shortens is shaken up
_CUTS: Final = 3  # where a shaken tour is cut; the two parts between change places
_ROUNDS: Final = 120  # of the bound


@dataclass(frozen=True, slots=True)
class Tour:
    """Stops in ``order`` (n,), ``length`` in all; no order is shorter than ``bound``."""

    order: Ints
    length: float
    bound: float

    @property
    def gap(self) -> float:
        """Return the share of the length that a better order might save: 0 is proven best."""
        return float((self.length - self.bound) / self.length) if self.length > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Costs:
    """What steps cost: ``between`` (n, n) stops, to the ``first`` and from the ``last`` (n,).

    ``between`` is symmetric and keeps the triangle inequality where it stands for distances; all
    are finite and not negative.
    """

    between: Floats
    first: Floats
    last: Floats

    def __post_init__(self) -> None:
        """Refuse what is no cost."""
        n = len(self.first)
        if self.between.shape != (n, n) or self.last.shape != (n,):
            msg = f"Shapes {self.between.shape}, {self.first.shape}, {self.last.shape} differ."
            raise ValueError(msg)
        held = np.concatenate([self.between.ravel(), self.first, self.last])
        if not (np.isfinite(held) & (held >= 0)).all():
            msg = "Costs must be finite and not below 0."
            raise ValueError(msg)
        if not np.array_equal(self.between, self.between.T):
            msg = "`between` must be symmetric."
            raise ValueError(msg)

    def of(self, order: Ints) -> float:
        """Return what the tour through all stops in `order` costs."""
        steps = self.between[order[:-1], order[1:]].sum()
        return float(self.first[order[0]] + steps + self.last[order[-1]])


def best_tour(costs: Costs, *, exact: int = EXACT) -> Tour:
    """Return the shortest tour, or with over `exact` stops a short one.

    Parameters
    ----------
    costs
        Of n >= 0 stops.
    exact
        Up to how many stops the best is proven; twice the time and memory for each more.

    Returns
    -------
    Tour
        The same costs give the same tour.  Over `exact` stops it starts from the nearest neighbour,
        takes every reversal (2-opt) and move of up to three stops (or-opt) that shortens it, and is
        shaken up a fixed number of times; the bound is the spanning tree's, raised by weights on
        the stops (Held and Karp 1970).

    Examples
    --------
    >>> at = np.array([0.0, 9.0, 4.0])
    >>> tour = best_tour(Costs(abs(at[:, None] - at), at, np.zeros(3)))
    >>> tour.order.tolist(), tour.length, tour.gap
    ([0, 2, 1], 9.0, 0.0)
    """
    n = len(costs.first)
    if not n:
        return Tour(np.zeros(0, dtype=np.intp), 0.0, 0.0)
    if n <= exact:
        order = _proven(costs)
        return Tour(order, costs.of(order), costs.of(order))
    order = _short(costs)
    length = costs.of(order)
    return Tour(order, length, min(lower_bound(costs, length), length))


def lower_bound(costs: Costs, length: float) -> float:
    """Return what no tour costs less than, given that one of `length` is known.

    The spanning tree of the stops, with the cheapest two steps to start and end, is never longer
    than a tour.  Weights on the stops, which make those expensive that the tree passes too often,
    change every tour alike and raise the bound.

    Examples
    --------
    >>> at = np.array([0.0, 9.0, 4.0])
    >>> float(lower_bound(Costs(abs(at[:, None] - at), at, np.zeros(3)), 9.0))
    9.0
    """
    n = len(costs.first)
    if n == 1:
        return float(costs.first[0] + costs.last[0])
    best, weight, pace = -np.inf, np.zeros(n), 1.0
    for _ in range(_ROUNDS):
        tree, degree = _tree(costs.between + weight[:, None] + weight)
        ends, pair = _ends(costs.first + weight, costs.last + weight)
        degree[list(pair)] += 1
        found = tree + ends - 2 * weight.sum()
        pace = pace if found > best else pace * 0.9
        best = max(best, found)
        off = degree - 2
        if not off.any():
            break
        weight += pace * max(length - found, 0.0) / float(off @ off) * off
    return best


def _tree(cost: Floats) -> tuple[float, Ints]:
    """Return what the spanning tree costs and how many of its edges meet at each stop."""
    n = len(cost)
    lift = 1.0 - cost.min()  # no edge may be 0, which means none
    tree = minimum_spanning_tree(cost + lift).tocoo()
    degree = np.bincount(np.concatenate([tree.row, tree.col]), minlength=n)
    return float(tree.data.sum() - lift * (n - 1)), degree


def _ends(first: Floats, last: Floats) -> tuple[float, tuple[int, int]]:
    """Return the cheapest first and last step that do not share their stop, and these stops."""
    cost = first[:, None] + last
    np.fill_diagonal(cost, np.inf)
    i, j = divmod(int(cost.argmin()), len(first))
    return float(cost[i, j]), (i, j)


def _proven(costs: Costs) -> Ints:
    """Return the best order of a few stops: the best way through each set, from small to large."""
    n = len(costs.first)
    far = np.full((1 << n, n), np.inf)
    came = np.full((1 << n, n), -1)
    far[1 << np.arange(n), np.arange(n)] = costs.first
    for held in range(1, 1 << n):
        ways = far[held][:, None] + costs.between
        for stop in range(n):
            if not held >> stop & 1:
                before = int(ways[:, stop].argmin())
                far[held | 1 << stop, stop] = ways[before, stop]
                came[held | 1 << stop, stop] = before
    held = (1 << n) - 1
    order = [int((far[held] + costs.last).argmin())]
    while len(order) < n:
        stop = order[-1]
        order.append(int(came[held, stop]))
        held ^= 1 << stop
    return np.array(order[::-1], dtype=np.intp)


def _short(costs: Costs) -> Ints:
    """Return a short order of many stops."""
    n = len(costs.first)
    cost = np.zeros((n + 2, n + 2))  # the start is n, the end n + 1
    cost[:n, :n] = costs.between
    cost[n, :n] = cost[:n, n] = costs.first
    cost[n + 1, :n] = cost[:n, n + 1] = costs.last
    best = _settled(cost, _nearest_first(cost))
    length = _length(cost, best)
    rng = np.random.default_rng(0)  # the same stops give the same tour
    for _ in range(_KICKS if n >= _CUTS else 0):
        a, b, c = np.sort(rng.choice(np.arange(1, n + 1), _CUTS, replace=False))
        shaken = np.concatenate([best[:a], best[b:c], best[a:b], best[c:]])
        tried = _settled(cost, shaken)
        if _length(cost, tried) < length - _GAIN:
            best, length = tried, _length(cost, tried)
    return best[1:-1]


def _length(cost: Floats, path: Ints) -> float:
    return float(cost[path[:-1], path[1:]].sum())


def _nearest_first(cost: Floats) -> Ints:
    """Return the path that always goes on to the nearest stop left."""
    n = len(cost) - 2
    path, left = [n], np.ones(n, dtype=bool)
    for _ in range(n):
        path.append(int(np.where(left, cost[path[-1], :n], np.inf).argmin()))
        left[path[-1]] = False
    return np.array([*path, n + 1], dtype=np.intp)


def _settled(cost: Floats, path: Ints) -> Ints:
    """Return `path` after every move that shortens it, the best one first."""
    while True:
        moves = [
            _turned(cost, path),
            *(_moved(cost, path, size) for size in range(1, _SEGMENT + 1)),
        ]
        gain, better = min(moves, key=lambda move: move[0])
        if gain > -_GAIN:
            return path
        path = better


def _turned(cost: Floats, path: Ints) -> tuple[float, Ints]:
    """Return the best reversal of a part of `path`, and what it adds."""
    here, there = path[:-1], path[1:]
    step = cost[here, there]
    adds = cost[np.ix_(here, here)] + cost[np.ix_(there, there)] - step[:, None] - step
    adds[np.tri(len(here), dtype=bool)] = np.inf
    i, j = divmod(int(adds.argmin()), len(here))
    better = path.copy()
    better[i + 1 : j + 1] = path[i + 1 : j + 1][::-1]
    return float(adds[i, j]), better


def _moved(cost: Floats, path: Ints, size: int) -> tuple[float, Ints]:
    """Return the best move of `size` stops in a row to another place, and what it adds."""
    n = len(path) - 2
    if n <= size:
        return 0.0, path
    at = np.arange(1, n - size + 2)  # where a segment begins
    head, tail, before, after = path[at], path[at + size - 1], path[at - 1], path[at + size]
    saved = cost[before, head] + cost[tail, after] - cost[before, after]
    here, there = path[:-1], path[1:]
    step = cost[here, there]
    plain = cost[np.ix_(head, here)] + cost[np.ix_(tail, there)]
    turned = cost[np.ix_(tail, here)] + cost[np.ix_(head, there)]
    adds = np.minimum(plain, turned) - step - saved[:, None]
    gap = np.arange(len(here)) - at[:, None]
    adds[(gap >= -1) & (gap < size)] = np.inf  # into itself
    row, k = divmod(int(adds.argmin()), len(here))
    i = int(at[row])
    part = path[i : i + size]
    if turned[row, k] < plain[row, k]:
        part = part[::-1]
    rest = np.delete(path, np.arange(i, i + size))
    into = k + 1 if k < i else k + 1 - size
    return float(adds[row, k]), np.concatenate([rest[:into], part, rest[into:]])
