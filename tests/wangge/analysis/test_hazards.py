"""Which hazards are open and late, and the twelve months, against plain loops."""

from __future__ import annotations

from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import pandas as pd

from wangge.analysis.hazards import hazard_state, monthly
from wangge.domain.terms import HAZARD_STATUSES, OPEN_STATUSES

TODAY = date(2026, 11, 23)


def incidents(n=200, seed=3):
    rng = np.random.default_rng(seed)
    reported = [TODAY - timedelta(days=int(d)) for d in rng.integers(0, 500, n)]
    status = rng.choice(list(HAZARD_STATUSES), n)
    closed = [
        day + timedelta(days=5) if s == "closed" else None
        for day, s in zip(reported, status, strict=True)
    ]
    due = [day + timedelta(days=7) if i % 5 else None for i, day in enumerate(reported)]
    frame = pd.DataFrame(
        {"status": status, "reported_on": reported, "due_on": due, "closed_on": closed}
    )
    return gpd.GeoDataFrame(frame, geometry=[None] * n)


def test_state_against_a_loop():
    held = incidents()
    found = hazard_state(held, today=TODAY)
    for key, row in held.iterrows():
        is_open = row["status"] in OPEN_STATUSES
        late = is_open and row["due_on"] is not None and row["due_on"] < TODAY
        assert found.loc[key, "open"] == is_open
        assert found.loc[key, "overdue"] == late
        if is_open:
            assert found.loc[key, "days_open"] == (TODAY - row["reported_on"]).days
        else:
            assert pd.isna(found.loc[key, "days_open"])


def test_due_today_is_not_overdue():
    held = gpd.GeoDataFrame(
        {"status": ["opened"], "reported_on": ["2026-11-20"], "due_on": ["2026-11-23"]},
        geometry=[None],
    )
    found = hazard_state(held, today=TODAY).iloc[0]
    assert not found["overdue"]
    assert found["days_left"] == 0


def test_months_against_a_loop():
    held = incidents()
    found = monthly(held, today=TODAY)
    assert len(found) == 12
    assert found.index[-1] == pd.Timestamp(2026, 11, 1)
    for month, row in found.iterrows():
        same = [d for d in held["reported_on"] if (d.year, d.month) == (month.year, month.month)]
        assert row["reported"] == len(same)


def test_empty():
    held = incidents().iloc[:0]
    assert hazard_state(held, today=TODAY).empty
    assert monthly(held, today=TODAY).to_numpy().sum() == 0
