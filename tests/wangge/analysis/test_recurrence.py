"""What comes back, against looking at every pair of cases."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import Point

from wangge.analysis.recurrence import nearby, recurrences, recurring_pairs, root_causes
from wangge.domain.crs import METRIC
from wangge.domain.rules import rule
from wangge.domain.terms import HAZARD_KINDS, HAZARD_STATUSES, OPEN_STATUSES
from wangge.errors import CRSError

REACH, DAYS = rule("recurrence_m").value, rule("recurrence_days").value
START = pd.Timestamp("2026-01-01", tz="UTC")


def cases(n=110, seed=0, width=200.0):
    rng = np.random.default_rng(seed)
    # Whole days and metres, so that equal moments and exact limits happen.
    reported = START + pd.to_timedelta(rng.integers(0, 300, n), unit="D")
    status = rng.choice([*HAZARD_STATUSES, "closed", "closed", "closed", "closed"], n)
    took = pd.to_timedelta(rng.integers(0, 20, n), unit="D")
    ended = np.isin(status, ["closed", "declined", "duplicate"])
    frame = pd.DataFrame(
        {
            "kind": rng.choice(list(HAZARD_KINDS)[:2], n),
            "status": status,
            "reported_at": reported,
            "closed_at": pd.Series(reported + took).where(ended),
            "compound_id": rng.choice(["C1", "C2", None], n),
            "cause": rng.choice(["线路超期", " 线路超期", "堆物", "", None], n),
        }
    )
    frame.index = pd.Index([f"Z{k:04}" for k in rng.permutation(n)], name="id")
    spots = rng.integers(0, int(width) + 1, (n, 2)) + np.array([479_000, 3_990_000])
    return gpd.GeoDataFrame(frame, geometry=[Point(*p) for p in spots], crs=METRIC)


def slow_pairs(held):
    found = {}
    for b, later in held.iterrows():
        for a, earlier in held.iterrows():
            if a == b or earlier["status"] != "closed" or earlier["kind"] != later["kind"]:
                continue
            if later["status"] in {"declined", "duplicate"}:
                continue
            if (earlier["reported_at"], a) >= (later["reported_at"], b):
                continue
            metres = earlier.geometry.distance(later.geometry)
            days = (later["reported_at"] - earlier["closed_at"]) / pd.Timedelta(days=1)
            if metres <= REACH and 0 <= days <= DAYS:
                found[b, a] = (metres, days)
    return found


def slow_chain(pairs, ident):
    back = []
    while True:
        own = [(days, metres, a) for (b, a), (metres, days) in pairs.items() if b == ident]
        if not own:
            return ident, len(back), back[0] if back else None
        ident = min(own)[2]
        back.append(ident)


@pytest.mark.parametrize("seed", range(3))
def test_against_every_pair(seed):
    held = cases(seed=seed)
    wanted = slow_pairs(held)
    found = recurring_pairs(held)
    assert len(wanted) > 25
    assert list(zip(found["later"], found["earlier"], strict=True)) == sorted(wanted)
    assert found[["metres", "days"]].to_numpy() == pytest.approx(
        np.array([wanted[key] for key in sorted(wanted)])
    )
    chains = recurrences(held)
    for ident in held.index:
        first, times, earlier = slow_chain(wanted, ident)
        row = chains.loc[ident]
        assert (row["chain"], row["times"], row["earlier"]) == (first, times, earlier)
        if earlier is not None:
            assert (row["metres"], row["days"]) == pytest.approx(wanted[ident, earlier])
        else:
            assert row[["metres", "days"]].isna().all()
    assert chains["times"].max() >= 2


def test_the_order_of_rows_changes_nothing():
    held = cases(seed=7, width=40)
    turned = held.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(recurrences(turned).loc[held.index], recurrences(held))
    pd.testing.assert_frame_equal(recurring_pairs(turned), recurring_pairs(held))


def two(**later):
    """Return a settled case and one reported 90 days later, 50 m away: just a recurrence."""
    frame = pd.DataFrame(
        {
            "kind": "old_wiring",
            "status": ["closed", "opened"],
            "reported_at": [START, START + pd.Timedelta(days=1 + DAYS)],
            "closed_at": [START + pd.Timedelta(days=1), pd.NaT],
            "compound_id": "C1",
            "cause": "",
        },
        index=["a", "b"],
    )
    for name, value in later.items():
        frame.loc["b", name] = value
    spots = [Point(0, 0), Point(30, 40)]
    return gpd.GeoDataFrame(frame, geometry=spots, crs=METRIC)


def test_the_limits_themselves_count():
    assert recurrences(two()).loc["b", "earlier"] == "a"
    late = START + pd.Timedelta(days=1 + DAYS, seconds=1)
    assert recurrences(two(reported_at=late)).loc["b", "earlier"] is None
    far = two()
    far.loc["b", "geometry"] = Point(30, 40.001)
    assert recurrences(far).loc["b", "earlier"] is None


@pytest.mark.parametrize(
    "later",
    [
        {"kind": "fire_load"},
        {"status": "duplicate"},
        {"status": "declined"},
        {"reported_at": START + pd.Timedelta(hours=1)},  # while the first was still open
        {"reported_at": pd.NaT},
    ],
)
def test_what_is_no_recurrence(later):
    assert recurrences(two(**later))["earlier"].isna().all()


def test_only_what_was_settled_can_come_back():
    held = two()
    for status in (*OPEN_STATUSES, "declined", "duplicate"):
        assert recurrences(held.assign(status=[status, "opened"]))["times"].sum() == 0


def test_a_case_without_a_place_pairs_with_none():
    held = two()
    held.loc["b", "geometry"] = None
    assert recurrences(held)["times"].sum() == 0
    assert nearby((0.0, 0.0), "old_wiring", held).empty


def test_far_away_cases_neither_fail_nor_pair():
    held = pd.concat([cases(40, seed=2), two().rename(index=lambda name: f"far-{name}")])
    held.loc["far-b", "geometry"] = Point(9e12, -9e12)
    found = recurrences(held)
    assert found.loc["far-b", "earlier"] is None
    pd.testing.assert_frame_equal(found.iloc[:40], recurrences(held.iloc[:40]))


def test_causes_against_a_loop():
    held = cases(seed=3)
    again = recurrences(held)["times"] > 0
    found = root_causes(held)
    wanted = {}
    for ident, row in held.iterrows():
        if row["status"] in {"declined", "duplicate"}:
            continue
        compound = "" if pd.isna(row["compound_id"]) else row["compound_id"]
        cause = "" if pd.isna(row["cause"]) else row["cause"].strip()
        total, recurred = wanted.get((compound, cause), (0, 0))
        wanted[compound, cause] = (total + 1, recurred + bool(again[ident]))
    assert {key: tuple(row) for key, row in found.iterrows()} == wanted
    for _, of_one in found.groupby(level="compound_id"):
        assert of_one["cases"].is_monotonic_decreasing


@pytest.mark.parametrize("seed", range(4))
def test_nearby_against_a_loop(seed):
    held = cases(seed=seed)
    here = (479_100.0, 3_990_100.0)
    wanted = sorted(
        (row.geometry.distance(Point(here)), ident)
        for ident, row in held.iterrows()
        if row["status"] in OPEN_STATUSES
        and row["kind"] == "old_wiring"
        and row.geometry.distance(Point(here)) <= rule("nearby_case_m").value
    )
    found = nearby(here, "old_wiring", held)
    assert wanted
    assert list(zip(found["metres"], found.index, strict=True)) == wanted


def test_a_position_that_is_none_is_refused():
    for wrong in ((np.nan, 0.0), (0.0, np.inf)):
        with pytest.raises(ValueError, match="no position"):
            nearby(wrong, "old_wiring", cases(3))


def test_degrees_are_refused():
    held = cases(3).to_crs("EPSG:4490")
    for ask in (recurrences, recurring_pairs, root_causes):
        with pytest.raises(CRSError):
            ask(held)
    with pytest.raises(CRSError):
        nearby((0.0, 0.0), "other", held)


def test_empty():
    none = cases(1).iloc[:0]
    assert recurrences(none).empty
    assert recurring_pairs(none).empty
    assert root_causes(none).empty
    assert nearby((0.0, 0.0), "other", none).empty
