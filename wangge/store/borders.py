"""How areas fit together: the outline, the grids that tile it, compounds, buildings."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from wangge.community import Community
from wangge.domain.crs import METRIC, STORED
from wangge.domain.rules import rule
from wangge.store import catalogue_places as faults
from wangge.store.faults import Fault, Findings


def check_borders(community: Community, findings: Findings, skip: Collection[str]) -> None:
    """Name overlaps, gaps and areas that leave what they belong to, each with its square metres.

    Parameters
    ----------
    community
        In metres.
    findings
        Where the problems go.
    skip
        Tables whose position is known to be wrong as a whole.
    """
    n = len(community.community)
    if n > 1:
        findings.add(faults.OUTLINE_COUNT.at("community", n=n))
    if "grids" not in skip:
        _overlaps("grids", community.grids, faults.GRID_OVERLAP, findings)
        if "community" not in skip and n and len(community.grids):
            _tiling(community, findings)
    if "compounds" not in skip:
        _overlaps("compounds", community.compounds, faults.COMPOUND_OVERLAP, findings)
        if "grids" not in skip:
            for ident, owner, area in _leaving(community.compounds, "grid_id", community.grids):
                findings.add(
                    faults.STRADDLES.at("compounds", ident, "grid_id", area=area, grid=owner)
                )
    if not {"buildings", "compounds"} & set(skip):
        for ident, owner, area in _leaving(community.buildings, "compound_id", community.compounds):
            findings.add(
                faults.BUILDING_OUTSIDE.at(
                    "buildings", ident, "compound_id", area=area, compound=owner
                )
            )


def _overlaps(table: str, frame: gpd.GeoDataFrame, fault: Fault, findings: Findings) -> None:
    geometries = np.asarray(frame.geometry.array, object)
    left, right = shapely.STRtree(geometries).query(geometries, predicate="intersects")
    left, right = left[left < right], right[left < right]
    areas = shapely.area(shapely.intersection(geometries[left], geometries[right]))
    for i in np.flatnonzero(areas > rule("sliver_m2").value).tolist():
        other = frame.index[right[i]]
        findings.add(fault.at(table, frame.index[left[i]], other=other, area=_m2(areas[i])))


def _tiling(community: Community, findings: Findings) -> None:
    outline = shapely.union_all(np.asarray(community.community.geometry.array, object))
    grids = np.asarray(community.grids.geometry.array, object)
    sliver = rule("sliver_m2").value
    back = Transformer.from_crs(METRIC, STORED, always_xy=True)
    for part in shapely.get_parts(shapely.difference(outline, shapely.union_all(grids))):
        if part.area > sliver:
            at = shapely.point_on_surface(part)
            lon, lat = back.transform(at.x, at.y)
            findings.add(
                faults.GRID_GAP.at("grids", area=_m2(part.area), at=f"{lon:.6f}, {lat:.6f}")
            )
    beyond = shapely.area(shapely.difference(grids, outline))
    for i in np.flatnonzero(beyond > sliver).tolist():
        findings.add(faults.GRID_OUTSIDE.at("grids", community.grids.index[i], area=_m2(beyond[i])))


def _leaving(
    frame: gpd.GeoDataFrame, column: str, owners: gpd.GeoDataFrame
) -> Iterator[tuple[str, str, str]]:
    """Yield (id, owner, m²) of each area that lies partly outside its owner."""
    held = frame[frame[column].notna()]
    if held.empty:
        return
    geometries = np.asarray(held.geometry.array, object)
    around = np.asarray(owners.geometry.array, object)[
        owners.index.get_indexer(pd.Index(held[column]))
    ]
    suspects = np.flatnonzero(~shapely.covers(around, geometries))
    areas = shapely.area(shapely.difference(geometries[suspects], around[suspects]))
    for i, area in zip(suspects.tolist(), areas, strict=True):
        if area > rule("sliver_m2").value:
            yield held.index[i], held[column].iloc[i], _m2(area)


def _m2(area: float) -> str:
    return f"{area:.0f}" if area >= 10 else f"{area:.1f}"  # noqa: PLR2004 - digits worth reading
