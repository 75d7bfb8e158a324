"""Builds the geometries of a table in metres, all at once, naming those that cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError as UnknownCRS

from wangge.domain.crs import METRIC, SHOWN
from wangge.domain.rules import rule
from wangge.domain.tables import Table
from wangge.store import catalogue, catalogue_places
from wangge.store.faults import Findings, shown

Geometries = np.ndarray[tuple[int], np.dtype[np.object_]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
Indices = np.ndarray[tuple[int], np.dtype[np.intp]]
Points = np.ndarray[tuple[int, int], np.dtype[np.float64]]

_POLE: Final = 90.0
_LON: Final = (73.0, 136.0)  # of China, to tell swapped coordinates
_LAT: Final = (3.0, 54.0)
_EAST: Final = (1e5, 1e6)  # of Gauss-Kruger coordinates in China, to tell metres from degrees
_NORTH: Final = (3e5, 6e6)
_AREAS: Final = ("Polygon", "MultiPolygon")


@dataclass(frozen=True, slots=True)
class Shape:
    """One geometry as read: its feature id, type and coordinates, structurally sound."""

    feature: str
    kind: str
    coordinates: list[object]


@dataclass(frozen=True, slots=True)
class _Flat:
    """All coordinates of n shapes as one array; `path` and `shape` say where each belongs."""

    xy: Points
    path: Indices  # of each position
    polygon: Indices  # of each path
    shape: Indices  # of each path

    def any(self, wrong: Flags, n: int) -> Flags:
        """Tell for each shape whether any of its positions is `wrong`."""
        return np.bincount(self.shape[self.path], weights=wrong, minlength=n) > 0


def build(
    shapes: Sequence[Shape], crs: str | None, table: Table, findings: Findings
) -> tuple[Geometries, Flags]:
    """Build the geometries of `shapes` in `METRIC`.

    Parameters
    ----------
    shapes
        n structurally sound geometries.
    crs
        What the file states; None when it states nothing.
    table
        The table they belong to.
    findings
        Where faults of coordinates go.

    Returns
    -------
    geometries, usable
        n geometries, None where not usable, each such one named in `findings`.
    """
    n = len(shapes)
    flat = _flatten(shapes)
    usable = np.bincount(flat.shape, minlength=n) > 0
    system = _system(crs, flat.xy, table.name, findings)
    positions = _vet(flat, shapes, usable, table.name, findings, geographic=system.is_geographic)
    if not CRS(METRIC).equals(system, ignore_axis_order=True):
        onward = Transformer.from_crs(system, METRIC, always_xy=True)
        positions = np.column_stack(onward.transform(positions[:, 0], positions[:, 1]))
    finite = np.isfinite(positions).all(axis=1)
    lost = usable & flat.any(~finite, n)
    for i in np.flatnonzero(lost).tolist():
        findings.add(
            catalogue_places.OUT_OF_RANGE.at(
                table.name, shapes[i].feature, found=_first(flat, i, ~finite)
            )
        )
    usable &= ~lost
    positions = np.where(finite[:, None], positions, 0.0)
    geometries = _assemble(shapes, flat, positions)
    _mend(geometries, shapes, usable, table.name, findings)
    geometries[~usable] = None
    return geometries, usable


def _flatten(shapes: Sequence[Shape]) -> _Flat:
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
                    if shape.kind in _AREAS and path[0] != path[-1]:
                        flat.append(path[0])
                        lengths[-1] += 1
                    polygons.append(polygon)
                    owners.append(number)
            polygon += 1
    return _Flat(
        _floats(flat),
        np.repeat(np.arange(len(lengths)), lengths),
        np.array(polygons, np.intp),
        np.array(owners, np.intp),
    )


def _paths(shape: Shape) -> list[list[list[object]]]:
    """Return the paths of each part that may become a polygon of its own."""
    held: list = shape.coordinates  # type: ignore[type-arg] - nested as its kind says
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
    pairs: list = [p[:2] for p in flat]  # type: ignore[type-arg,index] - positions
    try:
        return np.array(pairs, float).reshape(-1, 2)
    except OverflowError:  # an integer beyond floats
        return np.array([[_float(v) for v in p] for p in pairs]).reshape(-1, 2)


def _float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf")


def _system(crs: str | None, xy: Points, table: str, findings: Findings) -> CRS:
    """Return the coordinate system to read by: the stated one, where it fits the numbers."""
    looks_metric = len(xy) > 0 and bool(
        np.median(_between(xy[:, 0], _EAST) & _between(xy[:, 1], _NORTH))
    )
    fallback = METRIC if looks_metric else SHOWN
    if crs is None:
        if looks_metric:
            findings.add(catalogue_places.WRONG_CRS.at(table, found="WGS 84", used=METRIC))
        else:
            findings.add(catalogue_places.NO_CRS.at(table))
        return CRS(fallback)
    try:
        system = CRS(crs)
    except UnknownCRS:
        system = None
    if system is None or system.is_geographic == looks_metric:
        findings.add(catalogue_places.WRONG_CRS.at(table, found=shown(crs), used=fallback))
        return CRS(fallback)
    return system


def _between(
    values: np.ndarray[tuple[int], np.dtype[np.float64]], bounds: tuple[float, float]
) -> Flags:
    return (values >= bounds[0]) & (values <= bounds[1])


def _vet(
    flat: _Flat,
    shapes: Sequence[Shape],
    usable: Flags,
    table: str,
    findings: Findings,
    *,
    geographic: bool,
) -> Points:
    """Name what is not finite or out of range, turn round what is swapped; return positions."""
    n, xy = len(shapes), flat.xy
    infinite = ~np.isfinite(xy).all(axis=1)
    _refuse(catalogue_places.NOT_FINITE, infinite, flat, shapes, usable, table, findings)
    if not geographic:
        return xy
    with np.errstate(invalid="ignore"):
        turned = _between(xy[:, 1], _LON) & _between(xy[:, 0], _LAT) & (np.abs(xy[:, 1]) > _POLE)
        strayed = ((np.abs(xy) > (180.0, 90.0)).any(axis=1)) & ~turned & ~infinite
    _refuse(catalogue_places.OUT_OF_RANGE, strayed, flat, shapes, usable, table, findings)
    for i in np.flatnonzero(usable & flat.any(turned, n)).tolist():
        findings.add(
            catalogue_places.SWAPPED.at(table, shapes[i].feature, found=_first(flat, i, turned))
        )
    fine = _too_fine(xy[np.isfinite(xy).all(axis=1)])
    if fine:
        findings.add(catalogue.PRECISION.at(table, n=fine))
    return np.where(turned[:, None], xy[:, ::-1], xy)


def _refuse(
    fault: catalogue.Fault,
    wrong: Flags,
    flat: _Flat,
    shapes: Sequence[Shape],
    usable: Flags,
    table: str,
    findings: Findings,
) -> None:
    """Report each usable shape with a `wrong` position and make it unusable."""
    bad = usable & flat.any(wrong, len(shapes))
    for i in np.flatnonzero(bad).tolist():
        findings.add(fault.at(table, shapes[i].feature, found=_first(flat, i, wrong)))
    usable &= ~bad


def _first(flat: _Flat, shape: int, wrong: Flags) -> str:
    x, y = flat.xy[np.flatnonzero(wrong & (flat.shape[flat.path] == shape))[0]]
    return f"{x:.6g}, {y:.6g}"


def _too_fine(xy: Points) -> int:
    """Return the number of decimals when it is above rule `decimals_most`, else 0."""
    most = int(rule("decimals_most").value)
    scaled = xy * 10.0**most
    if not len(xy) or np.abs(scaled - np.round(scaled)).max() < 0.005:  # noqa: PLR2004 - rounding
        return 0
    worst = xy.ravel()[np.abs(scaled - np.round(scaled)).argmax()]
    return len(repr(float(worst)).rpartition(".")[2])


def _assemble(shapes: Sequence[Shape], flat: _Flat, xy: Points) -> Geometries:
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
            return shapely.points(xy)
        case "MultiPoint":
            return shapely.multipoints(shapely.points(xy), indices=owner[path])
        case "LineString":
            return shapely.linestrings(xy, indices=path)
        case "MultiLineString":
            return shapely.multilinestrings(shapely.linestrings(xy, indices=path), indices=owner)
    rings = shapely.linearrings(xy, indices=path)
    names, first = np.unique(polygon, return_index=True)
    polygons = shapely.polygons(rings, indices=np.searchsorted(names, polygon))
    if kind == "Polygon":
        return polygons
    return shapely.multipolygons(polygons, indices=owner[first])


def _mend(
    geometries: Geometries, shapes: Sequence[Shape], usable: Flags, table: str, findings: Findings
) -> None:
    """Report invalid geometries and mend them; what cannot be mended is no longer usable."""
    for i in np.flatnonzero(usable & ~shapely.is_valid(geometries)).tolist():
        why = shapely.is_valid_reason(geometries[i]).partition("[")[0]
        findings.add(catalogue_places.SELF_CROSSING.at(table, shapes[i].feature, why=why))
        mended = shapely.make_valid(geometries[i])
        areas = shapes[i].kind in _AREAS
        wanted = 3 if areas else 2
        parts = [p for p in shapely.get_parts(mended) if shapely.get_type_id(p) in (wanted, 6)]
        if not areas:
            parts = [p for p in shapely.get_parts(mended) if shapely.get_type_id(p) == 1]
        if parts:
            geometries[i] = shapely.union_all(parts)
        else:
            usable[i] = False
            findings.add(catalogue_places.NO_GEOMETRY.at(table, shapes[i].feature))
