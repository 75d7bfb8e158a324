"""Where residents walk in the dark: exact intervals of lamp light along the axis of each alley."""

from __future__ import annotations

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from geopandas.array import GeometryArray
from pyproj import CRS

from wangge.analysis.chainage import Chain, Floats, Ints, chain_of, cut_out, left_over
from wangge.analysis.darkness import darkness
from wangge.analysis.night_state import seen_lit, walked
from wangge.domain.crs import require_together
from wangge.domain.rules import rule
from wangge.domain.tables import Alleys, Streetlights

_ROUNDING: Final = 1e-6  # m; an alley as dark as that is dark all along
_COLUMNS: Final = pd.Index(["alley_id", "from_m", "to_m", "length_m", "geometry"])
STATES: Final = ("lit", "unlit", "unsurveyed")


def unlit_stretches(
    alleys: Alleys, streetlights: Streetlights, *, min_length_m: float = 10.0
) -> gpd.GeoDataFrame:
    """Return the stretches of alley that no working streetlight reaches.

    A lamp lights the disc of its reach; an alley is dark where it leaves the union of all discs.
    Walls are not modelled, so an alley can be darker than reported, never brighter.  An alley
    nobody has walked at night has none: there a lamp may only be missing from the records.  One
    that was found lit all along (``night_result`` ``lit``, where the column is given) is dark only
    where a recorded lamp is out.

    Parameters
    ----------
    alleys
        (Multi)LineStrings, n rows, unique index, CRS in metres.
    streetlights
        Points, m >= 0 rows, same CRS, with ``reach_m``, ``height_m`` (m, null allowed) and
        ``working`` (bool).
    min_length_m
        Pieces shorter than this many metres are dropped; 0 keeps all.

    Returns
    -------
    GeoDataFrame
        LineStrings, longest first, index 0..k-1, same CRS, with ``alley_id``, ``from_m``, ``to_m``
        (metres from the beginning of the alley, its parts end to end) and ``length_m``; exact to
        rounding.

    Raises
    ------
    CRSError
        If a frame is not in a projected CRS in metres.
    ValueError
        If the two CRS differ or `min_length_m` is negative.

    Examples
    --------
    >>> from shapely import LineString, Point
    >>> alley = gpd.GeoDataFrame({"surveyed_on": ["2026-10-01"]},
    ...     geometry=[LineString([(0, 0), (100, 0)])], crs=4547)
    >>> lamp = gpd.GeoDataFrame({"reach_m": [20.0], "height_m": [6.0], "working": [True]},
    ...     geometry=[Point(50, 0)], crs=4547)
    >>> unlit_stretches(alley, lamp)["length_m"].round(1).tolist()
    [30.0, 30.0]
    """
    if min_length_m < 0:
        msg = f"`min_length_m` must be >= 0, got {min_length_m}."
        raise ValueError(msg)
    lines = alleys.geometry
    laid, dark, part = _dark(alleys, lines, streetlights)
    length = dark[:, 1] - dark[:, 0]
    keep = np.flatnonzero(walked(alleys)[laid.alley[part]] & (length >= min_length_m))
    longest = keep[np.argsort(-length[keep], kind="stable")]
    return _table(alleys.index, lines.crs, laid, dark[longest], part[longest])


def lit_stretches(alleys: Alleys, streetlights: Streetlights) -> gpd.GeoDataFrame:
    """Return the stretches of alley that a working streetlight reaches, walked at night or not.

    With those of `unlit_stretches` of no least length, and what nobody has walked and no lamp
    reaches, they make up every alley.

    Parameters
    ----------
    alleys, streetlights
        As for `unlit_stretches`.

    Returns
    -------
    GeoDataFrame
        LineStrings in the order of the alleys, with the columns of `unlit_stretches`.

    Raises
    ------
    CRSError
        If a frame is not in a projected CRS in metres.
    ValueError
        If the two CRS differ.
    """
    lines = alleys.geometry
    laid, dark, _ = _dark(alleys, lines, streetlights)
    return _table(alleys.index, lines.crs, laid, *left_over(laid, *dark.T))


def alley_lighting(alleys: Alleys, streetlights: Streetlights) -> pd.DataFrame:
    """Return for each alley how many of its metres are lit, dark, or not known to be either.

    "No lamp recorded" is not "unlit": an alley nobody has walked at night (``surveyed_on`` null)
    is ``unsurveyed``, and the metres no lamp reaches there count as `unsurveyed_m`.  One found lit
    all along (``night_result`` ``lit``, where the column is given) is dark only where a recorded
    lamp is out.

    Parameters
    ----------
    alleys
        (Multi)LineStrings, n rows, unique index, CRS in metres, with ``surveyed_on``.
    streetlights
        Points, m >= 0 rows, same CRS.

    Returns
    -------
    DataFrame
        Index of `alleys`; ``length_m``, ``lit_m``, ``unlit_m``, ``unsurveyed_m`` (metres; the last
        three add up to the first), ``unlit_share``, ``unsurveyed_share`` (of the length, NaN where
        that is 0), ``longest_dark_m`` (metres, NaN where unsurveyed: nobody knows), ``state``:
        ``unsurveyed``, ``unlit`` (dark share from rule ``unlit_share`` on, stretches under rule
        ``dark_stretch_m`` not counted) or ``lit``.

    Raises
    ------
    CRSError
        If a frame is not in a projected CRS in metres.
    ValueError
        If the two CRS differ.
    """
    laid, dark, part = _dark(alleys, alleys.geometry, streetlights)
    owner = laid.alley[part]
    size = dark[:, 1] - dark[:, 0]
    n = len(alleys)
    dark_m = np.bincount(owner, weights=size, minlength=n)
    counted = size >= rule("dark_stretch_m").value
    counted_m = np.bincount(owner[counted], weights=size[counted], minlength=n)
    longest = np.zeros(n)
    np.maximum.at(longest, owner, size)
    length = np.bincount(laid.alley, weights=laid.total, minlength=n)
    dark_m = np.where(length - dark_m > _ROUNDING, dark_m, length)
    surveyed = walked(alleys)
    some = np.where(length > 0, length, np.nan)
    unlit = np.where(counted_m / some >= rule("unlit_share").value, "unlit", "lit")
    unlit_m, unsurveyed_m = np.where(surveyed, dark_m, 0.0), np.where(surveyed, 0.0, dark_m)
    return pd.DataFrame(
        {
            "length_m": length,
            "lit_m": length - dark_m,
            "unlit_m": unlit_m,
            "unsurveyed_m": unsurveyed_m,
            "unlit_share": unlit_m / some,
            "unsurveyed_share": unsurveyed_m / some,
            "longest_dark_m": np.where(surveyed, longest, np.nan),
            "state": np.where(surveyed, unlit, "unsurveyed"),
        },
        index=alleys.index,
    )


def _dark(
    alleys: Alleys, lines: gpd.GeoSeries, streetlights: Streetlights
) -> tuple[Chain, Floats, Ints]:
    """Return the `lines` of the alleys as one chain, what may be dark of them, the part of each."""
    require_together(alleys=lines, streetlights=streetlights)
    laid = chain_of(lines.to_numpy())
    return laid, *darkness(laid, streetlights, seen_lit(alleys)[laid.alley])


def _table(
    names: pd.Index, crs: CRS | None, laid: Chain, stretches: Floats, part: Ints
) -> gpd.GeoDataFrame:
    """Return `stretches` of chainage (k, 2) as rows; `names` are those of the alleys."""
    begin, end = stretches.T - laid.first[part] + laid.before[part]
    owner = names.array.take(laid.alley[part])
    lines = GeometryArray(cut_out(laid, stretches, part), crs=crs)
    # Columns are named at the end, by one index made once: pandas takes longer to make one of names
    # than to make the columns.
    columns = {0: owner, 1: begin, 2: end, 3: end - begin, "geometry": lines}
    found = gpd.GeoDataFrame(columns, geometry=lines, copy=False)
    found.columns = _COLUMNS
    return found
