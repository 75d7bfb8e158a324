"""A small map in the PDF, drawn from the layers' own styles: the same map as on every screen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import geopandas as gpd
import numpy as np
import shapely

from layers import find_all
from layers._layer import Class, Fill, Layer, Style
from papers._along import Glyph
from papers._frame import Box, Floats, Frame, framed
from papers._furniture import Furniture
from papers._ground import Group, groups, paint, paint_fill, stroke_width
from papers._names import FULL, LETTER, LINE, SMALL, Taken, beside, place, write
from papers._paper import Font, Paper
from papers._signs import Spot, draw_symbol, factor, mark, spot_box
from wangge.community import Community
from wangge.text import Lang

BASE: Final = (
    *("context", "ground", "streets", "parcels", "walls", "compounds"),
    *("paths", "buildings", "veil", "outline", "alleys"),
)
_NAMES: Final = {"compounds": "managed", "alleys": "lit"}  # the class with the plain name
_VEIL: Final = Fill("m_out", 0.5)
_SOLID: Final = 4.5  # pixels of a style; smaller symbols are small
_SPOT_NAME: Final = Font(11.0 * LETTER, bold=True)
_NEAR: Final = 15.0  # metres around the focus whose lamps and alleys belong to it


@dataclass(frozen=True, slots=True)
class Plan:
    """What a map on paper shows.

    Parameters
    ----------
    community
        Cut to the role.
    today
        The day it is drawn for.
    lang
        Language of its words.
    extent
        What it shows at least: west, south, east, north in metres (`METRIC`).
    layers
        Ids of layers on top of the base map.
    spots
        Numbered places, the first on top.
    focus
        An area: outside it everything is veiled, and of `layers` only the grids are drawn.
    route
        Lines walked, coordinates (k, 2) in metres each.
    """

    community: Community
    today: date
    lang: Lang
    extent: Box
    layers: Collection[str] = ()
    spots: tuple[Spot, ...] = ()
    focus: shapely.Geometry | None = None
    route: tuple[Floats, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """What can be seen on a map that was drawn: its classes, for the legend, and its window."""

    classes: tuple[Class, ...]
    window: Frame


def draw_map(
    paper: Paper, plan: Plan, left: float, top: float, width: float, height: float
) -> Drawn:
    """Draw `plan` into a rectangle of the page (points) and return what can be seen."""
    window = framed(plan.extent, left, top, width, height)
    drawn = _drawn(plan, window)
    with paper.within(left, top, width, height):
        paper.block(left, top, width, height, fill="m_out")
        for layer, held in drawn:
            paint(paper, window, layer, held)
            if plan.focus is not None and layer.id == "buildings":
                around = shapely.box(*window.ground).buffer(50 / window.scale)
                paint_fill(paper, window, _VEIL, shapely.difference(around, plan.focus))
        _route(paper, window, plan.route)
        signs = _symbols(paper, window, [group for _, held in drawn for group in held])
        spots = [(spot, spot_box(window, spot)) for spot in plan.spots]
        taken = Taken((left + 2, top + 2, left + width - 2, top + height - 2))
        stand = Furniture.of(window, [box for _, box in spots])
        for box in (stand.bar, stand.arrow, *(box for _, box in spots)):
            taken.add(box)
        for box, kind in signs:
            taken.add(box, kind)
        for box in _marked(window, [group for _, held in drawn for group in held]):
            taken.add(box, LINE)
        told = _tell(paper, spots, taken)
        names = place(paper, window, [g for _, held in drawn for g in held], taken, plan.lang)
        write(paper, names)
        for glyph in told:
            _write_beside(paper, glyph)
        stand.draw(paper, window, plan.lang)
        for spot, _ in reversed(spots):
            mark(paper, window, spot)
    paper.block(left, top, width, height, line="text3", width=0.8)
    seen = [one for layer, held in drawn if not layer.base for one, _ in held if one.legend]
    return Drawn(tuple(seen), window)


def _drawn(plan: Plan, window: Frame) -> list[tuple[Layer, list[Group]]]:
    """Return the layers of a plan with what of them is in sight, bottom first."""
    found = []
    for layer in find_all():
        if layer.id not in BASE and layer.id not in plan.layers:
            continue
        shown = layer if layer.id in plan.layers else _quiet(layer)
        frame = features(layer, plan.community, plan.today)
        if plan.focus is not None and layer.id in plan.layers and layer.id != "grids":
            frame = frame[frame.intersects(shapely.buffer(plan.focus, _NEAR))]
        held = groups(shown, frame, window)
        if held:
            found.append((shown, held))
    return found


def features(layer: Layer, community: Community, today: date) -> gpd.GeoDataFrame:
    """Return what a layer draws of `community`, made once."""
    key = ("papers.features", layer.id, layer.draw, today)
    return community.memo(key, lambda: layer.draw(community, today))


def _quiet(layer: Layer) -> Layer:
    """Return a layer of the base map; of compounds and alleys only the names remain, all alike."""
    if layer.id not in _NAMES:
        return layer
    plain = next(one.style for one in layer.classes if one.key == _NAMES[layer.id])
    style = Style(label=plain.label)
    return replace(
        layer, classes=tuple(replace(one, style=style, legend=False) for one in layer.classes)
    )


def _symbols(paper: Paper, window: Frame, held: list[Group]) -> list[tuple[Box, int]]:
    """Draw the symbols and return their boxes, with how taken they are."""
    boxes = []
    for one, rows in held:
        symbol = one.style.symbol
        if symbol is None or symbol.metres[1] > 0:  # no trees on paper
            continue
        scale = factor(symbol, window.band) * window.unit
        for x, y in window.page(
            shapely.get_coordinates(np.asarray(rows.geometry, dtype=object))
        ).tolist():
            draw_symbol(paper, x, y, symbol, scale)
            half = (symbol.size + symbol.casing) * scale
            kind = FULL if symbol.size >= _SOLID else SMALL
            boxes.append(((x - half, y - half, x + half, y + half), kind))
    return boxes


def _route(paper: Paper, window: Frame, lines: tuple[Floats, ...]) -> None:
    """Draw the way of a round, over everything but signs and names."""
    parts = [window.page(np.asarray(line, dtype=float)) for line in lines]
    for color, width in (("halo", 4.0), ("accent", 1.8)):
        paper.path(parts, line=color, width=width, closed=False)


def _tell(paper: Paper, spots: list[tuple[Spot, Box]], taken: Taken) -> list[Glyph]:
    """Return the names of numbered spots that find a place beside them."""
    found = []
    for spot, box in spots:
        text = paper.clean(spot.name).replace("\n", " ").strip()
        for glyph in beside(paper, box, text, _SPOT_NAME) if text else ():
            if taken.free(glyph.box):
                taken.add(glyph.box)
                found.append(glyph)
                break
    return found


def _write_beside(paper: Paper, told: Glyph) -> None:
    base = told.y + _SPOT_NAME.size * 0.37
    for halo in (("halo", 3.0), None):
        paper.letter(told.x, base, told.text, _SPOT_NAME, align="center", halo=halo)


def _marked(window: Frame, held: list[Group]) -> list[Box]:
    """Return boxes along the lines that say something, such as unlit alleys."""
    found = []
    for one, rows in held:
        marks = [stroke for stroke in one.style.strokes if not stroke.width_column]
        lines = rows.geometry[rows.geom_type.isin(["LineString", "MultiLineString"])]
        if not marks or lines.empty:
            continue
        half = max(stroke_width(stroke, window) for stroke in marks) / 2
        dense = shapely.segmentize(np.asarray(lines, dtype=object), 2 * half / window.scale + 1)
        for x, y in window.page(shapely.get_coordinates(dense)).tolist():
            found.append((x - half, y - half, x + half, y + half))
    return found
