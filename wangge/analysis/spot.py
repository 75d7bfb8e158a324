"""What a report is about: a position that was pointed at, or a thing that stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from shapely import Point
from shapely.geometry.base import BaseGeometry

from wangge.analysis.whereabouts import whereabouts
from wangge.community import Community
from wangge.domain.crs import lonlat, place
from wangge.domain.rules import rule
from wangge.text import Text

# What may be reported by name, and how a thing without a name is called.
ASSETS: Final = {
    "streetlights": Text("路灯 {id}", "Lamp {id}"),
    "shops": Text("商铺 {id}", "Shop {id}"),
    "facilities": Text("设施 {id}", "Facility {id}"),
    "stations": Text("服务站 {id}", "Station {id}"),
    "buildings": Text("楼栋 {id}", "Building {id}"),
    "alleys": Text("街巷 {id}", "Alley {id}"),
    "compounds": Text("小区 {id}", "Compound {id}"),
}
_PLACES: Final = ("buildings", "alleys", "compounds")  # the words of the place name them already


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something was seen, in degrees (EPSG:4326), in words, and the ids of what it lies in.

    ``asset`` is the thing meant, such as ``streetlights/L012``, and ``name`` what it is called;
    both empty: only a place.
    """

    lon: float
    lat: float
    point: Point
    says: Text
    grid: Text
    compound_id: str
    grid_id: str
    asset: str
    name: Text


def asset_shape(community: Community, asset: str) -> BaseGeometry | None:
    """Return the shape of `asset` (``table/id``); None if there is no such thing to report.

    Examples
    --------
    >>> from pathlib import Path
    >>> from wangge.store.files import read
    >>> asset_shape(read(Path("/nowhere")).community, "streetlights/L012") is None
    True
    """
    table, _, ident = asset.partition("/")
    frame = getattr(community, table) if table in ASSETS else None
    if frame is None or ident not in frame.index:
        return None
    shape: BaseGeometry | None = frame.geometry[ident]
    return None if shape is None or shape.is_empty else shape


def spot_of(community: Community, asset: str) -> Spot | None:
    """Return the spot of `asset`, in the middle of it; None if there is no such thing."""
    shape = asset_shape(community, asset)
    if shape is None:
        return None
    return _spot(community, shape.representative_point(), asset)


def spot_at(community: Community, lon: float, lat: float, asset: str = "") -> Spot | Text:
    """Return the spot at a position, or why the position is not taken.

    Parameters
    ----------
    community
        Where it is.
    lon, lat
        Degrees, EPSG:4326.
    asset
        The thing pointed at.  A thing that is a point lends its own position; one that does not
        exist, or is farther away than rule ``asset_reach_m``, is left out.

    Returns
    -------
    Spot or Text
        As `wangge.domain.crs.place` for what is no position, or too far away.
    """
    point = place(lon, lat, community.community.union_all())
    if isinstance(point, Text):
        return point
    shape = asset_shape(community, asset)
    if shape is None or shape.distance(point) > rule("asset_reach_m").value:
        return _spot(community, point, "")
    return _spot(community, shape if isinstance(shape, Point) else point, asset)


def _spot(community: Community, point: Point, asset: str) -> Spot:
    found = community.derive(whereabouts, x=point.x, y=point.y)
    name = _called(community, asset)
    says = found.says
    if name.zh and asset.partition("/")[0] not in _PLACES:
        says = Text(f"{name.zh}・{says.zh}", f"{name.en} · {says.en}")
    lon, lat = lonlat(point)
    return Spot(
        lon=lon,
        lat=lat,
        point=point,
        says=says,
        grid=found.grid,
        compound_id=found.compound_id,
        grid_id=found.grid_id,
        asset=asset,
        name=name,
    )


def _called(community: Community, asset: str) -> Text:
    if not asset:
        return Text("", "")
    table, _, ident = asset.partition("/")
    frame = getattr(community, table)
    name = frame.loc[ident, "name"] if "name" in frame else None
    if isinstance(name, str) and name:
        return Text(name, name)
    return ASSETS[table].fill(id=ident)
