"""Narrowing shapely's general results to the shape they are known to be."""

from __future__ import annotations

from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry


def outer(shape: BaseGeometry) -> Polygon:
    """Return a polygon without its holes.

    Raises
    ------
    TypeError
        If `shape` is not one polygon: the plan has fallen apart.

    Examples
    --------
    >>> ring = Point(0, 0).buffer(2).difference(Point(0, 0).buffer(1))
    >>> len(outer(ring).interiors)
    0
    """
    if not isinstance(shape, Polygon):
        msg = f"expected one polygon, got {shape.geom_type}"
        raise TypeError(msg)
    return Polygon(shape.exterior)


def one_line(shape: BaseGeometry) -> LineString:
    """Return a line known to be one; raise `TypeError` if it is not."""
    if not isinstance(shape, LineString):
        msg = f"expected one line, got {shape.geom_type}"
        raise TypeError(msg)
    return shape


def one_point(shape: BaseGeometry) -> Point:
    """Return a point known to be one; raise `TypeError` if it is not."""
    if not isinstance(shape, Point):
        msg = f"expected one point, got {shape.geom_type}"
        raise TypeError(msg)
    return shape
