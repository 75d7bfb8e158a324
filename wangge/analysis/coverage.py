"""How far residents walk to a service station, along alleys and yard paths."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wangge.analysis.network import Objects, join, ways_of
from wangge.domain.crs import require_metric
from wangge.domain.rules import rule
from wangge.domain.tables import Alleys, Buildings, Gates, Paths, Stations


def walk_to_station(
    buildings: Buildings,
    stations: Stations,
    alleys: Alleys,
    paths: Paths,
    gates: Gates,
    *,
    kind: str = "党群服务站",
) -> pd.DataFrame:
    """Return how far each building is from its nearest station on foot.

    The way follows alleys, streets and yard paths, which connect where they meet.  A door is joined
    by a straight edge no longer than rule ``door_edge_m`` to the nearest way of its own compound;
    only where a compound has neither path nor gate may it step on any way.  A gate leads to the
    nearest alley and to the nearest path of its compound.

    Parameters
    ----------
    buildings
        Polygons, n rows, unique index, with ``compound_id``; their middle stands for the door.
    stations
        Points, with ``kind``.
    alleys, paths
        (Multi)LineStrings; paths with ``compound_id``.
    gates
        Points, with ``compound_id``.  All frames in one CRS in metres.
    kind
        Which stations count; empty for all.

    Returns
    -------
    DataFrame
        Index of `buildings`; ``metres`` (float, NaN where no station can be reached) and
        ``station_id`` (empty there).

    Raises
    ------
    CRSError
        If a frame is not in a projected CRS in metres.

    Notes
    -----
    One Dijkstra from all stations at once (``scipy.sparse.csgraph``, ``min_only``).

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import LineString, Point, box
    >>> way = gpd.GeoDataFrame({"compound_id": [None]},
    ...     geometry=[LineString([(0, 0), (100, 0)])], crs=4547)
    >>> home = gpd.GeoDataFrame({"compound_id": [None]}, geometry=[box(-1, 4, 1, 6)], crs=4547,
    ...     index=["B1"])
    >>> station = gpd.GeoDataFrame({"kind": ["党群服务站"]}, geometry=[Point(100, 3)], crs=4547,
    ...     index=["S1"])
    >>> found = walk_to_station(home, station, way, way.iloc[:0], home.iloc[:0])
    >>> found.loc["B1", "metres"].round(3)
    np.float64(108.0)
    """
    require_metric(buildings=buildings, stations=stations, alleys=alleys, paths=paths, gates=gates)
    if kind:
        stations = stations[stations["kind"] == kind]
    longest = rule("door_edge_m").value
    everybodys = np.full(len(alleys), "", dtype=object)
    ways = ways_of(
        (alleys.geometry.to_numpy(), everybodys),
        (paths.geometry.to_numpy(), yard_of(paths)),
        *thresholds(alleys, paths, gates, longest),
    )
    homes = shapely.get_coordinates(shapely.centroid(buildings.geometry.to_numpy()))
    sites = shapely.get_coordinates(stations.geometry.to_numpy())
    net = join(
        ways,
        np.concatenate([homes, sites]),
        np.concatenate([yard_of(buildings), np.full(len(sites), "", dtype=object)]),
        longest_m=longest,
        meet_m=rule("way_join_m").value,
    )
    doors, entries = net.door[: len(homes)], net.door[len(homes) :]
    far, source = net.nearest(entries)
    metres = np.full(len(homes), np.nan)
    reached = doors >= 0
    metres[reached] = far[doors[reached]]
    metres[~np.isfinite(metres)] = np.nan
    at = dict(zip(entries.tolist(), stations.index, strict=True))
    nearest = [at.get(int(source[door]), "") if door >= 0 else "" for door in doors]
    return pd.DataFrame(
        {"metres": metres, "station_id": pd.Series(nearest, buildings.index, dtype=object)},
        index=buildings.index,
    )


def yard_of(frame: gpd.GeoDataFrame) -> Objects:
    """Return the compound of each row, empty where there is none."""
    held = frame["compound_id"] if "compound_id" in frame else pd.Series("", index=frame.index)
    yards: Objects = held.astype(object).where(held.notna(), "").to_numpy(dtype=object)
    return yards


def thresholds(
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
