"""All alleys laid end to end on one line, so that what lies along them is intervals of a number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from wangge.analysis.runs import runs
from wangge.analysis.scale import kernel
from wangge.domain.tables import Alleys

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Objects = NDArray[np.object_]
_LINE = 1  # shapely's number for a LineString
NOTHING = 1e-9  # m; a nanometre is no darkness


@dataclass(frozen=True, slots=True)
class Chain:
    """All alleys laid end to end on one chainage, a gap of 1 m between parts.

    ``xy`` are the vertices of all lines (v, 2) and ``at`` where on the chainage each lies (v,).
    Segment k runs from vertex ``segment[k]`` to the next and is ``length[k]`` long (s,).  ``begin``
    and ``end`` are the first and last vertex of a part, ``alley`` the row it belongs to, ``total``
    how long it is (p,).
    """

    xy: Floats
    at: Floats
    segment: Ints
    length: Floats
    begin: Ints
    end: Ints
    alley: Ints
    total: Floats

    @property
    def first(self) -> Floats:
        """Return where on the chainage each part begins (p,)."""
        return self.at[self.begin]

    @property
    def before(self) -> Floats:
        """Return how long the parts of the same alley before each part are together (p,)."""
        so_far = np.cumsum(self.total) - self.total
        return so_far - so_far[np.searchsorted(self.alley, self.alley)]

    @property
    def last(self) -> Floats:
        """Return where on the chainage each part ends (p,)."""
        return self.at[self.end]


def chain(alleys: Alleys) -> Chain:
    """Lay `alleys` on one chainage, see `chain_of`."""
    return chain_of(alleys.geometry.to_numpy())


def chain_of(lines: Objects) -> Chain:
    """Lay (Multi)LineStrings (n,) on one chainage; empty lines take no part, zero-length ones 0 m.

    Raises
    ------
    ValueError
        If a coordinate is not a finite number: it would put all that follows nowhere.
    """
    parts, alley = lines, np.arange(len(lines))
    if (shapely.get_type_id(lines) != _LINE).any():
        parts, alley = shapely.get_parts(lines, return_index=True)
    xy, of = shapely.get_coordinates(parts, return_index=True)
    if not len(xy):
        none, nothing = np.zeros(0, np.intp), np.zeros(0)
        return Chain(xy, nothing, none, nothing, none, none, none, nothing)
    same = of[1:] == of[:-1]
    tail = np.flatnonzero(~same)  # the last vertex of each part but the last
    begin, end = np.append(0, tail + 1), np.append(tail, len(of) - 1)
    step = np.hypot(xy[1:, 0] - xy[:-1, 0], xy[1:, 1] - xy[:-1, 1])
    at = np.zeros(len(xy))
    np.cumsum(np.where(same, step, 1.0), out=at[1:])
    if not np.isfinite(at[-1]):
        msg = "A line has a coordinate that is not a finite number."
        raise ValueError(msg)
    segment = np.flatnonzero(same)
    total = np.bincount(of[segment], weights=step[segment], minlength=len(parts))[of[begin]]
    return Chain(xy, at, segment, step[segment], begin, end, alley[of[begin]], total)


def left_over(laid: Chain, low: Floats, high: Floats) -> tuple[Floats, Ints]:
    """Return what the intervals [low, high] of chainage leave of each part, and whose part it is.

    Parameters
    ----------
    laid
        The alleys.
    low, high
        Intervals (m,) in any order, each within one part; they may overlap.

    Returns
    -------
    array, array
        Stretches of chainage (k, 2) in order, and the part each lies in (k,).

    Notes
    -----
    The gaps between parts are taken too; then one sort and a running maximum find what is free.
    """
    low = np.concatenate([[-np.inf], laid.last, low])
    high = np.concatenate([laid.first, [np.inf], high])
    order = np.argsort(low)
    low, high = low[order], np.maximum.accumulate(high[order])
    free = np.flatnonzero(low[1:] - high[:-1] > NOTHING)
    begin = high[free]
    part = np.searchsorted(laid.first, begin, side="right") - 1
    return np.stack([begin, low[1:][free]], axis=1), part


def cut_out(laid: Chain, stretches: Floats, part: Ints) -> Objects:
    """Return the lines along `stretches` of chainage (k, 2), each within its `part` (k,)."""
    compiled = kernel(len(laid.at))
    found: tuple[Floats, Ints]
    found = compiled.vertices(laid, stretches, part) if compiled else vertices(laid, stretches)
    xy, row = found
    if not len(row):
        return np.zeros(0, dtype=object)
    return np.array(shapely.linestrings(xy, indices=row), dtype=object, ndmin=1)


def vertices(laid: Chain, stretches: Floats) -> tuple[Floats, Ints]:
    """Return the vertices (v, 2) of the lines `cut_out` makes, and which line each is of (v,)."""
    low, high = stretches.T
    head = np.searchsorted(laid.at, low, side="right")  # the first vertex beyond the beginning
    tail = np.searchsorted(laid.at, high, side="left")  # the first not before the end
    count = tail - head + 2
    row, vertex = runs(head - 1, count)
    xy, after = laid.xy[vertex], np.cumsum(count)
    xy[np.concatenate([after - count, after - 1])] = _spots(
        laid, np.concatenate([head, tail]), stretches.T
    )
    return xy, row


def _spots(laid: Chain, vertex: Ints, chainage: Floats) -> Floats:
    """Return the points (k, 2) at `chainage`, on the segments that end in `vertex`."""
    at, xy = laid.at[vertex - 1], laid.xy[vertex - 1]
    share = (chainage.ravel() - at) / (laid.at[vertex] - at)
    return xy + (laid.xy[vertex] - xy) * share[:, None]
