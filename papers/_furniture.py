"""What stands in the corners of a printed map: the scale bar and the north arrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from papers._frame import Box, Frame
from papers._paper import Font, Paper
from papers._words import WORDS
from wangge.text import Lang

_FONT: Final = Font(8.0)
_SHARE: Final = 0.2  # of the width, the most the scale bar takes
_HIGH: Final = 18.0  # of the scale bar with its ground, in points
_ROOM: Final = 56.0  # for the words beside it
_ARROW: Final = (20.0, 36.0)  # how wide and how high the arrow is
_EDGE: Final = 4.0  # from the frame


@dataclass(frozen=True, slots=True)
class Furniture:
    """Where the scale bar and the north arrow stand on the page."""

    bar: Box
    arrow: Box

    @classmethod
    def of(cls, window: Frame, spots: Sequence[Box]) -> Furniture:
        """Return the corners for both that cover none of `spots`, else the usual ones."""
        left, top, right, bottom = window.box
        wide, (across, high) = window.width * _SHARE + _ROOM, _ARROW
        low = bottom - _EDGE - _HIGH, bottom - _EDGE
        up = top + _EDGE, top + _EDGE + high
        bars = [
            (left + _EDGE, low[0], left + _EDGE + wide, low[1]),
            (right - _EDGE - wide, low[0], right - _EDGE, low[1]),
            (left + _EDGE, top + _EDGE, left + _EDGE + wide, top + _EDGE + _HIGH),
        ]
        arrows = [
            (right - _EDGE - across, up[0], right - _EDGE, up[1]),
            (left + _EDGE, up[0], left + _EDGE + across, up[1]),
            (right - _EDGE - across, bottom - _EDGE - high, right - _EDGE, low[1]),
        ]
        arrow = _first(arrows, spots)
        return cls(_first(bars, [*spots, arrow]), arrow)

    def draw(self, paper: Paper, window: Frame, lang: Lang) -> None:
        """Draw both."""
        with paper.local_context(fill_opacity=0.85):
            paper.block(*_size(self.arrow), fill="page")
        x, y = (self.arrow[0] + self.arrow[2]) / 2, self.arrow[1] + 3
        tip, low = (x, y), (x, y + 16)
        for side, fill in ((6, "text"), (-6, "page")):
            half = np.array([tip, (x + side, y + 20), low])
            paper.path([half], fill=fill, line="text", width=0.8)
        font = Font(_FONT.size, bold=True)
        paper.say(x, y + 30, WORDS["north"].in_(lang), font, align="center")
        self._scale(paper, window, lang)

    def _scale(self, paper: Paper, window: Frame, lang: Lang) -> None:
        metres = round_length(window.width * _SHARE / window.scale)
        long = metres * window.scale
        told = f"{metres:,.0f} {WORDS['metre'].in_(lang)}"
        left, _, _, bottom = self.bar
        with paper.local_context(fill_opacity=0.85):
            wide = long + 14 + paper.wide(told, _FONT)
            paper.block(left, bottom - _HIGH, wide, _HIGH, fill="page")
        x, y = left + 4, bottom - 5
        corners = np.array([(x, y - 5), (x, y), (x + long, y), (x + long, y - 5)])
        paper.path([corners], line="text", width=1.2, closed=False, round_=False)
        paper.say(x + long + 5, y, told, _FONT)


def round_length(most: float) -> float:
    """Return the longest length of 1, 2 or 5 times a power of ten that is not above `most`.

    Examples
    --------
    >>> round_length(73), round_length(20), round_length(1.9)
    (50.0, 20.0, 1.0)
    """
    power = 10.0 ** np.floor(np.log10(most))
    return float(next(digit * power for digit in (5, 2, 1) if digit * power <= most * (1 + 1e-9)))


def _first(corners: Sequence[Box], spots: Sequence[Box]) -> Box:
    return next((one for one in corners if not any(_meet(one, spot) for spot in spots)), corners[0])


def _meet(one: Box, other: Box) -> bool:
    across = one[0] < other[2] and one[2] > other[0]
    return across and one[1] < other[3] and one[3] > other[1]


def _size(box: Box) -> tuple[float, float, float, float]:
    return box[0], box[1], box[2] - box[0], box[3] - box[1]
