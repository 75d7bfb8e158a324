"""Cases read where something happened are the cases read whole."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from wangge.errors import RefusedError
from wangge.store import case_table
from wangge.store.case_table import look
from wangge.store.engine import reading


def whole(journal):
    with reading(journal.engine) as connection:
        return look(connection, None)


def same(journal):
    seen, read = journal.stand(), whole(journal)
    assert seen.version == read.version
    pd.testing.assert_frame_equal(seen.cases, read.cases)
    assert seen.cases.crs == read.cases.crs
    return seen.cases


def test_after_any_steps_it_is_as_if_read_whole(office):
    made = random.Random(4)
    assert same(office.journal).empty
    idents = []
    for turn in range(25):
        new = range(made.randint(0, 2))
        idents += [office.report("乙", lon=113.05 + turn / 1e5).id for _ in new]
        for ident in made.sample(idents, min(len(idents), 3)):
            action = made.choice(["open", "dispatch", "start", "say"])
            values = {"assignee": "甲", "reason": "去看过"}
            try:
                office.at("书记").step(ident, action, values=values, key=f"{turn}{ident}{action}")
            except RefusedError:
                continue
        held = same(office.journal)
        assert list(held.index) == idents


def test_what_did_not_change_is_the_same_object(office):
    office.report("乙")
    assert office.journal.stand().cases is office.journal.stand().cases


def test_more_than_a_few_changes_are_read_whole(office, monkeypatch):
    monkeypatch.setattr(case_table, "_FEW", 2)
    office.report("乙")
    same(office.journal)
    for _ in range(5):
        office.report("乙")
    assert len(same(office.journal)) == 6


def test_another_history_is_not_taken_for_a_longer_one(office, office_of, opened, tmp_path):
    for _ in range(2):
        office.report("乙")
    seen = whole(office.journal)
    other = office_of(opened(tmp_path / "other" / "journal.gpkg"))
    for _ in range(4):
        other.report("丙", lon=113.052)
    with reading(other.journal.engine) as connection:
        held = look(connection, seen)
    pd.testing.assert_frame_equal(held.cases, whole(other.journal).cases)
    assert len(held.cases) == 4


@pytest.mark.parametrize("kept", [0, 1])
def test_a_shorter_history_is_read_whole(office, opened, tmp_path, kept):
    for _ in range(kept + 1):
        office.report("乙")
    seen = whole(office.journal)
    with reading(opened(tmp_path / "new" / "journal.gpkg").engine) as connection:
        assert look(connection, seen).cases.empty
