"""Hazards carry moments and the grid they are of, whether from files or from the journal."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest

from wangge.domain.workdays import PLACE
from wangge.store.first_import import import_hazards
from wangge.store.hazard_rows import grid_of
from wangge.store.overlay import as_it_stands

AT = datetime(2026, 11, 25, 9, tzinfo=PLACE)


@pytest.fixture
def files(folder):
    folder.set("hazards", "Z002", compound_id=None)
    return folder.read().community


def test_days_of_files_are_office_hours(files):
    row = files.hazards.loc["Z001"]
    day = row["reported_on"].date()
    assert row["reported_at"] == datetime(day.year, day.month, day.day, 9, tzinfo=PLACE)
    for name in ("due", "closed"):
        assert files.hazards[f"{name}_at"].isna().equals(files.hazards[f"{name}_on"].isna())


def test_one_without_a_compound_is_of_the_grid_it_lies_in(files):
    held = files.hazards
    lies = files.grids.index[files.grids.intersects(held.geometry["Z002"])]
    assert held.loc["Z002", "grid_id"] == lies[0]
    away = held.set_geometry(held.translate(1e6)).assign(grid_id=None)
    assert grid_of(away, files.grids).isna().all()
    assert grid_of(held.iloc[:0], files.grids).empty


def test_imported_they_are_the_same(files, journal):
    import_hazards(journal, files, AT)
    stands = as_it_stands(files, journal)
    for name in ("reported_at", "due_at", "closed_at", "grid_id"):
        pd.testing.assert_series_equal(
            stands.hazards[name], files.hazards[name], check_names=False, check_index_type=False
        )
    assert stands.hazards["grid_id"].equals(stands.cases["grid_id"].rename_axis(None))
