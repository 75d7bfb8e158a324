"""A table as an Excel file: real numbers, a frozen header, fitting widths, no live formulas."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from layers._tokens import TOKENS
from pages._format import known

MIME: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_TITLE: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST: Final = 32767  # characters a cell may hold
_WIDEST, _NARROWEST, _TITLE = 48, 8, 31


def workbook(table: pd.DataFrame, *, title: str, notes: Sequence[str] = ()) -> bytes:
    """Return `table` as the bytes of an .xlsx file with one sheet.

    Parameters
    ----------
    table
        What to write; the columns' names become the header, the index is left out.
        Numbers stay numbers, dates dates, unknown cells are empty; any other value is text.
    title
        Name of the sheet.
    notes
        Sentences below the table, such as the day and that the data is synthetic.

    Notes
    -----
    Text that begins like a formula is stored as text and never computed: each text cell gets the
    string type and the quote prefix, so it stays text when it is edited.

    Examples
    --------
    >>> workbook(pd.DataFrame({"小区": ["供销小区"]}), title="小区")[:2]
    b'PK'
    """
    book = Workbook()
    sheet = book.active if book.active is not None else book.create_sheet()
    sheet.title = _NOT_IN_TITLE.sub(" ", _clean(title)).strip()[:_TITLE] or "Sheet"
    for column, name in enumerate(table.columns, start=1):
        head = sheet.cell(row=1, column=column)
        _write(head, str(name))
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor=TOKENS["light"]["subtle"].lstrip("#"))
        for row, value in enumerate(table[name].tolist(), start=2):
            _write(sheet.cell(row=row, column=column), value)
        sheet.column_dimensions[get_column_letter(column)].width = _width(
            [name, *table[name].tolist()]
        )
    for row, note in enumerate(notes, start=len(table) + 3):
        _write(sheet.cell(row=row, column=1), note)
    sheet.freeze_panes = "B2"
    if len(table.columns):
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table) + 1}"
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _write(cell: Cell | MergedCell, value: object) -> None:
    """Put `value` into `cell` with its own type; text never becomes a formula."""
    if not known(value) or isinstance(cell, MergedCell):
        return
    if isinstance(value, (bool, date)):
        cell.value = value
    elif isinstance(value, (int, float)):
        cell.value = value
        cell.number_format = "#,##0" if float(value).is_integer() else "#,##0.0"
        cell.alignment = Alignment(horizontal="right")
    else:
        cell.value = _clean(str(value))
        cell.data_type = "s"
        cell.quotePrefix = True


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)[:_LONGEST]


def _width(values: Sequence[object]) -> float:
    """Return a column width in characters; a wide (Han) character counts as two."""
    widest = max(
        sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in str(value))
        for value in values
    )
    return float(min(max(widest + 3, _NARROWEST), _WIDEST))
