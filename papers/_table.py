"""Tables that break over pages: heads are written again, a cell longer than a page goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from papers._paper import MARGIN, MM, Align, Font, Paper
from papers._sheet import Sheet

SIZE: Final = 9.5
_BOLD: Final = Font(SIZE, bold=True)
_STEP: Final = 13.5  # from line to line
_PAD: Final = 4.0  # beside and above the letters
_TICK: Final = 8.5  # a box to tick
_SPACE: Final = 4.5  # after it
_LEAST: Final = 3  # lines: the most of a head, the least of a long cell before a page ends
_HEADS: Final = 60.0  # points a head may take


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cell; it wraps.  `tick` puts a box to tick before it."""

    text: str
    bold: bool = False
    color: str = "text"
    tick: bool = False


Cell = str | Sequence[Line]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its `width` in millimetres, and how its cells stand."""

    title: str
    width: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Band:
    """A row of one cell over the whole width, which stays with the row after it."""

    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """One cell of a row as it is drawn: `width` in points."""

    width: float
    cell: Cell
    align: Align = "left"
    fill: str = ""


def table(
    sheet: Sheet,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell] | Band],
    *,
    least: float = 0.0,
) -> None:
    """Draw a table over the whole width; `least` is the least height of a row in millimetres.

    Columns share the width as their widths say.
    """
    whole = sum(column.width for column in columns)
    widths = [sheet.inner * column.width / whole for column in columns]
    head, high = _head(sheet, columns, widths), least * MM
    first = max(high, _high(1))
    sheet.need(_high(max(len(span.cell) for span in head)) + first)
    draw(sheet, head)

    def again() -> None:
        draw(sheet, head)

    for row in rows:
        if isinstance(row, Band):
            if sheet.room < _high(1) + first:
                sheet.turn()
                again()
            draw(sheet, [Span(sheet.inner, [Line(row.text, bold=True)], fill="subtle")])
            continue
        cells = zip(widths, row, columns, strict=True)
        spans = [Span(width, cell, column.align) for width, cell, column in cells]
        draw(sheet, spans, least=high, again=again)


def facts(sheet: Sheet, rows: Iterable[tuple[str, str]], *, label: float = 24.0) -> None:
    """Draw what is known as labels with values, two pairs a row where both are short.

    `label` is the width of a label in millimetres.
    """
    half, wide = sheet.inner / 2, label * MM
    room = half - wide - 2 * _PAD
    waiting: tuple[str, str] | None = None

    def spans(pair: tuple[str, str], whole: float) -> list[Span]:
        named = Span(wide, [Line(pair[0], bold=True)], fill="subtle")
        return [named, Span(whole - wide, pair[1])]

    for pair in rows:
        value = sheet.paper.clean(pair[1])
        short = "\n" not in value and sheet.paper.wide(value, Font(SIZE)) <= room
        if waiting and short:
            draw(sheet, [*spans(waiting, half), *spans(pair, half)])
            waiting = None
            continue
        if waiting:
            draw(sheet, spans(waiting, sheet.inner))
        waiting = pair if short else None
        if not short:
            draw(sheet, spans(pair, sheet.inner))
    if waiting:
        draw(sheet, spans(waiting, sheet.inner))


def draw(
    sheet: Sheet,
    spans: Sequence[Span],
    *,
    least: float = 0.0,
    again: Callable[[], None] | None = None,
) -> None:
    """Draw one row; where it does not fit it stands on a new page, after `again` was called.

    A row higher than a page goes on from page to page.
    """
    cells = [_set(sheet.paper, span) for span in spans]
    while True:
        count = max(len(cell) for cell in cells)
        high = max(_high(count), least)
        if high <= sheet.room:
            _put(sheet, spans, cells, high)
            return
        fits = int((sheet.room - 2 * _PAD) // _STEP)
        if _high(count) > sheet.bottom - MARGIN - _HEADS and fits >= _LEAST:
            _put(sheet, spans, [cell[:fits] for cell in cells], _high(fits))
            cells = [cell[fits:] for cell in cells]
        sheet.turn()
        if again:
            again()


@dataclass(frozen=True, slots=True)
class _Letters:
    """A line as it is set: `shift` is how far from the left of its cell."""

    text: str
    bold: bool
    color: str
    shift: float
    tick: bool


def _high(count: int) -> float:
    return count * _STEP + 2 * _PAD


def _head(sheet: Sheet, columns: Sequence[Column], widths: Sequence[float]) -> list[Span]:
    """Return the cells of the head, each at most a few lines."""
    found = []
    for width, column in zip(widths, columns, strict=True):
        texts = sheet.paper.lines(column.title, width - 2 * _PAD, _BOLD)[:_LEAST]
        found.append(Span(width, [Line(text, bold=True) for text in texts], "center", "subtle"))
    return found


def _put(
    sheet: Sheet, spans: Sequence[Span], cells: Sequence[Sequence[_Letters]], high: float
) -> None:
    paper, x = sheet.paper, MARGIN
    for span, cell in zip(spans, cells, strict=True):
        paper.block(x, sheet.y, span.width, high, fill=span.fill, line="text3", width=0.5)
        top = sheet.y + (high - len(cell) * _STEP) / 2
        for at, line in enumerate(cell):
            _write(paper, span, line, x, top + at * _STEP + _STEP / 2 + SIZE * 0.36)
        x += span.width
    sheet.y += high


def _write(paper: Paper, span: Span, line: _Letters, x: float, base: float) -> None:
    left = x + _PAD
    if line.tick:
        paper.block(left, base - _TICK + 1, _TICK, _TICK, line="text", width=0.7)
    align: Align = "left" if line.shift else span.align
    middles = {"left": left + line.shift, "center": x + span.width / 2}
    place = middles.get(align, x + span.width - _PAD)
    paper.letter(place, base, line.text, Font(SIZE, line.bold, line.color), align=align)


def _set(paper: Paper, span: Span) -> list[_Letters]:
    """Return the lines of a cell as they fit its width, at least one."""
    given = [Line(span.cell)] if isinstance(span.cell, str) else span.cell
    found = []
    for line in given:
        shift = _TICK + _SPACE if line.tick else 0.0
        room = span.width - 2 * _PAD - shift
        for at, text in enumerate(paper.lines(line.text, room, Font(SIZE, line.bold))):
            found.append(_Letters(text, line.bold, line.color, shift, line.tick and at == 0))
    return found or [_Letters("", bold=False, color="text", shift=0.0, tick=False)]
