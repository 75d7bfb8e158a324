"""Lamps: close along streets, sparse and partly broken in alleys, none in several."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from wangge.demo.town import Town, Way


@dataclass(frozen=True, slots=True)
class Lamp:
    """A streetlight: where it stands, its figures (m, lm), and since when a broken one is out."""

    place: Point
    kind: str
    height: float
    lumens: float
    reach: float
    working: bool
    installed: date
    owner: str
    out_since: date | None


@dataclass(frozen=True, slots=True)
class _Kind:
    spacing: float  # m
    height: float  # m
    lumens: float  # lm
    reach: float  # m
    broken: float  # share
    owner: str


_SHIFTS: Final = (0.0, 3.0, -3.0, 6.0, -6.0, 9.0, -9.0)  # m a lamp may move along
_STREET: Final = {
    "road": _Kind(29.5, 9.0, 12000, 26, 0.03, "市政照明"),
    "street": _Kind(28.0, 8.0, 9000, 23, 0.05, "市政照明"),
}
_ALLEY: Final = {
    "lit": _Kind(27.0, 5.5, 3500, 15, 0.07, "社区"),
    "poor": _Kind(33.0, 5.0, 3000, 14, 0.34, "社区"),
    "dark": _Kind(0.0, 5.0, 3000, 14, 1.0, "社区"),
    "unknown": _Kind(46.0, 5.0, 3000, 14, 0.25, "原单位"),
}


def set_lamps(town: Town, seed: int, today: date) -> list[Lamp]:
    """Set lamps along every way that has any, at the edge of the carriageway."""
    rng = np.random.default_rng([seed, 4])
    lamps: list[Lamp] = []
    inside = town.outline.buffer(-0.5)
    walls = [b.shape.buffer(0.2) for b in town.buildings.values()]
    lanes = [w.line.buffer(w.width / 2 + 0.3) for w in town.ways if w.kind in _STREET]
    taken = shapely.union_all([*walls, *lanes])
    shapely.prepare(taken)
    for way in town.ways:
        kind = _STREET.get(way.kind) or _ALLEY[way.light]
        if not kind.spacing:
            continue
        places = _along(way, kind.spacing, inside.difference(taken))
        down = int(rng.integers(0, 997))
        for k, place in enumerate(places):
            working = _works(kind.broken, k + down, rng)
            lamps.append(_lamp(place, kind, way, today, rng, working=working))
    return lamps


def _works(broken: float, turn: int, rng: np.random.Generator) -> bool:
    """Break the wanted share of lamps; in poorly kept alleys every third, so none is lucky."""
    if broken > 0.3:
        return turn % 3 != 0
    return bool(rng.random() >= broken)


def _along(way: Way, spacing: float, free: BaseGeometry) -> list[Point]:
    """Space lamps evenly on one side of a way; at a corner a lamp moves along to free ground."""
    count = max(1, round(way.line.length / spacing))
    step = way.line.length / count
    off = way.width / 2 + 0.8 if way.kind in _STREET else way.width / 2 - 0.35
    shapely.prepare(free)
    places: list[Point] = []
    for k in range(count):
        tries = [
            _beside(way.line, (k + 0.5) * step + d, side) for d in _SHIFTS for side in (off, -off)
        ]
        found = next((spot for spot in tries if free.contains(spot)), None)
        if found is not None:
            places.append(found)
    return places


def _beside(line: LineString, at: float, off: float) -> Point:
    """Return the point `off` metres left of a line, `at` metres along it."""
    at = min(max(at, 0.0), line.length - 1.0)
    here, ahead = line.interpolate(at), line.interpolate(at + 0.5)
    dx, dy = (ahead.x - here.x) / 0.5, (ahead.y - here.y) / 0.5
    return Point(here.x - dy * off, here.y + dx * off)


def _lamp(
    place: Point, kind: _Kind, way: Way, today: date, rng: np.random.Generator, *, working: bool
) -> Lamp:
    solar = way.kind not in _STREET and rng.random() < 0.3
    years = rng.uniform(0.4, 3.0) if solar else rng.uniform(1.5, 14)
    turn = np.random.default_rng([round(10 * place.x), round(10 * place.y)])
    out = today - timedelta(days=int(turn.integers(2, 90)))
    return Lamp(
        place,
        "solar" if solar else "mains",
        4.5 if solar else kind.height,
        2400.0 if solar else kind.lumens,
        13.0 if solar else kind.reach,
        working,
        today - timedelta(days=int(years * 365)),
        kind.owner,
        None if working else out,
    )
