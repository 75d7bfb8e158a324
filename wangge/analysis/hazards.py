"""How the year went: hazards reported and closed by month."""

from __future__ import annotations

from datetime import date

import pandas as pd

from wangge.domain.tables import Hazards

MONTHS = 12


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
