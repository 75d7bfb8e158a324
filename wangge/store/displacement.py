"""Layers in the shifted coordinates of web maps, told by trying to undo the shift."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from pyproj import Transformer

from wangge.community import Community
from wangge.domain.crs import METRIC, STORED
from wangge.domain.rules import rule
from wangge.domain.shifts import to_bd09, to_gcj02
from wangge.domain.tables import TABLES
from wangge.store import catalogue_places as faults
from wangge.store.faults import Findings

_REFERENCES: Final = ("community", "grids", "compounds")
_BESIDE: Final = {"context"}  # lies outside the community on purpose
_ROOM_M: Final = 30.0  # around the outline: lamps and shops of the streets along it
_LEAST: Final = 3  # features from which a layer can be judged

Offset = tuple[float, float]


def check_displacement(community: Community, findings: Findings) -> set[str]:
    """Name the layers shifted as GCJ-02 or BD-09 is, and the features far from everything.

    A layer is shifted when undoing the shift brings at least rule `shift_share` more of its
    features into the community.  When most layers fit better with the shift applied, it is the
    outline that is shifted.

    Returns
    -------
    set of str
        The shifted tables.
    """
    reference = next((n for n in _REFERENCES if len(getattr(community, n))), "")
    if not reference:
        return set()
    area = shapely.union_all(np.asarray(getattr(community, reference).geometry.array, object))
    near = shapely.buffer(area, _ROOM_M)
    shapely.prepare(near)
    offsets = _offsets(area)
    guesses = {
        name: _guess(frame, near, offsets) for name, frame in _layers(community, reference).items()
    }
    judged = [guess for guess in guesses.values() if guess is not None]
    against = [guess for guess in judged if guess.startswith("-")]
    if judged and 2 * len(against) > len(judged):
        system = max(set(against), key=against.count)
        _report(reference, system.removeprefix("-"), offsets, findings)
        return {reference, *(n for n, g in guesses.items() if g and not g.startswith("-"))}
    shifted = {n: g for n, g in guesses.items() if g and not g.startswith("-")}
    for name, system in shifted.items():
        _report(name, system, offsets, findings)
    _check_far(community, area, findings, set(shifted))
    return set(shifted)


def _layers(community: Community, reference: str) -> Mapping[str, gpd.GeoDataFrame]:
    held = {name: getattr(community, name) for name in TABLES if name not in _BESIDE}
    enough = {n: f for n, f in held.items() if len(f) >= _LEAST or n in ("community", "grids")}
    return {n: f for n, f in enough.items() if n != reference and len(f)}


def _offsets(area: shapely.Geometry) -> dict[str, Offset]:
    """Return how far each shift, and its undoing, moves a place here; metres east and north."""
    here = shapely.get_coordinates(shapely.centroid(area))[0]
    lon, lat = Transformer.from_crs(METRIC, STORED, always_xy=True).transform(here[0], here[1])
    onward = Transformer.from_crs(STORED, METRIC, always_xy=True)
    offsets: dict[str, Offset] = {}
    for name, shift in (("GCJ-02", to_gcj02), ("BD-09", to_bd09)):
        east, north = onward.transform(*shift(lon, lat)) - here
        offsets[name] = (-east, -north)
        offsets[f"-{name}"] = (east, north)
    return offsets


def _guess(
    frame: gpd.GeoDataFrame, near: shapely.Geometry, offsets: Mapping[str, Offset]
) -> str | None:
    """Return the shift the layer is in, "" for none, None when it cannot be told."""
    geometries = np.asarray(frame.geometry.array, object)
    points = shapely.get_coordinates(shapely.centroid(geometries))
    share = rule("shift_share").value

    def fit(offset: Offset) -> float:
        return float(
            shapely.contains_xy(near, points[:, 0] + offset[0], points[:, 1] + offset[1]).mean()
        )

    now = fit((0.0, 0.0))
    if now > 1 - share / 2:
        return ""
    fits = {name: fit(offset) for name, offset in offsets.items()}
    best = max(fits, key=lambda name: fits[name])
    return best if fits[best] - now >= share else None


def _report(table: str, system: str, offsets: Mapping[str, Offset], findings: Findings) -> None:
    metres = round(float(np.hypot(*offsets[system])))
    findings.add(faults.SHIFTED.at(table, metres=metres, system=system))


def _check_far(
    community: Community, area: shapely.Geometry, findings: Findings, shifted: set[str]
) -> None:
    """Name the features farther from the community than rule `far_away_m`."""
    limit = rule("far_away_m").value
    west, south, east, north = shapely.bounds(area)
    for name in TABLES:
        frame = getattr(community, name)
        if name in shifted or not len(frame):
            continue
        box = frame.geometry.bounds.to_numpy()
        beyond = (
            (box[:, 0] < west - limit)
            | (box[:, 1] < south - limit)
            | (box[:, 2] > east + limit)
            | (box[:, 3] > north + limit)
        )
        for i in np.flatnonzero(beyond).tolist():
            metres = round(float(shapely.hausdorff_distance(frame.geometry.iloc[i], area)))
            findings.add(faults.FAR_AWAY.at(name, frame.index[i], metres=metres))
