"""What is open, what is overdue, what was closed in time: said once, for every screen.

A case is measured against its own limit, to the moment.  The wall, the map, the list, the board
and the figures all ask here, so that they cannot disagree.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

import pandas as pd

from wangge.domain.rules import rule
from wangge.domain.tables import Shops
from wangge.domain.terms import OPEN_STATUSES
from wangge.domain.workdays import PLACE

_DAY: Final = pd.Timedelta(days=1)


def is_open(held: pd.DataFrame) -> pd.Series:
    """Return which cases still wait for anything, by their ``status``."""
    return held["status"].isin(OPEN_STATUSES).astype(bool)


def is_overdue(held: pd.DataFrame, now: datetime) -> pd.Series:
    """Return which cases are open and past their limit ``due_at``.

    At the very moment of its limit a case is not overdue; one without a limit never is.

    Raises
    ------
    ValueError
        If `now` has no time zone.

    Examples
    --------
    >>> held = pd.DataFrame({"status": ["handling", "closed"],
    ...     "due_at": pd.to_datetime(["2026-11-23T10:00Z"] * 2)})
    >>> is_overdue(held, datetime(2026, 11, 23, 18, 1, tzinfo=PLACE)).tolist()
    [True, False]
    """
    return is_open(held) & (held["due_at"] < _aware(now))


def should_close(held: pd.DataFrame, now: datetime) -> pd.Series:
    """Return which cases should be closed: closed ones that had a limit, and overdue ones.

    Closed on time is a share of these, so that leaving a case open improves nothing.
    """
    limited = held["due_at"].notna()
    return ((held["status"] == "closed") & limited) | is_overdue(held, now)


def closed_on_time(held: pd.DataFrame) -> pd.Series:
    """Return which cases were closed by their limit."""
    return (held["status"] == "closed") & (held["closed_at"] <= held["due_at"])


def case_state(hazards: pd.DataFrame, *, now: datetime) -> pd.DataFrame:
    """Return how each case stands at `now`.

    Parameters
    ----------
    hazards
        Hazards or cases, n >= 0 rows with ``status``, ``reported_at`` and ``due_at`` (UTC; NaT:
        no limit).
    now
        With a time zone.

    Returns
    -------
    DataFrame
        Index of `hazards`; ``open``, ``overdue`` (see `is_overdue`) and ``today`` (open, and the
        limit is later today), bool; ``days_open`` and ``days_left`` (Int64, calendar days in
        Shanghai since the day of the report and until that of the limit, negative after it; NA for
        what is settled or has no limit).

    Raises
    ------
    ValueError
        If `now` has no time zone.

    Examples
    --------
    >>> held = pd.DataFrame({"status": ["handling"],
    ...     "reported_at": pd.to_datetime(["2026-11-20T01:00Z"]),
    ...     "due_at": pd.to_datetime(["2026-11-23T10:00Z"])}, index=["Z1"])
    >>> found = case_state(held, now=datetime(2026, 11, 23, 18, 1, tzinfo=PLACE))
    >>> bool(found.loc["Z1", "overdue"]), int(found.loc["Z1", "days_left"])
    (True, 0)
    """
    waits, late = is_open(hazards), is_overdue(hazards, now)
    left = days_until(hazards["due_at"], now).where(waits)
    return pd.DataFrame(
        {
            "open": waits,
            "overdue": late,
            "today": waits & ~late & (left == 0).fillna(value=False).astype(bool),
            "days_open": (-days_until(hazards["reported_at"], now)).where(waits),
            "days_left": left,
        },
        index=hazards.index,
    )


def days_until(moments: pd.Series, now: datetime) -> pd.Series:
    """Return the calendar days in Shanghai from the day of `now` to those of `moments` (Int64).

    Examples
    --------
    >>> limits = pd.Series(pd.to_datetime(["2026-11-23T16:30Z", None]))
    >>> days_until(limits, datetime(2026, 11, 23, 9, tzinfo=PLACE)).tolist()
    [1, <NA>]
    """
    return ((moments - pd.Timestamp(day_of(now))) // _DAY).astype("Int64")


def day_of(now: datetime) -> datetime:
    """Return when the day of `now` began in Shanghai."""
    return datetime.combine(_aware(now).astimezone(PLACE).date(), time(), PLACE)


def shops_overdue(shops: Shops, today: date) -> pd.Series:
    """Return whether the fire inspection of each shop is overdue (n,).

    It holds for rule ``shop_inspection_days``; a shop never inspected is overdue, too.

    Examples
    --------
    >>> shops = pd.DataFrame({"last_inspected_on": ["2026-11-23", "2026-10-01", None]})
    >>> shops_overdue(shops, date(2026, 11, 25)).tolist()
    [False, True, True]
    """
    last = pd.to_datetime(shops["last_inspected_on"], errors="coerce")
    return ~((pd.Timestamp(today) - last).dt.days <= rule("shop_inspection_days").value)


def _aware(now: datetime) -> datetime:
    if now.tzinfo is None:
        msg = f"{now.isoformat()} has no time zone."
        raise ValueError(msg)
    return now
