"""Coordinates of many shapes as one array, and geometries made of it, one call a kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

import numpy as np
import shapely
from numpy.typing import NDArray

Geometries = NDArray[np.object_]
Flags = NDArray[np.bool_]
Indices = NDArray[np.intp]
Points = NDArray[np.float64]  # (n, 2)

AREAS: Final = ("Polygon", "MultiPolygon")


@dataclass(frozen=True, slots=True)
class Shape:
    """One geometry as read: its feature id, type and coordinates, structurally sound."""

    feature: str
    kind: str
    coordinates: list[object]


@dataclass(frozen=True, slots=True)
class Flat:
    """All coordinates of n shapes as one array; `path` and `shape` say where each belongs."""

    xy: Points
    path: Indices  # of each position
    polygon: Indices  # of each path
    shape: Indices  # of each path

    def any(self, wrong: Flags, n: int) -> Flags:
        """Tell for each shape whether any of its positions is `wrong`."""
        found = np.zeros(n, bool)
        found[self.shape[self.path[wrong]]] = True
        return found

    def first(self, shape: int, wrong: Flags) -> str:
        """Return the first position of a shape that is `wrong`, to be read."""
        x, y = self.xy[np.flatnonzero(wrong & (self.shape[self.path] == shape))[0]]
        return f"{x:.6g}, {y:.6g}"


def flatten(shapes: Sequence[Shape]) -> Flat:
    """Put the coordinates of `shapes` into one array, rings closed, heights left out."""
    flat: list[object] = []
    lengths: list[int] = []
    polygons: list[int] = []
    owners: list[int] = []
    polygon = 0
    for number, shape in enumerate(shapes):
        for paths in _paths(shape):
            for path in paths:
                if path:
                    flat.extend(path)
                    lengths.append(len(path))
                    if shape.kind in AREAS and path[0] != path[-1]:
                        flat.append(path[0])
                        lengths[-1] += 1
                    polygons.append(polygon)
                    owners.append(number)
            polygon += 1
    return Flat(
        _floats(flat),
        np.repeat(np.arange(len(lengths)), lengths),
        np.array(polygons, np.intp),
        np.array(owners, np.intp),
    )


def _paths(shape: Shape) -> list[list[list[object]]]:
    """Return the paths of each part that may become a polygon of its own."""
    held = cast("list[Any]", shape.coordinates)  # nested as its kind says
    match shape.kind:
        case "Point":
            return [[[held]]]
        case "LineString" | "MultiPoint":
            return [[held]]
        case "Polygon" | "MultiLineString":
            return [held]
        case _:
            return held


def _floats(flat: list[object]) -> Points:
    pairs = [position[:2] for position in cast("list[list[Any]]", flat)]
    try:
        return np.array(pairs, float).reshape(-1, 2)
    except OverflowError:  # an integer beyond floats
        return np.array([[_float(v) for v in p] for p in pairs]).reshape(-1, 2)


def _float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf")


def assemble(shapes: Sequence[Shape], flat: Flat, xy: Points) -> Geometries:
    """Make the geometries from the positions `xy`, one call a kind."""
    built: Geometries = np.full(len(shapes), None, object)
    kinds = np.array([shape.kind for shape in shapes], object)
    for kind in set(kinds.tolist()):
        paths = np.flatnonzero(kinds[flat.shape] == kind)
        if not len(paths):
            continue
        mine = np.isin(flat.path, paths)
        path = np.searchsorted(paths, flat.path[mine])
        owners = np.flatnonzero(kinds == kind)
        owners = owners[np.isin(owners, flat.shape[paths])]
        owner = np.searchsorted(owners, flat.shape[paths])
        built[owners] = _of_kind(kind, xy[mine], path, owner, flat.polygon[paths])
    return built


def _of_kind(kind: str, xy: Points, path: Indices, owner: Indices, polygon: Indices) -> Geometries:
    match kind:
        case "Point":
            return _array(shapely.points(xy))
        case "MultiPoint":
            return _array(shapely.multipoints(_array(shapely.points(xy)), indices=owner[path]))
        case "LineString":
            return _array(shapely.linestrings(xy, indices=path))
        case "MultiLineString":
            lines = _array(shapely.linestrings(xy, indices=path))
            return _array(shapely.multilinestrings(lines, indices=owner))
    rings = _array(shapely.linearrings(xy, indices=path))
    names, first = np.unique(polygon, return_index=True)
    polygons = _array(shapely.polygons(rings, indices=np.searchsorted(names, polygon)))
    if kind == "Polygon":
        return polygons
    return _array(shapely.multipolygons(polygons, indices=owner[first]))


def _array(made: object) -> Geometries:
    """Return what shapely made of an array: an array, which its types do not say."""
    return cast("Geometries", made)
