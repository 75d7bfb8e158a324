"""Where residents walk in the dark: exact intervals of lamp light along the axis of each alley."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from wangge.domain.crs import require_together
from wangge.domain.rules import rule
from wangge.domain.tables import Alleys, Streetlights

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
STATES: Final = ("lit", "unlit", "unsurveyed")


@dataclass(frozen=True, slots=True)
class Chain:
    """All alleys laid end to end on one chainage, a gap of 1 m between parts.

    ``start`` and ``end`` are the ends of segments (s, 2), ``offset`` where each begins on the
    chainage and ``length`` how long it is (s,); ``part`` numbers the part a segment belongs to
    (s,), ``alley`` the row a part belongs to (p,), ``first`` and ``total`` where a part begins
    and how long it is (p,).
    """

    start: Floats
    end: Floats
    offset: Floats
    length: Floats
    part: Ints
    alley: Ints
    first: Floats
    total: Floats


def reaches(streetlights: Streetlights) -> Floats:
    """Return how far each lamp lights (m): ``reach_m``, else height times a rule; broken ones 0.

    A lamp with neither, or a reach that is not a positive number, lights nothing.
    """
    given = pd.to_numeric(streetlights["reach_m"], errors="coerce").to_numpy(float)
    height = pd.to_numeric(streetlights["height_m"], errors="coerce").to_numpy(float)
    reach = np.where(np.isnan(given), height * rule("lamp_reach_heights").value, given)
    works = streetlights["working"].fillna(value=False).to_numpy(bool)
    return np.where(works & (reach > 0), reach, 0.0)


def chain(alleys: Alleys) -> Chain:
    """Lay `alleys` on one chainage; empty lines take no part, zero-length ones a part of 0 m."""
    lines = alleys.geometry.to_numpy()
    parts, owner = shapely.get_parts(lines, return_index=True)
    keep = ~(shapely.is_empty(parts) | shapely.is_missing(parts))
    parts, owner = parts[keep], owner[keep]
    xy, of = shapely.get_coordinates(parts, return_index=True)
    same = of[1:] == of[:-1]
    start, end, part = xy[:-1][same], xy[1:][same], of[:-1][same]
    length = np.hypot(*(end - start).T) if len(start) else np.zeros(0)
    total = np.bincount(part, weights=length, minlength=len(parts)).astype(float)
    first = np.concatenate([[0.0], np.cumsum(total + 1.0)[:-1]]) if len(parts) else np.zeros(0)
    before = np.concatenate([[0.0], np.cumsum(length)[:-1]]) if len(length) else np.zeros(0)
    head = np.concatenate([[0.0], np.cumsum(total)[:-1]]) if len(parts) else np.zeros(0)
    at = before - head[part] + first[part]
    return Chain(start, end, at, length, part, owner, first, total)


def lit_intervals(laid: Chain, lamps: Floats, reach: Floats) -> Floats:
    """Return the stretches of chainage within reach of a lamp, merged and in order, shape (m, 2).

    Intervals of all lamps and segments are merged by one sort and a running maximum.
    """
    _, low, high = lamp_intervals(laid, lamps, reach)
    return merge(low, high)


def lamp_intervals(laid: Chain, lamps: Floats, reach: Floats) -> tuple[Ints, Floats, Floats]:
    """Return what each lamp lights of each segment: number of the lamp, from and to (k,) each.

    A lamp's disc cuts a segment in one interval of chainage, known in closed form.  A tangent disc
    lights a point, hence nothing.
    """
    on = np.flatnonzero(reach > 0)
    if not len(laid.start) or not len(on):
        return np.zeros(0, np.intp), np.zeros(0), np.zeros(0)
    segments = np.array(
        shapely.linestrings(np.stack([laid.start, laid.end], axis=1)), dtype=object, ndmin=1
    )
    tree = shapely.STRtree(segments)
    near, j = tree.query(shapely.points(lamps[on]), predicate="dwithin", distance=reach[on])
    i = on[near]
    along = laid.end[j] - laid.start[j]
    size = laid.length[j]
    off = lamps[i] - laid.start[j]
    unit = np.divide(along, size[:, None], out=np.zeros_like(along), where=size[:, None] > 0)
    foot = np.einsum("ij,ij->i", off, unit)
    away = off[:, 0] * unit[:, 1] - off[:, 1] * unit[:, 0]
    half = np.sqrt(np.maximum(reach[i] ** 2 - away**2, 0.0))
    low = np.clip(foot - half, 0.0, size) + laid.offset[j]
    high = np.clip(foot + half, 0.0, size) + laid.offset[j]
    some = high > low
    return i[some], low[some], high[some]


def merge(low: Floats, high: Floats) -> Floats:
    """Return the union of the intervals [low, high] as disjoint ones in order, shape (m, 2)."""
    if not len(low):
        return np.zeros((0, 2))
    order = np.argsort(low, kind="stable")
    low, high = low[order], np.maximum.accumulate(high[order])
    fresh = np.concatenate([[True], low[1:] > high[:-1]])
    last = np.concatenate([np.flatnonzero(fresh)[1:] - 1, [len(low) - 1]])
    return np.stack([low[fresh], high[last]], axis=1)


def dark_intervals(laid: Chain, lit: Floats) -> tuple[Floats, Ints]:
    """Return what `lit` leaves of each part as chainage (k, 2), and the part of each (k,)."""
    ends = laid.first + laid.total
    gaps_low = np.concatenate([laid.first, lit[:, 1]])
    gaps_high_key = np.concatenate([ends, lit[:, 0]])
    low = np.sort(gaps_low)
    high = np.sort(gaps_high_key)
    part = np.searchsorted(laid.first, low, side="right") - 1
    some = high - low > 1e-9  # noqa: PLR2004 - a nanometre is no darkness
    return np.stack([low[some], high[some]], axis=1), part[some]


def cut_out(laid: Chain, stretches: Floats, part: Ints) -> NDArray[np.object_]:
    """Return the lines along `stretches` of chainage (k, 2), each within its `part` (k,)."""
    if not len(stretches):
        return np.zeros(0, dtype=object)
    low, high = stretches.T
    first = np.searchsorted(laid.part, part, side="left")
    last = np.searchsorted(laid.part, part, side="right") - 1
    head = np.clip(np.searchsorted(laid.offset, low, side="right") - 1, first, last)
    tail = np.clip(np.searchsorted(laid.offset, high, side="left") - 1, head, last)
    between = tail - head  # vertices strictly inside each stretch
    row = np.repeat(np.arange(len(low)), between + 2)
    at = np.arange(len(row)) - np.repeat(np.cumsum(between + 2) - (between + 2), between + 2)
    segment = np.minimum(head[row] + at, tail[row])
    chainage = np.clip(laid.offset[segment], low[row], high[row])
    chainage[at == between[row] + 1] = high
    share = (chainage - laid.offset[segment]) / np.maximum(laid.length[segment], 1e-300)
    along = laid.end[segment] - laid.start[segment]
    xy = laid.start[segment] + along * np.clip(share, 0.0, 1.0)[:, None]
    return np.array(shapely.linestrings(xy, indices=row), dtype=object, ndmin=1)


def _dark(alleys: Alleys, streetlights: Streetlights) -> tuple[Chain, Floats, Ints]:
    require_together(alleys=alleys, streetlights=streetlights)
    laid = chain(alleys)
    placed = ~(streetlights.geometry.is_empty | streetlights.geometry.isna()).to_numpy()
    lamps = shapely.get_coordinates(streetlights.geometry.to_numpy()[placed])
    lit = lit_intervals(laid, lamps, reaches(streetlights)[placed])
    return laid, *dark_intervals(laid, lit)


def unlit_stretches(
    alleys: Alleys, streetlights: Streetlights, *, min_length_m: float = 10.0
) -> gpd.GeoDataFrame:
    """Return the stretches of alley that no working streetlight reaches.

    A lamp lights the disc of its reach; an alley is dark where it leaves the union of all discs.
    Walls are not modelled, so an alley can be darker than reported, never brighter.  An alley
    nobody has walked at night has none: there a lamp may only be missing from the records.

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
        (along its part of the alley) and ``length_m``; exact to rounding.

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
    laid, dark, part = _dark(alleys, streetlights)
    length = dark[:, 1] - dark[:, 0]
    surveyed = alleys["surveyed_on"].notna().to_numpy()[laid.alley[part]]
    keep = np.flatnonzero(surveyed & (length >= min_length_m))
    keep = keep[np.argsort(-length[keep], kind="stable")]
    low, high = (dark[keep, k] - laid.first[part[keep]] for k in (0, 1))
    rows = laid.alley[part[keep]]
    return gpd.GeoDataFrame(
        {
            "alley_id": alleys.index.to_numpy()[rows],
            "from_m": low,
            "to_m": high,
            "length_m": length[keep],
        },
        geometry=cut_out(laid, dark[keep], part[keep]),
        crs=alleys.crs,
    )


def alley_lighting(alleys: Alleys, streetlights: Streetlights) -> pd.DataFrame:
    """Return for each alley how many of its metres are lit, dark, or not known to be either.

    "No lamp recorded" is not "unlit": an alley nobody has walked at night (``surveyed_on`` null)
    is ``unsurveyed``, and the metres no lamp reaches there count as `unsurveyed_m`.

    Parameters
    ----------
    alleys
        (Multi)LineStrings, n rows, unique index, CRS in metres, with ``surveyed_on``.
    streetlights
        Points, m >= 0 rows, same CRS.

    Returns
    -------
    DataFrame
        Index of `alleys`; ``length_m``, ``lit_m``, ``unlit_m``, ``unsurveyed_m`` (they add up),
        ``longest_dark_m`` (float, metres), ``state``: ``unsurveyed``, ``unlit`` (dark share from
        rule ``unlit_share`` on, stretches under rule ``dark_stretch_m`` not counted) or ``lit``.

    Raises
    ------
    CRSError
        If a frame is not in a projected CRS in metres.
    ValueError
        If the two CRS differ.
    """
    laid, dark, part = _dark(alleys, streetlights)
    owner = laid.alley[part]
    size = dark[:, 1] - dark[:, 0]
    n = len(alleys)
    dark_m = np.bincount(owner, weights=size, minlength=n)
    counted = size >= rule("dark_stretch_m").value
    counted_m = np.bincount(owner[counted], weights=size[counted], minlength=n)
    longest = np.zeros(n)
    np.maximum.at(longest, owner, size)
    length = np.bincount(laid.alley, weights=laid.total, minlength=n)
    surveyed = alleys["surveyed_on"].notna().to_numpy()
    share = np.divide(counted_m, length, out=np.zeros(n), where=length > 0)
    unlit = np.where(share >= rule("unlit_share").value, "unlit", "lit")
    return pd.DataFrame(
        {
            "length_m": length,
            "lit_m": length - dark_m,
            "unlit_m": np.where(surveyed, dark_m, 0.0),
            "unsurveyed_m": np.where(surveyed, 0.0, dark_m),
            "longest_dark_m": longest,
            "state": np.where(surveyed, unlit, "unsurveyed"),
        },
        index=alleys.index,
    )
