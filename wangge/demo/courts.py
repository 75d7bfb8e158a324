"""Blocks of single-storey courtyards, and the places without homes."""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely
from shapely.geometry import LineString, Point, box
from shapely.geometry.base import BaseGeometry

from wangge.demo import shapes
from wangge.demo.net import bend_area, bend_corners, bend_line, bend_point
from wangge.demo.parcels import Parcel
from wangge.demo.plan import STORY_COURT, STORY_YARD, Yard
from wangge.demo.shapes import Building
from wangge.demo.yards import Built

_LANE: Final = 2.6
_TRIMS: Final = ((0.0, 0.0), (1.6, 0.0), (0.0, 1.6), (3.5, 0.0))  # m, where an alley cuts in


def build_courts(parcel: Parcel, ways: BaseGeometry, rng: np.random.Generator) -> Built:
    """Fill a parcel with courts, a lane of 2.6 m between every two rows, open to the alley."""
    built = Built(parcel, bend_area(parcel.area))
    use = parcel.use
    if not isinstance(use, Yard):
        return built
    west, south, east, north = parcel.area.bounds
    inside = parcel.area.buffer(-0.5)
    pairs = max(1, round((north - south - 1) / (2 * 17.0 + _LANE)))
    height = ((north - south - 1.2) - pairs * _LANE) / (2 * pairs)
    if height > 19:
        pairs += 1
        height = ((north - south - 1.2) - pairs * _LANE) / (2 * pairs)
    for pair in range(pairs):
        base = south + 0.6 + pair * (2 * height + _LANE)
        for low in (base, base + height + _LANE):
            _fill(built, (west + 0.6, low, east - 0.6, low + height - 0.5), inside, rng)
        _lane(built, base + height + _LANE / 2, ways)
    if not built.gates:
        msg = f"no way into {use.name}"
        raise ValueError(msg)
    _number(built, use)
    return built


def _fill(
    built: Built,
    band: tuple[float, float, float, float],
    inside: BaseGeometry,
    rng: np.random.Generator,
) -> None:
    """Set courts 12 to 17.5 m wide along a band."""
    west, low, east, high = band
    count = max(1, round((east - west) / 17.8))
    widths = rng.uniform(0.88, 1.12, count)
    edges = west + np.concatenate([[0.0], np.cumsum(widths / widths.sum()) * (east - west)])
    for left, right in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        top = high - float(rng.uniform(0, 0.6))
        cells = [box(left + a, low, right - 0.5 - b, top) for a, b in _TRIMS]
        cell = next((c for c in cells if inside.contains(c)), None)
        if cell is not None:
            shape = bend_corners(shapes.courtyard(cell, rng))
            built.buildings.append(Building(shape, "courtyard", units=0))


def _lane(built: Built, v: float, ways: BaseGeometry) -> None:
    """Open a lane to the centre line on the side where one is near."""
    area = built.parcel.area
    west, _, east, _ = area.bounds
    across = LineString([(west - 30, v), (east + 30, v)])
    inner = across.intersection(area)
    if inner.geom_type != "LineString":
        return
    (left, _), (right, _) = inner.coords[0], inner.coords[-1]
    for edge, step, far in ((left, -1.0, right), (right, 1.0, left)):
        ray = LineString([(edge, v), (edge + step * 17, v)])
        hits = [p for p in shapely.get_parts(ray.intersection(ways)) if p.geom_type == "Point"]
        if hits:
            hit = min(hits, key=Point(edge, v).distance)
            end = far + step * 7.0
            line = bend_line(LineString([(hit.x, v), (end, v)]))
            kind = "main" if not built.gates else "side"
            built.gates.append((kind, bend_point(edge, v)))
            built.paths.append(("path", _LANE, line))
            return


def _number(built: Built, use: Yard) -> None:
    """Give every court its number; in the story's yard 37 is at the blind end of the alley."""
    courts = sorted(
        built.buildings, key=lambda b: (round(b.shape.centroid.y / 9), b.shape.centroid.x)
    )
    for k, court in enumerate(courts):
        court.name = f"{k + 1}号院"
        court.built_year = use.built_year
    if use.name != STORY_YARD:
        return
    line = built.parcel.area
    west, south, _, north = line.bounds
    end = Point(
        bend_line(LineString([(west, south), (west, south + 0.8 * (north - south))])).coords[-1]
    )
    ordered = sorted(courts, key=lambda b: -b.shape.distance(end))
    last = int(STORY_COURT.removesuffix("号院"))
    for k, court in enumerate(ordered):
        court.name = f"{last + 1 - len(ordered) + k}号院"
    if ordered[-1].name != STORY_COURT:
        msg = "the story has lost its court"
        raise ValueError(msg)
