"""What else was at the place of one case: what it repeats, what repeats it, what is open nearby."""

from __future__ import annotations

from typing import Final, cast

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wangge.analysis.recurrence import nearby, recurring_pairs
from wangge.domain.rules import rule

EARLIER: Final = "earlier"
LATER: Final = "later"
NEAR: Final = "near"
DUPLICATE: Final = "duplicate"


def case_links(cases: gpd.GeoDataFrame, *, case: str) -> pd.DataFrame:
    """Return the cases that have to do with `case`.

    Parameters
    ----------
    cases
        As for `wangge.analysis.recurrence.recurrences`, with ``original``.
    case
        Id of one of them.

    Returns
    -------
    DataFrame
        Index of other cases; ``relation``: ``earlier`` (`case` repeats it: the same kind, settled
        here not long before), ``later`` (it repeats `case`), ``duplicate`` (it was merged into
        `case`, or `case` into it), ``near`` (open, of the same kind, nearby); ``metres`` between
        them; ``days`` from the settling of the one to the report of the other (NaN otherwise).
        In that order, then by days or metres; a case that has several relations is there once.

    Raises
    ------
    KeyError
        If there is no such case.

    Examples
    --------
    >>> from shapely import Point
    >>> held = gpd.GeoDataFrame({"kind": "old_wiring", "status": ["closed", "opened"],
    ...     "reported_at": pd.to_datetime(["2026-09-01", "2026-11-01"], utc=True),
    ...     "closed_at": pd.to_datetime(["2026-09-05", None], utc=True), "original": ""},
    ...     geometry=[Point(0, 0), Point(30, 0)], crs=4547, index=["a", "b"])
    >>> case_links(held, case="b").to_dict("index")
    {'a': {'relation': 'earlier', 'metres': 30.0, 'days': 57.0}}
    """
    own = cases.loc[case]
    here = cast("shapely.Point", own.geometry)
    reach = max(rule("recurrence_m").value, rule("nearby_case_m").value)
    metres = shapely.distance(cases.geometry.to_numpy(), here)
    same = (cases["kind"] == own["kind"]).to_numpy() & (metres <= reach)
    around = cases[same]
    pairs = recurring_pairs(around)
    before = pairs[pairs["later"] == case].set_index("earlier")
    after = pairs[pairs["earlier"] == case].set_index("later")
    merged = cases.index[(cases["original"] == case) | (cases.index == own["original"])]
    away = pd.Series(metres, index=cases.index)
    found = [
        before[["metres", "days"]].assign(relation=EARLIER).sort_values("days"),
        after[["metres", "days"]].assign(relation=LATER).sort_values("days"),
        pd.DataFrame({"metres": away[merged], "days": np.nan, "relation": DUPLICATE}),
        nearby((here.x, here.y), str(own["kind"]), around).assign(days=np.nan, relation=NEAR),
    ]
    joined = pd.concat([part.rename_axis(None) for part in found if len(part)] or found[:1])
    joined = joined[(joined.index != case) & ~joined.index.duplicated()]
    return joined[["relation", "metres", "days"]]
