"""A case: something seen that must be done, from 上报 to 结案.

States and side doors follow the field's own practice (GB/T 30428).  `Case` is what is known of one
now; `steps` says what may happen to it next and who may do it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final, NewType

import geopandas as gpd
import pandas as pd

from wangge.domain.crs import METRIC_CRS
from wangge.domain.terms import OPEN_STATUSES

NOBODY: Final[Mapping[str, str]] = MappingProxyType({})
MOMENTS: Final = ("reported_at", "due_at", "handled_at", "closed_at")
Cases = NewType("Cases", gpd.GeoDataFrame)
_WORDS: Final = (
    "kind",
    "severity",
    "status",
    "reported_by",
    "assignee",
    "handled_by",
    "compound_id",
    "grid_id",
    "asset",
    "place",
    "note",
    "cause",
    "original",
)


@dataclass(frozen=True, slots=True)
class Case:
    """One case as it stands.

    Attributes
    ----------
    id
        Such as ``261125-03``; imported ones keep theirs.
    lon, lat
        Where, degrees in `wangge.domain.crs.STORED` (CGCS2000).
    kind, severity, status
        Words of `HAZARD_KINDS`, `SEVERITIES`, `HAZARD_STATUSES`.
    reported_at, due_at, handled_at, closed_at
        Aware moments in UTC; None: not yet, or no limit.
    reported_by, assignee, handled_by
        Posts (or the unit a case was sent to); empty: none.
    compound_id, grid_id
        Places it lies in; empty: none.
    asset
        What it is about, such as ``streetlights/L012``; empty: only a place.
    place, note, cause
        Words: where, what was seen, the root cause found.
    answers
        Answers to the questions of its kind, by question.
    returned
        How often it was sent back (返工).
    extended
        How often its limit was moved (延期).
    original
        The case this one repeats (重复); empty: none.
    """

    id: str
    lon: float
    lat: float
    kind: str
    severity: str
    status: str
    reported_at: datetime
    reported_by: str
    due_at: datetime | None = None
    handled_at: datetime | None = None
    closed_at: datetime | None = None
    assignee: str = ""
    handled_by: str = ""
    compound_id: str = ""
    grid_id: str = ""
    asset: str = ""
    place: str = ""
    note: str = ""
    cause: str = ""
    answers: Mapping[str, str] = field(default_factory=lambda: NOBODY)
    returned: int = 0
    extended: int = 0
    original: str = ""

    @property
    def open(self) -> bool:
        """Whether it still waits for anything."""
        return self.status in OPEN_STATUSES


def no_cases() -> Cases:
    """Return the frame of cases with none in it.

    Points in `METRIC`, index ``id``; the words of `Case` (``compound_id`` and ``grid_id`` null
    where it lies in none), its moments as ``datetime64[us, UTC]``, ``returned`` and ``extended``.

    Examples
    --------
    >>> len(no_cases()), str(no_cases()["due_at"].dtype)
    (0, 'datetime64[us, UTC]')
    """
    columns = {
        **{name: pd.Series([], dtype="str") for name in _WORDS},
        **{name: pd.Series([], dtype="datetime64[us, UTC]") for name in MOMENTS},
        **{name: pd.Series([], dtype="int64") for name in ("returned", "extended")},
    }
    index = pd.Index([], dtype="str", name="id")
    return Cases(gpd.GeoDataFrame(columns, index=index, geometry=[], crs=METRIC_CRS))


def no_inspections() -> pd.DataFrame:
    """Return the frame of inspections with none in it.

    Index ``id``; ``about`` (such as ``shops/S12``), ``by`` (post), ``inspected_on``, ``result``
    (``ok`` or ``found``; empty for what only the register tells), ``case`` (the first case opened,
    else empty).
    """
    words = {name: pd.Series([], dtype="str") for name in ("about", "by", "result", "case")}
    day = pd.Series([], dtype="datetime64[us]")
    index = pd.Index([], dtype="str", name="id")
    return pd.DataFrame({**words, "inspected_on": day}, index=index)
