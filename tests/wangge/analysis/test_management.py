"""Days without a manager and contracts that end, against a plain loop."""

from __future__ import annotations

from datetime import date, timedelta

import geopandas as gpd
import pandas as pd
import pytest

from wangge.analysis.management import compound_management
from wangge.domain.rules import rule

TODAY = date(2026, 11, 23)


def held(**columns):
    n = len(columns["manager_kind"])
    columns.setdefault("manager_since", [None] * n)
    columns.setdefault("contract_end", [None] * n)
    return gpd.GeoDataFrame(columns, geometry=[None] * n)


@pytest.mark.parametrize("kind", ["none", "community", "unit", "property"])
def test_days_count_only_where_nobody_is_paid_to_manage(kind):
    found = compound_management(
        held(manager_kind=[kind], manager_since=["2026-04-20"]), today=TODAY
    ).iloc[0]
    if kind in {"none", "community"}:
        assert found["days"] == (TODAY - date(2026, 4, 20)).days == 217
    else:
        assert pd.isna(found["days"])


def test_contracts_end_within_the_notice():
    notice = int(rule("contract_notice_days").value)
    days = [-1, 0, notice, notice + 1]
    ends = [(TODAY + timedelta(days=d)).isoformat() for d in days]
    found = compound_management(held(manager_kind=["property"] * 4, contract_end=ends), today=TODAY)
    assert found["ends_in_days"].tolist() == days
    assert found["ending"].tolist() == [True, True, True, False]


def test_unknown_and_future_dates():
    found = compound_management(
        held(manager_kind=["none", "none"], manager_since=[None, "2027-01-01"]), today=TODAY
    )
    assert pd.isna(found["days"].iloc[0])
    assert found["days"].iloc[1] == 0
    assert not found["ending"].any()


def test_empty():
    assert compound_management(held(manager_kind=[]), today=TODAY).empty
