"""The spreadsheet: numbers are numbers, text is never a formula, the header stays in sight."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pandas as pd
import pytest
from openpyxl import load_workbook

from pages._excel import workbook

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "=cmd|' /C calc'!A0",
    "a\x00b\x0bc",
    "x" * 40_000,
]


def _open(table, **options):
    return load_workbook(BytesIO(workbook(table, title="小区", **options))).active


def test_numbers_stay_numbers_and_unknown_stays_empty():
    table = pd.DataFrame(
        {
            "户": pd.array([2333, None], dtype="Int64"),
            "米": [64.5, float("nan")],
            "日": [date(2026, 11, 23), None],
            "门": [True, False],
        }
    )
    sheet = _open(table)
    first, second = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=3)]
    assert first[:2] == [2333, 64.5]
    assert first[2].date() == date(2026, 11, 23)
    assert first[3] is True
    assert second == [None, None, None, False]
    assert sheet["A2"].number_format == "#,##0"


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_never_a_formula(text):
    sheet = _open(pd.DataFrame({text: [text]}), notes=[text])
    for cell in (sheet["A1"], sheet["A2"], sheet["A4"]):
        assert cell.data_type == "s"
        assert cell.quotePrefix


def test_ordinary_text_is_unchanged():
    assert _open(pd.DataFrame({"小区": ["供销小区"]}))["A2"].value == "供销小区"


def test_header_is_frozen_and_columns_fit_han():
    sheet = _open(pd.DataFrame({"小区": ["粮食局家属院"], "n": [1]}))
    assert sheet.freeze_panes == "B2"
    assert sheet.column_dimensions["A"].width >= 12
    assert sheet.column_dimensions["B"].width < sheet.column_dimensions["A"].width


@pytest.mark.parametrize("title", ["", "a/b:c*[d]?", "很" * 60, "'"])
def test_any_title_makes_a_file(title):
    held = load_workbook(BytesIO(workbook(pd.DataFrame({"a": [1]}), title=title)))
    assert 1 <= len(held.active.title) <= 31


def test_an_empty_table_makes_a_file():
    assert _open(pd.DataFrame()).max_row == 1
