"""The coordinate systems in use, and the check that guards them."""

from __future__ import annotations

import math
from functools import cache
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from shapely import Point
from shapely.geometry.base import BaseGeometry

from wangge.domain.rules import rule
from wangge.errors import CRSError
from wangge.text import Text

STORED: Final = "EPSG:4490"  # CGCS2000 longitude/latitude, degrees
METRIC: Final = "EPSG:4547"  # CGCS2000 / 3-degree Gauss-Kruger CM 114E, metres
SHOWN: Final = "EPSG:4326"  # what the map is sent, degrees
METRIC_CRS: Final = CRS(METRIC)  # one object for all frames: comparing them is free


def require_metric(**frames: gpd.GeoDataFrame | gpd.GeoSeries) -> None:
    """Raise `CRSError` unless every frame is in a projected system in metres.

    Parameters
    ----------
    **frames
        Frames to check; the keyword is the name used in the message.

    Raises
    ------
    CRSError
        If a frame has no CRS, a geographic CRS, or an axis not in metres.

    Examples
    --------
    >>> from shapely import Point
    >>> require_metric(lamps=gpd.GeoDataFrame(geometry=[Point(0, 0)], crs=METRIC))
    """
    for name, frame in frames.items():
        _require_metric(name, frame.crs)


def require_together(**frames: gpd.GeoDataFrame | gpd.GeoSeries) -> None:
    """Raise unless every frame is in metres, and all of them in one system.

    Parameters
    ----------
    **frames
        Frames to check; the keyword is the name used in the message.

    Raises
    ------
    CRSError
        As `require_metric`.
    ValueError
        If two systems differ.

    Examples
    --------
    >>> from shapely import Point
    >>> one = gpd.GeoDataFrame(geometry=[Point(0, 0)], crs=METRIC)
    >>> require_together(alleys=one, lamps=one.to_crs(32649))
    Traceback (most recent call last):
    ValueError: CRS differ: alleys EPSG:4547, lamps EPSG:32649.
    """
    systems = {name: frame.crs for name, frame in frames.items()}
    for name, crs in systems.items():
        _require_metric(name, crs)
    first = next(iter(systems.values()), None)
    if any(crs is not first and crs != first for crs in systems.values()):
        told = ", ".join(f"{name} {crs}" for name, crs in systems.items())
        msg = f"CRS differ: {told}."
        raise ValueError(msg)


def _require_metric(name: str, crs: CRS | None) -> None:
    if crs is None or not crs.is_projected or crs.axis_info[0].unit_name != "metre":
        msg = f"`{name}` must be in a projected CRS in metres, got {crs}."
        raise CRSError(msg)


def place(lon: float, lat: float, near: BaseGeometry) -> Point | Text:
    """Return the point at a longitude and latitude in `METRIC`, or why it is not taken.

    Parameters
    ----------
    lon, lat
        Degrees in `SHOWN`, as a map or a device tells them.
    near
        The community in `METRIC`; a position farther from it than rule ``far_away_m`` is refused.
        An empty one refuses no distance.

    Returns
    -------
    Point or Text
        The reason, in both languages, if a number is missing or infinite, if the two were
        swapped, or if the position is too far away.

    Examples
    --------
    >>> home = Point(500000, 4000000).buffer(400)
    >>> place(114.0, 36.13, home)
    <POINT (500000 3999967.497)>
    >>> place(36.13, 114.0, home).en
    'Longitude and latitude seem to be swapped: 36.13, 114.'
    >>> place(114.0, 36.5, home).en
    'The position is 40.6 km from the community, beyond 1.5 km; it was not taken.'
    """
    if not (math.isfinite(lon) and math.isfinite(lat)):
        return Text(
            "位置不是有效的数字，没有采用。", "The position is not a number; it was not taken."
        )
    limit = rule("far_away_m").value
    away = _away(lon, lat, near)
    if away <= limit:
        return Point(_onward().transform(lon, lat))
    if _away(lat, lon, near) <= limit:
        told = Text(
            "经度和纬度似乎写反了：{lon}，{lat}。",
            "Longitude and latitude seem to be swapped: {lon}, {lat}.",
        )
        return told.fill(lon=f"{lon:.6g}", lat=f"{lat:.6g}")
    if not math.isfinite(away):
        return Text(
            "这个位置不在地图范围内，没有采用。", "The position is off the map; it was not taken."
        )
    told = Text(
        "位置距社区 {far} 公里，超过 {limit} 公里，没有采用。",
        "The position is {far} km from the community, beyond {limit} km; it was not taken.",
    )
    return told.fill(far=f"{away / 1000:,.1f}", limit=f"{limit / 1000:g}")


def lonlat(point: Point) -> tuple[float, float]:
    """Return the longitude and latitude in `SHOWN` of a point in `METRIC`: the way back of `place`.

    Examples
    --------
    >>> lon, lat = lonlat(Point(500000, 4000000))
    >>> round(lon, 6), round(lat, 6)
    (114.0, 36.130293)
    """
    lon, lat = _back().transform(point.x, point.y)
    return float(lon), float(lat)


def _away(lon: float, lat: float, near: BaseGeometry) -> float:
    """Return metres from `near`, 0 if it is empty; infinite for what is no position on Earth."""
    if abs(lon) > 180 or abs(lat) > 90:  # noqa: PLR2004  # degrees
        return math.inf
    x, y = _onward().transform(lon, lat)
    if not (math.isfinite(x) and math.isfinite(y)):
        return math.inf
    return 0.0 if near.is_empty else float(near.distance(Point(x, y)))


def shown(frame: gpd.GeoDataFrame | gpd.GeoSeries) -> NDArray[np.object_]:
    """Return the geometries of `frame` in `SHOWN`, as ``frame.to_crs`` would, but at once.

    pyproj builds a transformer anew in every thread, and a page is a thread each time it runs: out
    of two systems that takes 40 ms, out of the pipeline they once came to, none.

    Raises
    ------
    ValueError
        If `frame` has no CRS.

    Examples
    --------
    >>> shapely.get_coordinates(shown(gpd.GeoSeries([Point(500000, 4000000)], crs=METRIC))).round(6)
    array([[114.      ,  36.130293]])
    """
    shapes: NDArray[np.object_] = frame.geometry.to_numpy()
    if frame.crs is None:
        msg = "What has no CRS cannot be shown."
        raise ValueError(msg)
    move = _between(frame.crs.srs, SHOWN).transform
    moved: NDArray[np.object_] = shapely.transform(
        shapes, lambda xy: np.column_stack(move(xy[:, 0], xy[:, 1]))
    )
    return moved


def _onward() -> Transformer:
    return _between(SHOWN, METRIC)


def _back() -> Transformer:
    return _between(METRIC, SHOWN)


@cache
def _between(start: str, end: str) -> Transformer:
    """Return the way from one system to another, as a pipeline where PROJ has only one to offer."""
    found = Transformer.from_crs(start, end, always_xy=True)
    steps = found.definition
    return Transformer.from_pipeline(steps) if steps.startswith("proj=") else found
