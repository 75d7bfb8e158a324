"""Photos on a sheet, two a row; one that cannot be read leaves a frame that says so."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from papers._paper import MARGIN, MM, Font
from papers._sheet import SMALL, Sheet
from wangge.store.photos import Photo, safe_photo
from wangge.text import Text

MOST: Final = 4
BROKEN: Final = Text("照片无法读取。", "This photo cannot be read.")
MORE: Final = Text("还有 {n} 张照片没有印出。", "{n} more photos are not printed.")
_ROW: Final = 2
_GAP: Final = 6 * MM
_HIGH: Final = 58 * MM
_CAPTION: Final = Font(SMALL.size)
_STEP: Final = 12.5


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as bytes of a JPEG, PNG or WebP file, and what is written under it."""

    caption: str
    data: bytes


def photos(sheet: Sheet, pictures: Sequence[Picture]) -> None:
    """Draw the first four photos, drawn anew from their pixels: nothing else of a file is kept."""
    wide = (sheet.inner - _GAP) / 2
    shown = pictures[:MOST]
    for row in (shown[:2], shown[2:]) if len(shown) > _ROW else (shown,):
        told = [sheet.paper.lines(one.caption, wide, _CAPTION)[:2] for one in row]
        high = _HIGH + max(len(lines) for lines in told) * _STEP + 2 * MM
        sheet.need(high)
        for at, (one, lines) in enumerate(zip(row, told, strict=True)):
            left = MARGIN + at * (wide + _GAP)
            _draw(sheet, one, left, wide)
            for down, line in enumerate(lines, start=1):
                sheet.paper.letter(left, sheet.y + _HIGH + down * _STEP, line, _CAPTION)
        sheet.y += high
        sheet.gap(2 * MM)
    if len(pictures) > MOST:
        sheet.paragraph(MORE.fill(n=len(pictures) - MOST).in_(sheet.lang), SMALL)


def _draw(sheet: Sheet, one: Picture, left: float, wide: float) -> None:
    """Draw one photo as large as its frame lets it, or that it cannot be read."""
    paper, top = sheet.paper, sheet.y
    held = safe_photo(one.data)
    if isinstance(held, Photo):
        share = min(wide / held.width, _HIGH / held.height)
        w, h = held.width * share, held.height * share
        at = left + (wide - w) / 2, top + (_HIGH - h) / 2
        paper.image(io.BytesIO(held.jpeg), *at, w, h)
        paper.block(*at, w, h, line="text3")
        return
    paper.block(left, top, wide, _HIGH, fill="subtle", line="text3")
    told = BROKEN.in_(sheet.lang)
    paper.say(left + wide / 2, top + _HIGH / 2, told, SMALL, align="center")
