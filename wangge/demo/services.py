"""Stations in re-used rooms, facilities, shops: what the quarter offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import shapely
import shapely.ops
from shapely.geometry import Point

from wangge.demo import names, plan
from wangge.demo.plan import Yard
from wangge.demo.town import Town

# Grid, the compound or place whose room was re-used; the room itself is names.ROOMS in order.
_ROOMS: Final = (
    "区机关旧院", "水利局小区", "槐树院", "运输公司院", "影剧院", "农贸市场", "制药厂小区",
    "槐荫游园", "区医院",
)  # fmt: skip
_EXTRA: Final = (
    ("市场暖心驿站", "暖心驿站", "外贸小区", ("饮水", "充电", "休息")),
    ("光明路暖心驿站", "暖心驿站", "林业局家属院", ("饮水", "热饭", "休息")),
    ("校南暖心驿站", "暖心驿站", "人行小区", ("饮水", "充电", "急救包")),
    ("粮站巷幸福驿站", "幸福驿站", "物资局家属院", ("日间照料", "喘息服务", "义诊")),
    ("北后巷幸福驿站", "幸福驿站", "文庙小区", ("日间照料", "助餐", "义诊")),
)
_FACILITIES: Final = (
    ("charging_shed", "充电车棚", 24, ("水利局小区", "二轻局家属院", "电业小区", "康宁家园",
                                     "建行小区", "人行小区", "府后嘉园", "印刷厂家属院")),
    ("hydrant", "消火栓", None, ("教育局家属院", "邮电小区", "槐树院", "供销小区", "安居苑",
                               "兽医站院", "金桂苑", "锦绣城")),
    ("micro_fire_station", "微型消防站", 4, ("公安小区", "外贸小区", "党校家属院")),
    ("aed", "AED", None, ("影剧院", "区医院", "实验小学")),
    ("assembly_point", "应急集合点", 600, ("槐荫游园", "区机关旧院")),
    ("spare_room", "闲置用房", 30, ("百货楼院", "食品厂家属院")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Station:
    """A station: name, kind, grid, services, hours, and what the room used to be."""

    place: Point
    name: str
    kind: str
    grid: str
    services: tuple[str, ...]
    opens: str
    closes: str
    was: str | None


@dataclass(frozen=True, slots=True)
class Facility:
    """A facility: kind, name, capacity."""

    place: Point
    kind: str
    name: str
    capacity: int | None


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop: name, trade, the compound behind it, its last fire inspection."""

    place: Point
    name: str
    trade: str
    compound: str | None
    inspected: date


def open_stations(town: Town) -> list[Station]:
    """Open one service station a grid in a re-used room, three warm and two happiness ones."""
    found: list[Station] = []
    for block, where, (was, services) in zip(plan.BLOCKS, _ROOMS, names.ROOMS, strict=True):
        name = f"第{'一二三四五六七八九'[int(block.grid[1]) - 1]}网格党群服务站"
        place = _room(town, where, last=where == "区医院")
        found.append(
            Station(place, name, "党群服务站", block.grid, services, "08:00", "20:00", was)
        )
    for name, kind, where, services in _EXTRA:
        hours = ("07:00", "21:00") if kind == "暖心驿站" else ("08:30", "18:00")
        grid = next(y.parcel.grid for y in town.yards.values() if y.parcel.use.name == where)
        found.append(Station(_room(town, where), name, kind, grid, services, *hours, None))
    return found


def _room(town: Town, where: str, *, last: bool = False) -> Point:
    """Find a room: in the place's main (or last) building, or by the yard's gate."""
    for place in town.places:
        if place.parcel.use.name == where:
            return Point(place.buildings[-1 if last else 0].shape.representative_point())
    yard = next(y for y in town.yards.values() if y.parcel.use.name == where)
    gate = yard.gates[0][1]
    homes = [b.shape for b in yard.buildings if b.kind in ("slab", "courtyard", "tower")]
    home = min(homes, key=gate.distance)
    edge = shapely.ops.nearest_points(home.buffer(-2.0), gate)[0]
    return Point(edge.x, edge.y)


def equip(town: Town, seed: int) -> list[Facility]:
    """Set sheds, hydrants, fire stations, AEDs, assembly points and spare rooms."""
    rng = np.random.default_rng([seed, 8])
    found: list[Facility] = []
    for kind, word, capacity, wheres in _FACILITIES:
        for where in wheres:
            place = _open_ground(town, where, rng)
            size = None if capacity is None else int(capacity * rng.uniform(0.7, 1.5))
            found.append(Facility(place, kind, f"{where}{word}", size))
    return found


def _open_ground(town: Town, where: str, rng: np.random.Generator) -> Point:
    """Find open ground in a yard or place, clear of houses."""
    sites = [(y.parcel, y.wall, y.buildings) for y in town.yards.values()]
    sites += [(p.parcel, p.wall, p.buildings) for p in town.places]
    _, wall, buildings = next(site for site in sites if site[0].use.name == where)
    free = wall.buffer(-2.5).difference(shapely.union_all([b.shape for b in buildings]).buffer(2))
    for margin in (2.0, 1.0, 0.0):
        room = free.buffer(-margin)
        if not room.is_empty:
            break
    west, south, east, north = room.bounds
    while True:
        spot = Point(rng.uniform(west, east), rng.uniform(south, north))
        if room.contains(spot):
            return spot


def open_shops(town: Town, seed: int, today: date) -> list[Shop]:
    """Open a shop in every shop building; most were inspected this week, a few not."""
    rng = np.random.default_rng([seed, 9])
    found: list[Shop] = []
    overdue = 0
    for key in sorted(town.yards):
        yard = town.yards[key]
        for building in yard.buildings:
            if building.kind != "shop" or not isinstance(yard.parcel.use, Yard):
                continue
            trade, words = names.TRADES[int(rng.integers(len(names.TRADES)))]
            name = words[int(rng.integers(len(words)))]
            age = int(rng.integers(0, 8))
            if overdue < 6 and rng.random() < 0.12:
                age, overdue = int(rng.integers(9, 24)), overdue + 1
            spot = Point(building.shape.centroid)
            found.append(Shop(spot, name, trade, key, today - timedelta(days=age)))
    return found
