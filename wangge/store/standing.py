"""Where single things stand: households, hazards, gates, stations, lamps."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wangge.community import Community
from wangge.domain.rules import rule
from wangge.store import catalogue_places as faults
from wangge.store.faults import Findings


def check_standing(community: Community, findings: Findings, skip: Collection[str]) -> None:
    """Name what does not stand where its table says, with the distance in metres.

    Parameters
    ----------
    community
        In metres, without dangling keys.
    findings
        Where the problems go.
    skip
        Tables whose position is known to be wrong as a whole.
    """
    if not {"households", "buildings"} & set(skip):
        for ident, owner, metres in _away(community.households, "building_id", community.buildings):
            findings.add(
                faults.HOUSEHOLD_OUTSIDE.at(
                    "households", ident, "building_id", building=owner, metres=metres
                )
            )
    for name in ("households", "hazards"):
        if not {name, "compounds"} & set(skip):
            _in_compounds(name, community, findings)
    if not {"stations", "grids"} & set(skip):
        for ident, owner, _ in _away(community.stations, "grid_id", community.grids):
            findings.add(faults.OUTSIDE_GRID.at("stations", ident, "grid_id", grid=owner))
    if not {"gates", "compounds"} & set(skip):
        _gates(community, findings)
    if not {"streetlights", "alleys"} & set(skip):
        _lamps(community, findings)


def _away(
    frame: gpd.GeoDataFrame,
    column: str,
    owners: gpd.GeoDataFrame,
    limit: float | None = None,
    *,
    border: bool = False,
) -> Iterator[tuple[str, str, str]]:
    """Yield (id, owner, metres) of what is farther than `limit` from its owner (its border)."""
    held = frame[frame[column].notna()]
    if held.empty:
        return
    limit = rule("off_place_m").value if limit is None else limit
    around = np.asarray(owners.geometry.array, object)[
        owners.index.get_indexer(pd.Index(held[column]))
    ]
    around = shapely.boundary(around) if border else around
    away = shapely.distance(np.asarray(held.geometry.array, object), around)
    for i in np.flatnonzero(away > limit).tolist():
        yield held.index[i], held[column].iloc[i], f"{away[i]:.1f}"


def _in_compounds(name: str, community: Community, findings: Findings) -> None:
    frame = getattr(community, name)
    for ident, owner, metres in _away(frame, "compound_id", community.compounds):
        findings.add(
            faults.OUTSIDE_COMPOUND.at(name, ident, "compound_id", compound=owner, metres=metres)
        )


def _gates(community: Community, findings: Findings) -> None:
    limit = rule("gate_wall_m").value
    for ident, owner, metres in _away(
        community.gates, "compound_id", community.compounds, limit, border=True
    ):
        findings.add(
            faults.GATE_OFF_WALL.at("gates", ident, "compound_id", compound=owner, metres=metres)
        )


def _lamps(community: Community, findings: Findings) -> None:
    """Name lamps farther from any street, alley or yard path than rule `lamp_street_m`."""
    lamps = np.asarray(community.streetlights.geometry.array, object)
    ways = np.concatenate(
        [np.asarray(frame.geometry.array, object) for frame in (community.alleys, community.paths)]
    )
    if not len(lamps) or not len(ways):
        return
    limit = rule("lamp_street_m").value
    (mine, _), away = shapely.STRtree(ways).query_nearest(
        lamps, return_distance=True, all_matches=False
    )
    for i in np.flatnonzero(away > limit).tolist():
        findings.add(
            faults.LAMP_OFF_STREET.at(
                "streetlights",
                community.streetlights.index[mine[i]],
                metres=f"{away[i]:.1f}",
                limit=f"{limit:g}",
            )
        )
