"""Where cases came back, against counting chain by chain."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from tests.made_cases import NOW, cases, row
from wangge.analysis.recurrence import recurrences
from wangge.analysis.recurring_spots import recurring_spots
from wangge.errors import CRSError

TODAY = NOW.date()


def many(seed, days):
    made = np.random.default_rng(seed)
    found = []
    for n in range(150):
        began = NOW - timedelta(days=float(made.uniform(0, days)))
        found.append(
            row(
                f"Z{n:03}",
                kind=str(made.choice(["old_wiring", "fire_load"])),
                status="closed",
                reported_at=began,
                closed_at=began + timedelta(days=3),
                x=float(made.uniform(0, 400)),
                y=float(made.uniform(0, 400)),
                compound_id="C19",
            )
        )
    return found


@pytest.mark.parametrize("seed", range(4))
def test_every_recurrence_of_the_year_is_counted_at_one_spot(seed):
    held = cases(many(seed, 360))
    chain = recurrences(held)
    spots = recurring_spots(held, today=TODAY)
    assert spots["times"].sum() == (chain["times"] > 0).sum() > 10
    for ident, spot in spots.iterrows():
        mine = held[chain["chain"] == ident]
        assert spot["times"] == len(mine) - 1
        assert spot["last"] == mine["reported_at"].idxmax()
        assert spot["kind"] == mine["kind"].iloc[0]
        assert spot.geometry.x == pytest.approx(mine.geometry.x.mean())
    assert spots["times"].is_monotonic_decreasing


def test_what_came_back_before_the_year_does_not_count():
    held = cases(many(1, 1100))
    chain = recurrences(held)
    young = held["reported_at"] >= pd.Timestamp(TODAY + timedelta(days=1), tz=NOW.tzinfo) - (
        timedelta(days=365)
    )
    spots = recurring_spots(held, today=TODAY)
    assert spots["times"].sum() == ((chain["times"] > 0) & young).sum()


def test_nothing_came_back():
    held = cases([row("a"), row("b", kind="fire_load")])
    assert recurring_spots(held, today=TODAY).empty
    assert recurring_spots(cases([]), today=TODAY).empty
    assert set(recurring_spots(held, today=TODAY)) >= {"kind", "times", "last", "last_on"}


def test_degrees_are_refused():
    with pytest.raises(CRSError):
        recurring_spots(cases([row("a")]).to_crs(4490), today=TODAY)
