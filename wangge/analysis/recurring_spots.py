"""Where the same thing comes back: one spot per chain of cases that repeat one another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wangge.analysis.recurrence import recurrences
from wangge.domain.crs import require_metric
from wangge.domain.rules import rule
from wangge.domain.workdays import PLACE

YEAR: Final = timedelta(days=365)


def recurring_spots(cases: gpd.GeoDataFrame, *, today: date) -> gpd.GeoDataFrame:
    """Return where cases came back in the year up to `today`.

    Parameters
    ----------
    cases
        As for `wangge.analysis.recurrence.recurrences`, with ``compound_id``.
    today
        The last day (Asia/Shanghai) of the year looked at.

    Returns
    -------
    GeoDataFrame
        A point per chain in the CRS of `cases`, in the middle of its cases of the year; index: the
        first case of the chain, as far as it reaches into the year or a little before it (rule
        ``recurrence_days``).  ``kind``; ``times`` (int >= 1, how often it came back in the year);
        ``last`` (the case reported last), ``last_on`` (its day); ``compound_id`` (of that case,
        null: in none).  The most frequent first, then by the last day, the latest first.

    Raises
    ------
    CRSError
        If `cases` is not in a projected CRS in metres.

    Examples
    --------
    >>> from shapely import Point
    >>> held = gpd.GeoDataFrame({"kind": "old_wiring", "status": ["closed", "opened"],
    ...     "reported_at": pd.to_datetime(["2026-09-01", "2026-11-01"], utc=True),
    ...     "closed_at": pd.to_datetime(["2026-09-05", None], utc=True), "compound_id": "C1"},
    ...     geometry=[Point(0, 0), Point(30, 0)], crs=4547, index=["a", "b"])
    >>> found = recurring_spots(held, today=date(2026, 11, 23))
    >>> found[["times", "last"]].to_dict("index"), found.geometry.iloc[0].x
    ({'a': {'times': 1, 'last': 'b'}}, 15.0)
    """
    require_metric(cases=cases)
    end = pd.Timestamp(today + timedelta(days=1), tz=PLACE)
    begin = end - YEAR
    known = begin - timedelta(days=rule("recurrence_days").value)
    of_year = cases["reported_at"].ge(begin) & cases["reported_at"].lt(end)
    held = cases[(of_year | cases["closed_at"].ge(known)).to_numpy(bool)]
    chain = recurrences(held)
    again = held[(chain["times"] > 0).to_numpy() & of_year[held.index].to_numpy()]
    chains = chain.loc[again.index, "chain"]
    parts = held[chain["chain"].isin(chains).to_numpy() & of_year[held.index].to_numpy()]
    xy = pd.DataFrame(
        shapely.get_coordinates(parts.geometry.to_numpy()), index=parts.index, columns=["x", "y"]
    )
    middle = xy.groupby(chain.loc[parts.index, "chain"]).mean()
    last = again.assign(chain=chains).sort_values("reported_at", kind="stable")
    last = last.reset_index(names="last").drop_duplicates("chain", keep="last").set_index("chain")
    day = last["reported_at"].dt.tz_convert(PLACE).dt.tz_localize(None).dt.normalize()
    found = gpd.GeoDataFrame(
        {
            "kind": last["kind"],
            "times": chains.value_counts().reindex(last.index).astype("int64"),
            "last": last["last"],
            "last_on": day,
            "compound_id": last["compound_id"],
        },
        index=last.index.rename(None),
        geometry=shapely.points(middle.reindex(last.index).to_numpy().reshape(-1, 2)),
        crs=cases.crs,
    )
    order = np.lexsort((found.index, -found["last_on"].astype("int64"), -found["times"]))
    return found.iloc[order]
