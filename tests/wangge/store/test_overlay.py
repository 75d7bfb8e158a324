"""What the journal has seen is laid over what the files say, and nothing else changes."""

from __future__ import annotations

from dataclasses import fields, replace

import pandas as pd
import pytest

from wangge.domain.cases import no_cases
from wangge.store.desk import Draft
from wangge.store.overlay import as_it_stands


@pytest.fixture
def files(folder):
    return folder.read().community


@pytest.fixture
def now(office, files):
    return lambda: as_it_stands(files, office.journal)


def lamp(office, ident, **changed):
    draft = Draft(113.052, 36.05008, "lamp_out", "低", asset=f"streetlights/{ident}")
    return office.at("甲").report(replace(draft, **changed), key=office.key())


def test_an_empty_journal_leaves_no_hazard(now, files):
    stands = now()
    assert stands.version == f"{files.version}+0"
    assert stands.hazards.empty
    changed = {"hazards", "cases", "inspections", "version"}
    for one in fields(files):
        if one.name not in changed and not one.name.startswith("_"):
            held = getattr(stands, one.name)
            if isinstance(held, pd.DataFrame):
                pd.testing.assert_frame_equal(held, getattr(files, one.name))
    pd.testing.assert_frame_equal(stands.cases, no_cases())


def test_cases_are_hazards_on_their_day_in_the_place(now, office, files):
    office.now = office.now.replace(hour=17)  # the next day in Shanghai
    case = office.report(compound_id="C01")
    office.step(case, "书记", "open")
    stands = now()
    (row,) = stands.hazards.itertuples()
    assert (row.Index, row.kind, row.status, row.note) == (
        case.id,
        "old_wiring",
        "opened",
        case.note,
    )
    assert row.reported_on == pd.Timestamp("2026-11-26")
    assert list(stands.hazards.columns) == list(files.hazards.columns)
    assert stands.hazards.dtypes.to_dict() == files.hazards.dtypes.to_dict()
    assert stands.version == f"{files.version}+2"


def test_a_lamp_is_out_while_its_case_is_open(now, office, files):
    case = lamp(office, "L001")
    stands = now()
    assert list(stands.streetlights["working"]) == [False, True, True]
    assert stands.streetlights.loc["L001", "out_since"] == pd.Timestamp("2026-11-25")
    office.step(case, "书记", "open")
    office.step(case, "书记", "dispatch", assignee="甲")
    for post, action in (("甲", "start"), ("甲", "handle"), ("乙", "recheck")):
        office.step(case, post, action)
        assert not now().streetlights.loc["L001", "working"]
    office.step(case, "书记", "close")
    assert now().streetlights["working"].all()
    assert pd.isna(now().streetlights.loc["L001", "out_since"])
    assert files.streetlights["working"].all()


@pytest.mark.parametrize("action", ["decline", "duplicate"])
def test_a_lamp_of_a_case_that_is_none_shines(now, office, action):
    office.step(lamp(office, "L002"), "书记", action, reason="亮着", original=office.report().id)
    assert now().streetlights["working"].all()


def test_lamps_nobody_knows_and_other_kinds_change_nothing(now, office):
    lamp(office, "L999")
    lamp(office, "L001", kind="old_wiring")
    lamp(office, "L001", asset="alleys/L001")
    assert now().streetlights["working"].all()


def test_the_last_night_check_holds(now, office):
    desk = office.at("甲")
    for day, result in (("2026-11-20", "lit"), ("2026-11-22", "unlit"), ("2026-11-21", "lit")):
        desk.keep("night_check", "alleys/A01", {"checked_on": day, "result": result}, key=day)
    desk.keep("night_check", "alleys/none", {"checked_on": "2026-11-23", "result": "lit"}, key="x")
    alley = now().alleys.loc["A01"]
    assert (alley["night_result"], alley["surveyed_on"]) == ("unlit", pd.Timestamp("2026-11-22"))
    desk.drop("2026-11-22")
    assert now().alleys.loc["A01", "night_result"] == "lit"


def test_inspections(now, office, files):
    desk = office.at("甲")
    known = files.shops.loc["P01", "last_inspected_on"]
    assert known == pd.Timestamp("2026-11-20")
    for key, about, day in (
        ("a", "shops/P01", "2026-11-10"),
        ("b", "compounds/C01", "2026-11-24"),
        ("c", "shops/none", "2026-11-24"),
    ):
        desk.keep("inspection", about, {"inspected_on": day, "result": "ok", "case": ""}, key=key)
    assert now().shops.loc["P01", "last_inspected_on"] == known
    later = {"inspected_on": "2026-11-24", "result": "found", "case": "1"}
    desk.keep("inspection", "shops/P01", later, key="d")
    stands = now()
    assert stands.shops.loc["P01", "last_inspected_on"] == pd.Timestamp("2026-11-24")
    assert list(stands.inspections.index) == ["register/P01", "a", "b", "c", "d"]
    register = stands.inspections.loc["register/P01"]
    assert (register["about"], register["result"]) == ("shops/P01", "")
    assert register["inspected_on"] == known
    assert stands.inspections.loc["d"].to_dict() == {
        "about": "shops/P01",
        "by": "甲",
        "result": "found",
        "case": "1",
        "inspected_on": pd.Timestamp("2026-11-24"),
    }
