"""How bright the ground is: lux from the lamps' lumens and heights, along the axis of an alley."""

from __future__ import annotations

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from wangge.analysis.photometry import Photometry
from wangge.analysis.runs import runs
from wangge.domain.crs import require_metric, require_together
from wangge.domain.rules import rule
from wangge.domain.tables import Alleys, Streetlights
from wangge.domain.terms import STREETS

Floats = NDArray[np.float64]
_CHUNK: Final = 65_536  # points looked at together, which bounds the memory


def illuminance(
    points: Floats, streetlights: Streetlights, table: Photometry | None = None
) -> Floats:
    """Return the horizontal illuminance (lx) on the ground at `points` from all working lamps.

    E = I cos³ / h², by the angle from straight down, summed over the lamps within rule
    ``light_range_m``.  Walls and trees are not modelled.  Without `table` a lamp is Lambertian,
    I = lumens × cos / pi, all its lumens going down; with it, I is the table's mean over its
    half-planes, scaled to the lamp's own lumens, for nobody records which way a lamp faces.

    Parameters
    ----------
    points
        Coordinates (n, 2) in metres, in the CRS of `streetlights`.
    streetlights
        Points, m >= 0 rows, with ``height_m`` (m), ``lumens`` (lm) and ``working``; a lamp without
        a height or lumens above 0 gives no light.
    table
        How the luminaires spread their light.

    Returns
    -------
    array
        Lux (n,), exact to rounding within the range.

    Raises
    ------
    CRSError
        If `streetlights` is not in a projected CRS in metres.
    ValueError
        If `table` holds no light.

    Examples
    --------
    >>> from shapely import Point
    >>> lamp = gpd.GeoDataFrame({"height_m": [5.0], "lumens": [2500.0], "working": [True]},
    ...     geometry=[Point(0, 0)], crs=4547)
    >>> illuminance(np.array([[0.0, 0.0], [5.0, 0.0]]), lamp).round(2).tolist()
    [31.83, 7.96]
    """
    require_metric(streetlights=streetlights)
    spots, height, flux = _shining(streetlights)
    lux = np.zeros(len(points))
    if not len(spots) or not len(points):
        return lux
    scale = flux / np.pi
    if table is not None:
        whole = table.lumens()
        if not whole > 0:
            msg = "The photometric table holds no light."
            raise ValueError(msg)
        scale = flux / whole
    tree = cKDTree(spots)
    for begin in range(0, len(points), _CHUNK):
        near = cKDTree(points[begin : begin + _CHUNK]).sparse_distance_matrix(
            tree, rule("light_range_m").value, output_type="ndarray"
        )
        h, lamp = height[near["j"]], near["j"]
        cosine = h / np.hypot(h, near["v"])
        shape = cosine
        if table is not None:
            shape = table.intensity(np.degrees(np.arccos(np.minimum(cosine, 1.0))))
        given = scale[lamp] * shape * cosine**3 / h**2
        some = len(points[begin : begin + _CHUNK])
        lux[begin : begin + some] = np.bincount(near["i"], weights=given, minlength=some)
    return lux


def light_profile(
    alleys: Alleys,
    streetlights: Streetlights,
    *,
    step_m: float = 1.0,
    table: Photometry | None = None,
) -> pd.DataFrame:
    """Return the illuminance along the axis of each alley, in equal steps from end to end.

    Parameters
    ----------
    alleys
        (Multi)LineStrings, unique index.
    streetlights
        Points, same CRS in metres.
    step_m
        Longest step between two samples, metres.
    table
        How the luminaires spread their light, see `illuminance`.

    Returns
    -------
    DataFrame
        One row a sample in order along the alley: ``alley_id``, ``along_m`` (metres from its
        beginning, its parts end to end), ``step_m`` (metres the sample stands for; half a step at
        the ends), ``lux``.  A line of no length has one sample that stands for 0 m, an empty one
        none.

    Raises
    ------
    CRSError
        If a frame is not in a projected CRS in metres.
    ValueError
        If the two CRS differ or `step_m` is not above 0.
    """
    require_together(alleys=alleys, streetlights=streetlights)
    if not step_m > 0:
        msg = f"`step_m` must be > 0, got {step_m}."
        raise ValueError(msg)
    parts, owner = shapely.get_parts(alleys.geometry.to_numpy(), return_index=True)
    keep = ~(shapely.is_empty(parts) | shapely.is_missing(parts))
    parts, owner = parts[keep], owner[keep]
    length = shapely.length(parts)
    steps = np.ceil(length / step_m).astype(np.intp)
    part, number = runs(np.zeros_like(steps), steps + 1)
    step = (length / np.maximum(steps, 1))[part]
    along = number * step
    step = np.where((number == 0) | (number == steps[part]), step / 2, step)
    points = shapely.get_coordinates(shapely.line_interpolate_point(parts[part], along))
    total = np.bincount(owner, weights=length, minlength=len(alleys))
    before = (np.cumsum(length) - length) - (np.cumsum(total) - total)[owner]
    return pd.DataFrame(
        {
            "alley_id": alleys.index.to_numpy()[owner[part]],
            "along_m": along + before[part],
            "step_m": step,
            "lux": illuminance(points, streetlights, table),
        }
    )


def alley_illuminance(
    alleys: Alleys,
    streetlights: Streetlights,
    *,
    step_m: float = 1.0,
    level: int = 0,
    table: Photometry | None = None,
) -> pd.DataFrame:
    """Return how bright each alley is along its axis, against the level it should keep.

    Roads and streets are held to the average of a branch road (rule ``branch_average_lx``), alleys
    and footpaths to the average and minimum of a pedestrian level of CJJ 45.

    Parameters
    ----------
    alleys
        (Multi)LineStrings, unique index, with ``kind`` and ``surveyed_on``.
    streetlights
        Points, same CRS in metres.
    step_m
        Longest step between two samples, metres.
    level
        Pedestrian level 1 (brightest) to 4; 0 takes that of rule ``pedestrian_level``.
    table
        How the luminaires spread their light, see `illuminance`.

    Returns
    -------
    DataFrame
        Index of `alleys`; ``average_lx``, ``minimum_lx`` (NaN for an empty line), ``uniformity``
        (minimum over average, NaN in the dark), ``average_due_lx``, ``minimum_due_lx`` (NaN: none
        due), ``meets`` (nullable bool: NA where it falls short but nobody has walked it at night,
        for a lamp may be missing from the records).

    Raises
    ------
    CRSError
        If a frame is not in a projected CRS in metres.
    ValueError
        If the two CRS differ, `step_m` is not above 0 or `level` is not 0 to 4.
    """
    levels = (0, 1, 2, 3, 4)
    if level not in levels:
        msg = f"`level` must be one of {levels}, got {level}."
        raise ValueError(msg)
    level = level or int(rule("pedestrian_level").value)
    samples = light_profile(alleys, streetlights, step_m=step_m, table=table)
    weight = np.maximum(samples["step_m"], 1e-9)  # a spot without length still has its light
    row = alleys.index.get_indexer(pd.Index(samples["alley_id"]))
    n = len(alleys)
    metres = np.bincount(row, weights=weight, minlength=n)
    light = np.bincount(row, weights=weight * samples["lux"], minlength=n)
    average = np.divide(light, metres, out=np.full(n, np.nan), where=metres > 0)
    minimum = np.full(n, np.inf)
    np.minimum.at(minimum, row, samples["lux"].to_numpy())
    minimum[metres == 0] = np.nan
    road = alleys["kind"].isin(STREETS).to_numpy()
    average_due = np.where(
        road, rule("branch_average_lx").value, rule(f"pedestrian_{level}_average_lx").value
    )
    minimum_due = np.where(road, np.nan, rule(f"pedestrian_{level}_minimum_lx").value)
    enough = (average >= average_due) & ~(minimum < minimum_due)
    known = enough | (alleys["surveyed_on"].notna().to_numpy() & (metres > 0))
    return pd.DataFrame(
        {
            "average_lx": average,
            "minimum_lx": minimum,
            "uniformity": np.divide(minimum, average, out=np.full(n, np.nan), where=average > 0),
            "average_due_lx": average_due,
            "minimum_due_lx": minimum_due,
            "meets": pd.Series(enough, alleys.index, dtype="boolean").where(known),
        },
        index=alleys.index,
    )


def _shining(streetlights: gpd.GeoDataFrame) -> tuple[Floats, Floats, Floats]:
    """Return place (m, 2), height and lumens (m,) of the lamps that give any light."""
    height, flux = (
        pd.to_numeric(streetlights[name], errors="coerce").to_numpy(float)
        for name in ("height_m", "lumens")
    )
    placed = ~(streetlights.geometry.is_empty | streetlights.geometry.isna()).to_numpy()
    works = streetlights["working"].fillna(value=False).to_numpy(bool)
    on = placed & works & (height > 0) & (flux > 0) & np.isfinite(height) & np.isfinite(flux)
    spots = shapely.get_coordinates(streetlights.geometry.to_numpy()[on])
    return spots, height[on], flux[on]
