"""The street net: the plan's straight lines warped into a grown town, and the grids between."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from wangge.demo import plan
from wangge.demo.outlines import outer
from wangge.domain.crs import METRIC, STORED

CENTRE: Final = (113.050, 36.052)  # degrees, where the middle of the plan lies
_TURN: Final = math.radians(-6.0)
_STEP: Final = 12.0  # m between the vertices of a bent line
_ORIGIN: Final = Transformer.from_crs(STORED, METRIC, always_xy=True).transform(*CENTRE)


def warp(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bend plan coordinates (n, 2) into metres in the metric system, shape (n, 2).

    Two sines a direction and a turn of -6 degrees: straight enough to read, bent enough
    to have grown.
    """
    u, v = points[:, 0], points[:, 1]
    wave = 2 * math.pi
    x = u + 9.5 * np.sin(wave * (v + 0.25 * u) / 820 + 0.6) + 4.5 * np.sin(wave * v / 420 + 2.1)
    y = v + 9.0 * np.sin(wave * (u - 0.20 * v) / 790 + 2.4) + 4.5 * np.sin(wave * u / 400 + 0.4)
    x, y = x - plan.WIDTH / 2, y - plan.HEIGHT / 2
    cos, sin = math.cos(_TURN), math.sin(_TURN)
    turned = np.column_stack([x * cos - y * sin, x * sin + y * cos])
    return np.asarray(turned + np.asarray(_ORIGIN), dtype=np.float64)


def bend(shape: BaseGeometry) -> BaseGeometry:
    """Warp any plan geometry, with a vertex at least every 12 m so that it bends."""
    return shapely.transform(shapely.segmentize(shape, _STEP), warp)


def heading(u: float, v: float) -> float:
    """Return the direction of the plan's east at `(u, v)`, degrees counter-clockwise."""
    pair = warp(np.array([[u - 5.0, v], [u + 5.0, v]]))
    return math.degrees(math.atan2(pair[1, 1] - pair[0, 1], pair[1, 0] - pair[0, 0]))


def bend_line(line: LineString) -> LineString:
    """Warp a plan line."""
    return LineString(bend(line).coords)


def bend_area(area: Polygon) -> Polygon:
    """Warp a plan polygon without holes."""
    return outer(bend(area))


def bend_streets() -> dict[str, LineString]:
    """Warp the streets, by name, with the very vertices the grids have along them."""
    lines = node({street.name: LineString(street.line) for street in plan.STREETS}, within=1e-6)
    return {name: bend_line(line) for name, line in lines.items()}


def bend_point(u: float, v: float) -> Point:
    """Warp one plan point."""
    x, y = warp(np.array([[u, v]]))[0]
    return Point(float(x), float(y))


def bend_corners(area: Polygon) -> Polygon:
    """Warp only the corners of a plan polygon, so that its walls stay straight."""
    return outer(shapely.transform(area, warp))


def grids() -> dict[str, Polygon]:
    """Return the grids, by id: they share their vertices, so they tile without gap or overlap."""
    outline = Polygon(plan.OUTLINE).exterior
    net = shapely.unary_union([outline, *(LineString(street.line) for street in plan.STREETS)])
    pieces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.segmentize(net, 12))))
    found: dict[str, Polygon] = {}
    for block in plan.BLOCKS:
        middle = shapely.Point((block.west + block.east) / 2, (block.south + block.north) / 2)
        (piece,) = (p for p in pieces if p.contains(middle))
        found[block.grid] = shapely.transform(piece, warp)
    return found


def smooth(line: LineString) -> LineString:
    """Round the corners of a line by cutting them three times."""
    points = np.array(line.coords)
    for _ in range(3):
        a, b = points[:-1], points[1:]
        cut = np.empty((2 * len(a), 2))
        cut[0::2], cut[1::2] = 0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b
        points = np.vstack([points[:1], cut, points[-1:]])
    return LineString(points)


def node(lines: dict[str, LineString], within: float = 0.1) -> dict[str, LineString]:
    """Give lines a common vertex wherever one ends on or crosses another.

    Parameters
    ----------
    lines
        Lines by key, one planar system, metres.
    within
        How near an end must be to a line to count as touching it, metres.

    Returns
    -------
    dict
        The same lines with vertices added; no vertex moves by more than `within`.

    Examples
    --------
    >>> base, side = LineString([(0, 0), (10, 0)]), LineString([(5, 0), (5, 9)])
    >>> list(node({"a": base, "b": side})["a"].coords)
    [(0.0, 0.0), (5.0, 0.0), (10.0, 0.0)]
    """
    keys = list(lines)
    shapes = [lines[key] for key in keys]
    tree = shapely.STRtree(shapes)
    points: dict[int, list[tuple[float, float]]] = {i: [] for i in range(len(keys))}
    left, right = tree.query(shapes, predicate="dwithin", distance=within)
    for i, j in zip(left.tolist(), right.tolist(), strict=True):
        if i == j:
            continue
        ends = [shapes[i].coords[0], shapes[i].coords[-1]]
        touching = [p for p in ends if shapes[j].distance(shapely.Point(p)) <= within]
        points[j].extend((float(p[0]), float(p[1])) for p in touching)
        if i < j and not touching:
            for part in shapely.get_parts(shapes[i].intersection(shapes[j])):
                if part.geom_type == "Point":
                    points[i].append((part.x, part.y))
                    points[j].append((part.x, part.y))
    return {key: _with(shapes[i], points[i], within) for i, key in enumerate(keys)}


def _with(line: LineString, points: list[tuple[float, float]], within: float) -> LineString:
    """Insert `points` into `line` in order, replacing vertices nearer than `within`."""
    if not points:
        return line
    placed = [(line.project(shapely.Point(p)), p) for p in sorted(set(points))]
    kept = [
        (line.project(shapely.Point(c)), (float(c[0]), float(c[1])))
        for k, c in enumerate(line.coords)
        if k in (0, len(line.coords) - 1) or all(math.dist(c[:2], p) > within for _, p in placed)
    ]
    ends = {kept[0][1], kept[-1][1]}
    placed = [(s, p) for s, p in placed if all(math.dist(p, e) > within for e in ends)]
    merged = [p for _, p in sorted(kept + placed)]
    return LineString([p for k, p in enumerate(merged) if k == 0 or p != merged[k - 1]])
