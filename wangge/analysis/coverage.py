"""How far residents walk to a service station, along alleys and yard paths."""

from __future__ import annotations

import numpy as np
import pandas as pd

from wangge.analysis.walkable import walkable
from wangge.domain.crs import require_metric
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

    The way follows alleys, streets and yard paths, which connect where they meet; a gate leads to
    the nearest alley and to the nearest path of its compound.  How doors and stations join the ways
    is said in ``walkable``.

    Parameters
    ----------
    buildings
        Polygons, n rows, unique index, with ``compound_id`` and ``kind``.
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
        stations = Stations(stations[stations["kind"] == kind])
    held = walkable(buildings, stations, alleys, paths, gates)
    far, source = held.net.nearest(held.station)
    reached = held.door >= 0
    reached[reached] = np.isfinite(far[held.door[reached]])
    metres = np.full(len(reached), np.nan)
    metres[reached] = far[held.door[reached]]
    at = dict(zip(held.station.tolist(), stations.index, strict=True))
    nearest = np.full(len(reached), "", dtype=object)
    nearest[reached] = [at[node] for node in source[held.door[reached]].tolist()]
    return pd.DataFrame(
        {"metres": metres, "station_id": pd.Series(nearest, buildings.index, dtype=object)},
        index=buildings.index,
    )
