"""What each streetlight lights along the alleys, exactly: a disc cuts a segment in one interval."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from wangge.analysis.chainage import Chain, Floats, Ints, left_over
from wangge.analysis.runs import runs
from wangge.analysis.scale import kernel

_CHUNK: Final = 16_384  # lamps looked at together, which bounds the memory
_CELLS_EACH: Final = 4  # cells of the grid for each lamp and segment, which bounds it too
_LEAST: Final = 1e-300  # divides nothing by nothing to nothing


@dataclass(frozen=True, slots=True)
class _Grid:
    """Pieces of segments in a grid of square cells, sorted by the cell their middle lies in.

    ``pieces`` (7, k) hold of each where its segment begins (x, y), the unit vector along it, and on
    the chainage where the segment begins, where the piece begins and where it ends; none is longer
    than twice ``half``.  Cells are counted from ``corner`` (2, 1), ``shape`` (2, 1) of them across
    and up, ``cell`` metres wide; number n holds the pieces ``begin[n]`` to ``begin[n + 1]``.
    """

    pieces: Floats
    half: float
    corner: Floats
    shape: Ints
    cell: float
    begin: Ints


def dark_stretches(laid: Chain, lamps: Floats, reach: Floats) -> tuple[Floats, Ints]:
    """Return what no lamp reaches of each part: stretches of chainage (k, 2), part of each (k,).

    Parameters
    ----------
    laid
        The alleys.
    lamps, reach
        Where the lamps stand (m, 2) and how far each lights (m,), in metres.
    """
    compiled = kernel(len(laid.segment) + len(reach))
    if compiled and len(laid.segment) and (reach > 0).any():
        found: tuple[Floats, Ints] = compiled.dark_stretches(laid, lamps, reach)
        return found
    _, low, high = lamp_intervals(laid, lamps, reach)
    return left_over(laid, low, high)


def lamp_intervals(laid: Chain, lamps: Floats, reach: Floats) -> tuple[Ints, Floats, Floats]:
    """Return what each lamp lights along the alleys: number of the lamp, from and to (k,) each.

    A lamp's disc cuts a straight piece of an alley in one interval of chainage, known in closed
    form.  A tangent disc lights a point, hence nothing.
    """
    on = np.flatnonzero(reach > 0)
    if not len(laid.segment) or not len(on):
        return np.zeros(0, np.intp), np.zeros(0), np.zeros(0)
    discs = np.stack([*lamps.T, reach]).take(on, axis=1)
    grid = _grid_of(laid, discs[2])
    found = [_cut(grid, discs, *near) for near in _near(grid, discs)]
    lamp, low, high = (
        found[0]
        if len(found) == 1
        else (np.concatenate(column) for column in zip(*found, strict=True))
    )
    return on[lamp], low, high


def _cut(grid: _Grid, discs: Floats, i: Ints, j: Ints) -> tuple[Ints, Floats, Floats]:
    """Return what of piece `j` lies in disc `i`, where anything does."""
    x, y, reach = discs.take(i, axis=1)
    start_x, start_y, ux, uy = grid.pieces[:4].take(j, axis=1)
    x -= start_x
    y -= start_y
    away = x * uy - y * ux
    square = reach * reach - away * away
    near = np.flatnonzero(square > 0)
    start, begin, end = grid.pieces[4:].take(j[near], axis=1)
    half = np.sqrt(square[near])
    foot = (x * ux + y * uy)[near]
    low = np.maximum(foot - half + start, begin)
    high = np.minimum(foot + half + start, end)
    some = np.flatnonzero(high > low)
    return i[near[some]], low[some], high[some]


def _near(grid: _Grid, discs: Floats) -> Iterator[tuple[Ints, Ints]]:
    """Pair each of `discs` (3, m) with the pieces in the cells around it: numbers (k,) of both."""
    columns = int(grid.shape[0, 0])
    for first in range(0, discs.shape[1], _CHUNK):
        some = discs[:, first : first + _CHUNK]
        at = (some[:2] - grid.corner) / grid.cell
        about = (some[2] + grid.half) / grid.cell  # no piece further off meets the disc
        begin = np.minimum(np.maximum(at - about, 0), grid.shape).astype(np.intp)
        end = np.minimum(np.maximum(at + about + 1, 0), grid.shape).astype(np.intp)
        lamp, row = runs(begin[1], end[1] - begin[1])
        row *= columns
        left, right = grid.begin[row + begin[0, lamp]], grid.begin[row + end[0, lamp]]
        strip, piece = runs(left, right - left)
        yield lamp[strip] + first, piece


def _grid_of(laid: Chain, reach: Floats) -> _Grid:
    """Put the segments in a grid, cut in pieces where one is longer than a cell is wide."""
    cells = _CELLS_EACH * (len(laid.segment) + len(reach))
    # No smaller than bounds the number of pieces.
    cell = max(float(reach.mean()), float(laid.length.sum()) / cells)
    pieces = _pieces(laid, cell)
    start, begin, end = pieces[4:]
    middle = pieces[:2] + pieces[2:4] * ((begin + end) / 2 - start)
    half = float((end - begin).max()) / 2
    corner = middle.min(axis=1, keepdims=True)
    width, height = (middle.max(axis=1, keepdims=True) - corner).ravel().tolist()
    # Nor than bounds the number of cells.
    cell = max(cell, (width * height / cells) ** 0.5, max(width, height) / cells)
    at = ((middle - corner) / cell).astype(np.intp)
    shape = at.max(axis=1, keepdims=True) + 1
    number = at[1] * shape[0] + at[0]
    order = np.argsort(number)
    begins = np.zeros(int(shape[0, 0] * shape[1, 0]) + 1, np.intp)
    np.cumsum(np.bincount(number, minlength=len(begins) - 1), out=begins[1:])
    return _Grid(pieces.take(order, axis=1), half, corner, shape, cell, begins)


def _pieces(laid: Chain, cell: float) -> Floats:
    """Return the segments cut in pieces no longer than `cell`, see `_Grid`."""
    xy = np.ascontiguousarray(laid.xy.T)
    start = xy.take(laid.segment, axis=1)
    unit = (xy.take(laid.segment + 1, axis=1) - start) / np.maximum(laid.length, _LEAST)
    begin, end = laid.at[laid.segment], laid.at[laid.segment + 1]
    whole = np.concatenate([start, unit, [begin, begin, end]])
    if float(laid.length.max()) <= cell:
        return whole
    count = np.maximum(np.ceil(laid.length / cell), 1.0).astype(np.intp)
    segment, step = runs(np.zeros_like(count), count)
    pieces = whole.take(segment, axis=1)
    size = (laid.length / count)[segment]
    pieces[5] += size * step
    inner = step + 1 < count[segment]
    pieces[6, inner] = (pieces[4] + size * (step + 1))[inner]
    return pieces
