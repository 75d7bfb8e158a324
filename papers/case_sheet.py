"""One case on paper: what it is, where, what was done when, and its photos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from layers._hazard import KEYS, severities
from papers._figure import put_map
from papers._listing import listing
from papers._map import Plan
from papers._paper import MM
from papers._photos import Picture, photos
from papers._sheet import Sheet
from papers._signs import Spot
from papers._table import facts
from papers._words import long_date, name_of, note_of
from wangge.community import Community
from wangge.text import Lang, Text

PLACE: Final = Text("位置", "Place")
HERE: Final = Text("案件位置", "The case")
STEPS: Final = Text("经过", "What was done")
NO_STEPS: Final = Text("还没有办理记录。", "Nothing has been done yet.")
PHOTOS: Final = Text("照片", "Photos")
_MAP: Final = 72 * MM
_AROUND: Final = 70.0  # metres shown around the place


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What the sheet of a case says, as plain values.

    Attributes
    ----------
    title
        Such as its kind and number.
    facts
        Labels with values, in order.
    steps
        What was done, a row a step, oldest first; the names of the columns are the heads.
    place
        East and north in metres (`METRIC`); None: no map.
    severity
        A word of `SEVERITIES`: the sign on the map; any other: a plain mark.
    pictures
        Captions with photos; four are printed.
    """

    title: str
    facts: Sequence[tuple[str, str]]
    steps: pd.DataFrame
    place: tuple[float, float] | None = None
    severity: str = ""
    pictures: Sequence[Picture] = ()


def case_sheet(community: Community, case: CaseFile, *, today: date, lang: Lang) -> bytes:
    """Return the sheet of one case as PDF.

    Parameters
    ----------
    community
        Cut to the role; used for the map.
    case
        What is known of the case, and may be told.
    today
        The day it is printed.
    lang
        Language of the sheet's own words.
    """
    sheet = Sheet(case.title, lang=lang, day=today, note=note_of(community, lang))
    under = "·".join(part for part in (name_of(community), long_date(today).in_(lang)) if part)
    sheet.title(case.title, under=[under])
    facts(sheet, case.facts)
    if case.place is not None:
        sheet.section(PLACE.in_(lang), keep=_MAP)
        _map(sheet, community, case, case.place)
    sheet.section(STEPS.in_(lang))
    if case.steps.empty:
        sheet.paragraph(NO_STEPS.in_(lang))
    else:
        listing(sheet, case.steps)
    if case.pictures:
        sheet.section(PHOTOS.in_(lang), keep=70 * MM)
        photos(sheet, case.pictures)
    return sheet.finish()


def _map(sheet: Sheet, community: Community, case: CaseFile, place: tuple[float, float]) -> None:
    x, y = place
    extent = (x - _AROUND, y - _AROUND / 2, x + _AROUND, y + _AROUND / 2)
    key = KEYS.get(case.severity, "")
    found = [one for one in severities() if one.key == key]
    spot = Spot("", x, y, "stop", symbol=found[0].style.symbol if found else None)
    plan = Plan(community, sheet.day, sheet.lang, extent, spots=(spot,))
    put_map(sheet, plan, _MAP, spots=[] if found else [("stop", HERE)], signs=found)
