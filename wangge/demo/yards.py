"""What a compound holds: a lane from its gate, rows of houses facing south, paths, a shop wall."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import shapely
import shapely.ops
from shapely import affinity
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from wangge.demo import shapes
from wangge.demo.net import bend_area, bend_line, bend_point, heading
from wangge.demo.outlines import outer
from wangge.demo.parcels import Parcel, Side
from wangge.demo.plan import Yard
from wangge.demo.rows import fill_row, row_path, row_starts
from wangge.demo.shapes import Building

_SHOP_BAND: Final = 12.4  # m from the wall to the lane behind a row of shops
_PITCH: Final = 25.6
_WIDE_PITCH: Final = 28.5  # m, in a compound with room to spare
_LARGE: Final = 7000.0  # m2
_FRACTIONS: Final = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.12)


@dataclass(slots=True)
class Built:
    """A parcel built over, in metres."""

    parcel: Parcel
    wall: Polygon
    buildings: list[Building] = field(default_factory=list)
    gates: list[tuple[str, Point]] = field(default_factory=list)
    paths: list[tuple[str, float, LineString]] = field(default_factory=list)


def frontages(parcel: Parcel) -> tuple[Side, ...]:
    """Name the sides of a parcel that carry a wall of shops: those on a street."""
    wide: list[Side] = []
    for side, street in parcel.frame.street.items():
        if street and parcel.frame.beyond[side] >= 6:
            wide.append(side)
    return tuple(wide)


def build_yard(
    parcel: Parcel, ways: BaseGeometry, rng: np.random.Generator, *, shop_share: float
) -> Built:
    """Build a walled compound: gate and lane first, then shops, then rows of houses.

    Parameters
    ----------
    parcel
        The parcel, in plan coordinates.
    ways
        Centre lines of all streets and alleys in plan coordinates: a gate opens on one.
    rng
        Source of chance.
    shop_share
        Share of the street fronts that carries shops, 0 to 1.
    """
    built = Built(parcel, bend_area(parcel.area))
    lane = _open_gates(built, ways, rng)
    _shop_wall(built, lane, rng, shop_share)
    _rows(built, lane, rng)
    return built


def _lane_lines(parcel: Parcel, rng: np.random.Generator) -> list[tuple[Side, LineString]]:
    """List where the yard lane may run: along the west or the east wall."""
    frame, wide = parcel.frame, frontages(parcel)
    west, south, east, north = parcel.area.bounds
    offsets = {side: _SHOP_BAND if side in wide else 4.0 for side in frame.street}
    lines: list[tuple[Side, LineString]] = []
    for side, u in (("west", west + offsets["west"]), ("east", east - offsets["east"])):
        line = LineString([(u, south - 40), (u, north + 40)])
        inside = line.intersection(parcel.area.buffer(-2.4))
        if inside.geom_type == "LineString" and inside.length > 20:
            lines.append(("west" if side == "west" else "east", LineString(inside.coords)))
    if rng.random() < 0.5:
        lines.reverse()
    return lines


def _open_gates(built: Built, ways: BaseGeometry, rng: np.random.Generator) -> LineString:
    """Choose lane and gates; the first gate is the main one. Returns the lane in the plan."""
    best: tuple[int, LineString, list[LineString]] | None = None
    for side, lane in _lane_lines(built.parcel, rng):
        entries = _entries(built.parcel, side, lane, ways)
        if entries and (best is None or len(entries) > best[0]):
            best = (len(entries), lane, entries)
    if best is None:
        msg = f"no gate for {built.parcel.use.name}"
        raise ValueError(msg)
    _, lane, entries = best
    entries.sort(key=lambda e: (e.length > 14, e.length))
    for k, entry in enumerate(entries[: 2 if built.parcel.area.area > 4200 else 1]):
        crossing = entry.intersection(built.parcel.area.exterior)
        gate = Point(shapely.get_parts(crossing)[0].coords[0])
        kind = "main" if k == 0 else "side"
        built.gates.append((kind, bend_point(gate.x, gate.y)))
        built.paths.append(("lane" if k == 0 else "path", 4.5 if k == 0 else 2.4, bend_line(entry)))
    return lane


def _entries(parcel: Parcel, side: Side, lane: LineString, ways: BaseGeometry) -> list[LineString]:
    """List ways in: from a street or alley centre line straight to the lane."""
    (u, low), (_, high) = lane.coords[0], lane.coords[-1]
    found: list[LineString] = []
    for end, step in ((low, -1.0), (high, 1.0)):
        ray = LineString([(u, end), (u, end + step * 22)])
        found += _entry(parcel, ray, ways)
    step = -1.0 if side == "west" else 1.0
    for share in _FRACTIONS:
        v = low + share * (high - low)
        side_entry = _entry(parcel, LineString([(u, v), (u + step * 30, v)]), ways)
        if side_entry:
            found += side_entry
            break
    return found


def _entry(parcel: Parcel, ray: LineString, ways: BaseGeometry) -> list[LineString]:
    """Follow `ray` out of the parcel to the first centre line, if there is nothing between."""
    start = Point(ray.coords[0])
    hits = [p for p in shapely.get_parts(ray.intersection(ways)) if p.geom_type == "Point"]
    if not hits:
        return []
    hit = min(hits, key=start.distance)
    line = LineString([hit, start])
    outside = line.difference(parcel.area)
    crossings = shapely.get_parts(line.intersection(parcel.area.exterior))
    if len(crossings) != 1 or crossings[0].geom_type != "Point" or outside.length > 13.5:
        return []
    return [line]


def _shop_wall(built: Built, lane: LineString, rng: np.random.Generator, share: float) -> None:
    """Line the street fronts with one and two storey shops, leaving the gates free."""
    west, south, east, north = built.parcel.area.bounds
    corridor = shapely.union_all([line.buffer(4.6) for _, _, line in built.paths])
    corridor = corridor.union(bend_line(lane).buffer(3.0))
    room = built.wall.buffer(-0.3)
    for side in frontages(built.parcel):
        at = {"west": west, "south": south, "east": east, "north": north}[side]
        along = side in ("south", "north")
        start, end = (west, east) if along else (south, north)
        inward = 1.0 if side in ("west", "south") else -1.0
        place = start + rng.uniform(1.5, 5)
        while place < end - 14:
            length = min(rng.uniform(19, 38), end - 1.5 - place)
            deep = rng.uniform(6.6, 8.4)
            if rng.random() < share and length >= 12:
                a, b = at + inward * 0.7, at + inward * (0.7 + deep)
                low, high = min(a, b), max(a, b)
                flat = (place, low, place + length, high)
                cell = box(*flat) if along else box(low, place, high, place + length)
                shape = _square(bend_area(cell))
                clash = shape.intersects(corridor) or not room.contains(shape)
                if not clash and not any(shape.dwithin(b.shape, 0.5) for b in built.buildings):
                    floors = int(rng.integers(1, 3))
                    built.buildings.append(Building(shape, "shop", floors=floors))
            place += (
                length + rng.uniform(0.8, 1.6) + (rng.uniform(5, 8) if rng.random() < 0.4 else 0)
            )


def _square(shape: Polygon) -> Polygon:
    """Return the oriented rectangle of a bent cell, so that walls are straight."""
    return outer(shapely.set_precision(shape.minimum_rotated_rectangle, 0.001))


def _rows(built: Built, lane: LineString, rng: np.random.Generator) -> None:
    """Set rows of houses square to the parcel, each with a path along its north side."""
    use = built.parcel.use
    if not isinstance(use, Yard):
        return
    middle = built.parcel.area.centroid
    angle = heading(middle.x, middle.y)
    origin = (built.wall.centroid.x, built.wall.centroid.y)
    turned = [_turn(shape, -angle, origin) for shape in (built.wall, bend_line(lane))]
    wall, track = turned[0], turned[1]
    blocked = [track.buffer(3.6)]
    blocked += [_turn(b.shape, -angle, origin).buffer(4.2) for b in built.buildings]
    blocked += [_turn(line, -angle, origin).buffer(3.0) for _, _, line in built.paths]
    room = wall.buffer(-2.6).difference(shapely.union_all(blocked))
    high = use.build == "tower"
    depth = shapes.TOWER_DEPTH if high else shapes.SLAB_DEPTH + 2.4
    pitch = 40.0 if high else _PITCH if built.wall.area < _LARGE else _WIDE_PITCH
    joints: list[float] = []
    standing = [_turn(b.shape, -angle, origin) for b in built.buildings]
    for y in row_starts(room, depth, pitch):
        houses = fill_row(room, y, rng, high=high)
        if not houses:
            continue
        standing += [house.shape for house in houses]
        for house in houses:
            house.angle = angle
            house.shape = shapes.turn(house.shape, angle, origin)
            house.built_year = use.built_year
        clear = wall.buffer(-0.5).difference(shapely.union_all(standing))
        path = row_path(clear, track, (y + depth + 1.2, y - 3.0), houses)
        if path is not None:
            path = LineString(_turn(path, angle, origin).coords)
            built.paths.append(("path", 2.6, path))
            joints.append(bend_line(lane).project(Point(path.coords[0])))
        built.buildings += houses
    _draw_lane(built, bend_line(lane), joints)


def _turn(shape: BaseGeometry, angle: float, origin: tuple[float, float]) -> BaseGeometry:
    return affinity.rotate(shape, angle, origin=origin)


def _draw_lane(built: Built, lane: LineString, joints: list[float]) -> None:
    """Keep of the lane what joins gates and paths."""
    stops = [*joints, *(lane.project(Point(line.coords[-1])) for _, _, line in built.paths[:2])]
    entries = [lane.project(Point(p[2].coords[-1])) for p in built.paths if p[0] == "lane"]
    low, high = min(stops + entries), max(stops + entries)
    part = shapely.ops.substring(lane, low, high)
    if part.length > 1:
        built.paths.append(("lane", 4.0, LineString(part.coords)))
