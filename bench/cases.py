"""Cases at the size of a city: their figures, what recurs and what is near, of 100,000."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Final, get_args

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from bench._watch import seconds
from wangge.analysis.case_figures import By, case_figures
from wangge.analysis.recurrence import nearby, recurrences, recurring_pairs, root_causes
from wangge.domain.crs import METRIC
from wangge.domain.terms import HAZARD_KINDS, HAZARD_STATUSES, SEVERITIES

MANY: Final = 100_000
YEARS: Final = 5
NOW: Final = datetime(2026, 11, 25, tzinfo=UTC)
WIDE: Final = 3000.0  # m, of the town they lie in
GRIDS: Final = 90
COMPOUNDS: Final = 390


def synthetic(n: int = MANY, seed: int = 7) -> gpd.GeoDataFrame:
    """Return `n` cases in five years, nine of ten closed, most near a few hundred hot spots."""
    rng = np.random.default_rng(seed)
    begin = pd.Timestamp("2022-01-01", tz="UTC")
    reported = begin + pd.to_timedelta(rng.uniform(0, 365 * YEARS, n), unit="D")
    left = list(set(HAZARD_STATUSES) - {"closed"})
    status = np.where(rng.random(n) < 0.9, "closed", rng.choice(sorted(left), n))  # noqa: PLR2004
    handled = reported + pd.to_timedelta(rng.gamma(2, 2, n), unit="D")
    checked = handled + pd.to_timedelta(rng.gamma(1, 1, n), unit="D")
    closed = status == "closed"
    compound = rng.integers(0, COMPOUNDS, n)
    hot = rng.uniform(0, WIDE, (COMPOUNDS, 2))[compound]
    frame = pd.DataFrame(
        {
            "kind": rng.choice(sorted(HAZARD_KINDS), n),
            "severity": rng.choice(list(SEVERITIES), n),
            "status": status,
            "reported_at": reported,
            "due_at": reported + pd.to_timedelta(rng.integers(1, 16, n), unit="D"),
            "handled_at": handled.where(closed | (status == "handled")),
            "closed_at": checked.where(closed),
            "returned": rng.poisson(0.1, n),
            "compound_id": [f"C{k:03}" for k in compound],
            "grid_id": [f"G{k % GRIDS:02}" for k in compound],
            "cause": rng.choice(["线路超期", "无处停放", "无人清理", ""], n),
        },
        index=pd.Index([f"Z{k:06}" for k in range(n)], dtype="str"),
    )
    spots = hot + rng.normal(0, 40, (n, 2)) + np.array([479_000, 3_990_000])
    return gpd.GeoDataFrame(frame, geometry=shapely.points(spots), crs=METRIC)


def main() -> None:
    """Print one `name: value unit` a line."""
    held = synthetic()
    x, y = shapely.get_coordinates(held.geometry.to_numpy()[:1])[0]
    for by in get_args(By):
        spent = seconds(partial(case_figures, held, now=NOW, by=by))
        print(f"figures_by_{by}: {spent * 1000:.0f} ms")
    print(f"recurrences_{MANY}: {seconds(lambda: recurrences(held)):.2f} s")
    print(f"recurring_pairs: {len(recurring_pairs(held))} count")
    print(f"root_causes: {seconds(lambda: root_causes(held)):.2f} s")
    near = seconds(lambda: nearby((x, y), "old_wiring", held))
    print(f"nearby: {near * 1000:.1f} ms")


if __name__ == "__main__":
    main()
