"""Hazards as the map shows them: the days of the files as moments, the cases as days.

Beyond the columns of their table hazards carry ``reported_at``, ``due_at`` and ``closed_at``
(``datetime64[us, UTC]``; NaT: none) and ``grid_id`` (null: in none), so that whoever counts them
counts as whoever counts cases.
"""

from __future__ import annotations

from datetime import time
from typing import Final

import numpy as np
import pandas as pd

from wangge.domain.cases import Cases
from wangge.domain.tables import HAZARDS, Compounds, Grids, Hazards
from wangge.domain.workdays import PLACE

_MOMENTS: Final = {"reported_on": "reported_at", "due_on": "due_at", "closed_on": "closed_at"}
_REPORTED: Final = time(9)  # files tell the day only
_ENDS: Final = time(18)
_HOURS: Final = {"reported_on": _REPORTED, "due_on": _ENDS, "closed_on": _ENDS}
_COLUMNS: Final = [column.name for column in HAZARDS.columns]


def of_files(hazards: Hazards, compounds: Compounds, grids: Grids) -> Hazards:
    """Return the hazards of files with moments and grids.

    A day means 9:00 for what was reported, 18:00 for a limit and for what was closed.  The grid is
    that of the compound, else the one it lies in.
    """
    held = hazards.copy()
    for name, moment in _MOMENTS.items():
        hours = pd.Timedelta(hours=_HOURS[name].hour)
        held[moment] = (held[name] + hours).dt.tz_localize(PLACE).dt.tz_convert("UTC")
        held[moment] = held[moment].astype("datetime64[us, UTC]")
    held["grid_id"] = held["compound_id"].map(compounds["grid_id"]).astype("str")
    return Hazards(held.assign(grid_id=grid_of(held, grids)))


def of_cases(cases: Cases) -> Hazards:
    """Return cases as hazards: their moments also as days in Shanghai."""
    held = cases.rename_axis(index=None)
    for name, moment in _MOMENTS.items():
        local = held[moment].dt.tz_convert(PLACE).dt.tz_localize(None)
        held[name] = local.dt.normalize().astype("datetime64[us]")
    return Hazards(held[[*_COLUMNS, "geometry", *_MOMENTS.values(), "grid_id"]])


def grid_of(held: Cases | Hazards, grids: Grids) -> pd.Series:
    """Return the grid each case is of: the one it says, else the first it lies in, else null."""
    told = held["grid_id"].copy()
    lost = np.flatnonzero(told.isna())
    if len(lost) and len(grids):
        row, area = grids.sindex.query(held.geometry.iloc[lost], predicate="intersects")
        first = np.argsort(-area, kind="stable")  # the first grid is written last
        told.iloc[lost[row[first]]] = grids.index.to_numpy()[area[first]]
    return told
