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
