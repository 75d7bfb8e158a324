"""What is open, overdue, due today and closed on time, against asking one case after another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.made_cases import NOW, cases, row
from wangge.analysis.deadlines import case_state, closed_on_time, days_until, should_close
from wangge.domain.terms import HAZARD_STATUSES, OPEN_STATUSES
from wangge.domain.workdays import PLACE

MINUTES = st.integers(-3 * 24 * 60, 3 * 24 * 60).map(lambda m: NOW + timedelta(minutes=m))


@st.composite
def many(draw):
    found = []
    for n in range(draw(st.integers(0, 25))):
        status = draw(st.sampled_from(list(HAZARD_STATUSES)))
        due = draw(st.one_of(st.none(), st.just(NOW), MINUTES))
        ended = None if status in OPEN_STATUSES else draw(MINUTES)
        found.append(
            row(f"Z{n:02}", status=status, due_at=due, closed_at=ended, reported_at=draw(MINUTES))
        )
    return found


@settings(max_examples=80, deadline=None)
@given(many())
def test_each_case_is_judged_as_by_hand(rows):
    held = cases(rows)
    state = case_state(held, now=NOW)
    due, kept = should_close(held, NOW), closed_on_time(held)
    for one in rows:
        told, limit = state.loc[one["id"]], one["due_at"]
        waits = one["status"] in OPEN_STATUSES
        day = limit and limit.astimezone(PLACE).date()
        late = waits and limit is not None and limit < NOW
        closed = one["status"] == "closed" and limit is not None
        assert told["open"] == waits
        assert told["overdue"] == late
        assert told["today"] == (waits and day == NOW.date() and limit >= NOW)
        assert pd.isna(told["days_left"]) == (not waits or limit is None)
        assert pd.isna(told["days_open"]) == (not waits)
        if waits:
            reported = one["reported_at"].astimezone(PLACE).date()
            assert told["days_open"] == (NOW.date() - reported).days
        if waits and limit is not None:
            assert told["days_left"] == (day - NOW.date()).days
        assert due[one["id"]] == (closed or late)
        assert kept[one["id"]] == (closed and one["closed_at"] <= limit)


def test_the_day_of_a_limit_is_that_of_shanghai():
    late = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)  # 00:30 on the 24th there
    held = cases([row("a", due_at=late)])
    state = case_state(held, now=NOW)
    assert state.loc["a", "days_left"] == 1
    assert not state.loc["a", "today"]
    assert days_until(held["due_at"], late).tolist() == [0]


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        case_state(cases([row("a")]), now=datetime(2026, 11, 23))  # noqa: DTZ001 - meant
