"""The night-check sheet of a grid: what to walk after dark, with boxes to tick."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd
import shapely

from papers._figure import height_for, put_map
from papers._frame import Box, extent_of, framed
from papers._map import Plan
from papers._paper import MM
from papers._sheet import SMALL, Sheet
from papers._signs import SPOT, Spot
from papers._table import Band, Cell, Column, Line, table
from papers._words import length, long_date, name_of, named, note_of
from wangge.analysis.night_round import NEEDS, night_round
from wangge.community import Community
from wangge.domain.rules import rule
from wangge.domain.terms import ALLEY_KINDS, NIGHT_RESULTS
from wangge.text import Lang, Text

TITLE: Final = Text("{grid}夜间照明核查表", "Night check of lighting, {grid}")
ASKED: Final = Text(
    "天黑以后按序号步行。每条街巷勾选一项结果；不亮的路灯在编号上画圈，没有编号的写明位置。"
    "填好后交网格长，录入“照明”页。",
    "Walk in this order after dark. Tick one result for each way; circle the lamps that are out, "
    "and describe those without a number. Hand it to the grid leader, who enters it on the "
    "Lighting page.",
)
ORDER: Final = Text(
    "先走从未夜查的，再走夜查已满 {days} 天的{verified}；同类按步行顺序。× 为记录中不亮的路灯。",
    "Never checked first, then those checked {days} or more days ago{verified}; each group in "
    "walking order. × marks lamps recorded as out.",
)
UNVERIFIED: Final = Text("（待核实）", " (to be verified)")
GROUPS: Final = {
    "never": Text("从未夜查", "Never checked at night"),
    "due": Text("夜查已满 {days} 天", "Checked {days} or more days ago"),
    "recent": Text("近期已查，顺路复看", "Checked lately: look again in passing"),
}
HEADS: Final = (
    (Text("序号", "No."), 11),
    (Text("街巷", "Street or alley"), 33),
    (Text("在册路灯\n（不亮的画圈）", "Lamps on record (circle those out)"), 38),
    (Text("结果", "Result"), 21),
    (Text("不亮的位置", "Where it is dark"), 25),
    (Text("日期", "Date"), 15),
    (Text("岗位", "Post"), 17),
)
LAST: Final = Text("上次 {day} {result}", "Last {day} {result}")
NO_LAMPS: Final = Text("无记录", "None on record")
NUMBERED: Final = Text("街巷序号", "Number of a way")
EMPTY: Final = Text("这个网格没有街巷记录。", "No street or alley is on record in this grid.")
_ROW: Final = 17.5  # millimetres: three boxes, and room to write
_MAP: Final = (75.0, 105.0)  # millimetres: how low and how high the map may be
_BAND, _REST = 22.0, 92.0  # points of a heading between rows; of head, legend and note
_NEAR: Final = 15.0  # metres around a grid that still belong to its map


def night_check(community: Community, grid: str, *, today: date, lang: Lang) -> bytes:
    """Return the sheet on which one grid's night check is written down, as PDF.

    Parameters
    ----------
    community
        Cut to the role; nothing of its residents is on the sheet.
    grid
        Id of the grid.
    today
        The day it is printed for: what is due for a check follows from it.
    lang
        Language of the sheet.

    Raises
    ------
    KeyError
        If there is no such grid.
    """
    walk = community.derive(night_round, grid=grid, today=today)
    name = named(community.grids["name"].get(grid), grid)
    title = TITLE.fill(grid=name).in_(lang)
    sheet = Sheet(title, lang=lang, day=today, note=note_of(community, lang))
    under = "·".join(part for part in (name_of(community), long_date(today).in_(lang)) if part)
    sheet.title(title, under=[under])
    if walk.empty:
        sheet.paragraph(EMPTY.in_(lang))
        return sheet.finish()
    limit = rule("night_check_days")
    verified = Text("", "") if limit.verified else UNVERIFIED
    days = f"{limit.value:.0f}"
    sheet.paragraph(ASKED.in_(lang))
    _map(sheet, community, grid, walk, today)
    columns = [
        Column(head.in_(lang), width, "center" if k == 0 else "left")
        for k, (head, width) in enumerate(HEADS)
    ]
    rows: list[list[Cell] | Band] = []
    number = 0
    for need in NEEDS:
        mine = walk[walk["need"] == need]
        if not mine.empty:
            rows.append(Band(GROUPS[need].fill(days=days).in_(lang)))
        for alley, row in mine.iterrows():
            number += 1
            rows.append(_row(community, str(alley), row, number, lang))
    table(sheet, columns, rows, least=_ROW)
    sheet.gap(2 * MM)
    sheet.paragraph(ORDER.fill(days=days, verified=verified).in_(lang), SMALL)
    return sheet.finish()


def _row(community: Community, alley: str, row: pd.Series, number: int, lang: Lang) -> list[Cell]:
    way = community.alleys.loc[alley]
    kind = ALLEY_KINDS.get(str(way["kind"]))
    told = [kind.in_(lang)] if kind else []
    told.append(length(row["length_m"]).in_(lang))
    seen = pd.to_datetime(way["surveyed_on"])
    small = [Line("·".join(told), color="text2")]
    if pd.notna(seen):
        result = NIGHT_RESULTS.get(str(way.get("night_result")), Text("", ""))
        last = LAST.fill(day=seen.date().isoformat(), result=result).in_(lang)
        small.append(Line(last.strip(), color="text2"))
    works = community.streetlights["working"].reindex(row["lamps"]).fillna(value=False)
    lamps = [str(lamp) if on else f"{lamp}×" for lamp, on in works.items()]
    return [
        str(number),
        [Line(named(way["name"], alley), bold=True), *small],
        "  ".join(lamps) or NO_LAMPS.in_(lang),
        [Line(result.in_(lang), tick=True) for result in NIGHT_RESULTS.values()],
        *("", "", ""),
    ]


def _map(sheet: Sheet, community: Community, grid: str, walk: pd.DataFrame, today: date) -> None:
    area = community.grids.geometry[grid]
    extent = extent_of([area])
    if extent is None:
        return
    least, most = (edge * MM for edge in _MAP)
    below = len(walk) * _ROW * MM + walk["need"].nunique() * _BAND + _REST
    if least < sheet.room - below < most:  # a little lower, and all is on one page
        most = sheet.room - below
    high = height_for(extent, sheet.inner, least=least, most=most)
    spots = _spots(community, area, walk, extent, sheet.inner, high)
    layers = ("alleys", "streetlights", "grids")
    plan = Plan(community, today, sheet.lang, extent, layers, spots, area)
    put_map(sheet, plan, high, spots=[("way", NUMBERED)])


def _spots(
    community: Community,
    area: shapely.Geometry,
    walk: pd.DataFrame,
    extent: Box,
    width: float,
    height: float,
) -> tuple[Spot, ...]:
    """Return a number on every way, where it stands clear of those before it."""
    scale = framed(extent, 0, 0, width, height).scale
    apart = 2.4 * SPOT / scale
    around = shapely.buffer(area, _NEAR)
    spots: list[Spot] = []
    for number, alley in enumerate(walk.index, start=1):
        inside = shapely.line_merge(shapely.intersection(community.alleys.geometry[alley], around))
        part = max(shapely.get_parts(inside), key=shapely.length, default=None)
        if part is None or part.is_empty:
            continue
        tries = [part.interpolate(share, normalized=True) for share in (0.5, 0.35, 0.65, 0.2, 0.8)]

        def clear(at: shapely.Point) -> float:
            return min(
                (shapely.distance(at, shapely.Point(s.x, s.y)) for s in spots), default=apart
            )

        at = next((point for point in tries if clear(point) >= apart), tries[0])
        spots.append(Spot(str(number), at.x, at.y, "way"))
    return tuple(spots)
