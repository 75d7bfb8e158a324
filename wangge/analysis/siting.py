"""Where to put the next few: the most covered for a number or a budget, and how near the best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, identity

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
_SLACK = 1e-9  # of the budget: sums of costs are rounded


@dataclass(frozen=True, slots=True)
class Cover:
    """What may be chosen: each of k spots covers some of n cells and costs something.

    ``reach`` (k, n) is 1 where a spot covers a cell, ``gain`` (n,) what a covered cell is worth,
    once, however often it is covered, ``cost`` (k,) what a spot costs: ones, to place a number.
    """

    reach: csr_array
    gain: Floats
    cost: Floats

    def __post_init__(self) -> None:
        """Refuse what has no best choice."""
        if self.reach.shape != (len(self.cost), len(self.gain)):
            msg = f"`reach` is {self.reach.shape}, not {(len(self.cost), len(self.gain))}."
            raise ValueError(msg)
        if not ((self.gain >= 0) & np.isfinite(self.gain)).all():
            msg = "`gain` must be finite and not below 0."
            raise ValueError(msg)
        if not ((self.cost > 0) & np.isfinite(self.cost)).all():
            msg = "`cost` must be finite and above 0."
            raise ValueError(msg)

    def value(self, chosen: Ints) -> float:
        """Return what the cells covered by the spots `chosen` are worth together."""
        covered = np.zeros(len(self.gain), dtype=bool)
        covered[self.reach[chosen].indices] = True
        return float(self.gain[covered].sum())


@dataclass(frozen=True, slots=True)
class Choice:
    """Spots ``chosen``, most useful first, worth ``value``; no choice is worth over ``bound``."""

    chosen: Ints
    value: float
    bound: float
    cost: float

    @property
    def gap(self) -> float:
        """Return the share of `bound` that may be missing: 0 is proven best."""
        return float((self.bound - self.value) / self.bound) if self.bound > 0 else 0.0


def greedy(cover: Cover, budget: float) -> Choice:
    """Return spots taken one by one, each the most worth for its cost, and a bound on the best.

    Parameters
    ----------
    cover
        What may be chosen.
    budget
        The most that the chosen may cost together; with costs of 1, how many.

    Returns
    -------
    Choice
        At least 1 - 1/e of the best for a number of spots; spots that add nothing are not taken.

    Raises
    ------
    ValueError
        If `budget` is not a number from 0.

    Notes
    -----
    The bound holds for any set S already taken: the best is worth at most S and the extra worth of
    the spots outside it, as many as the budget buys, the last one in part.  Nor is it worth more
    than all that any spot reaches.

    Examples
    --------
    >>> reach = csr_array(np.array([[1, 1, 0], [0, 1, 1], [0, 0, 1]]))
    >>> found = greedy(Cover(reach, np.array([5.0, 1.0, 3.0]), np.ones(3)), 2)
    >>> found.chosen.tolist(), found.value, found.gap
    ([0, 1], 9.0, 0.0)
    """
    _check(budget)
    left = cover.gain.copy()
    taken: list[int] = []
    spent, worth, bound = 0.0, 0.0, float(left[np.unique(cover.reach.indices)].sum())
    single = np.zeros(0, np.intp)
    while True:
        more = cover.reach @ left
        bound = min(bound, worth + _bought(more, cover.cost, budget))
        fits = (cover.cost <= (budget - spent) * (1 + _SLACK)) & (more > 0)
        if not taken and fits.any():
            single = np.array([np.argmax(np.where(fits, more, -1.0))])
        if not fits.any():
            break
        best = int(np.argmax(np.where(fits, more / cover.cost, -1.0)))
        taken.append(best)
        spent += cover.cost[best]
        worth += more[best]
        left[cover.reach[[best]].indices] = 0.0
    chosen = np.array(taken, dtype=np.intp)
    if cover.value(single) > cover.value(chosen):
        chosen = single
    return _choice(cover, chosen, bound)


def best(cover: Cover, budget: float, *, seconds: float = 10.0) -> Choice:
    """Return the spots worth most, proven by a mixed-integer program, or near it when time is up.

    Parameters
    ----------
    cover
        What may be chosen.
    budget
        The most that the chosen may cost together; with costs of 1, how many.
    seconds
        Time for the proof; after it the best found so far is returned with the bound so far.

    Returns
    -------
    Choice
        Never worth less than that of `greedy`; ``gap`` 0 (to 1e-9) where proven.

    Raises
    ------
    ValueError
        If `budget` is not a number from 0, or `seconds` not above 0.

    Notes
    -----
    HiGHS through ``scipy.optimize.milp``: maximise gain·y, y ≤ the sum of x of the spots that
    cover it, cost·x ≤ budget, x binary, 0 ≤ y ≤ 1.
    """
    if not seconds > 0:
        msg = f"`seconds` must be > 0, got {seconds}."
        raise ValueError(msg)
    first = greedy(cover, budget)
    if first.gap <= _SLACK:
        return first
    reach, gain = _merged(cover)
    k, n = reach.shape
    covered = hstack([reach.T, -identity(n)]).tocsr()
    paid = np.concatenate([cover.cost, np.zeros(n)])
    found = milp(
        -np.concatenate([np.zeros(k), gain]),
        integrality=np.concatenate([np.ones(k), np.zeros(n)]),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(covered, 0, np.inf),
            LinearConstraint(paid[None], -np.inf, budget),
        ],
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    bound, chosen = first.bound, first.chosen
    if found.mip_dual_bound is not None and np.isfinite(found.mip_dual_bound):
        bound = min(bound, -found.mip_dual_bound)
    if found.x is not None:
        other = np.flatnonzero(found.x[:k] > 0.5)  # noqa: PLR2004 - a binary, rounded
        fits = cover.cost[other].sum() <= budget * (1 + _SLACK)
        if fits and cover.value(other) > first.value:
            chosen = by_use(cover, other)
    return _choice(cover, chosen, bound)


def _check(budget: float) -> None:
    if not (budget >= 0 and np.isfinite(budget)):
        msg = f"`budget` must be a number from 0, got {budget}."
        raise ValueError(msg)


def _choice(cover: Cover, chosen: Ints, bound: float) -> Choice:
    value = cover.value(chosen)
    return Choice(chosen, value, max(bound, value), float(cover.cost[chosen].sum()))


def _bought(worth: Floats, cost: Floats, budget: float) -> float:
    """Return the most worth a budget buys when a spot may be bought in part."""
    worth = np.where(cost <= budget * (1 + _SLACK), worth, 0.0)  # nobody can place the others
    order = np.argsort(-worth / cost, kind="stable")
    spent = np.cumsum(cost[order])
    part = np.clip((budget - (spent - cost[order])) / cost[order], 0.0, 1.0)
    return float((worth[order] * part).sum())


def _merged(cover: Cover) -> tuple[csr_array, Floats]:
    """Return the problem with cells that the same spots cover made one, the uncovered left out."""
    columns = csr_array(cover.reach.T)
    columns.sort_indices()
    groups: dict[bytes, int] = {}
    group = np.full(len(cover.gain), -1, dtype=np.intp)
    for cell, (begin, end) in enumerate(zip(columns.indptr, columns.indptr[1:], strict=False)):
        if end > begin and cover.gain[cell] > 0:
            key = columns.indices[begin:end].tobytes()
            group[cell] = groups.setdefault(key, len(groups))
    some = group >= 0
    _, kept = np.unique(group[some], return_index=True)
    gain: Floats = np.bincount(group[some], weights=cover.gain[some], minlength=len(groups)).astype(
        float
    )
    return csr_array(columns[np.flatnonzero(some)[kept]].T), gain


def by_use(cover: Cover, chosen: Ints) -> Ints:
    """Return `chosen` with the one that adds most first, and none that adds nothing."""
    left, order, rest = cover.gain.copy(), [], list(chosen)
    while rest:
        more = cover.reach[rest] @ left
        if not more.max() > 0:
            break
        pick = rest.pop(int(np.argmax(more)))
        order.append(pick)
        left[cover.reach[[pick]].indices] = 0.0
    return np.array(order, dtype=np.intp)
