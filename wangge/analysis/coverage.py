"""How far residents walk to a service station, along alleys and yard paths."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from wangge.analysis.network import join
from wangge.domain.crs import require_metric
from wangge.domain.rules import rule
from wangge.domain.tables import Alleys, Buildings, Paths, Stations


def walk_to_station(
    buildings: Buildings, stations: Stations, alleys: Alleys, paths: Paths
) -> pd.DataFrame:
    """Return how far each building is from its nearest station on foot.

    A door is joined to the nearest way by a straight edge no longer than rule ``door_edge_m``;
    from there the way follows alleys, streets and yard paths, which connect where they meet.

    Parameters
    ----------
    buildings
        Polygons, n rows, unique index; their middle stands for the door.
    stations
        Points, any kind.
    alleys, paths
        (Multi)LineStrings; all frames in one CRS in metres.

    Returns
    -------
    DataFrame
        Index of `buildings`; ``metres`` (float, NaN where no station can be reached) and
        ``station_id`` (None there).

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
    >>> way = gpd.GeoDataFrame(geometry=[LineString([(0, 0), (100, 0)])], crs=4547)
    >>> home = gpd.GeoDataFrame(geometry=[box(-1, 4, 1, 6)], crs=4547, index=["B1"])
    >>> station = gpd.GeoDataFrame(geometry=[Point(100, 3)], crs=4547, index=["S1"])
    >>> walk_to_station(home, station, way, way.iloc[:0]).loc["B1", "metres"]
    np.float64(108.0)
    """
    require_metric(buildings=buildings, stations=stations, alleys=alleys, paths=paths)
    homes = shapely.get_coordinates(shapely.centroid(buildings.geometry.to_numpy()))
    sites = shapely.get_coordinates(stations.geometry.to_numpy())
    net = join([alleys, paths], np.concatenate([homes, sites]), longest_m=rule("door_edge_m").value)
    doors, gates = net.door[: len(homes)], net.door[len(homes) :]
    far, source = net.nearest(gates)
    reached = doors >= 0
    metres = np.full(len(homes), np.nan)
    metres[reached] = far[doors[reached]]
    metres[~np.isfinite(metres)] = np.nan
    at = dict(zip(gates.tolist(), stations.index, strict=True))
    nearest = [
        at.get(int(source[door])) if ok else None for door, ok in zip(doors, reached, strict=True)
    ]
    return pd.DataFrame(
        {"metres": metres, "station_id": pd.Series(nearest, buildings.index, dtype=object)},
        index=buildings.index,
    )
