"""A map with its legend, as one piece of a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from layers._layer import Class
from papers._frame import Box
from papers._legend import draw_legend
from papers._map import Plan, draw_map
from papers._paper import MARGIN, MM
from papers._sheet import Sheet
from papers._signs import SpotKind
from wangge.text import Text

_LEGEND = 12 * MM  # kept free under a map


def height_for(extent: Box, width: float, *, least: float, most: float) -> float:
    """Return how high a map of `extent` is that takes `width`, within `least` and `most`.

    Examples
    --------
    >>> height_for((0, 0, 200, 100), 400, least=100, most=300)
    200.0
    """
    west, south, east, north = extent
    return min(max(width * (north - south) / max(east - west, 1.0), least), most)


def put_map(
    sheet: Sheet,
    plan: Plan,
    high: float,
    *,
    spots: Iterable[tuple[SpotKind, Text]] = (),
    signs: Sequence[Class] = (),
) -> None:
    """Draw a map over the whole width, `high` points high, and what its signs mean under it.

    `spots` says what the numbered spots are, `signs` what else the sheet marks.
    """
    sheet.gap(2 * MM)
    high = min(high, sheet.bottom - MARGIN - _LEGEND)
    sheet.need(high + _LEGEND)
    drawn = draw_map(sheet.paper, plan, MARGIN, sheet.y, sheet.inner, high)
    sheet.y += high + 1 * MM
    sheet.y += draw_legend(
        sheet.paper,
        drawn,
        MARGIN,
        sheet.y,
        sheet.inner,
        lang=sheet.lang,
        spots=spots,
        signs=signs,
    )
    sheet.gap(2 * MM)
