"""A data frame as a table of a sheet: widths from what it holds, values as people write them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import pandas as pd

from papers._paper import MM, Align, Font
from papers._sheet import Sheet
from papers._table import SIZE, Column, table
from wangge.domain.rules import rule

UNKNOWN: Final = "–"
_WIDTHS: Final = (15 * MM, 62 * MM)  # the least and the most of a column, in points
_LOOKED_AT: Final = 200  # rows that say how wide a column should be
_ROOM: Final = 10.0  # points beside the letters


def listing(sheet: Sheet, frame: pd.DataFrame) -> int:
    """Draw `frame` as a table, the names of its columns as heads; the index is left out.

    Parameters
    ----------
    sheet
        Where it is drawn.
    frame
        Texts, numbers (to the right), days and moments in local time; what is missing is ``–``.

    Returns
    -------
    int
        How many rows were left out: no more than rule ``print_rows`` are printed.
    """
    most = int(rule("print_rows").value)
    shown = frame.iloc[:most]
    columns = [written(shown[name]) for name in shown.columns]
    heads = [
        Column(str(name), _width(sheet, str(name), texts), _align(shown[name]))
        for name, texts in zip(shown.columns, columns, strict=True)
    ]
    if heads:
        table(sheet, heads, zip(*columns, strict=True))
    return len(frame) - len(shown)


def written(values: pd.Series) -> list[str]:
    """Return values as they are printed.

    Examples
    --------
    >>> written(pd.Series([3, 2.5, None, date(2026, 11, 3), "油坊巷"], dtype=object))
    ['3', '2.5', '–', '2026-11-03', '油坊巷']
    """
    return [_text(value) for value in values.tolist()]


def _text(value: object) -> str:
    if value is None or value is pd.NaT or value is pd.NA or value != value:  # noqa: PLR0124 - NaN
        return UNKNOWN
    if isinstance(value, datetime):
        midnight = not (value.hour or value.minute)
        return f"{value:%Y-%m-%d}" if midnight else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:,.10g}"
    return str(value)


def _align(values: pd.Series) -> Align:
    numbers = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    return "right" if numbers else "left"


def _width(sheet: Sheet, head: str, texts: list[str]) -> float:
    """Return how wide a column would like to be; long texts wrap."""
    plain, bold = Font(SIZE), Font(SIZE, bold=True)
    found = [
        sheet.paper.wide(sheet.paper.clean(text[:80]).replace("\n", " "), plain)
        for text in texts[:_LOOKED_AT]
    ]
    found.append(sheet.paper.wide(sheet.paper.clean(head[:80]).replace("\n", " "), bold))
    return min(max(max(found) + _ROOM, _WIDTHS[0]), _WIDTHS[1])
