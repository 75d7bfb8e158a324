"""Names on a printed map: placed greedily, the important first, never one over another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from typing import Final

import numpy as np
import pandas as pd
import shapely

from layers._layer import Label
from papers._along import Glyph, along
from papers._frame import BANDS, Box, Floats, Frame
from papers._ground import Group
from papers._paper import Font, Paper
from wangge.text import Lang

LETTER: Final = 0.76  # points a pixel of a label's size
FULL, LINE, SMALL = 1, 2, 4  # kinds of what is taken
_LEADING: Final = 1.18
_SLACK: Final = 4.0  # points a name may reach over the edge of its area
_SAME: Final = 240.0  # points within which one name is not written twice
_SMALLER: Final = 1.2  # points
_LONGEST: Final = 150.0  # points; a longer name is cut
_TWO: Final = 4  # letters from which a name may stand in two lines
_STEPS: Final = np.array(
    sorted(
        ((i * 6.0, j * 5.0) for i in range(-8, 9) for j in range(-8, 9)),
        key=lambda step: (np.hypot(step[0], step[1] * 1.3), step),
    )
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is written: its letters, where they stand, and whether a frame goes around."""

    label: Label
    font: Font
    glyphs: tuple[Glyph, ...]
    pill: Box | None = None


@dataclass(frozen=True, slots=True)
class _Wish:
    label: Label
    text: str
    shape: shapely.Geometry  # the part of the feature in sight, in metres
    font: Font


class Taken:
    """What is taken of a map, to a point; outside its edge nothing may be written.

    `LINE` marks lines that say something: only their own names stand on them.  `SMALL` marks small
    signs, which the name of a street may cover where there is no other place.
    """

    def __init__(self, edge: Box) -> None:
        self._left, self._top = edge[0], edge[1]
        shape = (max(0, int(edge[3] - edge[1])), max(0, int(edge[2] - edge[0])))
        self._held = np.zeros(shape, dtype=np.uint8)

    def add(self, box: Box, kind: int = FULL) -> None:
        """Take a box."""
        self._held[self._cells(box)] |= kind

    def free(self, box: Box, of: int = FULL | LINE | SMALL) -> bool:
        """Tell whether a box lies inside the edge and touches nothing of the kinds `of`."""
        high, wide = self._held.shape
        inside = box[0] >= self._left and box[1] >= self._top
        if not (inside and box[2] <= self._left + wide and box[3] <= self._top + high):
            return False
        return not (self._held[self._cells(box)] & of).any()

    def _cells(self, box: Box) -> tuple[slice, slice]:
        left, top = box[0] - self._left, box[1] - self._top
        right, bottom = ceil(box[2] - self._left), ceil(box[3] - self._top)
        across = slice(max(0, int(left)), max(0, right))
        return slice(max(0, int(top)), max(0, bottom)), across


def place(
    paper: Paper, window: Frame, held: Sequence[Group], taken: Taken, lang: Lang
) -> list[Name]:
    """Return the names of features that find a free place, the most important first."""
    view = shapely.box(*window.ground)
    wishes = [wish for group in held for wish in _wishes(paper, window, group, view, lang)]
    wishes.sort(
        key=lambda wish: (
            -wish.label.priority,
            -wish.label.keep,
            -float(shapely.length(shapely.envelope(wish.shape))),
            wish.text,
        )
    )
    placed: list[Name] = []
    written: dict[str, list[tuple[float, float]]] = {}
    for wish in wishes:
        ways = list(_ways(paper, window, wish))
        for of in (FULL | SMALL, FULL) if wish.label.place == "line" else (FULL | SMALL | LINE,):
            found = _take(ways, taken, of, written.setdefault(wish.text, []))
            placed += found
            if found:
                break
    return placed


def _take(
    ways: Sequence[Name], taken: Taken, of: int, written: list[tuple[float, float]]
) -> list[Name]:
    """Return the first way that is free, and along lines each further one far enough from it."""
    found = []
    for name in ways:
        middle = name.glyphs[len(name.glyphs) // 2]
        line = name.label.place == "line"
        if line and any(np.hypot(middle.x - x, middle.y - y) < _SAME for x, y in written):
            continue
        boxes = [name.pill] if name.pill else [glyph.box for glyph in name.glyphs]
        if all(taken.free(box, of) for box in boxes):
            for box in boxes:
                taken.add(box)
            written.append((middle.x, middle.y))
            found.append(name)
            if not line:
                break
    return found


def write(paper: Paper, names: Sequence[Name]) -> None:
    """Write placed names, first all halos, then the letters."""
    for halo in (True, False):
        for name in reversed(names):
            if name.pill and halo:
                _frame(paper, name.pill, name.label)
            around = name.label.halo, name.label.halo_width * LETTER * 1.1
            for glyph in () if name.pill and halo else name.glyphs:
                turn, low = np.radians(glyph.angle), name.font.size * 0.37
                paper.letter(
                    glyph.x - np.sin(turn) * low,
                    glyph.y + np.cos(turn) * low,
                    glyph.text,
                    name.font,
                    align="center",
                    angle=glyph.angle,
                    halo=around if halo else None,
                )


def beside(paper: Paper, box: Box, text: str, font: Font) -> Iterator[Glyph]:
    """Yield ways to write a name beside a sign: right, left, under, above."""
    text = paper.shorten(text, _LONGEST, font)
    half, high = paper.wide(text, font) / 2, font.size * _LEADING / 2
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for middle in (
        (box[2] + 2 + half, y),
        (box[0] - 2 - half, y),
        (x, box[3] + 1 + high),
        (x, box[1] - 1 - high),
    ):
        yield _glyph(text, *middle, half, high)


def _wishes(
    paper: Paper, window: Frame, group: Group, view: shapely.Geometry, lang: Lang
) -> Iterator[_Wish]:
    one, rows = group
    label = one.style.label
    if label is None or BANDS.index(label.band) > window.band or label.column not in rows:
        return
    font = Font(label.size * LETTER, label.bold, label.color)
    for shape, value in zip(rows.geometry, rows[label.column], strict=True):
        text = "" if pd.isna(value) else paper.clean(value).replace("\n", " ").strip()
        if not text:
            continue
        text = label.terms[text].in_(lang) if text in label.terms else text
        text = label.form.in_(lang).replace("{}", text) if label.form else text
        seen = shapely.intersection(shapely.make_valid(shape), view)
        if not seen.is_empty:
            yield _Wish(label, paper.shorten(text, _LONGEST, font), seen, font)


def _ways(paper: Paper, window: Frame, wish: _Wish) -> Iterator[Name]:
    label, font = wish.label, wish.font
    measure = partial(paper.wide, font=font)
    dimension = shapely.get_dimensions(wish.shape)
    if label.place == "line" and dimension == 1:
        gap = label.spacing * font.size
        for glyphs in along(window, wish.shape, wish.text, gap, measure):
            yield Name(label, font, glyphs)
    elif label.place in {"inside", "pill"} and dimension == 2:  # noqa: PLR2004 - an area
        yield from _inside(window, wish, measure)
    elif label.place in {"beside", "above"}:
        x, y = window.page(shapely.get_coordinates(shapely.point_on_surface(wish.shape)))[0]
        spot = (float(x) - 6, float(y) - 6, float(x) + 6, float(y) + 6)
        for glyph in beside(paper, spot, wish.text, font):
            yield Name(label, font, (glyph,))


def _inside(window: Frame, wish: _Wish, measure: Callable[[str], float]) -> Iterator[Name]:
    """Yield ways to write a name inside an area, nearest the middle first."""
    area = shapely.buffer(wish.shape, 0)
    if area.is_empty:
        return
    shapely.prepare(area)
    pole = shapely.get_point(shapely.maximum_inscribed_circle(area, tolerance=2.0), 0)
    middle = window.page(shapely.get_coordinates(pole))[0]
    pill = wish.label.place == "pill"
    for texts, smaller in _layouts(wish.text, pill=pill):
        size = wish.font.size - smaller
        shrunk = size / wish.font.size
        half = max(measure(text) for text in texts) * shrunk / 2 + (size * 0.62 if pill else 0)
        high = size * 0.88 if pill else len(texts) * size * _LEADING / 2
        spots = middle + _STEPS
        for x, y in spots[_held(window, area, spots, half, high)].tolist():
            tops = [y + (at - (len(texts) - 1) / 2) * size * _LEADING for at in range(len(texts))]
            glyphs = tuple(
                _glyph(text, x, top, half, size * _LEADING / 2)
                for text, top in zip(texts, tops, strict=True)
            )
            frame = (x - half, y - high, x + half, y + high) if pill else None
            yield Name(wish.label, replace(wish.font, size=size), glyphs, frame)


def _held(
    window: Frame, area: shapely.Geometry, spots: Floats, half: float, high: float
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Tell for each spot whether a box around it lies in the area, but for a little slack."""
    w, h = max(1.0, half - _SLACK), max(1.0, high - _SLACK)
    inside = np.ones(len(spots), dtype=bool)
    for dx, dy in ((0, 0), (-w, -h), (w, -h), (-w, h), (w, h)):
        east = window.west + (spots[:, 0] + dx - window.left) / window.scale
        north = window.north - (spots[:, 1] + dy - window.top) / window.scale
        inside &= shapely.contains_xy(area, east, north)
    return inside


def _layouts(text: str, *, pill: bool) -> list[tuple[list[str], float]]:
    found = [([text], 0.0)]
    if pill:
        return found
    two = _halves(text)
    return [*found, *([(two, 0.0)] if two else []), ([text], _SMALLER)]


def _halves(text: str) -> list[str]:
    spaces = [at for at, char in enumerate(text) if char == " "]
    if spaces:
        cut = min(spaces, key=lambda at: abs(at - len(text) / 2))
        return [text[:cut], text[cut + 1 :]]
    cut = (len(text) + 1) // 2
    return [text[:cut], text[cut:]] if len(text) >= _TWO else []


def _glyph(text: str, x: float, y: float, half: float, high: float) -> Glyph:
    return Glyph(text, x, y, 0.0, (x - half, y - high, x + half, y + high))


def _frame(paper: Paper, box: Box, label: Label) -> None:
    """Draw the rounded frame of a grid's label."""
    left, top, right, bottom = box
    reach = (bottom - top) / 2
    turn = np.linspace(-np.pi / 2, np.pi / 2, 12)
    ends = np.column_stack([np.cos(turn) * reach, np.sin(turn) * reach])
    rim = np.concatenate(
        [
            ends + np.array([right - reach, (top + bottom) / 2]),
            np.array([left + reach, (top + bottom) / 2]) - ends,
        ]
    )
    paper.path([rim], fill="page", line=label.color, width=1.1)
