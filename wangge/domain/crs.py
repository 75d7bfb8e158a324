"""The coordinate systems in use, and the check that guards them."""

from __future__ import annotations

from typing import Final

import geopandas as gpd

from wangge.errors import CRSError

STORED: Final = "EPSG:4490"  # CGCS2000 longitude/latitude, degrees
METRIC: Final = "EPSG:4547"  # CGCS2000 / 3-degree Gauss-Kruger CM 114E, metres
SHOWN: Final = "EPSG:4326"  # what the map is sent, degrees


def require_metric(**frames: gpd.GeoDataFrame) -> None:
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
        crs = frame.crs
        if crs is None or not crs.is_projected or crs.axis_info[0].unit_name != "metre":
            msg = f"`{name}` must be in a projected CRS in metres, got {crs}."
            raise CRSError(msg)


def require_together(**frames: gpd.GeoDataFrame) -> None:
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
    require_metric(**frames)
    systems = [frame.crs for frame in frames.values()]
    if any(crs != systems[0] for crs in systems[1:]):
        told = ", ".join(f"{name} {frame.crs}" for name, frame in frames.items())
        msg = f"CRS differ: {told}."
        raise ValueError(msg)
