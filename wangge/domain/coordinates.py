"""The coordinate systems an office may ask for, and positions written in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from wangge.domain.crs import METRIC, SHOWN, STORED
from wangge.domain.shifts import to_gcj02
from wangge.text import Text

Floats = NDArray[np.float64]
_LON: Final = Text("经度（°）", "Longitude (°)")
_LAT: Final = Text("纬度（°）", "Latitude (°)")


@dataclass(frozen=True, slots=True)
class System:
    """A coordinate system: what it is called, and how its coordinates are written.

    Attributes
    ----------
    id
        What it is asked for by, such as ``EPSG:4547``.
    title
        What people call it.
    base
        The system known to PROJ that positions are brought into.
    columns
        Label and axis of each column in the order it is written; axis 0 is east, 1 north.
    decimals
        How many are written: a centimetre in metres, a tenth of a metre in degrees.
    crs
        The name in the ``crs`` member of a GeoJSON file; empty: the file needs none.
    """

    id: str
    title: Text
    base: str
    columns: tuple[tuple[Text, int], tuple[Text, int]]
    decimals: int
    crs: str


SYSTEMS: Final[Mapping[str, System]] = MappingProxyType(
    {
        system.id: system
        for system in (
            System(
                METRIC,
                Text(
                    "CGCS2000 高斯—克吕格 3 度带，中央经线 114°（EPSG:4547，东坐标不加带号）",
                    "CGCS2000 / 3-degree Gauss-Kruger, central meridian 114°E (EPSG:4547, no zone "
                    "prefix)",
                ),
                METRIC,
                ((Text("X 北（米）", "X north (m)"), 1), (Text("Y 东（米）", "Y east (m)"), 0)),
                2,
                "urn:ogc:def:crs:EPSG::4547",
            ),
            System(
                STORED,
                Text("CGCS2000 经纬度（EPSG:4490）", "CGCS2000 longitude, latitude (EPSG:4490)"),
                STORED,
                ((_LON, 0), (_LAT, 1)),
                6,
                "urn:ogc:def:crs:EPSG::4490",
            ),
            System(
                SHOWN,
                Text("WGS 84 经纬度（EPSG:4326）", "WGS 84 longitude, latitude (EPSG:4326)"),
                SHOWN,
                ((_LON, 0), (_LAT, 1)),
                6,
                "",
            ),
            System(
                "GCJ-02",
                Text(
                    "GCJ-02 经纬度（高德、腾讯地图）", "GCJ-02 longitude, latitude (Amap, Tencent)"
                ),
                SHOWN,
                ((_LON, 0), (_LAT, 1)),
                6,
                # No registered name; as a local system no reader takes it for WGS 84, 600 m off.
                'LOCAL_CS["GCJ-02",UNIT["degree",0.0174532925199433]]',
            ),
        )
    }
)


def coordinates(points: gpd.GeoSeries, system: System) -> Floats:
    """Return points in a system, east before north.

    Parameters
    ----------
    points
        Points, n rows, with a CRS.
    system
        One of `SYSTEMS`.

    Returns
    -------
    array of float
        Shape (n, 2); NaN for a point that is missing or empty.  Degrees agree with the published
        vectors of GCJ-02 to 1e-6; WGS 84 and CGCS2000 are taken as one.

    Examples
    --------
    >>> from shapely import Point
    >>> spot = gpd.GeoSeries([Point(414400, 3991700)], crs=4547)
    >>> coordinates(spot, SYSTEMS["EPSG:4490"]).round(6).tolist()
    [[113.050008, 36.051728]]
    """
    moved = points.to_crs(system.base)
    x, y = moved.x.to_numpy(float), moved.y.to_numpy(float)
    if system.id == "GCJ-02":
        x, y = to_gcj02(x, y)
    return np.column_stack([x, y])
