"""What burns: which hazards are open, which are late, and how the year went."""

from __future__ import annotations

from datetime import date

import pandas as pd

from wangge.domain.tables import Hazards
from wangge.domain.terms import OPEN_STATUSES

MONTHS = 12


def hazard_state(hazards: Hazards, *, today: date) -> pd.DataFrame:
    """Return where each hazard stands on `today`.

    Parameters
    ----------
    hazards
        n >= 0 rows, unique index, with ``status``, ``reported_on`` and ``due_on`` (null: no limit).
    today
        The day that counts; a hazard due today is not yet overdue.

    Returns
    -------
    DataFrame
        Index of `hazards`; ``open`` and ``overdue`` (bool), ``days_open`` and ``days_left``
        (Int64, NA for what is not open; `days_left` is negative when overdue).

    Examples
    --------
    >>> import geopandas as gpd
    >>> held = gpd.GeoDataFrame({"status": ["handling"], "reported_on": ["2026-11-20"],
    ...     "due_on": ["2026-11-22"]}, geometry=[None], index=["Z1"])
    >>> bool(hazard_state(held, today=date(2026, 11, 23)).loc["Z1", "overdue"])
    True
    """
    now = pd.Timestamp(today)
    is_open = hazards["status"].isin(OPEN_STATUSES)
    reported = pd.to_datetime(hazards["reported_on"], errors="coerce")
    due = pd.to_datetime(hazards["due_on"], errors="coerce")
    left = (due - now).dt.days.where(is_open).astype("Int64")
    return pd.DataFrame(
        {
            "open": is_open.astype(bool),
            "overdue": (left < 0).fillna(value=False).astype(bool),
            "days_open": (now - reported).dt.days.where(is_open).astype("Int64"),
            "days_left": left,
        },
        index=hazards.index,
    )


def monthly(hazards: Hazards, *, today: date) -> pd.DataFrame:
    """Return how many hazards were reported and closed in each of the last twelve months.

    Parameters
    ----------
    hazards
        With ``reported_on`` and ``closed_on``.
    today
        A day in the last of the twelve months.

    Returns
    -------
    DataFrame
        Twelve rows, index of month starts (oldest first), ``reported`` and ``closed`` (int).

    Examples
    --------
    >>> import geopandas as gpd
    >>> held = gpd.GeoDataFrame({"reported_on": ["2026-11-20"], "closed_on": [None]},
    ...     geometry=[None])
    >>> monthly(held, today=date(2026, 11, 23)).iloc[-1].tolist()
    [1, 0]
    """
    last = pd.Timestamp(today).to_period("M")
    months = pd.period_range(end=last, periods=MONTHS, freq="M")

    def count(column: str) -> pd.Series:
        when = pd.to_datetime(hazards[column], errors="coerce").dt.to_period("M")
        return when.value_counts().reindex(months, fill_value=0).astype(int)

    found = pd.DataFrame({"reported": count("reported_on"), "closed": count("closed_on")})
    return found.set_index(months.to_timestamp())
