"""A round of fire inspections on paper: the stops in order, a map, and lists to tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import shapely

from papers._figure import height_for, put_map
from papers._frame import extent_of
from papers._map import Plan
from papers._paper import MM
from papers._sheet import Sheet
from papers._signs import Spot
from papers._table import Cell, Column, Line, table
from papers._words import length, long_date, name_of, note_of
from wangge.community import Community
from wangge.text import Lang, Text

ASKED: Final = Text(
    "按序号逐处检查。检查内容有问题的打勾，并写明问题；结果勾选一项。",
    "Inspect in this order. Tick what is wrong and write down what it is; tick one result.",
)
HEADS: Final = (
    (Text("序号", "No."), 11),
    (Text("检查对象", "Place"), 32),
    (Text("检查内容\n（有问题的打勾）", "Check list\n(tick what is wrong)"), 68),
    (Text("结果", "Result"), 22),
    (Text("问题和处理", "What is wrong, what was done"), 27),
)
RESULTS: Final = (
    Text("没有问题", "OK"),
    Text("有问题", "Problem"),
    Text("未能检查", "Not done"),
)
STOP: Final = Text("检查序号", "Number of a stop")
WALK: Final = Text("{n} 处，步行约 {length}", "{n} stops, about {length} on foot")
STOPS: Final = Text("{n} 处", "{n} stops")
EMPTY: Final = Text("这一轮没有要检查的地方。", "There is nothing to inspect on this round.")
BLANKS: Final = (Text("检查岗位：", "Post:"), Text("日期：", "Date:"))
_ROW: Final = 19.0  # millimetres
_MAP: Final = (70.0, 100.0)  # millimetres: how low and how high the map may be


@dataclass(frozen=True, slots=True)
class Stop:
    """A place to inspect.

    Attributes
    ----------
    name
        Of the shop or compound.
    told
        What is known of it, such as its trade and when it was inspected last; a line each.
    checks
        What to look at, a box each.
    place
        East and north in metres (`METRIC`); None: not on the map.
    """

    name: str
    told: Sequence[str] = ()
    checks: Sequence[str] = ()
    place: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class InspectionRound:
    """A round as it is to be walked.

    Attributes
    ----------
    title
        Such as "第五网格每周消防检查".
    stops
        In the order they are visited.
    metres
        The whole walk; 0: not said.
    legs
        The ways between the stops, coordinates (k, 2) in metres each, for the map.
    """

    title: str
    stops: Sequence[Stop]
    metres: float = 0.0
    legs: Sequence[Sequence[tuple[float, float]]] = ()


def inspection_round(
    community: Community, walk: InspectionRound, *, today: date, lang: Lang
) -> bytes:
    """Return the sheet of a round of inspections as PDF.

    Parameters
    ----------
    community
        Cut to the role; used for the map.
    walk
        The round.
    today
        The day it is printed.
    lang
        Language of the sheet's own words.
    """
    sheet = Sheet(walk.title, lang=lang, day=today, note=note_of(community, lang))
    count = WALK.fill(n=len(walk.stops), length=length(walk.metres)) if walk.metres else STOPS
    told = (name_of(community), long_date(today).in_(lang), count.fill(n=len(walk.stops)).in_(lang))
    sheet.title(walk.title, under=["·".join(part for part in told if part)])
    if not walk.stops:
        sheet.paragraph(EMPTY.in_(lang))
        return sheet.finish()
    sheet.paragraph(ASKED.in_(lang))
    _map(sheet, community, walk)
    columns = [
        Column(head.in_(lang), width, "center" if at == 0 else "left")
        for at, (head, width) in enumerate(HEADS)
    ]
    rows = [_row(number, stop, lang) for number, stop in enumerate(walk.stops, start=1)]
    table(sheet, columns, rows, least=_ROW)
    sheet.gap(3 * MM)
    sheet.blanks(*(blank.in_(lang) for blank in BLANKS))
    return sheet.finish()


def _row(number: int, stop: Stop, lang: Lang) -> list[Cell]:
    small = [Line(text, color="text2") for text in stop.told]
    return [
        str(number),
        [Line(stop.name, bold=True), *small],
        [Line(text, tick=True) for text in stop.checks],
        [Line(text.in_(lang), tick=True) for text in RESULTS],
        "",
    ]


def _map(sheet: Sheet, community: Community, walk: InspectionRound) -> None:
    spots = tuple(
        Spot(str(number), *stop.place)
        for number, stop in enumerate(walk.stops, start=1)
        if stop.place is not None
    )
    legs = tuple(np.asarray(leg, dtype=float) for leg in walk.legs if len(leg) > 1)
    points = [shapely.Point(spot.x, spot.y) for spot in spots]
    extent = extent_of([*points, *map(shapely.LineString, legs)])
    if not spots or extent is None:
        return
    high = height_for(extent, sheet.inner, least=_MAP[0] * MM, most=_MAP[1] * MM)
    plan = Plan(community, sheet.day, sheet.lang, extent, ("grids",), spots, route=legs)
    put_map(sheet, plan, high, spots=[("stop", STOP)])
