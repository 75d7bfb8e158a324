"""Guards the order of time: no event is written while the clock stands before the last one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from wangge.domain.rules import rule
from wangge.errors import JournalError
from wangge.store.events import Event
from wangge.text import Text

CLOCK: Final = "journal/clock"
_BEHIND: Final = Text(
    "这台电脑的时钟（{now}）比上一条记录（{last}）慢，这次没有存下。请校准时钟后再试；"
    "如果错的是上一条记录的时间，请运行：python -m wangge clock --accept",
    "The clock of this machine ({now}) stands before the last event ({last}): this was not stored. "
    "Set the clock right and try again; if it was the last event's time that was wrong, run: "
    "python -m wangge clock --accept",
)


def behind(last: Event, at: datetime) -> timedelta:
    """Return how far the moment `at` lies before the event `last`, zero if it does not."""
    return max(timedelta(), last.moment - at)


def require_forward(last: Event, at: datetime) -> None:
    """Raise if `at` lies before `last` by more than rule ``clock_back_s``.

    Raises
    ------
    JournalError
        Saying both times, and what to do.
    """
    if behind(last, at) > timedelta(seconds=rule("clock_back_s").value):
        local = at.tzinfo
        told = {
            "now": f"{at:%Y-%m-%d %H:%M}",
            "last": f"{last.moment.astimezone(local):%Y-%m-%d %H:%M}",
        }
        raise JournalError(_BEHIND.fill(**told))
