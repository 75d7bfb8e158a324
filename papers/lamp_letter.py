"""The letter that asks the municipal office for streetlights, with a map and a list of spots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

import numpy as np

from papers import _lamp_words as words
from papers._figure import put_map
from papers._frame import extent_of
from papers._map import Plan
from papers._paper import MARGIN, MM, Font
from papers._sheet import BODY, SMALL, Sheet
from papers._signs import Spot, SpotKind
from papers._table import Column, Line, table
from papers._words import long_date, name_of, note_of
from wangge.analysis.lamp_sites import Proposal
from wangge.community import Community
from wangge.domain.coordinates import SYSTEMS
from wangge.domain.crs import METRIC
from wangge.store.spot_list import spot_table
from wangge.text import Lang, Text

_FONTS: Final[Mapping[Lang, Font]] = MappingProxyType({"zh": Font(16.0), "en": Font(12.0)})  # 三号
_LEADINGS: Final[Mapping[Lang, float]] = MappingProxyType({"zh": 1.75, "en": 1.6})
_TIGHTER: Final = (1.7, 1.65, 1.6, 1.55, 1.5)
_SIGNATURE: Final = 4  # lines: an empty one, who signs, when, whom to ask
_BETWEEN: Final[Mapping[Lang, float]] = MappingProxyType({"zh": 0.0, "en": 6.0})
_HEAD: Final = Font(26.0, bold=True, color="major")
_LEAST: Final = 15.0  # points of a long sender
_RULE: Final = 170 * MM  # as GB/T 9704 sets the two lines of a letter's head
_SIGNED: Final = 4 * 16.0  # points right of the signature
_MAP: Final = 150 * MM
_AROUND: Final = 25.0  # metres around the spots


@dataclass(frozen=True, slots=True)
class LampRequest:
    """What the letter says besides what the community holds.

    Attributes
    ----------
    proposal
        The lamps asked for.
    on
        Ids of the alleys they are for.
    to
        The office written to.
    doors, people, alone, disabled
        Who must walk these alleys in the dark: households, people, households of elders living
        alone, and with a disabled resident.  None: too few, or not to be told.  Whatever is given,
        a count under rule ``smallest_count`` is written ``<5``: the letter leaves the house.
    system
        Id in `SYSTEMS` of the coordinates in the list.
    sender
        Who signs; empty: the community's residents' committee.
    number, contact
        Number of the letter, and post and telephone for questions; empty: left out.
    """

    proposal: Proposal
    on: tuple[str, ...]
    to: str
    doors: int | None
    people: int | None
    alone: int | None
    disabled: int | None
    system: str = METRIC
    sender: str = ""
    number: str = ""
    contact: str = ""


def lamp_letter(community: Community, request: LampRequest, *, today: date, lang: Lang) -> bytes:
    """Return the letter as PDF: one page or two, then the map, then the list of spots.

    Parameters
    ----------
    community
        Cut to the role; used for names, the light on the alleys and the map.
    request
        What is asked for.
    today
        The date of the letter.
    lang
        Language of the letter.

    Raises
    ------
    KeyError
        If there is no such alley or coordinate system.
    """
    of = words.known(community, request.on, request.proposal, lang)
    sender = request.sender or words.SENDER.fill(name=name_of(community)).in_(lang)
    sheet = Sheet(of.title, lang=lang, day=today, note=note_of(community, lang))
    _head(sheet, sender, request.number)
    sheet.title(of.title, size=21)
    sheet.gap(2 * MM)
    counts = (request.doors, request.people, request.alone, request.disabled)
    asked = len(request.proposal.spots) > 0
    indent = words.INDENT[lang]
    paragraphs = [
        (words.TO.fill(to=request.to).in_(lang), 0),
        *((text, indent) for text in words.body(of, counts, request.proposal, lang)),
        *((annex.in_(lang), 0) for annex in (words.ANNEXES if asked else ())),
    ]
    contact = words.CONTACT.fill(contact=request.contact).in_(lang) if request.contact else ""
    leading = _leading(sheet, paragraphs)
    for at, (text, lead) in enumerate(paragraphs):
        sheet.gap(_BETWEEN[lang] if at else 0.0)
        sheet.paragraph(text, _FONTS[lang], leading=leading, indent=lead)
    _sign(sheet, sender, contact, leading)
    if asked:
        _map(sheet, community, request)
        _list(sheet, community, request)
    return sheet.finish()


def _leading(sheet: Sheet, paragraphs: Sequence[tuple[str, int]]) -> float:
    """Return the widest leading that leaves the signature on the page; the usual if none does."""
    font, usual = _FONTS[sheet.lang], _LEADINGS[sheet.lang]
    count = _SIGNATURE + sum(
        len(sheet.paper.lines("\u3000" * lead + text, sheet.inner, font))
        for text, lead in paragraphs
    )
    room = sheet.room - _BETWEEN[sheet.lang] * len(paragraphs)
    fits = [one for one in (usual, *_TIGHTER) if count * one * font.size <= room]
    return fits[0] if fits else usual


def _head(sheet: Sheet, sender: str, number: str) -> None:
    """Draw the head of a letter: the sender, and under it a thick and a thin line."""
    paper, middle = sheet.paper, MARGIN + sheet.inner / 2
    share = min(1.0, sheet.inner / max(1.0, paper.wide(paper.clean(sender), _HEAD)))
    font = replace(_HEAD, size=max(_HEAD.size * share, _LEAST))
    name = paper.shorten(sender, _RULE, font)
    paper.letter(middle, MARGIN + 7 * MM, name, font, align="center")
    y, left = MARGIN + 13 * MM, middle - _RULE / 2
    paper.rule(left, y, left + _RULE, y, width=2.0, color=_HEAD.color)
    paper.rule(left, y + 2.6, left + _RULE, y + 2.6, width=0.7, color=_HEAD.color)
    sheet.y = y + 4 * MM
    if number:
        sheet.paragraph(number, Font(14), align="right")
    sheet.y += 6 * MM


def _sign(sheet: Sheet, sender: str, contact: str, leading: float) -> None:
    """Write who signs and when, together on one page, and whom to ask."""
    paper, font, lang = sheet.paper, _FONTS[sheet.lang], sheet.lang
    step = font.size * leading
    lines = [paper.shorten(sender, sheet.inner - _SIGNED, font), long_date(sheet.day).in_(lang)]
    wide = max(paper.wide(line, font) for line in lines)
    sheet.gap(step)
    sheet.need(len(lines) * step + (step if contact else 0))
    middle = sheet.right - _SIGNED - wide / 2
    for line in lines:
        sheet.y += step
        base = sheet.y - step / 2 + font.size * 0.36
        paper.letter(middle, base, line, font, align="center")
    if contact:
        sheet.paragraph(contact, replace(font, size=font.size - 2), indent=words.INDENT[lang])


def _map(sheet: Sheet, community: Community, request: LampRequest) -> None:
    sheet.turn()
    _annex(sheet, words.ANNEX.fill(n=1), words.MAP_TITLE)
    spots = request.proposal.spots
    found = extent_of(spots.geometry.buffer(_AROUND))
    if found is None:
        return
    kinds: list[SpotKind] = ["repair" if lamp else "new" for lamp in spots["lamp_id"].fillna("")]
    at = zip(spots.geometry.x, spots.geometry.y, kinds, strict=True)
    marked = tuple(Spot(str(k), x, y, kind) for k, (x, y, kind) in enumerate(at, start=1))
    layers = ("unlit", "streetlights")
    plan = Plan(community, sheet.day, sheet.lang, found, layers, marked)
    legend = [(kind, label) for kind, label in words.SPOTS.items() if kind in kinds]
    put_map(sheet, plan, _MAP, spots=legend)


def _list(sheet: Sheet, community: Community, request: LampRequest) -> None:
    sheet.turn()
    lang, system = sheet.lang, SYSTEMS[request.system]
    _annex(sheet, words.ANNEX.fill(n=2), words.LIST_TITLE)
    sheet.paragraph(words.SYSTEM.fill(title=system.title).in_(lang), BODY)
    sheet.gap(2 * MM)
    held = spot_table(request.proposal.spots, community.alleys, system, lang=lang)
    decimals = {label.in_(lang): system.decimals for label, _ in system.columns}
    widths = (11, 26, 24, 16, 18, 26, 26, 20)
    columns = [
        Column(str(name), width, "left" if k in {1, 2} else "center" if k == 0 else "right")
        for k, (name, width) in enumerate(zip(held.columns, widths, strict=True))
    ]
    rows = [
        [_written(value, decimals.get(str(name))) for name, value in row.items()]
        for _, row in held.astype(object).iterrows()
    ]
    total = f"{request.proposal.cost_yuan:,.0f}"
    last = [Line(words.TOTAL.in_(lang), bold=True)], *("",) * 5, [Line(total, bold=True)]
    table(sheet, columns, [*rows, ["", *last]])
    sheet.gap(2 * MM)
    sheet.paragraph(words.ESTIMATED.in_(lang), SMALL)


def _annex(sheet: Sheet, label: Text, title: Text) -> None:
    sheet.paragraph(label.in_(sheet.lang), Font(14, bold=True))
    sheet.title(title.in_(sheet.lang), size=18)


def _written(value: object, decimals: int | None) -> str:
    """Write a cell of the list; a number of metres or yuan without a needless decimal."""
    if isinstance(value, float):
        if np.isnan(value):
            return "–"
        return f"{value:.{decimals}f}" if decimals is not None else f"{value:,g}"
    return str(value)
