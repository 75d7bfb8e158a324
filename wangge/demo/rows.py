"""Rows of houses facing south: where they go, what stands in them, the path behind."""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely
import shapely.ops
from shapely.geometry import LineString, Point, box
from shapely.geometry.base import BaseGeometry

from wangge.demo import shapes
from wangge.demo.outlines import one_line, one_point
from wangge.demo.shapes import Building

_NEARLY: Final = 0.97  # share of the house fronts kept when rows spread
_LEAST: Final = 25.2  # m: the shortest slab, two units


def row_starts(room: BaseGeometry, depth: float, pitch: float) -> list[float]:
    """Choose the rows that hold the most houses, then as far apart as costs nothing.

    `pitch` (m) is the least distance the winter sun allows between rows.
    """
    if room.is_empty:
        return []
    _, low, _, high = room.bounds
    spots = np.arange(low + 1.2, high - 4.2 - depth, 0.75).tolist()
    worth = [sum(b - a for a, b in _free(room, y, depth) if b - a >= _LEAST) for y in spots]
    most, rows = _pack(spots, worth, pitch)
    for wider in np.arange(pitch + 1, pitch + 13):
        total, spread = _pack(spots, worth, float(wider))
        if total < _NEARLY * most:
            break
        rows = spread
    return rows


def _pack(spots: list[float], worth: list[float], pitch: float) -> tuple[float, list[float]]:
    """Choose spots at least `pitch` apart whose worth sums highest; return sum and spots."""
    best: list[tuple[float, list[float]]] = [(0.0, [])]  # best choice among the first k spots
    for k, y in enumerate(spots):
        before = int(np.searchsorted(spots, y - pitch, side="right"))
        gain, rows = best[before]
        taken = (gain + worth[k], [*rows, y])
        best.append(taken if worth[k] > 0 and taken[0] > best[-1][0] + 1e-6 else best[-1])
    return best[-1]


def _free(room: BaseGeometry, y: float, depth: float) -> list[tuple[float, float]]:
    """List the stretches (from, to) along a row of `depth` where nothing is in the way."""
    west, _, east, _ = room.bounds
    strip = box(west, y - 1.2, east, y + depth)
    bad = sorted(p.bounds for p in shapely.get_parts(strip.difference(room)))
    free, at = [], west
    for left, _, right, _ in bad:
        if left > at:
            free.append((at, left))
        at = max(at, right)
    if east > at:
        free.append((at, east))
    return free


def fill_row(
    room: BaseGeometry, y: float, rng: np.random.Generator, *, high: bool
) -> list[Building]:
    """Fill the free stretches of one row."""
    houses: list[Building] = []
    for left, right in _free(room, y, shapes.TOWER_DEPTH if high else shapes.SLAB_DEPTH + 2.4):
        length = right - left
        if high:
            houses += _towers(left, length, y)
        elif length >= _LEAST:
            houses += _slabs(left, length, y, rng)
    return houses


def _towers(left: float, length: float, y: float) -> list[Building]:
    count = int((length + 14) // (shapes.TOWER_WIDTH + 14))
    if count < 1:
        return []
    spare = (length - count * shapes.TOWER_WIDTH) / count
    starts = [left + spare / 2 + k * (shapes.TOWER_WIDTH + spare) for k in range(count)]
    return [Building(shapes.tower(x, y), "tower", units=1, unit_length=13.5) for x in starts]


def _slabs(left: float, length: float, y: float, rng: np.random.Generator) -> list[Building]:
    """Divide a stretch into slabs of two to four units with 6.5 m between."""
    count = 1
    while int((length - 6.5 * (count - 1)) / 12.6) > 4 * count:
        count += 1
    total = max(2 * count, int((length - 6.5 * (count - 1)) / 12.6))
    if total * 12.4 + 6.5 * (count - 1) > length:
        count, total = max(1, count - 1), 4 * max(1, count - 1)
    unit = min(14.0, (length - 6.5 * (count - 1)) / total)
    shares = [total // count + (1 if k < total % count else 0) for k in range(count)]
    rng.shuffle(shares)
    spare = length - total * unit - 6.5 * (count - 1)
    houses, x = [], left + float(rng.uniform(0, max(spare, 0.0)))
    for units in shares:
        houses.append(
            Building(shapes.slab(x, y, units, unit), "slab", units=units, unit_length=unit)
        )
        x += units * unit + 6.5
    return houses


def row_path(
    clear: BaseGeometry, track: BaseGeometry, heights: tuple[float, ...], houses: list[Building]
) -> LineString | None:
    """Run a path along a row, north of it if it can be, from the lane to the last stairwell."""
    ends = [h.shape.bounds for h in houses]
    west, east = min(e[0] for e in ends), max(e[2] for e in ends)
    for y in heights:
        cross = LineString([(west - 60, y), (east + 60, y)]).intersection(track)
        middle = Point((west + east) / 2, y)
        if cross.geom_type != "Point":
            cross = shapely.ops.nearest_points(track, middle)[0]
        join = one_point(cross)
        near, far = (
            (west, east - 4) if abs(east - join.x) > abs(west - join.x) else (east, west + 4)
        )
        line = LineString([(join.x, join.y), (near, y), (far, y)])
        if clear.buffer(0.01).contains(line):
            return one_line(line.simplify(0.001))
    return None
