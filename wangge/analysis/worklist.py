"""The cases as a list to work through: what is due first stands first."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from wangge.analysis.deadlines import is_open
from wangge.domain.cases import Cases
from wangge.domain.tables import Compounds, Grids
from wangge.domain.terms import HAZARD_KINDS, SEVERITIES

GRAVITY: Final = {word: rank for rank, word in enumerate(SEVERITIES)}  # the worst is 0
_SEARCHED: Final = ("where", "note", "assignee", "reported_by", "cause")


def worklist(cases: Cases, compounds: Compounds, grids: Grids) -> pd.DataFrame:
    """Return the cases in the order they are to be worked through.

    Open ones come first: by their limit, those without one last; of the same limit the graver, then
    the one reported earlier.  Settled ones follow, the last settled first.  The order holds at any
    moment, so it is made once for a community.

    Parameters
    ----------
    cases
        n >= 0 rows, see `no_cases`.
    compounds, grids
        Whose ``name`` says where a case lies that has no ``place`` of its own.

    Returns
    -------
    DataFrame
        n rows, index of `cases`; its words and moments, ``where`` (text, empty: in none) and
        ``open`` (bool).

    Examples
    --------
    >>> import geopandas as gpd
    >>> from wangge.domain.cases import no_cases
    >>> names = gpd.GeoDataFrame({"name": []}, geometry=[])
    >>> len(worklist(no_cases(), names, names))
    0
    """
    held = pd.DataFrame(cases.drop(columns="geometry"))
    waits = is_open(held)
    where = held["place"].mask(held["place"] == "", held["compound_id"].map(_names(compounds)))
    held = held.assign(
        where=where.fillna(held["grid_id"].map(_names(grids))).fillna(""), open=waits
    )
    order = pd.DataFrame(
        {
            "settled": ~waits,
            "due": held["due_at"].where(waits),
            "gravity": held["severity"].map(GRAVITY).fillna(len(GRAVITY)).where(waits),
            "closed": -held["closed_at"].fillna(held["reported_at"]).astype("int64") * ~waits,
            "reported": held["reported_at"],
        }
    )
    return held.loc[order.sort_values(list(order.columns), kind="stable").index]


def searched(listed: pd.DataFrame) -> pd.Series:
    """Return all that a search looks through, in lower case, of each case of a `worklist`.

    Its number, its kind in both languages, where it is, the note, the posts and the root cause.
    """
    said = listed["kind"].map({code: f"{text.zh} {text.en}" for code, text in HAZARD_KINDS.items()})
    parts = [listed.index.to_series(), said, *(listed[name] for name in _SEARCHED)]
    texts = [part.fillna("").astype(object).to_numpy() for part in parts]
    joined = texts[0]
    for text in texts[1:]:
        joined = joined + "\n" + text
    return pd.Series(np.asarray(joined, object), index=listed.index, dtype="str").str.lower()


def _names(places: pd.DataFrame) -> dict[object, str]:
    return {ident: str(name) for ident, name in places["name"].items() if pd.notna(name)}
