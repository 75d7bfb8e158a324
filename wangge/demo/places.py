"""The places without homes: school, hospital, market, office yard, cinema, park."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from wangge.demo.net import bend, bend_area, heading
from wangge.demo.outlines import outer
from wangge.demo.parcels import Parcel
from wangge.demo.plan import Place
from wangge.demo.shapes import Building

Box = tuple[float, float, float, float]  # west, south, east, north as shares of the frame

_GROUND: Final = {
    "office": "office",
    "kindergarten": "school",
    "cinema": "plaza",
    "market": "market",
    "school": "school",
    "park": "park",
    "hospital": "hospital",
}
# Buildings of each place: name, storeys, boxes joined into one footprint.
_HOUSES: Final[dict[str, tuple[tuple[str, int, tuple[Box, ...]], ...]]] = {
    "office": (
        ("办公楼", 4, ((0.10, 0.74, 0.90, 0.87), (0.42, 0.70, 0.58, 0.91))),
        ("东配楼", 3, ((0.74, 0.30, 0.91, 0.64),)),
        ("西配楼", 3, ((0.09, 0.30, 0.26, 0.64),)),
        ("礼堂", 1, ((0.30, 0.56, 0.70, 0.66),)),
    ),
    "kindergarten": (
        ("教学楼", 3, (
            (0.12, 0.70, 0.88, 0.90), (0.12, 0.34, 0.30, 0.72), (0.70, 0.52, 0.88, 0.72),
        )),
    ),
    "cinema": (
        ("影剧院", 2, (
            (0.10, 0.34, 0.62, 0.80), (0.16, 0.22, 0.56, 0.36), (0.04, 0.42, 0.12, 0.70),
        )),
        ("文化馆", 3, ((0.70, 0.30, 0.92, 0.84),)),
    ),
    "market": (
        ("交易大棚一", 1, ((0.08, 0.10, 0.44, 0.66),)),
        ("交易大棚二", 1, ((0.54, 0.10, 0.90, 0.66),)),
        ("市场综合楼", 2, ((0.08, 0.76, 0.90, 0.92),)),
    ),
    "school": (
        ("教学楼", 4, (
            (0.07, 0.74, 0.40, 0.84), (0.07, 0.52, 0.40, 0.61), (0.07, 0.52, 0.13, 0.84),
        )),
        ("实验楼", 4, ((0.07, 0.30, 0.40, 0.39), (0.22, 0.26, 0.28, 0.43))),
        ("图书馆", 3, ((0.07, 0.08, 0.24, 0.20),)),
        ("食堂", 2, ((0.30, 0.08, 0.46, 0.19),)),
    ),
    "hospital": (
        ("门诊楼", 5, ((0.10, 0.80, 0.90, 0.90), (0.40, 0.74, 0.60, 0.94))),
        ("住院楼", 9, (
            (0.14, 0.50, 0.88, 0.60), (0.46, 0.58, 0.54, 0.70), (0.14, 0.46, 0.24, 0.64),
            (0.78, 0.46, 0.88, 0.64),
        )),
        ("医技楼", 4, ((0.12, 0.20, 0.54, 0.29), (0.12, 0.12, 0.22, 0.36))),
        ("旧急诊楼", 2, ((0.66, 0.14, 0.90, 0.27),)),
    ),
    "park": (("游园管理房", 1, ((0.78, 0.84, 0.90, 0.91),)),),
}  # fmt: skip


# The drive into each place: points from the wall inwards.
_DRIVES: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    "office": ((0.5, 0.01), (0.5, 0.13)),
    "kindergarten": ((0.01, 0.2), (0.3, 0.2)),
    "cinema": ((0.35, 0.01), (0.35, 0.18)),
    "market": ((0.49, 0.01), (0.49, 0.71)),
    "school": ((0.01, 0.47), (0.42, 0.47), (0.47, 0.40), (0.47, 0.24)),
    "hospital": ((0.99, 0.435), (0.06, 0.435)),
}


@dataclass(slots=True)
class Laid:
    """A place laid out, in metres: its ground, what lies on it, its buildings."""

    parcel: Parcel
    wall: Polygon
    ground: list[tuple[str, str | None, Polygon]] = field(default_factory=list)
    buildings: list[Building] = field(default_factory=list)
    walks: list[LineString] = field(default_factory=list)


def lay_out(parcel: Parcel, ways: BaseGeometry) -> Laid:
    """Lay out one place: ground, lawns, tracks, ponds, buildings, a drive to one of `ways`."""
    place = parcel.use
    if not isinstance(place, Place):
        msg = f"{parcel.use.name} is a compound"
        raise TypeError(msg)
    laid = Laid(parcel, bend_area(parcel.area))
    laid.ground.append((_GROUND[place.use], place.name, laid.wall))
    for kind, shape in _features(place.use):
        inside = _place(parcel, shape).intersection(laid.wall)
        laid.ground.append((kind, None, outer(inside)))
    for name, floors, boxes in _HOUSES[place.use]:
        whole = _turned(parcel, shapely.union_all([_box(parcel, b) for b in boxes]))
        laid.buildings.append(Building(outer(whole), "institution", name, floors=floors))
    if place.use in _DRIVES:
        laid.walks.append(_drive(parcel, _DRIVES[place.use], bend(ways)))
    return laid


def _drive(
    parcel: Parcel, shares: tuple[tuple[float, float], ...], ways: BaseGeometry
) -> LineString:
    """Draw a drive from where its first piece, carried on outwards, meets a street."""
    points = [_place(parcel, Point(p)) for p in shares]
    first, second = np.array(points[0].coords[0]), np.array(points[1].coords[0])
    out = (first - second) / np.hypot(*(first - second))
    hits = shapely.get_parts(LineString([first, first + 30 * out]).intersection(ways))
    hit = min(hits, key=points[0].distance)
    return LineString([hit, *points])


def _frame(parcel: Parcel) -> tuple[float, float, float, float, float]:
    """Return the upright frame inside a parcel: centre, size (m), direction (degrees)."""
    wall = bend_area(parcel.area)
    west, south, east, north = parcel.area.bounds
    middle = wall.centroid
    angle = heading(parcel.area.centroid.x, parcel.area.centroid.y)
    return middle.x, middle.y, (east - west) * 0.94, (north - south) * 0.94, angle


def _box(parcel: Parcel, shares: Box) -> Polygon:
    x, y, width, height, _ = _frame(parcel)
    west, south = x - width / 2, y - height / 2
    return box(
        west + shares[0] * width,
        south + shares[1] * height,
        west + shares[2] * width,
        south + shares[3] * height,
    )


def _turned(parcel: Parcel, shape: BaseGeometry) -> BaseGeometry:
    x, y, _, _, angle = _frame(parcel)
    return affinity.rotate(shape, angle, origin=(x, y))


def _place(parcel: Parcel, shape: BaseGeometry) -> BaseGeometry:
    """Map a shape drawn on the unit square (y north) onto the parcel."""
    x, y, width, height, _ = _frame(parcel)
    scaled = affinity.affine_transform(shape, [width, 0, 0, height, x - width / 2, y - height / 2])
    return _turned(parcel, scaled)


def _stadium(west: float, south: float, east: float, north: float, squash: float) -> Polygon:
    """Draw an upright running track on the unit square; `squash` is height over width in m."""
    radius = (east - west) / 2
    middle = (west + east) / 2
    ends = [Point(middle, south * squash + radius), Point(middle, north * squash - radius)]
    oval = shapely.MultiPoint(ends).convex_hull.buffer(radius, quad_segs=10)
    return outer(affinity.scale(oval, 1, 1 / squash, origin=(0, 0)))


def _pond() -> Polygon:
    ring = [
        (0.40, 0.36), (0.48, 0.33), (0.58, 0.35), (0.66, 0.41), (0.70, 0.49), (0.66, 0.56),
        (0.58, 0.58), (0.52, 0.55), (0.46, 0.57), (0.38, 0.55), (0.34, 0.48), (0.35, 0.41),
    ]  # fmt: skip
    return outer(Polygon(ring).buffer(0.03).buffer(-0.02, quad_segs=5))


def _features(use: str) -> list[tuple[str, Polygon]]:
    if use == "school":
        return [
            ("play", _stadium(0.54, 0.10, 0.92, 0.90, 0.75)),
            ("park", _stadium(0.605, 0.18, 0.855, 0.82, 0.75)),
            ("play", box(0.44, 0.42, 0.52, 0.62)),
        ]
    if use == "kindergarten":
        return [("play", box(0.36, 0.10, 0.88, 0.46))]
    if use == "office":
        return [("park", box(0.32, 0.16, 0.68, 0.48))]
    if use == "hospital":
        return [("park", box(0.14, 0.66, 0.42, 0.76)), ("park", box(0.58, 0.66, 0.86, 0.76)),
                ("park", box(0.60, 0.31, 0.90, 0.395))]  # fmt: skip
    if use == "park":
        return [("water", _pond()), ("plaza", outer(Point(0.26, 0.26).buffer(0.11, 6)))]
    return []
