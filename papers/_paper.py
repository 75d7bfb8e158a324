"""A4 pages to write and draw on, in points from the top left, in the colours of the light theme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from math import cos, radians, sin
from pathlib import Path
from typing import Final, Literal

import numpy as np
from fpdf import FPDF
from fpdf.fonts import TTFFont
from numpy.typing import ArrayLike

from layers._tokens import TOKENS
from papers._letters import lines, printable, shorten
from wangge.text import Lang

MM: Final = 72 / 25.4  # points a millimetre
MARGIN: Final = 25 * MM
FONTS: Final = Path(__file__).parent / "_assets" / "fonts"
_LOCALES: Final = {"zh": "zh-CN", "en": "en-GB"}
_FAMILY: Final = "sc"
Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Font:
    """How letters look: `size` in points, `color` a token."""

    size: float
    bold: bool = False
    color: str = "text"


class Paper(FPDF):
    """The pages of one sheet; whatever is written is made printable first.

    Built on `FPDF` for fonts, files and pictures; paths and letters are written as PDF operators
    here, for it has no path with holes and no round halo around letters that is quick enough.
    """

    def __init__(self, title: str, *, lang: Lang, day: date, turned: bool = False) -> None:
        super().__init__("landscape" if turned else "portrait", unit="pt", format="A4")
        self.set_auto_page_break(auto=False)
        self.alias_nb_pages("")  # or "{nb}" in somebody's text would become the number of pages
        for style, weight in (("", 400), ("B", 700)):
            self.add_font(_FAMILY, style, FONTS / f"noto-sans-sc-{weight}.woff")
        self.held = frozenset(map(chr, self._face(Font(1)).cmap))
        self.set_lang(_LOCALES[lang])
        self.set_title(self.clean(title).replace("\n", " "))
        self.set_creator("Wangge")
        self.set_creation_date(datetime.combine(day, time(), UTC))

    @property
    def inner(self) -> float:
        """The width between the margins, in points."""
        return float(self.w) - 2 * MARGIN

    def clean(self, text: object) -> str:
        """Return `text` as it will be printed."""
        return printable(text, self.held)

    def wide(self, text: str, font: Font) -> float:
        """Return how wide a printable `text` is, in points."""
        return float(self._face(font).get_text_width(text, font.size, None)[1])

    def lines(self, text: object, width: float, font: Font) -> list[str]:
        """Return `text` in lines no wider than `width`."""
        return lines(self.clean(text), width, partial(self.wide, font=font))

    def shorten(self, text: object, width: float, font: Font) -> str:
        """Return `text` on one line, cut where it is wider than `width`."""
        return shorten(self.clean(text), width, partial(self.wide, font=font))

    def say(self, x: float, y: float, text: object, font: Font, *, align: Align = "left") -> None:
        """Write one line; `x` is its left, middle or right as `align` says, `y` its baseline."""
        self.letter(x, y, self.clean(text), font, align=align)

    def letter(
        self,
        x: float,
        y: float,
        text: str,
        font: Font,
        *,
        align: Align = "left",
        angle: float = 0.0,
        halo: tuple[str, float] | None = None,
        spread: float = 0.0,
    ) -> None:
        """Write a printable `text`, turned clockwise by `angle` degrees around its point.

        `halo` is the colour and the width of a line around each letter, instead of the letter;
        `spread` is left free after each letter.
        """
        if not text:
            return
        face = self._face(font)
        moved = {"left": 0.0, "center": 0.5, "right": 1.0}[align] * self.wide(text, font)
        turn = radians(-angle)
        left, base = x - moved * cos(turn), self.h - y - moved * sin(turn)
        place = f"{cos(turn):.4f} {sin(turn):.4f} {-sin(turn):.4f} {cos(turn):.4f}"
        look = f"{_rgb(font.color)} rg 0 Tr"
        if halo:
            look = f"{_rgb(halo[0])} RG {halo[1]:.2f} w 1 j 1 Tr"
        self._set_font_for_page(face, font.size)  # tells the page that it uses the font
        written = face.encode_text(text)
        self._out(
            f"q BT /F{face.i} {font.size:.2f} Tf {spread:.3f} Tc {look}"
            f" {place} {left:.2f} {base:.2f} Tm {written} ET Q"
        )

    def path(
        self,
        parts: Iterable[ArrayLike],
        *,
        fill: str = "",
        line: str = "",
        width: float = 0.6,
        dash: Sequence[float] = (),
        closed: bool = True,
        round_: bool = True,
    ) -> None:
        """Draw one path of `parts`, coordinates (k, 2) each; areas in areas are holes."""
        traced = self._traced(parts, closed=closed)
        if not traced or not (fill or line):
            return
        look = [f"{_rgb(fill)} rg"] if fill else []
        if line:
            ends = "1 J 1 j" if round_ else "0 J 0 j 4 M"
            look.append(f"{_rgb(line)} RG {width:.2f} w {ends}")
            look.append(f"[{' '.join(f'{one:.2f}' for one in dash)}] 0 d")
        paint = "B*" if fill and line else "f*" if fill else "S"
        self._out(f"q {' '.join(look)} {traced} {paint} Q")

    def rule(
        self, x: float, y: float, x2: float, y2: float, *, width: float = 0.5, color: str = "text3"
    ) -> None:
        """Draw a straight line from (x, y) to (x2, y2)."""
        ends = np.array([(x, y), (x2, y2)])
        self.path([ends], line=color, width=width, closed=False, round_=False)

    def block(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        *,
        fill: str = "",
        line: str = "",
        width: float = 0.5,
    ) -> None:
        """Draw a rectangle from its top left."""
        corners = np.array([(x, y), (x + w, y), (x + w, y + h), (x, y + h)])
        self.path([corners], fill=fill, line=line, width=width, round_=False)

    @contextmanager
    def within(self, x: float, y: float, w: float, h: float) -> Iterator[None]:
        """Let nothing drawn here be seen outside a rectangle."""
        self._out(f"q {x:.2f} {self.h - y - h:.2f} {w:.2f} {h:.2f} re W n")
        yield
        self._out("Q")

    @contextmanager
    def inside(self, parts: Iterable[ArrayLike]) -> Iterator[None]:
        """Let nothing drawn here be seen outside an area."""
        traced = self._traced(parts, closed=True)
        self._out(f"q {traced} W* n")
        yield
        self._out("Q")

    def _traced(self, parts: Iterable[ArrayLike], *, closed: bool) -> str:
        found = []
        for part in parts:
            xy = np.asarray(part, float)
            if len(xy) < 2:  # noqa: PLR2004 - a point is no path
                continue
            x, y = xy[:, 0].tolist(), (self.h - xy[:, 1]).tolist()
            rest = " ".join(f"{a:.2f} {b:.2f} l" for a, b in zip(x[1:], y[1:], strict=True))
            found.append(f"{x[0]:.2f} {y[0]:.2f} m {rest}" + (" h" if closed else ""))
        return " ".join(found)

    def _face(self, font: Font) -> TTFFont:
        face = self.fonts[_FAMILY + ("B" if font.bold else "")]
        if not isinstance(face, TTFFont):  # never: both were added as files
            raise TypeError(face)
        return face


def _rgb(name: str) -> str:
    """Return the token's colour as three shares."""
    code = TOKENS["light"].get(name, name)
    return " ".join(f"{int(code[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))
