"""The legend of a printed map, derived from what was drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np

from layers._layer import Class, Style
from papers._ground import dashes, hatch
from papers._map import Drawn
from papers._paper import Font, Paper
from papers._signs import SpotKind, draw_spot, draw_symbol
from wangge.text import Lang, Text

FONT: Final = Font(8.5, color="text2")
_STEP: Final = 16.0  # from row to row
_SIGN: Final = 22.0  # points a sign takes
_GAP: Final = 12.0  # between two entries
_MOST: Final = 5.2  # half the size of the largest symbol

Sign = Callable[[Paper, float, float], None]


def draw_legend(
    paper: Paper,
    drawn: Drawn,
    left: float,
    top: float,
    width: float,
    *,
    lang: Lang,
    spots: Iterable[tuple[SpotKind, Text]] = (),
    signs: Sequence[Class] = (),
) -> float:
    """Write what the signs on a map mean, in rows as wide as it; return how high they are.

    `spots` and `signs` are drawn by the sheet itself.
    """
    entries = [(_spot_sign(kind), label) for kind, label in spots]
    entries += [
        (_class_sign(one.style), one.label)
        for one in (*signs, *drawn.classes)
        if one.style.symbol or one.style.fill or one.style.strokes
    ]
    x, y = left, top
    for sign, label in entries:
        text = paper.shorten(label.in_(lang), width - _SIGN, FONT)
        wide = _SIGN + paper.wide(text, FONT)
        if x > left and x + wide > left + width:
            x, y = left, y + _STEP
        sign(paper, x + (_SIGN - 5) / 2, y + _STEP / 2)
        paper.letter(x + _SIGN, y + _STEP / 2 + FONT.size * 0.36, text, FONT)
        x += wide + _GAP
    return y + _STEP - top if entries else 0.0


def _spot_sign(kind: SpotKind) -> Sign:
    return lambda paper, x, y: draw_spot(paper, x, y, "1", kind, 5.2)


def _class_sign(style: Style) -> Sign:
    if style.symbol:
        scale = min(0.9, _MOST / (style.symbol.size + style.symbol.casing))
        symbol = style.symbol
        return lambda paper, x, y: draw_symbol(paper, x, y, symbol, scale)
    return (lambda paper, x, y: _area(paper, x, y, style)) if style.fill else _line_of(style)


def _area(paper: Paper, x: float, y: float, style: Style) -> None:
    box = (x - 8, y - 4.5, x + 8, y + 4.5)
    fill = style.fill
    if fill and fill.opacity > 0:
        with paper.local_context(fill_opacity=fill.opacity):
            paper.block(box[0], box[1], 16, 9, fill=fill.color)
    if fill and fill.hatch:
        with paper.within(box[0], box[1], 16, 9):
            hatch(paper, box, fill.hatch, 0.7)
    for stroke in style.strokes:
        corners = np.array([(box[at], box[on]) for at, on in ((0, 1), (2, 1), (2, 3), (0, 3))])
        dash = dashes(stroke, 0.6)
        paper.path([corners], line=stroke.color, width=stroke.width * 0.6, dash=dash, round_=False)


def _line_of(style: Style) -> Sign:
    def sign(paper: Paper, x: float, y: float) -> None:
        ends = np.array([(x - 8, y), (x + 8, y)])
        for stroke in style.strokes:
            paper.path(
                [ends],
                line=stroke.color,
                width=stroke.width * 0.7,
                dash=dashes(stroke, 0.5),
                closed=False,
                round_=stroke.round_,
            )

    return sign
