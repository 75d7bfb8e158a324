"""The people: 2,333 households placed by building, unit and floor."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import Point, Polygon

from wangge.demo import names, plan
from wangge.demo.shapes import SLAB_DEPTH, Building
from wangge.demo.town import Town

_FLOORS: Final = {"slab": (3, 6), "tower": (11, 18), "courtyard": (1, 1)}


@dataclass(slots=True)
class Household:
    """One household, where it lives and what the grid office knows of it."""

    building: str
    compound: str
    unit: int
    room: str
    place: Point
    people: int = 2
    holder: str = ""
    phone: str = ""
    care: list[str] = field(default_factory=list)
    mobility: str = "walks"
    member: bool = False


def settle(town: Town, seed: int) -> list[Household]:
    """House every grid's share of the 2,333 households; sets the storeys of the buildings."""
    rng = np.random.default_rng([seed, 3])
    homes: list[Household] = []
    for block in plan.BLOCKS:
        mine = {
            key: b
            for key, b in town.buildings.items()
            if b.compound and town.yards[b.compound].parcel.grid == block.grid
        }
        homes += _house(mine, block.households, rng)
    for home in homes:
        _describe(home, town.buildings[home.building], rng)
    _tell_story(homes, town)
    return homes


def _house(buildings: dict[str, Building], count: int, rng: np.random.Generator) -> list[Household]:
    """Raise storeys until `count` households fit, then fill flats at random."""
    for building in buildings.values():
        low, high = _FLOORS.get(building.kind, (1, 1))
        building.floors = low + int(building.kind == "slab" and rng.random() < 0.35)
        if building.kind == "tower":
            building.floors = int(rng.integers(low, high - 2))
    courts = [k for k, b in buildings.items() if b.kind == "courtyard"]
    flats = {k: b for k, b in buildings.items() if b.kind in ("slab", "tower")}
    in_courts = {k: int(rng.integers(1, 4)) for k in courts}
    wanted = count - sum(in_courts.values())
    while sum(_flats(b) for b in flats.values()) * 0.94 < wanted:
        lowest = min(flats, key=lambda k: (flats[k].floors + 8 * (flats[k].kind == "tower"), k))
        flats[lowest].floors += 1
    doors = [(k, u, f, s) for k, b in flats.items() for u, f, s in _doors(b)]
    chosen = sorted(rng.choice(len(doors), size=wanted, replace=False).tolist())
    homes = [_flat(flats[doors[i][0]], doors[i]) for i in chosen]
    for key in courts:
        homes += _court(key, buildings[key], in_courts[key], rng)
    homes.sort(key=lambda h: (h.compound, h.building, h.unit, len(h.room), h.room))
    return homes


def _flats(building: Building) -> int:
    return building.floors * building.units * 2


def _doors(building: Building) -> Iterator[tuple[int, int, int]]:
    for unit in range(1, building.units + 1):
        for floor in range(1, building.floors + 1):
            yield unit, floor, 1
            yield unit, floor, 2


def _flat(building: Building, door: tuple[str, int, int, int]) -> Household:
    """Place a flat in its unit: side by side along the building, floors from south to north."""
    key, unit, floor, side = door
    core = affinity.rotate(building.shape, -building.angle, origin=(0, 0))
    west, south, east, north = core.bounds
    middle = (west + east) / 2
    x = middle + (unit - (building.units + 1) / 2) * building.unit_length
    x += (-0.24 if side == 1 else 0.24) * building.unit_length
    low, high = (south + 2.3, south + 1.1 + SLAB_DEPTH - 1.2)
    if building.kind == "tower":
        low, high = (south + 3.0, north - 4.4)
    y = low + (high - low) * (floor - 0.5) / building.floors
    spot = affinity.rotate(Point(x, y), building.angle, origin=(0, 0))
    compound = building.compound or ""
    return Household(key, compound, unit, f"{floor}{side:02d}", Point(spot.x, spot.y))


def _court(key: str, building: Building, count: int, rng: np.random.Generator) -> list[Household]:
    spots = _spread(building.shape, count, rng)
    compound = building.compound or ""
    return [Household(key, compound, 0, f"{k + 1}", spot) for k, spot in enumerate(spots)]


def _spread(shape: Polygon, count: int, rng: np.random.Generator) -> list[Point]:
    """Scatter points inside a footprint, at least 2 m apart while that can be had."""
    west, south, east, north = shape.bounds
    inner = shape.buffer(-0.7)
    spots: list[Point] = []
    apart = 3.0
    while len(spots) < count:
        spot = Point(rng.uniform(west, east), rng.uniform(south, north))
        if inner.contains(spot) and all(spot.distance(s) >= apart for s in spots):
            spots.append(spot)
        apart = max(0.5, apart - 0.01)
    return spots


def _describe(home: Household, building: Building, rng: np.random.Generator) -> None:
    """Give a household its size, its (made-up) name and number, and its needs."""
    old = (building.built_year or 2000) < 2000
    home.people = int(rng.choice([1, 2, 3, 4, 5], p=[0.14, 0.32, 0.30, 0.16, 0.08]))
    home.holder = f"{names.SURNAMES[int(rng.integers(len(names.SURNAMES)))]}某"
    home.phone = f"000-0000-{int(rng.integers(0, 10000)):04d}"
    home.member = bool(rng.random() < 0.24)
    draw = rng.random(6)
    elders = 1.0 if old else 0.45
    if home.people == 1 and draw[0] < 0.34 * elders:
        home.care.append("独居老人")
    elif home.people == 2 and draw[0] < 0.20 * elders:
        home.care.append("空巢")
    if draw[1] < 0.03:
        home.care.append("残疾")
    if draw[2] < (0.028 if old else 0.012):
        home.care.append("低保")
    if draw[3] < 0.014:
        home.care.append("重病")
    if draw[4] < 0.002 and home.people <= 2:
        home.care.append("失独")
    if draw[5] < 0.0012 and home.people >= 2:
        home.care.append("孤儿")
    home.mobility = _mobility(home.care, float(rng.random()))


def _mobility(care: list[str], draw: float) -> str:
    if "残疾" in care:
        return "wheelchair" if draw < 0.22 else "aid" if draw < 0.62 else "walks"
    if "重病" in care:
        return "bed" if draw < 0.15 else "aid" if draw < 0.40 else "walks"
    if "独居老人" in care or "空巢" in care:
        return "aid" if draw < 0.22 else "walks"
    return "walks"


def _tell_story(homes: list[Household], town: Town) -> None:
    """Let one wheelchair user live alone in court 37 at the end of the dark alley."""
    (key,) = (
        k
        for k, b in town.buildings.items()
        if b.name == plan.STORY_COURT
        and b.compound
        and town.yards[b.compound].parcel.use.name == plan.STORY_YARD
    )
    line = next(w.line for w in town.ways if w.name == plan.STORY_ALLEY)
    end = shapely.Point(line.coords[-1])
    mine = [h for h in homes if h.building == key]
    home = min(mine, key=lambda h: math.hypot(h.place.x - end.x, h.place.y - end.y))
    home.people, home.care, home.mobility = 1, ["独居老人", "残疾"], "wheelchair"
