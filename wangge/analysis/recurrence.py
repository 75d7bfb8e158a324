"""What comes back: cases that repeat one settled before, their chains and their root causes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wangge.analysis.places import positions
from wangge.domain.crs import require_metric
from wangge.domain.rules import rule
from wangge.domain.terms import OPEN_STATUSES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Pair = tuple[Ints, Ints]
NEVER_WAS: Final = ("declined", "duplicate")  # nothing was there, or it is counted elsewhere
_DAY: Final = 86_400_000_000_000  # ns
_WIDE: Final = 1 << 18  # cells of the search from west to east; what lies further is in the last


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Rows of cases that may repeat (``later``) one another (``earlier``), (k,) each."""

    earlier: Ints
    later: Ints
    metres: Floats
    days: Floats


def recurrences(cases: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return which case repeats which.

    A case is a recurrence of an earlier one of its kind that was closed at most rule
    ``recurrence_days`` before it was reported, no further than rule ``recurrence_m`` away; of
    several, of the one closed last, then of the nearest.  Only a case that is ``closed`` can be
    repeated; a declined or duplicate one repeats nothing.

    Parameters
    ----------
    cases
        n >= 0 points, unique index, with ``kind``, ``status``, ``reported_at`` and ``closed_at``
        (moments, both with a time zone or both without; null allowed); in a CRS in metres.

    Returns
    -------
    DataFrame
        Index of `cases`; ``earlier`` (the case it repeats, None: none), ``metres`` and ``days``
        from there (NaN where none), ``chain`` (the first case of its chain, which may be itself),
        ``times`` (int, how many cases of the chain came before it, 0 for the first).

    Raises
    ------
    CRSError
        If `cases` is not in a projected CRS in metres.

    Notes
    -----
    Cells as wide as the reach; in each, what was closed lies by time, so that the few that count
    are found by bisection.

    Examples
    --------
    >>> from shapely import Point
    >>> held = gpd.GeoDataFrame({"kind": "old_wiring", "status": ["closed", "opened"],
    ...     "reported_at": pd.to_datetime(["2026-09-01", "2026-11-01"]),
    ...     "closed_at": pd.to_datetime(["2026-09-05", None])},
    ...     geometry=[Point(0, 0), Point(30, 0)], crs=4547, index=["a", "b"])
    >>> recurrences(held).loc["b", ["earlier", "metres", "days", "times"]].to_dict()
    {'earlier': 'a', 'metres': 30.0, 'days': 57.0, 'times': 1}
    """
    pairs, n = _pairs(cases), len(cases)
    rank = _ranks(cases.index)
    best = np.lexsort((rank[pairs.earlier], pairs.metres, pairs.days, pairs.later))
    best = best[np.diff(pairs.later[best], prepend=-1) > 0]
    later = pairs.later[best]
    before, metres, days = np.full(n, -1), np.full(n, np.nan), np.full(n, np.nan)
    before[later], metres[later], days[later] = (
        pairs.earlier[best],
        pairs.metres[best],
        pairs.days[best],
    )
    first, times = _chains(before)
    labels = cases.index.to_numpy(dtype=object)
    named = np.full(n, None, dtype=object)
    named[later] = labels[before[later]]
    return pd.DataFrame(
        {
            "earlier": pd.Series(named, cases.index, dtype=object),
            "metres": metres,
            "days": days,
            "chain": pd.Series(labels[first], cases.index, dtype=object),
            "times": times,
        },
        index=cases.index,
    )


def recurring_pairs(cases: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return every pair of a case and one it may repeat, by the limits of `recurrences`.

    Returns
    -------
    DataFrame
        ``earlier`` and ``later`` (index values of `cases`), ``metres``, ``days`` (from the one
        closed to the other reported); in the order of the later one's index, then the earlier's.

    Raises
    ------
    CRSError
        If `cases` is not in a projected CRS in metres.
    """
    pairs, rank = _pairs(cases), _ranks(cases.index)
    order = np.lexsort((rank[pairs.earlier], rank[pairs.later]))
    return pd.DataFrame(
        {
            "earlier": cases.index[pairs.earlier[order]],
            "later": cases.index[pairs.later[order]],
            "metres": pairs.metres[order],
            "days": pairs.days[order],
        }
    )


def root_causes(cases: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return why things came to be, by compound, the most frequent cause of each first.

    Parameters
    ----------
    cases
        As for `recurrences`, with ``compound_id`` and ``cause`` (text, null or empty: unknown).

    Returns
    -------
    DataFrame
        MultiIndex (compound_id, cause), both empty where unknown; ``cases`` and ``recurred`` (int:
        how many, and how many of these repeat an earlier case).  Declined and duplicate cases are
        left out.

    Examples
    --------
    >>> from shapely import Point
    >>> when = pd.to_datetime(["2026-09-01"])
    >>> held = gpd.GeoDataFrame({"kind": "old_wiring", "status": "closed", "reported_at": when,
    ...     "closed_at": when, "compound_id": "C1", "cause": " 线路超期 "},
    ...     geometry=[Point(0, 0)], crs=4547)
    >>> root_causes(held).loc[("C1", "线路超期"), "cases"]
    np.int64(1)
    """
    told = pd.DataFrame(
        {
            "compound_id": _words(cases["compound_id"]),
            "cause": _words(cases["cause"]),
            "recurred": recurrences(cases)["times"].to_numpy() > 0,
        }
    )[~cases["status"].isin(NEVER_WAS).to_numpy()]
    held = told.groupby(["compound_id", "cause"])["recurred"]
    found = pd.DataFrame({"cases": held.size(), "recurred": held.sum()}).astype("int64")
    keys = ["compound_id", "cases", "cause"]
    found = found.reset_index().sort_values(keys, ascending=[True, False, True])
    return found.set_index(["compound_id", "cause"])


def nearby(position: tuple[float, float], kind: str, cases: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the open cases of `kind` near `position`, for one who is about to report another.

    Parameters
    ----------
    position
        Finite coordinates in the CRS of `cases`, metres.
    kind
        Word of ``HAZARD_KINDS``.
    cases
        Points with ``kind`` and ``status``, in a CRS in metres.

    Returns
    -------
    DataFrame
        ``metres``, no more than rule ``nearby_case_m``; the nearest first, equals by index.

    Raises
    ------
    CRSError
        If `cases` is not in a projected CRS in metres.
    ValueError
        If `position` is not finite.

    Examples
    --------
    >>> from shapely import Point
    >>> held = gpd.GeoDataFrame({"kind": "old_wiring", "status": ["opened", "closed"]},
    ...     geometry=[Point(0, 0), Point(1, 0)], crs=4547, index=["a", "b"])
    >>> nearby((3.0, 4.0), "old_wiring", held)["metres"].to_dict()
    {'a': 5.0}
    """
    require_metric(cases=cases)
    if not np.isfinite(position).all():
        msg = f"{position} is no position."
        raise ValueError(msg)
    same = cases.index[(cases["kind"] == kind) & cases["status"].isin(OPEN_STATUSES)]
    xy = positions(cases.loc[same].geometry.to_numpy())
    found = pd.DataFrame({"metres": np.hypot(*(xy - np.asarray(position)).T)}, index=same)
    found = found[found["metres"] <= rule("nearby_case_m").value]
    return found.sort_index().sort_values("metres", kind="stable")


def _pairs(cases: gpd.GeoDataFrame) -> _Pairs:
    """Return which cases may repeat which, in no order; a case never repeats a later one."""
    require_metric(cases=cases)
    reach, span = rule("recurrence_m").value, int(rule("recurrence_days").value * _DAY)
    xy, kind = positions(cases.geometry.to_numpy()), pd.factorize(cases["kind"])[0]
    reported, closed = _moments(cases["reported_at"]), _moments(cases["closed_at"])
    usable = np.isfinite(xy).all(axis=1) & (kind >= 0) & cases["reported_at"].notna().to_numpy()
    settled = usable & (cases["status"] == "closed").to_numpy() & cases["closed_at"].notna()
    real = usable & ~cases["status"].isin(NEVER_WAS).to_numpy()
    old, new = np.flatnonzero(settled), np.flatnonzero(real)
    i, j = old[:0], old[:0]
    if len(old):
        steps = (np.where(usable[:, None], xy, 0.0) - xy[old].min(axis=0)) // reach
        column, line = (np.clip(steps, -2, _WIDE - 4).astype(np.int64) + 2).T
        cell = (kind * _WIDE + line) * _WIDE + column
        i, j = _in_reach(cell[old], closed[old], cell[new], reported[new], span)
        i, j = old[i], new[j]
    metres, gap = np.hypot(*(xy[i] - xy[j]).T), reported[j] - closed[i]
    rank = _ranks(cases.index)
    before = (reported[i] < reported[j]) | ((reported[i] == reported[j]) & (rank[i] < rank[j]))
    keep = (metres <= reach) & before
    return _Pairs(i[keep], j[keep], metres[keep], gap[keep] / _DAY)


def _in_reach(cell: Ints, closed: Ints, its_cell: Ints, reported: Ints, span: int) -> Pair:
    """Pair what was closed (m,) with what was reported up to `span` later in a cell that touches.

    Everything closed is laid out by cell, then time, so that what a case may pair with in one cell
    is one run.
    """
    times, m = np.sort(closed), len(closed)
    first = np.searchsorted(times, reported - span, side="left")
    after = np.searchsorted(times, reported, side="right")
    place = np.empty(m, dtype=np.int64)
    place[np.argsort(closed, kind="stable")] = np.arange(m)
    key = cell * m + place
    order = np.argsort(key)
    key = key[order]
    found = [(order[:0], order[:0])]
    for step in (down * _WIDE + right for down in (-1, 0, 1) for right in (-1, 0, 1)):
        begin = np.searchsorted(key, (its_cell + step) * m + first)
        size = np.searchsorted(key, (its_cell + step) * m + after) - begin
        later = np.repeat(np.arange(len(size)), size)
        run = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
        found.append((order[run + np.repeat(begin, size)], later))
    earlier, later = (np.concatenate(side) for side in zip(*found, strict=True))
    return earlier, later


def _chains(before: Ints) -> tuple[Ints, Ints]:
    """Return the first row of each row's chain and how many steps it is away."""
    n = len(before)
    first = np.where(before >= 0, before, np.arange(n))
    times = (before >= 0).astype(np.int64)
    while (first[first] != first).any():  # every round doubles how far each row looks back
        times, first = times + times[first], first[first]
    return first, times


def _ranks(index: pd.Index) -> Ints:
    """Return the place of each value in the sorted index, so that rows may come in any order."""
    found = np.empty(len(index), dtype=np.int64)
    found[index.argsort()] = np.arange(len(index))
    return found


def _moments(column: pd.Series) -> Ints:
    """Return moments as nanoseconds (n,); what stands for null is not to be used."""
    return pd.to_datetime(column, utc=True).to_numpy(dtype="datetime64[ns]").view(np.int64)


def _words(column: pd.Series) -> pd.Series:
    """Return trimmed text, empty where there is none."""
    return column.astype(object).where(column.notna(), "").astype(str).str.strip()
