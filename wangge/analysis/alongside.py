"""The lamps beside an alley, by where along it they stand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from wangge.domain.crs import require_together
from wangge.domain.rules import rule
from wangge.domain.tables import Alleys, Streetlights


def lamps_along(alleys: Alleys, streetlights: Streetlights, *, alley: str) -> pd.DataFrame:
    """Return the lamps within rule ``lamp_street_m`` of one alley, in order along it.

    Parameters
    ----------
    alleys
        (Multi)LineStrings, unique index.
    streetlights
        Points, unique index, same CRS in metres.
    alley
        The alley's id.

    Returns
    -------
    DataFrame
        Index of `streetlights`; ``along_m`` from the beginning of the alley, its parts end to end,
        ``away_m`` (both metres), ``nearest`` whether no other alley is nearer, ``works``.

    Raises
    ------
    CRSError
        If a frame is not in a projected CRS in metres.
    KeyError
        If there is no such alley.
    ValueError
        If the two CRS differ.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import LineString, Point
    >>> lane = gpd.GeoDataFrame(geometry=[LineString([(0, 0), (90, 0)])], index=["A1"], crs=4547)
    >>> lamps = gpd.GeoDataFrame({"working": [True, False]}, index=["L1", "L2"],
    ...     geometry=[Point(60, 2), Point(10, -1)], crs=4547)
    >>> lamps_along(lane, lamps, alley="A1")[["along_m", "works"]].to_dict("index")
    {'L2': {'along_m': 10.0, 'works': False}, 'L1': {'along_m': 60.0, 'works': True}}
    """
    require_together(alleys=alleys, streetlights=streetlights)
    if alley not in alleys.index:
        msg = f"There is no alley {alley!r}."
        raise KeyError(msg)
    line = alleys.geometry[alley]
    lamps = streetlights.geometry.to_numpy()
    away = shapely.distance(lamps, line)
    near = np.flatnonzero(away <= rule("lamp_street_m").value)  # a missing place is at no distance
    along, gaps = _along(line, lamps[near]), np.zeros(len(near))
    if len(near):
        tree = shapely.STRtree(alleys.geometry.to_numpy())
        (at, _), gap = tree.query_nearest(lamps[near], return_distance=True, all_matches=False)
        gaps[at] = gap
    found = pd.DataFrame(
        {
            "along_m": along,
            "away_m": away[near],
            "nearest": away[near] <= gaps + 1e-9,
            "works": streetlights["working"].iloc[near].to_numpy(bool, na_value=False),
        },
        index=streetlights.index[near],
    )
    return found.sort_values("along_m", kind="stable")


def _along(
    line: shapely.Geometry, points: np.ndarray[tuple[int], np.dtype[np.object_]]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return how far along `line`, its parts end to end, each of `points` lies (n,)."""
    parts = shapely.get_parts(line)
    before = np.concatenate([[0.0], np.cumsum(shapely.length(parts))[:-1]])
    nearest = shapely.distance(points[:, None], parts[None]).argmin(axis=1) if len(points) else []
    part = np.asarray(nearest, dtype=np.intp)
    return np.asarray(shapely.line_locate_point(parts[part], points) + before[part], dtype=float)
