"""Which compounds nobody manages, since when, and whose contract is about to end."""

from __future__ import annotations

from datetime import date

import pandas as pd

from wangge.domain.rules import rule
from wangge.domain.tables import Compounds


def compound_management(compounds: Compounds, *, today: date) -> pd.DataFrame:
    """Return how each compound is managed on `today`.

    Parameters
    ----------
    compounds
        n >= 0 rows, unique index, with ``manager_kind``, ``manager_since`` and ``contract_end``
        (dates, null allowed).
    today
        The day to count from and to.

    Returns
    -------
    DataFrame
        Index of `compounds`; ``state`` (``none``, ``community``, ``unit``, ``property``; what is
        unknown stays as it was written), ``days`` without a manager or under the community's
        fallback (Int64, NA otherwise or when the start is unknown, never negative),
        ``ends_in_days`` (Int64, negative once past), ``ending`` (bool: the contract runs out
        within rule ``contract_notice_days``, or has run out).

    Examples
    --------
    >>> import geopandas as gpd
    >>> held = gpd.GeoDataFrame({"manager_kind": ["none"], "manager_since": ["2026-04-20"],
    ...     "contract_end": [None]}, geometry=[None], index=["C1"])
    >>> compound_management(held, today=date(2026, 11, 23)).loc["C1", "days"]
    np.int64(217)
    """
    now = pd.Timestamp(today)
    since = pd.to_datetime(compounds["manager_since"], errors="coerce")
    end = pd.to_datetime(compounds["contract_end"], errors="coerce")
    state = compounds["manager_kind"].astype(object)
    gap = state.isin(["none", "community"])
    days = (now - since).dt.days.clip(lower=0).where(gap).astype("Int64")
    left = (end - now).dt.days.where(state == "property").astype("Int64")
    ending = (left <= rule("contract_notice_days").value).fillna(value=False).astype(bool)
    return pd.DataFrame(
        {"state": state, "days": days, "ends_in_days": left, "ending": ending},
        index=compounds.index,
    )
