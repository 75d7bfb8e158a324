"""Where one can walk in a community: its ways, and where doors and stations join them.

One answer to where a door is and on what it opens serves every walk; light plays no part in it.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wangge.analysis.network import Floats, Ints, Network, Objects, Ways, join, ways_of
from wangge.analysis.places import positions
from wangge.domain.rules import rule
from wangge.domain.tables import Alleys, Buildings, Gates, Paths, Stations


@dataclass(frozen=True, slots=True)
class Walkable:
    """The network of ``ways`` one can walk, ``net``, with n doors and k stations.

    ``spot`` (n, 2) is where each building's door stands, ``door`` (n,) its node and ``station``
    (k,) that of each station, -1 where no way is near enough.  ``alley`` (m,) is the row of the
    alley an edge runs along, the number of alleys for any other.
    """

    ways: Ways
    net: Network
    spot: Floats
    door: Ints
    station: Ints
    alley: Ints


def walkable(
    buildings: Buildings, stations: Stations, alleys: Alleys, paths: Paths, gates: Gates
) -> Walkable:
    """Return where one can walk: alleys, yard paths and gates, with every door and station joined.

    A door joins the nearest way of its own compound by a straight edge no longer than rule
    ``door_edge_m``; only where a compound has neither path nor gate may it step on any way.  A
    court is its own compound, see `doors_of`.  A station joins the nearest way of all.

    Parameters
    ----------
    buildings
        Polygons, n rows, with ``compound_id`` and ``kind``.
    stations
        Points, k rows.
    alleys, paths
        (Multi)LineStrings, paths with ``compound_id``.
    gates
        Points, with ``compound_id``.  All frames in one CRS in metres.
    """
    ways = ways_on_foot(alleys, paths, gates)
    spots, yards = doors_of(buildings, alleys, paths)
    sites = positions(stations.geometry.to_numpy())
    net = join(
        ways,
        np.concatenate([spots, sites]),
        np.concatenate([yards, np.full(len(sites), "", dtype=object)]),
        longest_m=rule("door_edge_m").value,
        meet_m=rule("way_join_m").value,
    )
    n = len(alleys)
    alley = np.append(np.minimum(ways.row, n), n)[net.way]  # a link has way -1, the last
    return Walkable(ways, net, spots, net.door[: len(spots)], net.door[len(spots) :], alley)


def ways_on_foot(alleys: Alleys, paths: Paths, gates: Gates, *, street: str = "") -> Ways:
    """Return alleys, yard paths and the steps through gates as ways, in this order.

    Parameters
    ----------
    alleys, paths, gates
        See `walkable`.
    street
        The yard that alleys count as; empty: everybody's.
    """
    return ways_of(
        (alleys.geometry.to_numpy(), np.full(len(alleys), street, dtype=object)),
        (paths.geometry.to_numpy(), yard_of(paths)),
        *_thresholds(alleys, paths, gates, rule("door_edge_m").value),
    )


def doors_of(buildings: Buildings, alleys: Alleys, paths: Paths) -> tuple[Floats, Objects]:
    """Return where each building's door stands (n, 2), and on whose yard it opens (n,).

    A building's door is its middle, and opens on the yard of its compound.  A court (``kind``
    ``courtyard``) has its own gate, in its wall where that is nearest to an alley or to a path of
    its yard, and opens there on whichever it is.

    Examples
    --------
    >>> from shapely import LineString, box
    >>> alley = gpd.GeoDataFrame(geometry=[LineString([(0, 0), (99, 0)])], crs=4547)
    >>> court = gpd.GeoDataFrame({"kind": ["courtyard"], "compound_id": ["C1"]},
    ...     geometry=[box(20, 2, 40, 30)], crs=4547)
    >>> spots, yards = doors_of(court, alley, alley.iloc[:0])
    >>> float(spots[0, 1]), yards.tolist()
    (2.0, [''])
    """
    shapes, yards = buildings.geometry.to_numpy(), yard_of(buildings).copy()
    spots = positions(shapely.centroid(shapes))
    if "kind" not in buildings:
        return spots, yards
    lanes, yard_paths, owner = alleys.geometry.to_numpy(), paths.geometry.to_numpy(), yard_of(paths)
    for row in np.flatnonzero((buildings["kind"] == "courtyard").to_numpy()):
        near = np.concatenate([lanes, yard_paths[owner == yards[row]]])
        gaps = shapely.distance(shapes[row], near)
        if np.isfinite(gaps).any():
            gate = shapely.shortest_line(shapes[row], near[np.nanargmin(gaps)])
            spots[row] = shapely.get_coordinates(gate)[0]
            yards[row] = ""
    return spots, yards


def yard_of(frame: gpd.GeoDataFrame) -> Objects:
    """Return the compound of each row, empty where there is none."""
    held = frame["compound_id"] if "compound_id" in frame else pd.Series("", index=frame.index)
    yards: Objects = held.astype(object).where(held.notna(), "").to_numpy(dtype=object)
    return yards


def _thresholds(
    alleys: Alleys, paths: Paths, gates: Gates, longest_m: float
) -> list[tuple[Objects, Objects]]:
    """Return the steps through each gate: to the nearest alley and to its own nearest path."""
    outside, yards = alleys.geometry.to_numpy(), yard_of(paths)
    found: list[tuple[Objects, Objects]] = []
    for spot, yard in zip(gates.geometry.to_numpy(), yard_of(gates), strict=True):
        for side in (outside, paths.geometry.to_numpy()[yards == yard]):
            if not len(side):
                continue
            gaps = shapely.distance(side, spot)
            if np.nanmin(gaps, initial=np.inf) <= longest_m:
                step = shapely.shortest_line(spot, side[np.nanargmin(gaps)])
                found.append((np.array([step], dtype=object), np.array([yard], dtype=object)))
    return found
