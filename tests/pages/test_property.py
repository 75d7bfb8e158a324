"""The property page: its figures, its list, its sheet, and that list and address agree."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages import _property
from pages._excel import workbook
from pages._page import View
from wangge.sight import see
from wangge.store.files import read

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 13, 42, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="session")
def ledger(community):
    return _property.ledger(community, TODAY)


def test_every_compound_is_listed_once(community, ledger):
    assert sorted(ledger.index) == sorted(community.compounds.index)


def test_what_needs_somebody_comes_first_and_the_longest_of_it(ledger):
    states = ledger["state"].tolist()
    none = [at for at, state in enumerate(states) if state == "none"]
    covered = [at for at, state in enumerate(states) if state == "community"]
    assert none == list(range(len(none)))
    assert covered == list(range(len(none), len(none) + len(covered)))
    for rows in (none, covered):
        days = ledger["days"].iloc[rows].tolist()
        assert days == sorted(days, reverse=True)
    urgent = ledger["urgent"].tolist()
    assert urgent == sorted(urgent, reverse=True)


def test_figures_against_the_tables(community, ledger):
    kinds = community.compounds["manager_kind"]
    ends = [
        (date.fromisoformat(str(day)[:10]) - TODAY).days
        for day, kind in zip(community.compounds["contract_end"], kinds, strict=True)
        if kind == "property" and pd.notna(day)
    ]
    soon = [left for left in ends if left <= 90]
    said = [one.value for one in _property.figures(ledger)]
    assert said == [str((kinds == "none").sum()), str((kinds == "community").sum()), str(len(soon))]
    assert str(min(soon)) in _property.figures(ledger)[2].note.zh


def test_the_chart_and_its_words_agree(ledger):
    option, told = _property.since(ledger, "zh", "dark")
    drawn = [bar["value"] for bar in option["series"][0]["data"]]
    assert drawn == sorted(ledger["days"].dropna().tolist())
    assert all(f"{value} 天" in told for value in drawn)
    assert option["yAxis"]["type"] == "category"


def test_the_sheet_has_numbers_dates_and_words(ledger):
    own = _property.sheet(ledger, "zh")
    sheet = openpyxl.load_workbook(BytesIO(workbook(own, title="物业台账"))).active
    header = [cell.value for cell in sheet[1]]
    first = dict(zip(header, [cell.value for cell in sheet[2]], strict=True))
    assert first["编号"] == ledger.index[0]
    assert first["状态"] == "无物业"
    assert first["天数"] == int(ledger["days"].iloc[0])
    assert first["合同到期"] is None
    assert sheet.max_row == len(ledger) + 1


def test_companies_that_take_old_compounds_come_first(community):
    takes = _property.companies(community)["takes_old"].tolist()
    assert takes == sorted(takes, reverse=True)
    assert len(takes) == len(community.property_companies) > 0


def _body(view):
    from pages.property import PAGE  # noqa: PLC0415 - this runs as a script of its own

    PAGE.body(view)


def start(community, lang="zh", **address):
    view = View(community, lang, "secretary", NOW, NOW)
    run = AppTest.from_function(_body, args=(view,), default_timeout=60)
    for name, value in address.items():
        run.query_params[name] = value
    run.run()
    assert not run.exception
    return run


def listed(run):
    return len(run.dataframe[0].value)


def test_the_list_shows_what_is_to_settle_and_all_on_request(community, ledger):
    run = start(community)
    assert listed(run) == int(ledger["urgent"].sum())
    assert listed(start(community, list="all")) == len(ledger)


def test_a_link_selects_and_an_unlisted_compound_widens_the_list(community, ledger):
    quiet = ledger.index[~ledger["urgent"]][-1]
    run = start(community, compound=quiet)
    assert listed(run) == len(ledger)
    assert any(
        community.compounds.loc[quiet, "name"] in html.proto.body for html in run.get("html")
    )
    run.button(key="property_clear").click().run()
    assert "compound" not in run.query_params


def test_a_grid_narrows_the_list(community, ledger):
    run = start(community, grid="G4", list="all")
    assert listed(run) == (community.compounds["grid_id"] == "G4").sum()


def test_an_unknown_compound_is_said(community):
    run = start(community, compound="C99")
    assert any("C99" in warning.value for warning in run.warning)


def test_an_empty_community_says_so(tmp_path):
    empty = see(read(tmp_path).community.at(NOW), "secretary")
    run = start(empty, lang="en")
    assert any("No company" in html.proto.body for html in run.get("html"))
