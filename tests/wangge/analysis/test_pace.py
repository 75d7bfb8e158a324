"""The week's figures, against a loop over the rows."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from wangge.analysis.pace import pace
from wangge.domain.workdays import PLACE

NOW = datetime(2026, 11, 23, 13, 42, tzinfo=PLACE)
OPEN = {"reported", "handling"}


def some(n=400, seed=7):
    rng = np.random.default_rng(seed)

    def moments(low, high, missing):
        drawn = rng.integers(low * 24, high * 24, n)
        gone = rng.random(n) < missing
        found = [
            None if lost else NOW - timedelta(hours=int(h))
            for h, lost in zip(drawn, gone, strict=True)
        ]
        return pd.Series(pd.to_datetime(found, utc=True))

    hazards = pd.DataFrame(
        {
            "status": rng.choice(["reported", "handling", "closed", "declined"], n),
            "reported_at": moments(-2, 500, 0),
            "due_at": moments(-15, 300, 0.2),
            "closed_at": moments(-2, 500, 0.3),
        }
    )
    days = moments(-2, 15, 0.1).dt.tz_convert(PLACE).dt.strftime("%Y-%m-%d")
    return hazards, pd.DataFrame({"last_inspected_on": days})


def test_against_a_loop():
    hazards, shops = some()
    got = pace(hazards, shops, now=NOW)

    def ago(moment):
        return None if pd.isna(moment) else (NOW.date() - moment.astimezone(PLACE).date()).days

    def week(days):
        return sum(day is not None and 0 <= day < 7 for day in days)

    rows = hazards.to_dict("records")
    closed = [r for r in rows if r["status"] == "closed"]
    assert got.reported == week(ago(r["reported_at"]) for r in rows)
    assert got.closed == week(ago(r["closed_at"]) for r in closed)
    ahead = [r for r in rows if r["status"] in OPEN and r["due_at"] >= NOW]
    assert got.due == week(-ago(r["due_at"]) for r in ahead)
    first = datetime(2025, 12, 1, tzinfo=PLACE)  # twelve calendar months, this one too
    limited = [r for r in rows if r["reported_at"] >= first and not pd.isna(r["due_at"])]
    late = [r for r in limited if r["status"] in OPEN and r["due_at"] < NOW]
    ended = [r for r in limited if r["status"] == "closed"]
    assert got.limited == len(late) + len(ended)
    assert got.in_time == sum(r["closed_at"] <= r["due_at"] for r in ended)
    seen = [
        None if pd.isna(day) else (NOW.date() - datetime.fromisoformat(day).date()).days
        for day in shops["last_inspected_on"]
    ]
    assert got.inspected == week(seen)
    assert 0 < got.in_time < got.limited


def test_empty():
    hazards, shops = some()
    got = pace(hazards.iloc[:0], shops.iloc[:0], now=NOW)
    assert (got.reported, got.closed, got.inspected, got.due, got.limited) == (0, 0, 0, 0, 0)
