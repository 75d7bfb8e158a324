"""How far a streetlight lights the ground: as recorded, else by its kind and height."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from wangge.domain.rules import rule
from wangge.domain.terms import LAMP_KINDS

Floats = NDArray[np.float64]


def reaches(streetlights: gpd.GeoDataFrame) -> Floats:
    """Return how far each lamp lights (m,), in metres; a broken one 0.

    That is ``reach_m``, or where it is null what `reach_by_rule` says.  A lamp with neither, or a
    reach that is no finite number above 0, lights nothing.
    """
    reach = _numbers(streetlights, "reach_m")
    missing = np.isnan(reach)
    if missing.any():
        lamps = streetlights[missing]
        reach = reach.copy()
        reach[missing] = reach_by_rule(lamps.get("kind"), _numbers(lamps, "height_m"))
    works = streetlights["working"].to_numpy(bool, na_value=False)
    return np.where(works & (reach > 0) & (reach < np.inf), reach, 0.0)


def reach_by_rule(kind: pd.Series | None, height_m: Floats) -> Floats:
    """Return the reach (m,) of lamps of a `kind` hung at `height_m` (m,), both in metres.

    Each kind has its rule ``lamp_reach_heights_<kind>``, a multiple of the height; a lamp whose
    kind is not known has the least of them.

    Examples
    --------
    >>> reach_by_rule(pd.Series(["mains", "solar"]), np.array([5.0, 5.0])).tolist()
    [15.0, 14.0]
    """
    heights = {name: rule(f"lamp_reach_heights_{name}").value for name in LAMP_KINDS}
    least = min(heights.values())
    if kind is None:
        return height_m * least
    return height_m * kind.map(heights).fillna(least).to_numpy(float)


def lamp_spots_and_reach(streetlights: gpd.GeoDataFrame) -> tuple[Floats, Floats]:
    """Return where the lamps stand that have a place (k, 2), and how far each lights (k,)."""
    spots, row = shapely.get_coordinates(streetlights.geometry.to_numpy(), return_index=True)
    reach = reaches(streetlights)[row]
    if not np.isfinite(spots).all():
        reach = np.where(np.isfinite(spots).all(axis=1), reach, 0.0)
    return spots, reach


def _numbers(frame: gpd.GeoDataFrame, name: str) -> Floats:
    """Return a column as floats; what is no number is NaN."""
    column = frame[name]
    if column.dtype != np.float64:
        column = pd.to_numeric(column, errors="coerce")
    return column.to_numpy(float, na_value=np.nan)
