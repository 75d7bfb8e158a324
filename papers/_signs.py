"""Signs on a printed map: the symbols of layers, and numbered spots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from layers._layer import Shape, Symbol
from papers._frame import Box, Floats, Frame
from papers._paper import Font, Paper

SpotKind = Literal["new", "repair", "stop", "way"]
_PLUS: Final = (
    *((0.3, -1), (0.3, -0.3), (1, -0.3), (1, 0.3), (0.3, 0.3), (0.3, 1)),
    *((-0.3, 1), (-0.3, 0.3), (-1, 0.3), (-1, -0.3), (-0.3, -0.3), (-0.3, -1)),
)
_FLAG: Final = ((-0.7, -1), (0.9, -0.45), (-0.45, 0.1), (-0.45, 1), (-0.7, 1))
_OUTLINES: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    "triangle": ((0, -1), (1, 0.82), (-1, 0.82)),
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "badge": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "plus": _PLUS,
    "flag": _FLAG,
}
_ROUND: Final = 32  # corners of a circle
_LOOKS: Final[dict[SpotKind, tuple[str, str, str]]] = {  # fill, edge, letters
    "new": ("accent", "accent", "on_accent"),
    "repair": ("panel", "accent", "accent"),
    "stop": ("text", "text", "panel"),
    "way": ("panel", "text", "text"),
}
SPOT: Final = 6.4  # half the size of a numbered spot, in points
SIGN: Final = 0.9  # points a pixel of the symbol of a spot


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map that the sheet numbers: `x`, `y` in metres.

    ``new`` is a lamp to put up, ``repair`` one to mend, ``stop`` a stop of a round, ``way`` a
    stretch of way.  `name` is written beside it where there is room; `symbol` is drawn in place of
    the number.
    """

    number: str
    x: float
    y: float
    kind: SpotKind = "stop"
    name: str = ""
    symbol: Symbol | None = None


def factor(symbol: Symbol, band: int) -> float:
    """Return by how much a symbol grows or shrinks in a band."""
    return symbol.far if band == 0 else symbol.near if band >= 2 else 1.0  # noqa: PLR2004 - near


def outline(shape: Shape, x: float, y: float, size: float) -> Floats:
    """Return the corners of a shape around a point; `size` is half its extent."""
    if shape == "circle":
        turn = np.linspace(0, 2 * np.pi, _ROUND, endpoint=False)
        return np.column_stack([x + size * np.cos(turn), y + size * np.sin(turn)])
    return np.array(_OUTLINES[shape]) * size + (x, y)


def draw_symbol(paper: Paper, x: float, y: float, symbol: Symbol, scale: float) -> None:
    """Draw a symbol at a point of the page; `scale` is points a pixel of its style."""
    size = symbol.size * scale
    corners = outline(symbol.shape, x, y, size)
    sharp = symbol.shape != "triangle"
    if symbol.casing:
        width = 2 * symbol.casing * scale
        paper.path([corners], line="halo", width=width, round_=not sharp)
    edge = symbol.edge_width * scale
    paper.path([corners], fill=symbol.fill, line=symbol.edge, width=edge, round_=not sharp)
    if symbol.text:
        big = size * (1.12 if symbol.shape == "triangle" else 1.28)
        low = size * 0.22 if symbol.shape == "triangle" else 0.0
        color = symbol.text_color or "panel"
        font = Font(big, bold=True, color=color)
        paper.say(x, y + big * 0.36 + low, symbol.text, font, align="center")


def spot_box(window: Frame, spot: Spot) -> Box:
    """Return where a numbered spot stands on the page."""
    x, y = window.page(np.array([(spot.x, spot.y)]))[0].tolist()
    if spot.symbol:
        half = (spot.symbol.size + spot.symbol.casing) * SIGN
        return x - half, y - half, x + half, y + half
    half = _half(spot.number)
    return x - half, y - SPOT, x + half, y + SPOT


def mark(paper: Paper, window: Frame, spot: Spot) -> None:
    """Draw a spot where it is."""
    x, y = window.page(np.array([(spot.x, spot.y)]))[0].tolist()
    if spot.symbol:
        draw_symbol(paper, x, y, spot.symbol, SIGN)
    else:
        draw_spot(paper, x, y, paper.clean(spot.number), spot.kind)


def draw_spot(
    paper: Paper, x: float, y: float, number: str, kind: SpotKind, size: float = SPOT
) -> None:
    """Draw a numbered spot at a point of the page; `size` is half its height in points."""
    fill, edge, letters = _LOOKS[kind]
    half = _half(number, size)
    turn = np.linspace(0, 2 * np.pi, _ROUND, endpoint=False)
    rim = np.column_stack([np.cos(turn) * size, np.sin(turn) * size])
    rim[:, 0] += np.where(rim[:, 0] > 0, half - size, size - half)
    if kind == "way":
        rim = np.array([(-half, -size), (half, -size), (half, size), (-half, size)])
    corners = rim + np.array([x, y])
    paper.path([corners], line="halo", width=size / 2)
    paper.path([corners], fill=fill, line=edge, width=size / 5.4)
    big = size * 1.3
    font = Font(big, bold=True, color=letters)
    paper.letter(x, y + big * 0.36, number, font, align="center")


def _half(number: str, size: float = SPOT) -> float:
    return size * (1 + max(0, len(number) - 2) * 0.4)
