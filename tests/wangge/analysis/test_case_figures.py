"""The figures of cases, against counting one case after another."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import numpy as np
import pandas as pd
import pytest

from wangge.analysis.case_figures import ALL, MEANS, By, case_figures
from wangge.domain.terms import HAZARD_KINDS, HAZARD_STATUSES, OPEN_STATUSES, SEVERITIES
from wangge.domain.workdays import PLACE

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
GONE = {"declined", "duplicate"}
COUNTS = (
    "cases",
    "open",
    "overdue",
    "closed",
    "should_close",
    "closed_on_time",
    "reported_done",
    "reworked",
    "timed",
)


def cases(n=300, seed=0):
    rng = np.random.default_rng(seed)
    hour = lambda low, high: pd.to_timedelta(rng.integers(low, high, n), unit="h")  # noqa: E731
    reported = pd.DatetimeIndex(pd.Timestamp(NOW) - hour(0, 24 * 500))
    status = rng.choice([*HAZARD_STATUSES, "closed", "closed", "closed"], n)
    handled = reported + hour(-3, 200)  # some clocks were wrong
    ended = np.isin(status, ["closed", *GONE])
    frame = pd.DataFrame(
        {
            "kind": rng.choice(list(HAZARD_KINDS), n),
            "severity": rng.choice(list(SEVERITIES), n),
            "status": status,
            "reported_at": reported,
            "due_at": (reported + hour(1, 300)).where(rng.random(n) < 0.8),
            "handled_at": handled.where(
                np.isin(status, ["handled", "rechecked"]) | (ended & (rng.random(n) < 0.9))
            ),
            "closed_at": (handled + hour(0, 50)).where(ended),
            "returned": rng.poisson(0.2, n),
            "compound_id": rng.choice(["C1", "C2", "C3", None], n),
            "grid_id": rng.choice(["G1", "G2", None], n),
        },
        index=pd.Index([f"Z{k}" for k in range(n)], name="id"),
    )
    # One limit exactly met, and one that ends this very moment.
    ends = frame.index[frame["closed_at"].notna()][:20]
    frame.loc[ends, "due_at"] = frame.loc[ends, "closed_at"]
    still = frame.index[frame["status"].isin(OPEN_STATUSES)][:5]
    frame.loc[still, "due_at"] = pd.Timestamp(NOW)
    return frame


def group_of(row, by):
    if by == "community":
        return ALL
    if by == "month":
        local = row["reported_at"].tz_convert(PLACE)
        return pd.Timestamp(local.year, local.month, 1)
    value = row[{"grid": "grid_id", "compound": "compound_id"}.get(by, by)]
    return "" if pd.isna(value) else value


def slowly(held, now, by):
    found, hours = {}, {}
    for _, row in held.iterrows():
        if row["status"] in GONE:
            continue
        key = group_of(row, by)
        one = found.setdefault(key, dict.fromkeys(COUNTS, 0))
        one["cases"] += 1
        is_closed = row["status"] == "closed"
        limit = None if pd.isna(row["due_at"]) else row["due_at"]
        late = not is_closed and limit is not None and limit < now
        one["open"] += not is_closed
        one["overdue"] += late
        one["closed"] += is_closed
        one["should_close"] += late or (is_closed and limit is not None)
        one["closed_on_time"] += is_closed and limit is not None and row["closed_at"] <= limit
        fed_back = not pd.isna(row["handled_at"])
        one["reported_done"] += is_closed or fed_back or row["returned"] > 0
        one["reworked"] += row["returned"] > 0
        if is_closed:
            took = (row["handled_at"] if fed_back else row["closed_at"]) - row["reported_at"]
            if took >= pd.Timedelta(0):
                one["timed"] += 1
                hours.setdefault(key, []).append(took / pd.Timedelta(hours=1))
    return found, hours


@pytest.mark.parametrize("by", get_args(By))
@pytest.mark.parametrize("seed", range(2))
def test_against_a_loop(by, seed):
    held = cases(seed=seed)
    wanted, hours = slowly(held, NOW, by)
    found = case_figures(held, now=NOW, by=by)
    assert found.index.name == by
    assert list(found.index[found["cases"] > 0]) == sorted(wanted)
    for key, row in found.iterrows():
        one = wanted.get(key, dict.fromkeys(COUNTS, 0))
        assert {name: row[name] for name in COUNTS} == one
        for rate, part, whole in (
            ("on_time_rate", "closed_on_time", "should_close"),
            ("rework_rate", "reworked", "reported_done"),
        ):
            share = one[part] / one[whole] if one[whole] else np.nan
            assert row[rate] == pytest.approx(share, nan_ok=True)
        took = hours.get(key, [])
        mean, high = (np.mean(took), np.percentile(took, 90)) if took else (np.nan, np.nan)
        assert row["mean_hours"] == pytest.approx(mean, nan_ok=True)
        assert row["p90_hours"] == pytest.approx(high, nan_ok=True)


@pytest.mark.parametrize("by", get_args(By))
def test_parts_add_up_to_the_whole(by):
    held = cases()
    whole = case_figures(held, now=NOW).loc[ALL, list(COUNTS)]
    parts = case_figures(held, now=NOW, by=by)[list(COUNTS)].sum()
    assert parts.astype(int).tolist() == whole.astype(int).tolist()
    turned = held.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(
        case_figures(turned, now=NOW, by=by), case_figures(held, now=NOW, by=by)
    )


def test_leaving_a_case_open_never_helps():
    """Of two equal offices, one that closes late does no worse than one that never closes."""
    held = cases().query("status == 'closed'").dropna(subset=["due_at"])
    late = held["closed_at"] > held["due_at"]
    left = held.assign(
        status=held["status"].where(~late, "handling"), closed_at=held["closed_at"].where(~late)
    )
    closed, never = (case_figures(one, now=NOW).loc[ALL, "on_time_rate"] for one in (held, left))
    past = left["due_at"] < pd.Timestamp(NOW)
    assert late.sum() > 10
    assert past[late].all()
    assert never == closed


def test_nothing_to_divide_is_no_number():
    held = cases().iloc[:0]
    found = case_figures(held, now=NOW).loc[ALL]
    assert (found[list(COUNTS)] == 0).all()
    assert found.drop(list(COUNTS)).isna().all()
    for by in ("grid", "month", "kind"):
        assert case_figures(held, now=NOW, by=by).empty


def test_a_grid_without_a_case_is_shown_where_asked():
    found = case_figures(cases(), now=NOW, by="grid", shown=["G9", "G1"])
    assert list(found.index) == ["G9", "G1", "", "G2"]
    assert found.loc["G9", "cases"] == 0
    assert np.isnan(found.loc["G9", "on_time_rate"])


def test_no_month_is_left_out():
    held = cases()
    month = held["reported_at"].dt.tz_convert(PLACE).dt.month
    found = case_figures(held[~month.isin([3, 4])], now=NOW, by="month")
    steps = found.index.to_series().diff().dropna()
    assert steps.between(pd.Timedelta(days=28), pd.Timedelta(days=31)).all()
    assert (found[found.index.month == 3]["cases"] == 0).all()


def test_a_case_of_the_first_minute_of_a_month_is_of_that_month():
    held = cases(1)
    held["reported_at"] = pd.DatetimeIndex(["2026-10-31T16:00Z"])  # midnight in Shanghai
    assert list(case_figures(held.assign(status="opened"), now=NOW, by="month").index) == [
        pd.Timestamp(2026, 11, 1)
    ]


def test_no_figures_by_person():
    for asked in ("assignee", "handled_by", "reported_by"):
        with pytest.raises(ValueError, match="Figures are by"):
            case_figures(cases(3).assign(**{asked: "x"}), now=NOW, by=asked)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        case_figures(cases(3), now=datetime(2026, 11, 25))  # noqa: DTZ001


def test_every_figure_is_put_into_words():
    assert set(MEANS) <= set(case_figures(cases(3), now=NOW).columns)
    assert all("待核实" in MEANS[name].zh for name in ("on_time_rate", "rework_rate"))
