"""Names along lines: letters upright on ways that run east-west, stacked on those north-south."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from papers._frame import Box, Floats, Frame
from papers._letters import HAN

_STEEP: Final = 1.15  # a line rising more than this a point stacks its letters
_BENT: Final = 0.6  # radians a line may turn under one letter
_REPEAT: Final = 420.0  # points between two names on one long line
_TRIES: Final = (0.0, *(way * step / 10 for step in range(1, 10) for way in (1, -1)))


@dataclass(frozen=True, slots=True)
class Glyph:
    """One piece of writing around its middle (x, y) on the page, `angle` in degrees clockwise."""

    text: str
    x: float
    y: float
    angle: float
    box: Box


@dataclass(frozen=True, slots=True)
class _Writing:
    """What is written: pieces with their widths, the gap between, the height of a letter."""

    pieces: tuple[tuple[str, float], ...]
    gap: float
    size: float

    @property
    def wide(self) -> float:
        return sum(wide for _, wide in self.pieces) + self.gap * (len(self.pieces) - 1)


def along(
    window: Frame,
    shape: shapely.Geometry,
    text: str,
    gap: float,
    measure: Callable[[str], float],
) -> Iterator[tuple[Glyph, ...]]:
    """Yield ways to write `text` along the lines of `shape`, best first.

    `gap` is the room between Chinese letters, `measure` the width of a piece, in points.
    """
    square = any(ord(char) >= HAN for char in text)
    letters = list(text) if square else [text]
    pieces = tuple((one, measure(one)) for one in letters)
    writing = _Writing(pieces, gap if square else 0.0, measure("国"))
    parts = sorted(shapely.get_parts(shape), key=lambda part: -float(shapely.length(part)))
    for part in parts:
        points = window.page(shapely.get_coordinates(part))
        runs = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
        for run in _starts(float(runs[-1]) - writing.size * 0.6, writing.wide):
            found = _written(points, runs, run + writing.size * 0.3, writing)
            if found:
                yield found


def _starts(total: float, wide: float) -> Iterator[float]:
    """Yield where along a line a name may begin: in the middle of each stretch, then beside."""
    count = max(1, round(total / _REPEAT))
    room = (total / count - wide) / 2
    if room < 0:
        return
    for step in _TRIES:
        for part in range(count):
            yield total * (part + 0.5) / count + step * room - wide / 2


def _written(points: Floats, runs: Floats, start: float, writing: _Writing) -> tuple[Glyph, ...]:
    """Return the letters along a line from `start` on; none where it bends too much."""
    across, down = _at(points, runs, start + writing.wide) - _at(points, runs, start)
    stacked = abs(down) > _STEEP * abs(across) and len(writing.pieces) > 1
    forward = down >= 0 if stacked else across >= 0
    glyphs: list[Glyph] = []
    run, before = start, None
    for text, own in writing.pieces if forward else reversed(writing.pieces):
        at = run + own / 2
        x, y = _at(points, runs, at)
        heading = _heading(points, runs, at) + (0.0 if forward else np.pi)
        if before is not None and abs(np.sin(heading - before)) > _BENT:
            return ()
        before = heading
        angle = 0.0 if stacked else float(np.degrees(np.arctan2(np.sin(heading), np.cos(heading))))
        glyphs.append(_glyph(text, float(x), float(y), angle, own, writing.size))
        run += own + writing.gap
    return tuple(glyphs if forward else reversed(glyphs))


def _at(points: Floats, runs: Floats, run: float) -> Floats:
    return np.array([np.interp(run, runs, points[:, 0]), np.interp(run, runs, points[:, 1])])


def _heading(points: Floats, runs: Floats, run: float) -> float:
    k = int(np.clip(np.searchsorted(runs, run, side="left"), 1, len(points) - 1))
    dx, dy = points[k] - points[k - 1]
    return float(np.arctan2(dy, dx))


def _glyph(text: str, x: float, y: float, angle: float, wide: float, size: float) -> Glyph:
    turn = np.radians(angle)
    c, s = abs(np.cos(turn)), abs(np.sin(turn))
    half, high = wide / 2, size * 0.56
    w, h = float(half * c + high * s), float(half * s + high * c)
    return Glyph(text, x, y, angle, (x - w, y - h, x + w, y + h))
