"""The week of inspections, against looking at one place after another."""

from __future__ import annotations

from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import Point, box

from wangge.analysis.inspection import STATES, TO_DO, week, week_totals
from wangge.domain.cases import no_inspections
from wangge.domain.rules import rule

WEDNESDAY = date(2026, 11, 25)
GRIDS = gpd.GeoDataFrame(geometry=[box(0, 0, 50, 99), box(50, 0, 99, 99)], index=["G1", "G2"])


def town(seed=0, n=60):
    rng = np.random.default_rng(seed)
    yards = gpd.GeoDataFrame(
        {
            "name": [f"小区{k}" for k in range(12)],
            "kind": "商品房",
            "grid_id": rng.choice(["G1", "G2"], 12),
        },
        geometry=[box(k, 0, k + 1, 1) for k in range(12)],
        index=[f"C{k:02}" for k in range(12)],
    )
    ages = rng.integers(-3, 20, n)
    shops = gpd.GeoDataFrame(
        {
            "name": [f"店{k}" for k in range(n)],
            "trade": rng.choice(["餐饮", "药店"], n),
            "compound_id": rng.choice([*yards.index, None], n),
            "last_inspected_on": pd.to_datetime(
                [None if rng.random() < 0.2 else WEDNESDAY - timedelta(int(age)) for age in ages]
            ),
        },
        geometry=[Point(p) for p in rng.uniform(1, 98, (n, 2))],
        index=[f"P{k:02}" for k in range(n)],
    )
    about = [f"shops/{name}" for name in shops.index] + [f"compounds/{c}" for c in yards.index]
    m = 80
    told = pd.DataFrame(
        {
            "about": rng.choice([*about[::2], "shops/gone"], m),
            "by": "第一网格网格员",
            "inspected_on": pd.to_datetime(
                [WEDNESDAY - timedelta(int(age)) for age in rng.integers(-3, 25, m)]
            ),
            "result": rng.choice(["ok", "found"], m),
            "case": [f"26-{k}" for k in range(m)],
        },
        index=[f"I{k:02}" for k in range(m)],
    )
    return shops, yards, told.astype(no_inspections().dtypes)


def slowly(shops, yards, told, today, weeks=0):
    monday = today - timedelta(days=today.weekday() - 7 * weeks)
    sunday = monday + timedelta(days=6)
    over = sunday < today
    until = sunday if over else today
    found = {}
    for table, frame in (("shops", shops), ("compounds", yards)):
        interval = timedelta(days=rule(f"{table[:-1]}_inspection_days").value)
        for ident, row in frame.iterrows():
            about = f"{table}/{ident}"
            seen = [
                (one["inspected_on"].date(), k, one["result"], one["case"])
                for k, (_, one) in enumerate(told.iterrows())
                if one["about"] == about and one["inspected_on"].date() <= until
            ]
            days = [day for day, *_ in seen]
            own = row.get("last_inspected_on")
            if own is not None and not pd.isna(own) and own.date() <= until:
                days.append(own.date())
            last = max(days, default=None)
            late = None
            if last is None:
                state = "never"
            elif last >= monday:
                state = "done"
            elif last + interval < today and (last + interval <= sunday or not over):
                state = "missed"
                late = (min(today, sunday + timedelta(days=1)) - last - interval).days
            else:
                state = "due" if last + interval <= sunday else "later"
            recent = [one for one in seen if one[0] >= monday]
            result, case = max(recent)[2:] if recent else ("", "")
            found[about] = (state, last, late, result, case)
    return found


@pytest.mark.parametrize("weeks", [-2, -1, 0, 1])
@pytest.mark.parametrize("day", range(0, 7, 2))
def test_against_a_loop(day, weeks):
    shops, yards, told = town(seed=day)
    today = WEDNESDAY + timedelta(days=day)
    found = week(shops, yards, GRIDS, told, today=today, weeks=weeks)
    wanted = slowly(shops, yards, told, today, weeks)
    assert sorted(found.index) == sorted(wanted)
    for about, row in found.iterrows():
        last = None if pd.isna(row["last_on"]) else row["last_on"].date()
        late = None if pd.isna(row["days_late"]) else row["days_late"]
        assert (row["state"], last, late, row["result"], row["case"]) == wanted[about]
    assert set(found["state"]) <= set(STATES)


def test_a_week_that_is_over_has_nothing_due_and_does_not_change():
    shops, yards, told = town()
    told = told[told["inspected_on"] < pd.Timestamp(WEDNESDAY)]
    shops = shops.assign(last_inspected_on=pd.NaT)
    over = week(shops, yards, GRIDS, told, today=WEDNESDAY, weeks=-1)
    assert "due" not in set(over["state"])
    assert (over["days_late"].dropna() > 0).all()
    row = {"about": over.index[0], "by": "x", "inspected_on": WEDNESDAY, "result": "ok", "case": ""}
    since = pd.concat([told, pd.DataFrame([row], index=["I99"])])
    later = WEDNESDAY + timedelta(days=1)
    pd.testing.assert_frame_equal(week(shops, yards, GRIDS, since, today=later, weeks=-1), over)


def test_the_most_urgent_comes_first():
    shops, yards, told = town()
    found = week(shops, yards, GRIDS, told, today=WEDNESDAY)
    ranks = found["state"].map(list(STATES).index)
    assert ranks.is_monotonic_increasing
    assert ranks.nunique() >= 4
    late = found[found["state"] == "missed"]["days_late"]
    assert late.is_monotonic_decreasing
    turned = week(
        shops.sample(frac=1, random_state=1), yards.iloc[::-1], GRIDS, told, today=WEDNESDAY
    )
    pd.testing.assert_frame_equal(turned, found)


def test_a_place_goes_through_its_week():
    """Inspected on Wednesday: done until Sunday, due from Monday, missed on the Thursday after."""
    shops, yards, told = town()
    one = shops.iloc[:1].assign(last_inspected_on=pd.Timestamp(WEDNESDAY))
    states = [
        week(one, yards[:0], GRIDS, told[:0], today=WEDNESDAY + timedelta(days=k))["state"].item()
        for k in range(9)
    ]
    assert states == ["done"] * 5 + ["due"] * 3 + ["missed"]
    before = week(one, yards[:0], GRIDS, told[:0], today=WEDNESDAY - timedelta(days=1))
    assert before["state"].item() == "never"


def test_inspecting_never_makes_it_worse():
    shops, yards, told = town()
    before = week(shops, yards, GRIDS, told, today=WEDNESDAY)
    about = before.index[before["state"].isin(TO_DO)][0]
    row = {"about": about, "by": "x", "inspected_on": WEDNESDAY, "result": "ok", "case": ""}
    more = pd.concat([told, pd.DataFrame([row], index=["I99"])])
    after = week(shops, yards, GRIDS, more, today=WEDNESDAY)
    assert after.loc[about, "state"] == "done"
    rest = before.index.drop(about)
    pd.testing.assert_series_equal(after["state"][rest], before["state"][rest])


def test_whose_grid_it_is():
    shops, yards, told = town()
    found = week(shops, yards, GRIDS, told, today=WEDNESDAY)
    for name, row in shops.iterrows():
        grid = found.loc[f"shops/{name}", "grid_id"]
        if pd.isna(row["compound_id"]):
            assert grid == ("G1" if row.geometry.x < 50 else "G2")
        else:
            assert grid == yards.loc[row["compound_id"], "grid_id"]
    assert found.loc["compounds/C03", "grid_id"] == yards.loc["C03", "grid_id"]


def test_totals_add_up():
    shops, yards, told = town()
    found = week(shops, yards, GRIDS, told, today=WEDNESDAY)
    totals = week_totals(found)
    assert totals["places"].sum() == len(found)
    assert (totals[list(STATES)].sum(axis=1) == totals["places"]).all()
    for grid, row in totals.iterrows():
        states = found[found["grid_id"] == grid]["state"]
        wanted = (states != "later").sum()
        assert row["done_rate"] == pytest.approx((states == "done").sum() / wanted)


def test_nothing_to_inspect_has_no_rate():
    shops, yards, told = town()
    none = week(shops[:0], yards[:0], GRIDS, told, today=WEDNESDAY)
    assert none.empty
    assert week_totals(none).empty
    later = pd.DataFrame({"grid_id": [None], "state": ["later"]})
    assert np.isnan(week_totals(later).loc["", "done_rate"])
