"""Footprints: slabs with stairwells and bays, towers, courtyard houses, shops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import Polygon, box

from wangge.demo.outlines import outer

BuildingKind = Literal["slab", "tower", "courtyard", "shop", "institution"]
SLAB_DEPTH: Final = 11.2
UNIT: Final = 13.2  # m of slab a stairwell serves
TOWER_WIDTH: Final = 27.0
TOWER_DEPTH: Final = 17.0


@dataclass(slots=True)
class Building:
    """A building: footprint in metres, what it is, and the straight frame inside it."""

    shape: Polygon
    kind: BuildingKind
    name: str = ""
    compound: str | None = None
    floors: int = 1
    units: int = 0
    built_year: int | None = None
    unit_length: float = UNIT
    angle: float = 0.0
    number: int = 0


def slab(x: float, y: float, units: int, unit_length: float) -> Polygon:
    """Draw a slab with its south-west corner at `(x, y)`: bumps north, bays south, metres."""
    length, top = units * unit_length, y + SLAB_DEPTH
    ring: list[tuple[float, float]] = [(x, y)]
    for k in range(units):
        left = x + k * unit_length
        for start in (1.4, unit_length - 1.4 - 3.6):
            ring += [
                (left + start, y),
                (left + start, y - 1.1),
                (left + start + 3.6, y - 1.1),
                (left + start + 3.6, y),
            ]
    ring += [(x + length, y), (x + length, top)]
    for k in reversed(range(units)):
        middle = x + (k + 0.5) * unit_length
        ring += [
            (middle + 1.5, top),
            (middle + 1.5, top + 1.3),
            (middle - 1.5, top + 1.3),
            (middle - 1.5, top),
        ]
    ring.append((x, top))
    return Polygon(ring)


def tower(x: float, y: float) -> Polygon:
    """Draw a tower of two wings about a core, its corner at `(x, y)`: 27 by 17 m."""
    core = box(x + 1.5, y + 2.2, x + TOWER_WIDTH - 1.5, y + 14.2)
    parts = [
        core,
        box(x, y + 4.5, x + TOWER_WIDTH, y + 11.5),
        box(x + 3.2, y, x + 9.4, y + 4),
        box(x + TOWER_WIDTH - 9.4, y, x + TOWER_WIDTH - 3.2, y + 4),
        box(x + 10.2, y + 12, x + TOWER_WIDTH - 10.2, y + TOWER_DEPTH),
        box(x + 4.6, y + 13, x + 8.2, y + 15.6),
        box(x + TOWER_WIDTH - 8.2, y + 13, x + TOWER_WIDTH - 4.6, y + 15.6),
    ]
    return outer(shapely.union_all(parts))


def courtyard(cell: Polygon, rng: np.random.Generator) -> Polygon:
    """Draw the houses round a court: a north house 5.6 m deep, wings, sometimes more."""
    west, south, east, north = cell.bounds
    house = box(west, north - 5.6, east, north)
    wing_w, wing_e = rng.uniform(3.6, 4.2), rng.uniform(3.6, 4.2)
    reach_w, reach_e = rng.uniform(0.0, 2.5), rng.uniform(0.0, 4.0)
    left = box(west, south + reach_w, west + wing_w, north - 5)
    right = box(east - wing_e, south + reach_e, east, north - 5)
    draw = rng.random()
    if draw < 0.22:
        return outer(house.union(left))
    if draw < 0.40:
        return outer(house.union(right))
    parts = [house, left, right]
    if draw < 0.72:
        gate = west + wing_w + (east - west - wing_w - wing_e) * 0.62
        low = south + reach_w
        parts.append(box(west, low, gate, low + 4.0))
    return outer(shapely.union_all(parts))


def turn(shape: Polygon, angle: float, origin: tuple[float, float]) -> Polygon:
    """Turn a footprint by `angle` degrees about `origin`."""
    return outer(affinity.rotate(shape, angle, origin=origin))
