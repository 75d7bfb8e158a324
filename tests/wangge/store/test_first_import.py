"""The hazards of the files come into the journal once, whatever happens afterwards."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from wangge.store.first_import import IMPORTER, import_hazards
from wangge.store.overlay import as_it_stands

AT = datetime(2026, 11, 25, 1, tzinfo=UTC)


@pytest.fixture
def files(folder):
    folder.set("hazards", "Z002", status="closed", closed_on="2026-11-05")
    return folder.read().community


def test_every_hazard_becomes_a_case(journal, files):
    assert import_hazards(journal, files, AT) == 3
    assert journal.verify() == 4
    stands = as_it_stands(files, journal)
    for name in ("kind", "severity", "status", "reported_on", "due_on", "closed_on", "compound_id"):
        assert stands.hazards[name].equals(files.hazards[name]), name
    assert stands.hazards.geometry.geom_equals_exact(files.hazards.geometry, 0.001).all()
    case = stands.cases.loc["Z001"]
    assert (case["grid_id"], case["reported_by"]) == ("G1", IMPORTER.post)
    assert case["reported_at"] == datetime(2026, 11, 1, 1, tzinfo=UTC)
    assert stands.cases.loc["Z002", "handled_at"] == stands.cases.loc["Z002", "closed_at"]


def test_only_once(journal, files, folder, opened, where):
    import_hazards(journal, files, AT)
    folder.tables["hazards"] = folder.tables["hazards"][:1]
    assert import_hazards(journal, files, AT) == 0
    assert import_hazards(opened(where), folder.read().community, AT) == 0
    assert journal.verify() == 4


def test_a_case_that_was_imported_goes_on(office, files):
    import_hazards(office.journal, files, AT)
    (case,) = [row for row in office.journal.rows("cases") if row["id"] == "Z001"]
    assert case["status"] == "opened"
    office.at("书记").step("Z001", "dispatch", values={"assignee": "甲"}, key="d")
    assert office.journal.row("cases", "Z001")["status"] == "dispatched"
    assert office.journal.verify() == 5


def test_a_folder_without_hazards(journal, folder):
    folder.tables["hazards"] = []
    assert import_hazards(journal, folder.read().community, AT) == 0
    assert journal.verify() == 0
