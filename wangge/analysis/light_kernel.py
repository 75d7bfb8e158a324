"""What `lamp_light` and `chainage` find, by compiled loops: for a whole city.

Importing this imports numba, the optional extra ``scale``; `scale.kernel` says when it is worth it.
Numba keeps what it compiled beside this file, or in the user's cache where that cannot be written.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final, NamedTuple, TypeVar, cast

import numba
import numpy as np

from wangge.analysis.chainage import NOTHING, Chain, Floats, Ints

F = TypeVar("F", bound=Callable[..., Any])
_compiled: Final = cast("Callable[[F], F]", numba.njit(cache=True, nogil=True))
_CELLS_EACH: Final = 4  # cells of the grid for each lamp, which bounds the memory
_BLOCK: Final = 8  # segments for which the lamps about are looked up once
_FEW: Final = 64  # room to begin with; it grows


class _Grid(NamedTuple):
    """Lamps in a grid of square cells: ``discs`` (m, 3) by cell, x, y and reach of each.

    Cell number n, row by row from ``x``, ``y``, holds ``discs[begin[n]:begin[n + 1]]``.
    """

    discs: Floats
    begin: Ints
    x: float
    y: float
    cell: float
    columns: int
    rows: int
    farthest: float


class _Lines(NamedTuple):
    """What the loops need of a `Chain`, under the same names."""

    xy: Floats
    at: Floats
    length: Floats
    begin: Ints
    end: Ints


def dark_stretches(laid: Chain, lamps: Floats, reach: Floats) -> tuple[Floats, Ints]:
    """Return what `lamp_light.dark_stretches` does, for at least one segment and shining lamp."""
    discs = np.column_stack([lamps, reach])[reach > 0]
    lines = _Lines(laid.xy, laid.at, laid.length, laid.begin, laid.end)
    found = _dark(lines, _grid_of(discs, laid.xy))
    return np.ascontiguousarray(found[:, :2]), found[:, 2].astype(np.intp)


def vertices(laid: Chain, stretches: Floats, part: Ints) -> tuple[Floats, Ints]:
    """Return what `chainage.vertices` does."""
    lines = _Lines(laid.xy, laid.at, laid.length, laid.begin, laid.end)
    return _vertices(lines, stretches, part)


def _grid_of(discs: Floats, xy: Floats) -> _Grid:
    farthest = float(discs[:, 2].max())
    west, south, east, north = _box(xy, 0, len(xy) - 1)
    width, height = east - west + 2 * farthest, north - south + 2 * farthest
    cells = _CELLS_EACH * len(discs)
    cell = max(
        2 * float(np.median(discs[:, 2])),
        math.sqrt(width * height / cells),
        max(width, height) / cells,
    )
    columns, rows = int(width / cell) + 1, int(height / cell) + 1
    x, y = west - farthest, south - farthest
    begin, sorted_discs = _binned(discs, x, y, cell, columns, rows)
    return _Grid(sorted_discs, begin, x, y, cell, columns, rows, farthest)


@_compiled
def _binned(
    discs: Floats, x: float, y: float, cell: float, columns: int, rows: int
) -> tuple[Ints, Floats]:
    """Sort `discs` by their cells, those outside the grid left out: they meet no line."""
    number = np.full(len(discs), -1, np.intp)
    begin = np.zeros(columns * rows + 1, np.intp)
    for i in range(len(discs)):
        column, row = math.floor((discs[i, 0] - x) / cell), math.floor((discs[i, 1] - y) / cell)
        if 0 <= column < columns and 0 <= row < rows:
            number[i] = row * columns + column
            begin[number[i] + 1] += 1
    free = np.empty(columns * rows, np.intp)
    for k in range(columns * rows):
        free[k] = begin[k]
        begin[k + 1] += begin[k]
    found = np.empty((begin[columns * rows], 3))
    for i in range(len(discs)):
        if number[i] >= 0:
            k = free[number[i]]
            found[k, 0], found[k, 1], found[k, 2] = discs[i, 0], discs[i, 1], discs[i, 2]
            free[number[i]] += 1
    return begin, found


@_compiled
def _grown(held: Floats) -> Floats:
    """Return `held` with room for twice as many rows."""
    rows, columns = held.shape
    more = np.empty((2 * rows, columns))
    for i in range(rows):
        for j in range(columns):
            more[i, j] = held[i, j]
    return more


@_compiled
def _added(found: Floats, n: int, low: float, high: float, part: int) -> Floats:
    """Return `found` with one more stretch as its row `n`."""
    if n == len(found):
        found = _grown(found)
    found[n, 0], found[n, 1], found[n, 2] = low, high, part
    return found


@_compiled
def _about(grid: _Grid, box: tuple[float, float, float, float], near: Floats) -> tuple[Floats, int]:
    """Put in `near` the lamps whose reach meets the `box` (west, south, east, north)."""
    west, south, east, north = box
    cell, far = grid.cell, grid.farthest
    left = max(int((west - far - grid.x) / cell), 0)
    right = min(int((east + far - grid.x) / cell), grid.columns - 1)
    count = 0
    for row in range(
        max(int((south - far - grid.y) / cell), 0),
        min(int((north + far - grid.y) / cell), grid.rows - 1) + 1,
    ):
        first = row * grid.columns
        for k in range(grid.begin[first + left], grid.begin[first + right + 1]):
            x, y, reach = grid.discs[k, 0], grid.discs[k, 1], grid.discs[k, 2]
            if west < x + reach and x - reach < east and south < y + reach and y - reach < north:
                if count == len(near):
                    near = _grown(near)
                near[count, 0], near[count, 1], near[count, 2] = x, y, reach
                count += 1
    return near, count


@_compiled
def _box(xy: Floats, first: int, last: int) -> tuple[float, float, float, float]:
    """Return west, south, east and north of the vertices `first` to `last`."""
    west, south = xy[first, 0], xy[first, 1]
    east, north = west, south
    for k in range(first + 1, last + 1):
        west, east = min(west, xy[k, 0]), max(east, xy[k, 0])
        south, north = min(south, xy[k, 1]), max(north, xy[k, 1])
    return west, south, east, north


@_compiled
def _light(lines: _Lines, k: int, length: float, near: Floats, lamps: int, lit: Floats) -> int:
    """Put in `lit` what the first `lamps` of `near` light of the segment after vertex k, sorted."""
    begin, end = lines.at[k], lines.at[k + 1]
    start_x, start_y = lines.xy[k, 0], lines.xy[k, 1]
    ux, uy = (lines.xy[k + 1, 0] - start_x) / length, (lines.xy[k + 1, 1] - start_y) / length
    count = 0
    for i in range(lamps):
        x, y, reach = near[i, 0] - start_x, near[i, 1] - start_y, near[i, 2]
        foot = x * ux + y * uy
        away = x * uy - y * ux
        square = reach * reach - away * away
        if foot <= -reach or foot >= length + reach or square <= 0:
            continue
        half = math.sqrt(square)
        low, high = max(foot - half + begin, begin), min(foot + half + begin, end)
        if high > low:
            j = count
            while j > 0 and lit[j - 1, 0] > low:
                lit[j, 0], lit[j, 1] = lit[j - 1, 0], lit[j - 1, 1]
                j -= 1
            lit[j, 0], lit[j, 1] = low, high
            count += 1
    return count


@_compiled
def _dark(lines: _Lines, grid: _Grid) -> Floats:
    """Return what no lamp reaches: from, to and part (k, 3)."""
    near, lit = np.empty((_FEW, 3)), np.empty((_FEW, 2))
    found, n = np.empty((len(lines.begin) + _FEW, 3)), 0
    for part in range(len(lines.begin)):
        vertex, last = lines.begin[part], lines.end[part]
        reached = lines.at[vertex]  # all before it is lit or already found dark
        while vertex < last:
            stop = min(vertex + _BLOCK, last)
            near, lamps = _about(grid, _box(lines.xy, vertex, stop), near)
            while len(lit) < lamps:
                lit = _grown(lit)
            for k in range(vertex, stop):
                length = lines.length[k - part]  # each part before has a vertex more than segments
                if length <= 0:
                    continue
                for j in range(_light(lines, k, length, near, lamps, lit)):
                    if lit[j, 0] - reached > NOTHING:
                        found = _added(found, n, reached, lit[j, 0], part)
                        n += 1
                    reached = max(reached, lit[j, 1])
            vertex = stop
        if lines.at[last] - reached > NOTHING:
            found = _added(found, n, reached, lines.at[last], part)
            n += 1
    return found[:n]


@_compiled
def _search(at: Floats, first: int, last: int, chainage: float) -> int:
    """Return the first vertex from `first` to `last` that lies at `chainage` or beyond."""
    while first < last:
        middle = (first + last) // 2
        if at[middle] >= chainage:
            last = middle
        else:
            first = middle + 1
    return first


@_compiled
def _put(lines: _Lines, vertex: int, chainage: float, xy: Floats, row: int) -> None:
    """Put in a `row` of `xy` the point at `chainage`, on the segment that ends in `vertex`."""
    before, after = lines.at[vertex - 1], lines.at[vertex]
    share = (chainage - before) / (after - before)
    for axis in range(2):
        start = lines.xy[vertex - 1, axis]
        xy[row, axis] = start + (lines.xy[vertex, axis] - start) * share


@_compiled
def _vertices(lines: _Lines, stretches: Floats, part: Ints) -> tuple[Floats, Ints]:
    heads, tails = np.empty(len(part), np.intp), np.empty(len(part), np.intp)
    total = 0
    for i in range(len(part)):
        last = lines.end[part[i]]
        head = _search(lines.at, lines.begin[part[i]], last, stretches[i, 0])
        while lines.at[head] <= stretches[i, 0]:
            head += 1
        heads[i], tails[i] = head, _search(lines.at, head, last, stretches[i, 1])
        total += tails[i] - head + 2
    xy, row = np.empty((total, 2)), np.empty(total, np.intp)
    k = 0
    for i in range(len(part)):
        end = k + tails[i] - heads[i] + 1
        _put(lines, heads[i], stretches[i, 0], xy, k)
        _put(lines, tails[i], stretches[i, 1], xy, end)
        row[k] = row[end] = i
        for j in range(k + 1, end):
            vertex = heads[i] + j - k - 1
            xy[j, 0], xy[j, 1], row[j] = lines.xy[vertex, 0], lines.xy[vertex, 1], i
        k = end + 1
    return xy, row
