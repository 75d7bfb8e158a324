"""Limits in working time, against counting one minute after another."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.domain.workdays import PLACE, UNITS, Workdays
from wangge.text import LANGS

LIBRARY = Workdays()
UNIT = st.sampled_from(sorted(UNITS))
MINUTES = 7.5 * 60  # of an office day: 8:00-12:00, 14:30-18:00

# The State Council's notice for 2026: each span of days off, and the days worked instead.
OFF_2026 = [
    ("01-01", "01-03"),
    ("02-15", "02-23"),
    ("04-04", "04-06"),
    ("05-01", "05-05"),
    ("06-19", "06-21"),
    ("09-25", "09-27"),
    ("10-01", "10-07"),
]
WORK_2026 = ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


def noticed(day: date) -> bool:
    """Tell whether 2026's notice has `day` worked; slow, obviously right."""
    text = f"{day:%m-%d}"
    if text in WORK_2026:
        return True
    return day.weekday() < 5 and not any(first <= text <= last for first, last in OFF_2026)


def minutes_2026():
    """Return the worked minutes from each minute of 2026 on, by counting."""
    start = datetime(2026, 1, 1)  # noqa: DTZ001 - the clock of Shanghai
    count, found = 0, []
    for k in range(365 * 24 * 60 + 1):
        found.append(count)
        now = start + timedelta(minutes=k)
        hour = now.hour + now.minute / 60
        count += (8 <= hour < 12 or 14.5 <= hour < 18) and noticed(now.date())
    return start, found


START, COUNTED = minutes_2026()


def at(minute):
    return (START + timedelta(minutes=minute)).replace(tzinfo=PLACE)


def moments(last=12):
    return st.integers(0, 30 * last * 24 * 60).map(at)


def test_every_day_of_2026_as_the_notice_has_it():
    for k in range(365):
        day = date(2026, 1, 1) + timedelta(days=k)
        assert LIBRARY.works_on(day) == noticed(day), day


@given(st.integers(0, 364 * 24 * 60), st.integers(0, 364 * 24 * 60))
def test_between_against_counting_minutes(one, two):
    first, last = min(one, two), max(one, two)
    minutes = COUNTED[last] - COUNTED[first]
    hours = LIBRARY.between(at(first), at(last), "working_hours")
    assert hours == pytest.approx(minutes / 60)
    days = LIBRARY.between(at(first), at(last), "working_days")
    assert days == pytest.approx(minutes / MINUTES)
    assert LIBRARY.between(at(last), at(first), "working_hours") == -hours


@given(st.integers(0, 300 * 24 * 60), st.integers(1, 80 * 60))
def test_due_against_counting_minutes(begun, amount):
    """The limit is the first minute by which so many were worked."""
    wanted = next(k for k in range(begun, len(COUNTED)) if COUNTED[k] - COUNTED[begun] >= amount)
    assert LIBRARY.due(at(begun), amount / 60, "working_hours") == at(wanted)


@given(moments(), st.floats(0, 40), UNIT)
def test_what_passes_until_the_limit_is_the_limit(start, amount, unit):
    due = LIBRARY.due(start, amount, unit)
    assert due >= start
    assert LIBRARY.between(start, due, unit) == pytest.approx(amount, abs=1e-9)


@given(moments(), moments(), st.floats(0, 40), UNIT)
def test_later_never_due_earlier(one, two, amount, unit):
    first, last = min(one, two), max(one, two)
    assert LIBRARY.due(first, amount, unit) <= LIBRARY.due(last, amount, unit)


@given(moments(), st.floats(0, 40), st.floats(0, 40), UNIT)
def test_more_is_never_due_earlier(start, one, two, unit):
    least, most = min(one, two), max(one, two)
    assert LIBRARY.due(start, least, unit) <= LIBRARY.due(start, most, unit)


def test_a_weekend_counts_from_the_next_opening():
    saturday = datetime(2026, 11, 21, 15, 0, tzinfo=PLACE)
    assert LIBRARY.due(saturday, 2, "working_hours") == datetime(2026, 11, 23, 10, tzinfo=PLACE)
    assert LIBRARY.due(saturday, 0, "working_hours") == saturday
    # Half an hour before the noon break: the rest of the hour comes after it.
    noon = datetime(2026, 11, 23, 11, 30, tzinfo=PLACE)
    assert LIBRARY.due(noon, 1, "working_hours") == datetime(2026, 11, 23, 15, 0, tzinfo=PLACE)


def test_any_zone_in_and_shanghai_out():
    start = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    due = LIBRARY.due(start, 1, "calendar_days")
    assert due.isoformat() == "2026-11-24T09:00:00+08:00"


def test_the_file_goes_before_the_library():
    friday, saturday = date(2026, 11, 27), date(2026, 11, 28)
    held = Workdays(off=frozenset([friday]), work=frozenset([saturday, date(2026, 10, 1)]))
    assert not held.works_on(friday)
    assert held.works_on(saturday)
    assert held.works_on(date(2026, 10, 1))
    assert not held.works_on(date(2026, 10, 2))


def test_a_year_without_a_notice_is_said_to_be_open():
    start, end = datetime(2026, 12, 30, tzinfo=PLACE), datetime(2031, 1, 4, tzinfo=PLACE)
    told = LIBRARY.doubt(start, end)
    assert "2031" in told.zh
    assert "2026" not in told.zh
    assert "待核实" in told.zh
    assert LIBRARY.doubt(start, start) is None
    entered = Workdays(work=frozenset(date(year, 2, 3) for year in range(2027, 2032)))
    assert entered.doubt(start, end) is None
    # New Year's Eve in Shanghai is still the old year in UTC.
    eve = datetime(2030, 12, 31, 17, 0, tzinfo=UTC)
    assert "2031" in LIBRARY.doubt(eve, eve).en


@pytest.mark.parametrize("amount", [-1, float("nan"), float("inf"), 1e9])
@pytest.mark.parametrize("unit", UNITS)
def test_a_limit_out_of_bounds_is_refused(amount, unit):
    with pytest.raises(ValueError, match="is not between"):
        LIBRARY.due(datetime(2026, 11, 23, tzinfo=PLACE), amount, unit)


def test_a_moment_without_a_zone_is_refused():
    naive, aware = datetime(2026, 11, 23), datetime(2026, 11, 23, tzinfo=PLACE)  # noqa: DTZ001
    for wrong in (
        lambda: LIBRARY.due(naive, 1, "working_hours"),
        lambda: LIBRARY.between(aware, naive, "working_days"),
        lambda: LIBRARY.doubt(naive, aware),
    ):
        with pytest.raises(ValueError, match="no time zone"):
            wrong()


def test_units_have_words():
    assert all(text.in_(lang) for text in UNITS.values() for lang in LANGS)
