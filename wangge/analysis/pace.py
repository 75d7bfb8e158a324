"""How the work goes: what came in, what was closed, what is due, what was inspected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from wangge.domain.tables import Hazards, Shops
from wangge.domain.terms import OPEN_STATUSES

WEEK: Final = 7  # days
YEAR: Final = 365  # days


@dataclass(frozen=True, slots=True)
class Pace:
    """Counts up to and including one day.

    ``reported``, ``closed``, ``inspected``: hazards and shops of the last seven days;
    ``due``: open hazards whose limit is that day or within the next six;
    ``in_time`` of ``limited``: hazards with a limit that were closed in the last 365 days, and how
    many of them by their limit.
    """

    reported: int
    closed: int
    inspected: int
    due: int
    in_time: int
    limited: int


def pace(hazards: Hazards, shops: Shops, *, today: date) -> Pace:
    """Count what the last week brought and how far limits were kept.

    Parameters
    ----------
    hazards
        With ``status``, ``reported_on``, ``due_on`` and ``closed_on`` (dates, null allowed).
    shops
        With ``last_inspected_on``: a shop inspected twice in a week counts once.
    today
        The last day counted; what is dated later is not counted.

    Examples
    --------
    >>> held = pd.DataFrame({"status": ["closed"], "reported_on": ["2026-11-20"],
    ...     "due_on": ["2026-11-22"], "closed_on": ["2026-11-22"]})
    >>> shops = pd.DataFrame({"last_inspected_on": ["2026-11-01"]})
    >>> pace(held, shops, today=date(2026, 11, 23))
    Pace(reported=1, closed=1, inspected=0, due=0, in_time=1, limited=1)
    """
    now = pd.Timestamp(today)

    def ago(column: pd.Series) -> pd.Series:
        return (now - pd.to_datetime(column, errors="coerce")).dt.days

    def within(days: pd.Series, limit: int) -> int:
        return int(((days >= 0) & (days < limit)).sum())

    is_closed = hazards["status"] == "closed"
    closed, due = ago(hazards["closed_on"]).where(is_closed), ago(hazards["due_on"])
    limited = (closed >= 0) & (closed < YEAR) & due.notna()
    ahead = (-due).where(hazards["status"].isin(OPEN_STATUSES))
    return Pace(
        reported=within(ago(hazards["reported_on"]), WEEK),
        closed=within(closed, WEEK),
        inspected=within(ago(shops["last_inspected_on"]), WEEK),
        due=within(ahead, WEEK),
        in_time=int((limited & (closed >= due)).sum()),
        limited=int(limited.sum()),
    )
