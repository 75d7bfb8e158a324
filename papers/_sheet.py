"""A sheet that grows: title, paragraphs and notes flow down the page and on to the next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from papers._letters import HAN
from papers._paper import MARGIN, MM, Align, Font, Paper
from papers._words import WORDS, long_date
from wangge.text import Lang

SIZE: Final = 10.5  # 五号
LEADING: Final = 1.6
BODY: Final = Font(SIZE)
SMALL: Final = Font(8.5, color="text2")
_FOOT: Final = 15 * MM  # from the bottom of the page
_TITLE: Final = 18.0
_TITLE_LINES: Final = 3


class Sheet:
    """An A4 sheet of any number of pages.

    Every page carries what the data are (`note`), the day, and its number of how many; from the
    second on, the title again.  `y` is where the next thing begins, in points from the top.
    """

    def __init__(
        self, title: str, *, lang: Lang, day: date, note: str = "", turned: bool = False
    ) -> None:
        self.paper = Paper(title, lang=lang, day=day, turned=turned)
        self.lang: Lang = lang
        self.day, self.note = day, note
        self._head = self.paper.shorten(title, self.inner, SMALL)
        self.y = MARGIN
        self.paper.add_page()

    @property
    def inner(self) -> float:
        """The width between the margins, in points."""
        return self.paper.inner

    @property
    def right(self) -> float:
        """Where the right margin begins, in points."""
        return MARGIN + self.inner

    @property
    def bottom(self) -> float:
        """Where the lower margin begins, in points."""
        return float(self.paper.h) - MARGIN

    @property
    def room(self) -> float:
        """How much of the page is left, in points."""
        return self.bottom - self.y

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on this page yet."""
        return self.y <= MARGIN

    def turn(self) -> None:
        """Begin a new page."""
        self.paper.add_page()
        self.y = MARGIN
        self.paper.say(MARGIN, MARGIN - 6 * MM, self._head, SMALL)
        self.paper.rule(MARGIN, MARGIN - 4 * MM, self.right, MARGIN - 4 * MM)

    def need(self, height: float) -> None:
        """Begin a new page unless `height` is left on this one."""
        if self.room < height and not self.fresh:
            self.turn()

    def gap(self, height: float) -> None:
        """Leave `height` empty; never at the top of a page."""
        if not self.fresh:
            self.y = min(self.y + height, self.bottom)

    def title(self, text: str, *, under: Iterable[str] = (), size: float = _TITLE) -> None:
        """Write the title in the middle, and lines under it in small letters."""
        middle, font = MARGIN + self.inner / 2, Font(size, bold=True)
        found = self.paper.lines(text, self.inner, font)
        if len(found) > _TITLE_LINES:
            rest = " ".join(found[_TITLE_LINES - 1 :])
            found[_TITLE_LINES - 1 :] = [self.paper.shorten(rest, self.inner, font)]
        for line in found:
            self.y += size * 1.35
            self.paper.letter(middle, self.y - size * 0.25, line, font, align="center")
        small = Font(SIZE, color="text2")
        for told in under:
            self.y += SIZE * LEADING
            line = self.paper.shorten(told, self.inner, small)
            self.paper.letter(middle, self.y - SIZE * 0.3, line, small, align="center")
        self.y += 4 * MM

    def section(self, text: str, *, keep: float = 20 * MM) -> None:
        """Write a small heading that stays with the `keep` points after it."""
        self.gap(3 * MM)
        self.need(SIZE * LEADING + keep)
        self.paragraph(text, Font(SIZE + 0.5, bold=True))
        self.gap(1 * MM)

    def paragraph(
        self,
        text: str,
        font: Font = BODY,
        *,
        leading: float = LEADING,
        indent: int = 0,
        align: Align = "left",
    ) -> None:
        """Write `text` over the whole width; `indent` is that of its first line, in letters.

        `leading` is the height of a line in letters.
        """
        step, lead = font.size * leading, "\u3000" * indent
        middle = MARGIN + self.inner / 2
        x = {"left": MARGIN, "center": middle, "right": self.right}[align]
        for part in self.paper.clean(text).split("\n"):
            found = self.paper.lines(lead + part, self.inner, font)
            for at, line in enumerate(found):
                self.need(step)
                self.y += step
                full = align == "left" and at < len(found) - 1
                spread = self._spread(line, font) if full else 0.0
                base = self.y - step / 2 + font.size * 0.36
                self.paper.letter(x, base, line, font, align=align, spread=spread)

    def blanks(self, *labels: str) -> None:
        """Leave one line to fill in by hand: after each label a rule."""
        step = SIZE * 2.6
        self.need(step)
        self.y += step
        each = self.inner / max(1, len(labels))
        for at, label in enumerate(labels):
            left = MARGIN + at * each
            text = self.paper.shorten(label, each * 0.6, BODY)
            self.paper.letter(left, self.y - 4, text, BODY)
            start = left + self.paper.wide(text, BODY) + 4
            self.paper.rule(start, self.y - 2, left + each - 8, self.y - 2, color="text")

    def _spread(self, line: str, font: Font) -> float:
        """Return what is left free after each letter so that a Chinese line fills the width."""
        left = self.inner - self.paper.wide(line, font)
        han = sum(ord(char) >= HAN for char in line)
        return left / (len(line) - 1) if 0 < left < 4 * font.size and han * 2 > len(line) else 0.0

    def finish(self) -> bytes:
        """Write the foot of every page and return the PDF."""
        paper, total = self.paper, self.paper.pages_count
        foot, middle = float(paper.h) - _FOOT, MARGIN + self.inner / 2
        for number in range(1, total + 1):
            paper.page = number
            paper.rule(MARGIN, foot - 12, self.right, foot - 12, width=0.4)
            told = WORDS["page"].fill(n=number, m=total).in_(self.lang)
            paper.say(self.right, foot, told, SMALL, align="right")
            printed = WORDS["printed"].fill(day=long_date(self.day)).in_(self.lang)
            paper.say(middle, foot, printed, SMALL, align="center")
            note = paper.shorten(self.note, self.inner * 0.34, SMALL)
            paper.say(MARGIN, foot, note, SMALL)
        return bytes(paper.output())
