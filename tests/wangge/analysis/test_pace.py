"""The week's figures, against a loop over the rows."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from wangge.analysis.pace import pace

TODAY = date(2026, 11, 23)


def some(n=300, seed=7):
    rng = np.random.default_rng(seed)

    def days(low, high, missing):
        drawn = rng.integers(low, high, n)
        gone = rng.random(n) < missing
        return [
            None if lost else (TODAY - timedelta(int(d))).isoformat()
            for d, lost in zip(drawn, gone, strict=True)
        ]

    hazards = pd.DataFrame(
        {
            "status": rng.choice(["reported", "handling", "closed", "declined"], n),
            "reported_on": days(-2, 20, 0),
            "due_on": days(-15, 300, 0.2),
            "closed_on": days(-2, 500, 0.3),
        }
    )
    return hazards, pd.DataFrame({"last_inspected_on": days(-2, 15, 0.1)})


def test_against_a_loop():
    hazards, shops = some()
    got = pace(hazards, shops, today=TODAY)

    def ago(text):
        return None if text is None else (TODAY - date.fromisoformat(text)).days

    rows = [
        {k: None if pd.isna(v) else v for k, v in r.items()} for r in hazards.to_dict("records")
    ]
    closed = [r for r in rows if r["status"] == "closed" and r["closed_on"]]
    limited = [r for r in closed if r["due_on"] and 0 <= ago(r["closed_on"]) < 365]
    assert got.reported == sum(0 <= ago(r["reported_on"]) < 7 for r in rows)
    assert got.closed == sum(0 <= ago(r["closed_on"]) < 7 for r in closed)
    assert got.limited == len(limited)
    assert got.in_time == sum(r["closed_on"] <= r["due_on"] for r in limited)
    assert got.due == sum(
        0 <= -ago(r["due_on"]) < 7
        for r in rows
        if r["due_on"] and r["status"] in {"reported", "handling"}
    )
    seen = [None if pd.isna(v) else ago(v) for v in shops["last_inspected_on"]]
    assert got.inspected == sum(d is not None and 0 <= d < 7 for d in seen)
    assert 0 < got.in_time < got.limited


def test_empty():
    hazards, shops = some()
    got = pace(hazards.iloc[:0], shops.iloc[:0], today=TODAY)
    assert (got.reported, got.closed, got.inspected, got.due, got.limited) == (0, 0, 0, 0, 0)
