"""The town: everything built, in metres, before people and happenings are added."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon

from wangge.demo import net, plan
from wangge.demo.courts import build_courts
from wangge.demo.outlines import outer
from wangge.demo.parcels import Lane, Quarter, cut_quarter
from wangge.demo.places import Laid, lay_out
from wangge.demo.plan import Yard
from wangge.demo.shapes import Building
from wangge.demo.yards import Built, build_yard


@dataclass(frozen=True, slots=True)
class Way:
    """A street or alley: its line in metres and what the plan says of it."""

    name: str
    kind: str
    line: LineString
    width: float
    light: str
    gate_closes: str | None = None


@dataclass(slots=True)
class Town:
    """The built quarter, ids given: compounds ``C01``.., buildings ``B001``.., grids ``G1``..."""

    grids: dict[str, Polygon]
    outline: Polygon
    land: list[Polygon]
    ways: list[Way] = field(default_factory=list)
    paths: list[tuple[str | None, str, float, LineString]] = field(default_factory=list)
    yards: dict[str, Built] = field(default_factory=dict)
    places: list[Laid] = field(default_factory=list)
    buildings: dict[str, Building] = field(default_factory=dict)


def build_town(seed: int) -> Town:
    """Build streets, parcels and houses for `seed`."""
    quarter = cut_quarter(np.random.default_rng([seed, 1]))
    ways = _plan_ways(quarter)
    grids = net.grids()
    outline = outer(shapely.union_all(list(grids.values())))
    town = Town(grids, outline, [])
    rng = np.random.default_rng([seed, 2])
    for parcel in quarter.parcels:
        if not isinstance(parcel.use, Yard):
            town.places.append(lay_out(parcel, ways))
            continue
        key = f"C{len(town.yards) + 1:02d}"
        if parcel.use.build == "courtyard":
            town.yards[key] = build_courts(parcel, ways, rng)
        else:
            share = 0.8 if parcel.use.kind == plan.OLD else 0.7
            town.yards[key] = build_yard(parcel, ways, rng, shop_share=share)
    _number(town)
    _lay_ways(town, quarter.lanes)
    town.land = _land(town)
    return town


def _plan_ways(quarter: Quarter) -> shapely.MultiLineString:
    lines = [LineString(street.line) for street in plan.STREETS]
    return shapely.MultiLineString(lines + [lane.line for lane in quarter.lanes])


def _number(town: Town) -> None:
    """Give buildings their ids and, inside each compound, their numbers from the south."""
    for key, yard in town.yards.items():
        homes = [b for b in yard.buildings if b.kind in ("slab", "tower")]
        homes.sort(key=lambda b: (round(b.shape.centroid.y / 12), b.shape.centroid.x))
        for k, home in enumerate(homes):
            home.name = f"{k + 1}号楼"
        for building in yard.buildings:
            building.compound = None if building.kind == "shop" else key
            if building.kind == "shop":
                building.name = f"{yard.parcel.use.name}临街商铺"
            town.buildings[f"B{len(town.buildings) + 1:03d}"] = building
    for place in town.places:
        for building in place.buildings:
            if building.name != place.parcel.use.name:
                building.name = f"{place.parcel.use.name}{building.name}"
            town.buildings[f"B{len(town.buildings) + 1:03d}"] = building


def _lay_ways(town: Town, lanes: list[Lane]) -> None:
    """Bend streets, alleys and yard paths, and node them together into one network."""
    bent = net.bend_streets()
    lines = {f"s{k}": bent[street.name] for k, street in enumerate(plan.STREETS)}
    for k, lane in enumerate(lanes):
        lines[f"a{k}"] = net.bend_line(lane.line)
    name, width, bends = plan.FOOTPATH
    lines["f"] = net.bend_line(net.smooth(LineString(bends)))
    owners: list[tuple[str | None, str, float]] = []
    for key, yard in town.yards.items():
        for kind, width, line in yard.paths:
            lines[f"p{len(owners)}"] = line
            owners.append((key, kind, width))
    for place in town.places:
        for line in place.walks:
            lines[f"p{len(owners)}"] = line
            owners.append((None, "lane", 4.0))
    lines = net.node(lines)
    for k, street in enumerate(plan.STREETS):
        town.ways.append(Way(street.name, street.kind, lines[f"s{k}"], street.carriageway, "lit"))
    for k, lane in enumerate(lanes):
        alley = lane.alley
        town.ways.append(
            Way(alley.name, "alley", lines[f"a{k}"], alley.width, alley.light, alley.gate_closes)
        )
    town.ways.append(Way(name, "footpath", lines["f"], width, "lit"))
    for k, (owner, kind, wide) in enumerate(owners):
        town.paths.append((owner, kind, wide, lines[f"p{k}"]))


def _land(town: Town) -> list[Polygon]:
    """Return the blocks between the carriageways, kerb to kerb."""
    roads = [
        w.line.buffer(w.width / 2, cap_style="flat")
        for w in town.ways
        if w.kind in ("road", "street")
    ]
    left = town.outline.difference(shapely.union_all(roads))
    return [p for p in shapely.get_parts(left) if p.area > 200]
