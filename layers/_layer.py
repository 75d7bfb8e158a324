"""The layer contract: what one file in this folder must provide.

A style is data, never code: plain dataclasses that the drawing engine (``layers/_draw``) knows how
to paint.  Colours are names of tokens, so one description serves light, dark, wall and paper.
Lengths are CSS pixels at the fit view (about 0.8 m a pixel); the engine scales them for the wall.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

import geopandas as gpd

from wangge.community import Community
from wangge.domain.roles import ROLES, Role
from wangge.domain.tables import TABLES
from wangge.domain.terms import Terms
from wangge.text import Text

CLASS: Final = "class"  # the column `draw` adds; its values are the `Class.key`s
MARKS: Final = "marks"  # optional column of `draw`: space-separated `Mark.key`s of a feature

Band = Literal["far", "fit", "near", "door"]  # zoom < 16.5 <= fit < 17.75 <= near < 18.75 <= door
Shape = Literal["triangle", "diamond", "square", "circle", "plus", "badge", "flag"]
Effect = Literal["dashed", "hollow", "dot", "faint", "ring"]
Place = Literal["inside", "line", "beside", "pill", "above"]


@dataclass(frozen=True, slots=True)
class Hatch:
    """Parallel lines over an area: `angle` in degrees, line `width` every `every` pixels."""

    color: str
    angle: float
    width: float
    every: float
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Fill:
    """How an area is filled."""

    color: str
    opacity: float = 1.0
    hatch: Hatch | None = None


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line or an outline is drawn; `casing` lies under it, drawn for all features first.

    `casing_width` is the whole width of the casing.  `width_column` names a column with the real
    width in metres; `width` is then the least width, and `casing_width` what the casing adds.
    """

    color: str
    width: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    casing: str = ""
    casing_width: float = 0.0
    width_column: str = ""
    round_: bool = False


@dataclass(frozen=True, slots=True)
class Symbol:
    """How a point is drawn; `size` is half the symbol's extent.

    `casing` is the light (dark: page-coloured) rim outside, `text` one character on it;
    `text_column` names a column with up to two characters to write there instead.
    `far` and `near` scale it in those bands (door as near).
    """

    shape: Shape
    size: float
    fill: str
    edge: str = ""
    edge_width: float = 1.0
    casing: float = 0.0
    text: str = ""
    text_color: str = ""
    text_column: str = ""
    far: float = 1.0
    near: float = 1.2
    movable: bool = False  # may be pushed up to 12 px aside, and stacked, where symbols collide
    metres: tuple[float, float] = (0.0, 0.0)  # trees: radius in metres, least and most, by position


@dataclass(frozen=True, slots=True)
class Label:
    """The words at a feature: from `column`, placed greedily, higher `priority` first.

    ``inside`` sits in an area, ``line`` follows a line, letters upright; ``beside`` stands by a
    point; ``pill`` is the framed grid label; ``above`` stands over a point.
    `keep` is never dropped, only moved.  A value is written through `terms`, then into `form` in
    place of ``{}``, in the map's language; a feature without a value has no label.
    """

    column: str
    size: float = 12.5
    color: str = "m_label"
    bold: bool = False
    place: Place = "inside"
    halo: str = "halo"
    halo_width: float = 3.4
    band: Band = "fit"  # from this band on
    priority: int = 0
    spacing: float = 0.0  # extra letter spacing in em, for ``line``
    keep: bool = False
    terms: Terms = field(default_factory=dict)
    form: Text | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """How one class looks, from `band` on."""

    fill: Fill | None = None
    strokes: tuple[Stroke, ...] = ()
    symbol: Symbol | None = None
    label: Label | None = None
    band: Band = "far"
    last_band: Band = "door"


@dataclass(frozen=True, slots=True)
class Class:
    """One legend entry and the style it stands for."""

    key: str
    label: Text
    style: Style
    legend: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """A state on top of a class, such as overdue: one legend entry and its effect on the symbol."""

    key: str
    label: Text
    effect: Effect
    legend: bool = True


@dataclass(frozen=True, slots=True)
class Field:
    """One tooltip row: a column, its label, and how its value is written."""

    column: str
    label: Text
    unit: Text | None = None
    terms: Terms = field(default_factory=dict)


def fields(table: str, *names: str) -> tuple[Field, ...]:
    """Return tooltip rows for columns of `table`, labelled as its schema labels them."""
    units = {"m": Text("米", "m"), "lm": Text("流明", "lm")}
    found = []
    for name in names:
        column = TABLES[table].column(name)
        found.append(Field(name, column.label, units.get(column.unit), column.terms))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Layer:
    """A map layer: how it classes what it draws, and how each class looks.

    The legend is derived from `classes` and `marks`, so it cannot disagree with the map.
    `draw` receives a community already cut to what the role may see, and the day, for a community
    has no clock; it returns a frame in `METRIC` with a unique index (the id a click answers
    with), column `CLASS`, the columns of `tooltip` and `columns`, and optionally `MARKS`.
    `base` layers are the base map: always drawn, no switch, no counts, no clicks.
    A click means a feature if the layer `picks`; with ``"name"`` its written name answers, its
    ground does not, and a click on nothing else is none: at work from near, nobody is thrown out.
    `page` names the one page that offers it; the others never draw it.
    """

    id: str
    title: Text
    order: int
    classes: tuple[Class, ...]
    draw: Callable[[Community, date], gpd.GeoDataFrame]
    tooltip: tuple[Field, ...] = ()
    columns: tuple[str, ...] = ()  # further columns the styles need (labels, widths)
    marks: tuple[Mark, ...] = ()
    roles: tuple[Role, ...] = ROLES
    shown: bool = True
    base: bool = False
    picks: bool | Literal["name"] = True
    page: str = ""

    def sent(self) -> tuple[str, ...]:
        """Name the columns that leave the server, each once: tooltip, labels, numbers, widths."""
        of_styles = [
            name
            for one in self.classes
            for name in (
                *(stroke.width_column for stroke in one.style.strokes),
                one.style.label.column if one.style.label else "",
                one.style.symbol.text_column if one.style.symbol else "",
            )
        ]
        names = (*(row.column for row in self.tooltip), *self.columns, *of_styles)
        return tuple(dict.fromkeys(name for name in names if name))
