"""Which streets and alleys of a grid to walk after dark, and in which order."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from wangge.analysis.network import join, ways_of
from wangge.analysis.places import of_lines
from wangge.analysis.touring import Costs, best_tour
from wangge.domain.crs import require_metric
from wangge.domain.rules import rule
from wangge.domain.tables import Alleys, Grids, Stations, Streetlights

Floats = NDArray[np.float64]
Objects = NDArray[np.object_]
NEEDS: Final = ("never", "due", "recent")
_DETOUR: Final = 3.0  # where no way is known, the straight line counts so many times


def night_round(
    grids: Grids,
    alleys: Alleys,
    streetlights: Streetlights,
    stations: Stations,
    *,
    grid: str,
    today: date,
) -> pd.DataFrame:
    """Return the streets and alleys of a grid in the order to walk them after dark.

    First those nobody has ever walked at night, then those whose check is rule
    ``night_check_days`` old, then the rest; each group as a short walk from where the last ended,
    the first from the grid's own station.  A way belongs to the grid that holds most of it, to the
    first of two that share it, so that all rounds together walk once every way that has a
    length and meets a grid.

    Parameters
    ----------
    grids
        (Multi)Polygons, unique index.
    alleys
        (Multi)LineStrings, unique index, with ``surveyed_on``.
    streetlights
        Points; a lamp belongs to the nearest way within rule ``lamp_street_m``.
    stations
        Points, with ``grid_id``.  All frames in one CRS in metres.
    grid
        Id of the grid.
    today
        The day the round is made for.

    Returns
    -------
    DataFrame
        Index: ids of alleys, in walking order; ``need`` (one of `NEEDS`), ``length_m``, ``lamps``
        (tuple of lamp ids along the way), ``from_last_m`` (metres to walk from the end of the way
        before, or from the station; NaN where there is no known way).

    Raises
    ------
    CRSError
        If a frame is not in a projected CRS in metres.
    KeyError
        If there is no such grid.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import LineString, box
    >>> area = gpd.GeoDataFrame(geometry=[box(0, 0, 99, 99)], crs=4547, index=["G1"])
    >>> ways = gpd.GeoDataFrame({"surveyed_on": pd.to_datetime(["2026-11-20", None])}, crs=4547,
    ...     geometry=[LineString([(0, 0), (50, 0)]), LineString([(50, 0), (50, 90)])],
    ...     index=["A1", "A2"])
    >>> none = area.iloc[:0].assign(grid_id=None)
    >>> found = night_round(area, ways, none, none, grid="G1", today=date(2026, 11, 23))
    >>> found["need"].to_dict()
    {'A2': 'never', 'A1': 'recent'}
    """
    require_metric(grids=grids, alleys=alleys, streetlights=streetlights, stations=stations)
    if grid not in grids.index:
        msg = f"There is no grid {grid!r}."
        raise KeyError(msg)
    lines = alleys.geometry.to_numpy()
    here = (of_lines(alleys, grids) == grid).to_numpy(bool)
    mine = np.flatnonzero(here & (shapely.length(lines) > 0))
    age = (pd.Timestamp(today) - pd.to_datetime(alleys["surveyed_on"])).dt.days.to_numpy(float)
    late = age[mine] >= rule("night_check_days").value
    need = np.where(np.isnan(age[mine]), 0, np.where(late, 1, 2))
    own = stations.geometry.to_numpy()[(stations["grid_id"] == grid).to_numpy(bool)][:1]
    order, apart = _walk(lines, mine, need, own)
    lamps = _lamps(lines, streetlights)
    return pd.DataFrame(
        {
            "need": [NEEDS[need[k]] for k in order],
            "length_m": shapely.length(lines[mine[order]]),
            "lamps": pd.Series(
                [tuple(lamps.get(row, ())) for row in mine[order].tolist()], dtype=object
            ).to_numpy(),
            "from_last_m": apart,
        },
        index=alleys.index[mine[order]],
    )


def walking_order(far: Floats, begin: Floats) -> list[int]:
    """Return in which order, and from which end, to walk n ways so that little is walked between.

    Parameters
    ----------
    far
        Metres between ends (2n, 2n); way k has the ends 2k and 2k + 1.
    begin
        Metres from where the walk begins to each end (2n,).

    Returns
    -------
    list of int
        The end at which each way is entered.

    Notes
    -----
    A tour of all ends in which a step along a way is free and any other costs so much more than it
    is long that the two ends of a way follow each other.

    Examples
    --------
    >>> ends = np.array([0.0, 9.0, 30.0, 20.0, 10.0, 19.0])
    >>> walking_order(np.abs(ends[:, None] - ends), np.abs(ends - 0.0))
    [0, 4, 3]
    """
    n = len(begin)
    dear = float(far.sum() + begin.sum()) + 1.0
    between = (far + far.T) / 2 + dear
    mates = np.arange(n) ^ 1
    between[np.arange(n), mates] = 0.0
    np.fill_diagonal(between, 0.0)
    tour = best_tour(Costs(between, begin + dear, np.zeros(n)))
    return [int(end) for end in tour.order[::2]]


def _walk(
    lines: Objects, mine: NDArray[np.intp], need: NDArray[np.intp], station: Objects
) -> tuple[NDArray[np.intp], Floats]:
    """Return the order of the ways `mine`, and how far each is from the one before."""
    chosen = lines[mine]
    parts = [shapely.get_parts(shapely.line_merge(line)) for line in chosen]
    ends = [point for held in parts for point in (_end(held[0], 0), _end(held[-1], -1))]
    places = np.array([*ends, *shapely.get_coordinates(station)]).reshape(-1, 2)
    ways = ways_of((lines, np.full(len(lines), "", dtype=object)))
    net = join(
        ways,
        places,
        np.full(len(places), "", dtype=object),
        longest_m=rule("door_edge_m").value,
        meet_m=rule("way_join_m").value,
    )
    known = net.between(net.door)
    straight = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    far = np.where(np.isfinite(known), known, straight * _DETOUR)
    at = 2 * len(chosen) if len(station) else -1  # where one stands; -1: anywhere
    order: list[int] = []
    apart: list[float] = []
    for group in range(len(NEEDS)):
        here = np.flatnonzero(need == group)
        rows = np.repeat(2 * here, 2) + np.tile([0, 1], len(here))
        begin = far[at, rows] if at >= 0 else np.zeros(len(rows))
        for entry in walking_order(far[np.ix_(rows, rows)], begin):
            order.append(int(here[entry // 2]))
            apart.append(float(known[at, rows[entry]]) if at >= 0 else 0.0)
            at = int(rows[entry ^ 1])
    return np.array(order, dtype=np.intp), np.where(np.isfinite(apart), apart, np.nan)


def _end(part: shapely.Geometry, at: int) -> tuple[float, float]:
    x, y = shapely.get_coordinates(shapely.get_point(part, at))[0]
    return float(x), float(y)


def _lamps(lines: Objects, streetlights: Streetlights) -> dict[int, list[str]]:
    """Return the lamps of each way, in the order they stand along it."""
    spots = streetlights.geometry.to_numpy()
    placed = np.flatnonzero(~(shapely.is_empty(spots) | shapely.is_missing(spots)))
    near, way = shapely.STRtree(lines).query_nearest(
        spots[placed], max_distance=rule("lamp_street_m").value, all_matches=False
    )
    row = placed[near]
    along = shapely.line_locate_point(lines[way], spots[row])
    found: dict[int, list[str]] = {}
    for k in np.lexsort((along, way)).tolist():
        found.setdefault(int(way[k]), []).append(str(streetlights.index[row[k]]))
    return found
