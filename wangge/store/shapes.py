"""Builds the geometries of a table in metres, all at once, naming those that cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError as UnknownCRS

from wangge.domain.crs import METRIC, SHOWN
from wangge.domain.rules import rule
from wangge.domain.schema import Table
from wangge.store import catalogue, catalogue_places
from wangge.store.assemble import AREAS, Flags, Flat, Geometries, Points, Shape, assemble, flatten
from wangge.store.faults import Fault, Findings, shown

_POLE: Final = 90.0
_LON: Final = (73.0, 136.0)  # of China, to tell swapped coordinates
_LAT: Final = (3.0, 54.0)
_EAST: Final = (1e5, 1e6)  # of Gauss-Kruger coordinates in China, to tell metres from degrees
_NORTH: Final = (3e5, 6e6)


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
    flat = flatten(shapes)
    usable = np.bincount(flat.shape, minlength=n) > 0
    system = _system(crs, flat.xy, table.name, findings)
    positions = _vet(flat, shapes, usable, table.name, findings, geographic=system.is_geographic)
    if not CRS(METRIC).equals(system, ignore_axis_order=True):
        onward = Transformer.from_crs(system, METRIC, always_xy=True)
        positions = np.column_stack(onward.transform(positions[:, 0], positions[:, 1]))
    finite = np.logical_and.reduce(np.isfinite(positions), axis=1)
    lost = usable & flat.any(~finite, n)
    for i in np.flatnonzero(lost).tolist():
        findings.add(
            catalogue_places.OUT_OF_RANGE.at(
                table.name, shapes[i].feature, found=flat.first(i, ~finite)
            )
        )
    usable &= ~lost
    positions = np.where(finite[:, None], positions, 0.0)
    geometries = assemble(shapes, flat, positions)
    _mend(geometries, shapes, usable, table.name, findings)
    geometries[~usable] = None
    return geometries, usable


def _system(crs: str | None, xy: Points, table: str, findings: Findings) -> CRS:
    """Return the coordinate system to read by: the stated one, where it fits the numbers."""
    looks_metric = len(xy) > 0 and bool(
        np.median(_between(xy[:, 0], _EAST) & _between(xy[:, 1], _NORTH))
    )
    fallback = METRIC if looks_metric else SHOWN
    if not len(xy):
        return CRS(METRIC)
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


def _between(values: Points, bounds: tuple[float, float]) -> Flags:
    return (values >= bounds[0]) & (values <= bounds[1])


def _vet(
    flat: Flat,
    shapes: Sequence[Shape],
    usable: Flags,
    table: str,
    findings: Findings,
    *,
    geographic: bool,
) -> Points:
    """Name what is not finite or out of range, turn round what is swapped; return positions."""
    n, xy = len(shapes), flat.xy
    infinite = ~np.logical_and.reduce(np.isfinite(xy), axis=1)
    _refuse(catalogue_places.NOT_FINITE, infinite, flat, shapes, usable, table, findings)
    if not geographic:
        return xy
    with np.errstate(invalid="ignore"):
        turned = _between(xy[:, 1], _LON) & _between(xy[:, 0], _LAT) & (np.abs(xy[:, 1]) > _POLE)
        strayed = ((np.abs(xy) > (180.0, 90.0)).any(axis=1)) & ~turned & ~infinite
    _refuse(catalogue_places.OUT_OF_RANGE, strayed, flat, shapes, usable, table, findings)
    for i in np.flatnonzero(usable & flat.any(turned, n)).tolist():
        findings.add(
            catalogue_places.SWAPPED.at(table, shapes[i].feature, found=flat.first(i, turned))
        )
    fine = _too_fine(xy[~infinite & ~strayed])
    if fine:
        findings.add(catalogue.PRECISION.at(table, n=fine))
    return np.where(turned[:, None], xy[:, ::-1], xy)


def _refuse(
    fault: Fault,
    wrong: Flags,
    flat: Flat,
    shapes: Sequence[Shape],
    usable: Flags,
    table: str,
    findings: Findings,
) -> None:
    """Report each usable shape with a `wrong` position and make it unusable."""
    bad = usable & flat.any(wrong, len(shapes))
    for i in np.flatnonzero(bad).tolist():
        findings.add(fault.at(table, shapes[i].feature, found=flat.first(i, wrong)))
    usable &= ~bad


def _too_fine(xy: Points) -> int:
    """Return the number of decimals when it is above rule `decimals_most`, else 0."""
    most = int(rule("decimals_most").value)
    scaled = xy * 10.0**most
    if not len(xy) or np.abs(scaled - np.round(scaled)).max() < 0.005:  # noqa: PLR2004 - rounding
        return 0
    worst = xy.ravel()[np.abs(scaled - np.round(scaled)).argmax()]
    return len(repr(float(worst)).rpartition(".")[2])


def _mend(
    geometries: Geometries, shapes: Sequence[Shape], usable: Flags, table: str, findings: Findings
) -> None:
    """Report invalid geometries and mend them; what cannot be mended is no longer usable."""
    for i in np.flatnonzero(usable & ~shapely.is_valid(geometries)).tolist():
        why = shapely.is_valid_reason(geometries[i]).partition("[")[0]
        findings.add(catalogue_places.SELF_CROSSING.at(table, shapes[i].feature, why=why))
        mended = shapely.make_valid(geometries[i])
        areas = shapes[i].kind in AREAS
        wanted = 3 if areas else 2
        parts = [p for p in shapely.get_parts(mended) if shapely.get_type_id(p) in (wanted, 6)]
        if not areas:
            parts = [p for p in shapely.get_parts(mended) if shapely.get_type_id(p) == 1]
        if parts:
            geometries[i] = shapely.union_all(parts)
        else:
            usable[i] = False
            findings.add(catalogue_places.NO_GEOMETRY.at(table, shapes[i].feature))
