"""How the work goes: what came in, what was closed, what is due, what was inspected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pandas as pd

from wangge.analysis.case_figures import reported_in
from wangge.analysis.deadlines import (
    case_state,
    closed_on_time,
    day_of,
    days_until,
    should_close,
)
from wangge.domain.tables import Hazards, Shops

WEEK: Final = 7  # days
MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Pace:
    """Counts up to one moment.

    ``reported``, ``closed``, ``inspected``: hazards and shops of that day and the six before;
    ``due``: open hazards not yet overdue whose limit is that day or within the next six;
    ``in_time`` of ``limited``: of the hazards reported in the last twelve calendar months those
    that should be closed, and how many of them were closed on time (see `deadlines`).
    """

    reported: int
    closed: int
    inspected: int
    due: int
    in_time: int
    limited: int


def pace(hazards: Hazards, shops: Shops, *, now: datetime) -> Pace:
    """Count what the last week brought and how far limits were kept.

    Parameters
    ----------
    hazards
        With ``status``, ``reported_at``, ``due_at`` and ``closed_at`` (UTC, null allowed).
    shops
        With ``last_inspected_on``: a shop inspected twice in a week counts once.
    now
        With a time zone; what is dated later is not counted as of the week.

    Examples
    --------
    >>> from wangge.domain.workdays import PLACE
    >>> moment = lambda text: pd.to_datetime([text], utc=True)
    >>> held = pd.DataFrame({"status": "closed", "reported_at": moment("2026-11-20T01:00"),
    ...     "due_at": moment("2026-11-22T10:00"), "closed_at": moment("2026-11-22T10:00")})
    >>> shops = pd.DataFrame({"last_inspected_on": ["2026-11-01"]})
    >>> pace(held, shops, now=datetime(2026, 11, 23, 13, tzinfo=PLACE))
    Pace(reported=1, closed=1, inspected=0, due=0, in_time=1, limited=1)
    """
    state = case_state(hazards, now=now)
    closed = hazards["closed_at"].where(hazards["status"] == "closed")
    seen = pd.to_datetime(shops["last_inspected_on"], errors="coerce")
    today = pd.Timestamp(day_of(now)).tz_localize(None)
    ahead = state["days_left"].where(~state["overdue"])
    recent = reported_in(hazards, MONTHS, now)
    return Pace(
        reported=_week(-days_until(hazards["reported_at"], now)),
        closed=_week(-days_until(closed, now)),
        inspected=_week((today - seen).dt.days),
        due=_week(ahead),
        in_time=int(closed_on_time(recent).sum()),
        limited=int(should_close(recent, now).sum()),
    )


def _week(days: pd.Series) -> int:
    return int(((days >= 0) & (days < WEEK)).sum())
