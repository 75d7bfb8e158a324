"""What time it is, and since when everything has stood as it does now."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Final

from wangge.domain.workdays import PLACE
from wangge.store.home import journal_at

_TICK: Final = timedelta(microseconds=1)


def clock(environment: Mapping[str, str]) -> datetime:
    """Return the moment it is in Shanghai; ``WANGGE_NOW`` (ISO) stops it for tests.

    Examples
    --------
    >>> clock({"WANGGE_NOW": "2026-11-23T05:42:00+00:00"}).isoformat()
    '2026-11-23T13:42:00+08:00'
    """
    fixed = environment.get("WANGGE_NOW")
    if not fixed:
        return datetime.now(PLACE)
    held = datetime.fromisoformat(fixed)
    return held.astimezone(PLACE) if held.tzinfo else held.replace(tzinfo=PLACE)


def standing_since(where: str, version: int, now: datetime) -> datetime:
    """Return the earliest moment from which on, until `now`, nothing became due.

    It is just after the last limit of an open case that has passed, or the midnight before `now`.
    Whatever is overdue, due today or so many days late is so at that moment, too; so a community
    is placed there, once, and shared by all who look before the next limit.

    Parameters
    ----------
    where
        Path or URL of the journal.
    version
        The number of its last event.
    now
        With a time zone.
    """
    midnight = datetime.combine(now.astimezone(PLACE).date(), time(), PLACE)
    limits = _limits(where, version)
    passed = bisect_left(limits, now)
    return max(midnight, limits[passed - 1] + _TICK) if passed else midnight


@lru_cache(maxsize=2)
def _limits(where: str, version: int) -> tuple[datetime, ...]:  # noqa: ARG001 - the version is the cache's key
    return tuple(journal_at(where).limits())
