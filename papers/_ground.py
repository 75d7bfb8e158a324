"""The ground of a printed map: fills, hatches, casings and strokes, as layers/_draw/paint.js."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, floor, radians, sin
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from layers._layer import CLASS, Class, Fill, Hatch, Layer, Stroke
from papers._frame import Box, Floats, Frame
from papers._paper import Paper

NEAR: Final = 1.5  # lines without a real width grow from the near band on
_NEAR_BAND: Final = 2
_DOT: Final = 0.01  # a dash this long, with round ends, is a dot
Group = tuple[Class, gpd.GeoDataFrame]


def groups(layer: Layer, frame: gpd.GeoDataFrame, window: Frame) -> list[Group]:
    """Return the features in sight by class, in the order of the classes: the worst first."""
    shapes = frame.geometry
    west, south, east, north = window.ground
    slack = 20 / window.scale
    bounds = shapes.bounds.to_numpy()
    seen = (
        (bounds[:, 0] <= east + slack)
        & (bounds[:, 2] >= west - slack)
        & (bounds[:, 1] <= north + slack)
        & (bounds[:, 3] >= south - slack)
    )
    held = frame[seen & ~(shapes.is_empty | shapes.isna()).to_numpy()]
    found = [(one, held[held[CLASS] == one.key]) for one in layer.classes]
    return [(one, rows) for one, rows in found if len(rows) and window.shows(one.style)]


def paint(paper: Paper, window: Frame, layer: Layer, held: Sequence[Group]) -> None:
    """Draw the areas and lines of one layer; its symbols and names come later."""
    for one, shape in _stacked(layer, held):
        if one.style.fill:
            paint_fill(paper, window, one.style.fill, shape)
    for casing in (True, False):
        for one, rows in reversed(held):
            for stroke in one.style.strokes:
                if stroke.casing or not casing:
                    _paint_stroke(paper, window, stroke, rows, casing=casing)


def paint_fill(paper: Paper, window: Frame, fill: Fill, shape: shapely.Geometry) -> None:
    """Fill one area and hatch it."""
    rings = window.rings(shape)
    if fill.opacity >= 1:
        paper.path(rings, fill=fill.color)
    elif fill.opacity > 0:
        with paper.local_context(fill_opacity=fill.opacity):
            paper.path(rings, fill=fill.color)
    if fill.hatch:
        west, south, east, north = shapely.bounds(shape).tolist()
        corner = window.page(np.array([(west, north), (east, south)]))
        box = (*corner[0].tolist(), *corner[1].tolist())
        with paper.inside(rings):
            hatch(paper, box, fill.hatch, window.unit)


def hatch(paper: Paper, box: Box, style: Hatch, unit: float) -> None:
    """Draw parallel lines over a box, all through its top left corner or a whole step from it."""
    turn = radians(style.angle)
    along, across = np.array([cos(turn), -sin(turn)]), np.array([sin(turn), cos(turn)])
    corners = np.array([(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])])
    offs, runs = (corners - corners[0]) @ across, (corners - corners[0]) @ along
    every = style.every * unit
    steps = np.arange(floor(offs.min() / every), floor(offs.max() / every) + 1) * every
    starts = corners[0] + steps[:, None] * across
    ends = [np.array([at + along * runs.min(), at + along * runs.max()]) for at in starts]
    with paper.local_context(stroke_opacity=style.opacity):
        paper.path(ends, line=style.color, width=style.width * unit, closed=False, round_=False)


def stroke_width(stroke: Stroke, window: Frame, metres: float = 0.0, *, line: bool = True) -> float:
    """Return how wide a stroke is, in points: its real width, where it has one, never less."""
    grown = NEAR if line and window.band >= _NEAR_BAND and not stroke.width_column else 1.0
    return max(stroke.width * grown * window.unit, metres * window.scale)


def casing_width(stroke: Stroke, window: Frame, width: float, *, line: bool = True) -> float:
    """Return how wide the casing under a stroke is: a halo, or on a road a rim on both sides."""
    grown = NEAR if line and window.band >= _NEAR_BAND and not stroke.width_column else 1.0
    wide = stroke.casing_width * grown * window.unit
    return wide if not stroke.width_column and wide > width else width + wide


def _stacked(layer: Layer, held: Sequence[Group]) -> list[tuple[Class, shapely.Geometry]]:
    """Return areas in the order they are filled: the base map's small pieces lie on large ones."""
    if not layer.base:
        order = [(one, rows) for one, rows in reversed(held)]
        return [(one, shape) for one, rows in order for shape in rows.geometry]
    pieces = [(one, shape) for one, rows in held for shape in rows.geometry]
    return sorted(pieces, key=lambda piece: -float(shapely.area(piece[1])))


def _paint_stroke(
    paper: Paper, window: Frame, stroke: Stroke, rows: gpd.GeoDataFrame, *, casing: bool
) -> None:
    lines: dict[tuple[float, bool], list[Floats]] = {}
    metres = pd.to_numeric(rows[stroke.width_column], errors="coerce") if stroke.width_column else 0
    wide = np.nan_to_num(np.broadcast_to(np.asarray(metres, float), len(rows)))
    for shape, real in zip(rows.geometry, wide.tolist(), strict=True):
        area = shapely.get_dimensions(shape) == 2  # noqa: PLR2004 - of an area
        width = stroke_width(stroke, window, real, line=not area)
        if casing:
            width = casing_width(stroke, window, width, line=not area)
        lines.setdefault((round(width, 2), bool(area)), []).extend(window.rings(shape))
    for (width, area), parts in lines.items():
        grown = 1.0 if area or window.band < _NEAR_BAND else NEAR
        dash = () if casing else dashes(stroke, window.unit * grown)
        with paper.local_context(stroke_opacity=1.0 if casing else stroke.opacity):
            paper.path(
                parts,
                line=stroke.casing if casing else stroke.color,
                width=width,
                dash=dash,
                closed=area,
                round_=stroke.round_ or not (stroke.dash or (casing and not stroke.width_column)),
            )


def dashes(stroke: Stroke, unit: float) -> tuple[float, ...]:
    """Return the dashes of a stroke in points; the first of a round one is a dot."""
    if not stroke.round_:
        return tuple(length * unit for length in stroke.dash)
    return tuple(length * unit if at % 2 else _DOT for at, length in enumerate(stroke.dash))
