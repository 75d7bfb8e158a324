"""The twelve months, against a plain loop."""

from __future__ import annotations

from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import pandas as pd

from wangge.analysis.hazards import monthly

TODAY = date(2026, 11, 23)


def incidents(n=200, seed=3):
    rng = np.random.default_rng(seed)
    reported = [TODAY - timedelta(days=int(d)) for d in rng.integers(0, 500, n)]
    closed = [day + timedelta(days=5) if i % 3 else None for i, day in enumerate(reported)]
    frame = pd.DataFrame({"reported_on": reported, "closed_on": closed})
    return gpd.GeoDataFrame(frame, geometry=[None] * n)


def test_months_against_a_loop():
    held = incidents()
    found = monthly(held, today=TODAY)
    assert len(found) == 12
    assert found.index[-1] == pd.Timestamp(2026, 11, 1)
    for month, row in found.iterrows():
        for name in ("reported", "closed"):
            days = [day for day in held[f"{name}_on"] if day is not None]
            assert row[name] == sum((d.year, d.month) == (month.year, month.month) for d in days)


def test_empty():
    assert monthly(incidents().iloc[:0], today=TODAY).to_numpy().sum() == 0
