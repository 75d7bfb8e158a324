"""Trees: rows along the streets, and at random in yards and parks."""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from wangge.demo.town import Town

_SPACING: Final = 8.5  # m between street trees
_YARD: Final = 400.0  # m2 of yard a tree
_PARK: Final = 110.0  # m2 of park a tree


def plant(town: Town, seed: int) -> list[Point]:
    """Plant the quarter: no tree in a house, on a carriageway, a path or a sports ground."""
    rng = np.random.default_rng([seed, 5])
    houses = shapely.union_all([b.shape for b in town.buildings.values()]).buffer(1.8)
    lanes = [line.buffer(width / 2 + 1.2) for _, _, width, line in town.paths]
    roads = [way.line.buffer(way.width / 2 + 1.0) for way in town.ways]
    grounds = [g for p in town.places for kind, _, g in p.ground if kind in ("water", "play")]
    lawns = [
        g
        for p in town.places
        for kind, _, g in p.ground
        if kind == "park" and p.parcel.use.name == "实验小学"
    ]
    taken = shapely.union_all([houses, *lanes, *roads, *grounds, *lawns])
    shapely.prepare(taken)
    inside = town.outline.buffer(-1.5)
    trees = [p for p in _street_trees(town, rng) if inside.contains(p) and not taken.contains(p)]
    for yard in town.yards.values():
        density = 260.0 if yard.parcel.use.name.endswith(("园", "城", "庭", "苑")) else _YARD
        trees += _scatter(yard.wall.buffer(-1.6), density, taken, rng)
    for place in town.places:
        park = place.ground[0][0] == "park"
        trees += _scatter(place.wall.buffer(-1.6), _PARK if park else 420.0, taken, rng)
    return _apart(trees)


def _street_trees(town: Town, rng: np.random.Generator) -> list[Point]:
    trees: list[Point] = []
    for way in town.ways:
        if way.kind not in ("road", "street"):
            continue
        for off in (way.width / 2 + 2.0, -way.width / 2 - 2.0):
            at = float(rng.uniform(9, 13))
            while at < way.line.length - 10:
                here, ahead = way.line.interpolate(at), way.line.interpolate(at + 0.5)
                dx, dy = (ahead.x - here.x) / 0.5, (ahead.y - here.y) / 0.5
                if rng.random() < 0.93:
                    trees.append(Point(here.x - dy * off, here.y + dx * off))
                at += _SPACING + float(rng.uniform(-0.5, 0.5))
    return trees


def _scatter(
    area: BaseGeometry, each: float, taken: BaseGeometry, rng: np.random.Generator
) -> list[Point]:
    count = int(area.area / each)
    west, south, east, north = area.bounds
    trees: list[Point] = []
    for _ in range(count * 12):
        if len(trees) >= count:
            break
        spot = Point(rng.uniform(west, east), rng.uniform(south, north))
        if area.contains(spot) and not taken.contains(spot):
            trees.append(spot)
    return trees


def _apart(trees: list[Point], least: float = 3.2) -> list[Point]:
    """Drop trees nearer than `least` metres to an earlier one."""
    tree = shapely.STRtree(trees)
    first, second = tree.query(trees, predicate="dwithin", distance=least)
    dropped: set[int] = set()
    for i, j in sorted(zip(first.tolist(), second.tolist(), strict=True)):
        if i < j and i not in dropped:
            dropped.add(j)
    return [t for k, t in enumerate(trees) if k not in dropped]
