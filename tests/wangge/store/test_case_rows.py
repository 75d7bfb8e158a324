"""A case goes there and back: as a row, as the body of an event, and as a frame."""

from __future__ import annotations

import json
import struct
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wangge.domain.cases import Case, no_cases
from wangge.domain.crs import METRIC, STORED
from wangge.store.case_rows import body_of, case_of, frame_of, from_body, row_of
from wangge.store.events import canonical
from wangge.store.journal_tables import SRS, lonlats

AT = datetime(2026, 11, 25, 1, 2, 3, 456000, tzinfo=UTC)
PLAIN = Case("1", 113.05, 36.05, "old_wiring", "一般", "reported", AT, "甲")
WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"))
MOMENTS = st.none() | st.just(AT)
CASES = st.builds(
    Case,
    id=WORDS,
    lon=st.floats(73, 135),
    lat=st.floats(3, 54),
    kind=WORDS,
    severity=WORDS,
    status=WORDS,
    reported_at=st.just(AT),
    reported_by=WORDS,
    due_at=MOMENTS,
    handled_at=MOMENTS,
    closed_at=MOMENTS,
    note=WORDS,
    answers=st.dictionaries(WORDS, WORDS, max_size=3),
    returned=st.integers(0, 99),
)


@given(CASES)
def test_there_and_back(case):
    assert case_of(row_of(case, 7)) == case
    assert from_body(json.loads(canonical(body_of(case)))) == case


def test_a_row_has_a_value_for_every_column(journal):
    columns = set(row_of(PLAIN, 1))
    assert set(journal.stand().cases.columns) - {"geometry"} <= columns


def test_the_frame_of_nothing_is_the_frame_of_none(journal):
    held = journal.stand("note")
    assert (held.version, held.records) == (0, {"note": []})
    pd.testing.assert_frame_equal(held.cases, no_cases())
    assert held.cases.crs == METRIC


def test_a_frame_against_its_rows(office):
    office.closed()
    office.report("乙", compound_id="C05", grid_id="G5", asset="streetlights/L1", lon=113.051)
    held = office.journal.stand()
    assert held.version == office.journal.version()
    assert held.cases.dtypes.to_dict() == no_cases().dtypes.to_dict()
    rows = office.journal.rows("cases")
    assert list(held.cases.index) == [row["id"] for row in rows]
    back = held.cases.geometry.to_crs(STORED)
    for row, frame, point in zip(rows, held.cases.itertuples(), back, strict=True):
        assert shapely.distance(point, row["geom"]) < 1e-9
        for name in ("kind", "severity", "status", "assignee", "note", "asset", "returned"):
            assert getattr(frame, name) == row[name]
        for name in ("compound_id", "grid_id"):
            assert row[name] == ("" if pd.isna(getattr(frame, name)) else getattr(frame, name))
        for name in ("reported_at", "due_at", "handled_at", "closed_at"):
            moment = getattr(case_of(row), name)
            assert pd.isna(getattr(frame, name)) == (moment is None)
            assert moment is None or getattr(frame, name) == moment


def gpkg(point, box=b"", flags=1):
    return struct.pack("<2sBBi", b"GP", 0, flags, SRS) + box + shapely.to_wkb(point)


@pytest.mark.parametrize(
    "held",
    [
        [],
        [gpkg(shapely.Point(113, 36))],
        [gpkg(shapely.Point(113, 36)), gpkg(shapely.Point(112.5, 35))],
        [shapely.to_wkb(shapely.Point(113, 36), hex=True)],
        [
            shapely.to_wkb(
                shapely.set_srid(shapely.Point(113, 36), SRS), hex=True, include_srid=True
            )
        ],
    ],
)
def test_points_of_both_engines(held):
    found = lonlats(held)
    assert found.shape == (len(held), 2)
    assert found.tolist() == [[113, 36], [112.5, 35]][: len(held)]


def test_points_another_program_wrote():
    """A box in the header, the other byte order: as the standard allows."""
    plain, boxed = gpkg(shapely.Point(1, 2)), gpkg(shapely.Point(3, 4), bytes(32), 0b11)
    head = struct.pack("<2sBBi", b"GP", 0, 1, SRS)
    big = head + shapely.to_wkb(shapely.Point(5, 6), byte_order=0)
    assert lonlats([plain, boxed, big]).tolist() == [[1, 2], [3, 4], [5, 6]]


def test_a_frame_keeps_the_order_given():
    rows = [row_of(replace(PLAIN, id=name), 1) for name in "cab"]
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    columns["geom"] = shapely.get_coordinates(columns["geom"])
    assert list(frame_of(columns).index) == ["c", "a", "b"]
