"""Working days and office hours in China, and limits counted in them.

Public holidays and the days worked in exchange (调休) come from the ``holidays`` library, which
knows a year once the State Council's notice for it is out and the library was updated.  The file
of the year (`WORKDAYS`) goes before the library, so that an office without a network can enter the
notice by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from holidays import country_holidays

from wangge.domain.rules import rule
from wangge.domain.schema import Column, Table
from wangge.errors import RuleError
from wangge.text import Text

PLACE: Final = ZoneInfo("Asia/Shanghai")
Unit = Literal["working_hours", "working_days", "calendar_days"]
UNITS: Final[dict[Unit, Text]] = {
    "working_hours": Text("个工作小时", "working hours"),
    "working_days": Text("个工作日", "working days"),
    "calendar_days": Text("个自然日", "calendar days"),
}
DAY_KINDS: Final = {"off": Text("放假", "Off"), "work": Text("上班", "Work")}
WORKDAYS: Final = Table(
    "workdays",
    Text("放假与调休", "Holidays and days worked instead"),
    (),
    (
        Column("date", Text("日期", "Date"), "date"),
        Column("kind", Text("安排", "Arrangement"), terms=DAY_KINDS),
        Column("note", Text("说明", "Note"), required=False),
    ),
)
_DOUBT: Final = Text(
    "{years} 年的放假调休安排未录入，工作日按法定节假日推算（待核实）；"
    "请按国务院办公厅通知填写 workdays.csv。",
    "The holiday arrangement of {years} is not known: working days follow the statutory holidays "
    "(to be verified). Enter the State Council's notice in workdays.csv.",
)
_LONGEST: Final = 3660  # days; a longer limit is a slip
_WEEKEND: Final = (5, 6)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Workdays:
    """Which days are worked: the file's ``off`` and ``work`` days, else what the library knows.

    One ``work`` day of a year in the file says that the arrangement of that year was entered; where
    there is nothing to exchange, any ordinary working day will do.

    Examples
    --------
    >>> from datetime import UTC
    >>> friday = datetime(2026, 9, 18, 9, 0, tzinfo=UTC)  # 17:00 in Shanghai
    >>> Workdays().due(friday, 2, "working_hours").isoformat()  # Sunday the 20th is worked
    '2026-09-20T09:00:00+08:00'
    """

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()

    def works_on(self, day: date) -> bool:
        """Tell whether `day` is worked.

        Examples
        --------
        >>> Workdays().works_on(date(2026, 10, 10)), Workdays().works_on(date(2026, 10, 9))
        (True, True)
        >>> Workdays(off=frozenset([date(2026, 10, 9)])).works_on(date(2026, 10, 9))
        False
        """
        if day in self.off or day in self.work:
            return day in self.work
        off, instead = _library(day.year)
        return day in instead or (day.weekday() not in _WEEKEND and day not in off)

    def knows(self, year: int) -> bool:
        """Tell whether the arrangement of `year` is known, from the file or the library."""
        return bool(_library(year)[1]) or any(day.year == year for day in self.work)

    def doubt(self, start: datetime, end: datetime) -> Text | None:
        """Return what to say of a limit from `start` to `end` that rests on an unknown year.

        Raises
        ------
        ValueError
            If a moment has no time zone.

        Examples
        --------
        >>> moment = datetime(2030, 5, 1, tzinfo=PLACE)
        >>> Workdays().doubt(moment, moment).zh[:6]
        '2030 年'
        """
        years = range(_local(start).year, _local(end).year + 1)
        unknown = [str(year) for year in years if not self.knows(year)]
        return _DOUBT.fill(years=Text("、".join(unknown), ", ".join(unknown))) if unknown else None

    def due(self, start: datetime, amount: float, unit: Unit) -> datetime:
        """Return the moment when `amount` of `unit` have passed since `start`.

        A calendar day is 24 hours.  Working hours run in office hours (rules ``office_*``) of
        working days only; a working day is as many of them as the office is open on one day, so
        that what is reported at 10:00 on a working day is due at 10:00 on a later one, and what
        is reported on a weekend counts from the next opening.

        Parameters
        ----------
        start
            With a time zone.
        amount
            Finite, not negative, at most ten years; fractions count.
        unit
            One of `UNITS`.

        Returns
        -------
        datetime
            In Asia/Shanghai; the earliest such moment, so a limit may end when the office closes.

        Raises
        ------
        ValueError
            If `start` has no time zone or `amount` is out of bounds.

        Examples
        --------
        >>> start = datetime(2026, 9, 30, 10, 0, tzinfo=PLACE)  # holidays until 7 October
        >>> Workdays().due(start, 1, "working_days").date().isoformat()
        '2026-10-08'
        """
        now = _local(start)
        if not 0 <= amount <= _LONGEST * _DAY / _whole(unit):
            msg = f"A limit of {amount!r} {unit} is not between 0 and {_LONGEST} days."
            raise ValueError(msg)
        left = amount * _whole(unit)
        if unit == "calendar_days" or not left:
            return (now + left).replace(tzinfo=PLACE)
        for opens, closes in self._sessions(now):
            if closes - opens >= left:
                return (opens + left).replace(tzinfo=PLACE)
            left -= closes - opens
        raise AssertionError  # the sessions never end

    def between(self, start: datetime, end: datetime, unit: Unit) -> float:
        """Return how many of `unit` lie between `start` and `end`, negative when `end` is earlier.

        Raises
        ------
        ValueError
            If a moment has no time zone.

        Examples
        --------
        >>> start = datetime(2026, 9, 30, 10, 0, tzinfo=PLACE)
        >>> Workdays().between(start, datetime(2026, 10, 8, 10, 0, tzinfo=PLACE), "working_days")
        1.0
        """
        first, last = _local(start), _local(end)
        if last < first:
            return -self.between(end, start, unit)
        if unit == "calendar_days":
            return (last - first) / _DAY
        passed = timedelta()
        for opens, closes in self._sessions(first):
            if opens >= last:
                break
            passed += min(closes, last) - opens
        return passed / _whole(unit)

    def _sessions(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield, without end, when the office opens and closes from `now` on."""
        hours = _office()
        day = now.date()
        while True:
            if self.works_on(day):
                midnight = datetime.combine(day, time())
                for opens, closes in hours:
                    if midnight + closes > now:
                        yield max(midnight + opens, now), midnight + closes
            day += _DAY


@cache
def _library(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Return the days off and the weekend days worked in `year`, as the library has them."""
    held = country_holidays("CN", years=year)
    worked = frozenset(day for day in held.weekend_workdays if day.year == year)
    return frozenset(held), worked


@cache
def _office() -> tuple[tuple[timedelta, timedelta], ...]:
    """Return from when to when the office is open on a working day."""
    names = ("morning_from", "morning_to", "afternoon_from", "afternoon_to")
    hours = [rule(f"office_{name}").value for name in names]
    opens, noon, again, closes = hours
    if not 0 <= opens < noon <= again < closes <= 24:  # noqa: PLR2004 - hours of a day
        msg = f"The office hours in rules.toml do not follow each other: {hours}."
        raise RuleError(msg)
    a, b, c, d = (timedelta(hours=hour) for hour in hours)
    return (a, b), (c, d)


def _whole(unit: Unit) -> timedelta:
    """Return how long one `unit` is on its own clock."""
    if unit == "working_days":
        return sum((closes - opens for opens, closes in _office()), timedelta())
    return _DAY if unit == "calendar_days" else timedelta(hours=1)


def _local(moment: datetime) -> datetime:
    """Return `moment` on the clock of Shanghai, without its zone."""
    if moment.tzinfo is None:
        msg = f"{moment.isoformat()} has no time zone."
        raise ValueError(msg)
    return moment.astimezone(PLACE).replace(tzinfo=None)
