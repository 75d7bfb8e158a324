"""Parcels: every superblock cut like a guillotine into yards and places, alleys between."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, Literal

import numpy as np
from shapely.geometry import LineString, Polygon, box

from wangge.demo import plan
from wangge.demo.outlines import outer
from wangge.demo.plan import Alley, Block, Cut, Place, Yard

Side = Literal["west", "south", "east", "north"]
SIDES: Final[tuple[Side, ...]] = ("west", "south", "east", "north")
_JITTER: Final = 0.02  # how far a cut strays from its planned share


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A plan rectangle and, a side, metres to the centre line beyond it (0: a shared wall)."""

    west: float
    south: float
    east: float
    north: float
    beyond: dict[Side, float]
    street: dict[Side, bool]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A piece of a superblock: plan shape and rectangle, grid, what fills it."""

    grid: str
    use: Yard | Place
    area: Polygon
    frame: Rectangle


@dataclass(frozen=True, slots=True)
class Lane:
    """A drawn alley: its plan and its centre line in plan coordinates."""

    alley: Alley
    line: LineString


@dataclass(slots=True)
class Quarter:
    """All parcels and alleys of the plan, in plan coordinates."""

    parcels: list[Parcel] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)


def cut_quarter(rng: np.random.Generator) -> Quarter:
    """Cut every superblock of the plan."""
    quarter = Quarter()
    halves = {street.name: street.reserve / 2 for street in plan.STREETS}
    inside = Polygon(plan.OUTLINE).buffer(-13.0, join_style="mitre")
    for block in plan.BLOCKS:
        frame = _frame(block, halves)
        shape = box(frame.west, frame.south, frame.east, frame.north).intersection(inside)
        west, south, east, north = shape.bounds
        frame = replace(frame, west=west, south=south, east=east, north=north)
        _cut(block.inside, outer(shape), frame, (block.grid, rng, quarter))
    return quarter


def _frame(block: Block, halves: dict[str, float]) -> Rectangle:
    """Set a superblock back from the street centre lines around it."""
    beyond: dict[Side, float] = {}
    middle_u, middle_v = (block.west + block.east) / 2, (block.south + block.north) / 2
    ends: dict[Side, tuple[float, float]] = {
        "west": (block.west, block.south + 10),
        "south": (middle_u, block.south),
        "east": (block.east, middle_v),
        "north": (block.east - 10, block.north),
    }
    for side, (u, v) in ends.items():
        near = min(plan.STREETS, key=lambda s: LineString(s.line).distance(_point(u, v)))
        beyond[side] = halves[near.name]
    return Rectangle(
        block.west + beyond["west"],
        block.south + beyond["south"],
        block.east - beyond["east"],
        block.north - beyond["north"],
        beyond,
        dict.fromkeys(SIDES, True),
    )


def _point(u: float, v: float) -> Polygon:
    return box(u, v, u, v)


def _cut(
    node: Cut | Yard | Place,
    area: Polygon,
    frame: Rectangle,
    into: tuple[str, np.random.Generator, Quarter],
) -> None:
    grid, rng, quarter = into
    if not isinstance(node, Cut):
        quarter.parcels.append(Parcel(grid, node, area, frame))
        return
    share = node.at + float(rng.uniform(-_JITTER, _JITTER))
    half = node.alley.width / 2 if node.alley else 0.0
    through = node.alley is not None and node.alley.depth >= 1
    gap = half if through else 0.0
    far: float = half if through else 0.0
    if node.axis == "u":
        at = frame.west + share * (frame.east - frame.west)
        first, second = _halves(frame, "east", "west", at, gap)
    else:
        at = frame.south + share * (frame.north - frame.south)
        first, second = _halves(frame, "north", "south", at, gap)
    if not through:
        far = 0.0
    _mark(first, "east" if node.axis == "u" else "north", far)
    _mark(second, "west" if node.axis == "u" else "south", far)
    slot = Polygon()
    if node.alley:
        line = _centre_line(node, node.alley, at, frame)
        quarter.lanes.append(Lane(node.alley, line))
        slot = line.buffer(half, cap_style="flat")
    for child, piece in ((node.first, first), (node.second, second)):
        part = area.intersection(box(piece.west, piece.south, piece.east, piece.north))
        _cut(child, outer(part.difference(slot)), piece, into)


def _halves(
    frame: Rectangle, near: Side, far: Side, at: float, gap: float
) -> tuple[Rectangle, Rectangle]:
    """Split a rectangle: copies of the side tables, so that each half keeps its own."""
    first = replace(frame, beyond=dict(frame.beyond), street=dict(frame.street))
    second = replace(frame, beyond=dict(frame.beyond), street=dict(frame.street))
    if near == "east":
        return replace(first, east=at - gap), replace(second, west=at + gap)
    del far
    return replace(first, north=at - gap), replace(second, south=at + gap)


def _mark(frame: Rectangle, side: Side, beyond: float) -> None:
    frame.beyond[side] = beyond
    frame.street[side] = False


def _centre_line(node: Cut, alley: Alley, at: float, frame: Rectangle) -> LineString:
    """Run the alley from centre line to centre line, or stop short in a dead end."""
    if node.axis == "u":
        low, high = frame.south, frame.north
        below, above = frame.beyond["south"], frame.beyond["north"]
    else:
        low, high = frame.west, frame.east
        below, above = frame.beyond["west"], frame.beyond["east"]
    start, end = low - below, high + above
    if alley.depth < 1 and alley.mouth == "low":
        end = low + alley.depth * (high - low)
    elif alley.depth < 1:
        start = high - alley.depth * (high - low)
    points = [(at, start), (at, end)] if node.axis == "u" else [(start, at), (end, at)]
    return LineString(LineString(points).intersection(Polygon(plan.OUTLINE)).coords)
