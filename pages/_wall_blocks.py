"""What stands in the wall's right column, as data, and the HTML it becomes.

All sizes are classes of ``_wall.css``; every text is escaped here, once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Final, Literal

from wangge.text import Lang, Text

Tone = Literal["risk", "gap", "work", "plain"]
Sign = Literal["", "重大", "较大", "一般", "低"]

# The same four shapes as on the map (layers/hazards.py); their outlines are in the style sheet.
_SHAPES: Final[dict[Sign, str]] = {
    "重大": "major",
    "较大": "serious",
    "一般": "general",
    "低": "low",
}
BLANK: Final = Text("", "")


@dataclass(frozen=True, slots=True)
class Hero:
    """The answer of a block: a figure, what it counts, and a second figure at the right."""

    figure: str
    label: Text
    tone: Tone = "plain"
    sign: Sign = ""
    before: Text = BLANK  # of the second figure
    second: str = ""
    after: Text = BLANK


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what at the left, how much or how long at the right."""

    left: Text
    right: Text = BLANK
    sign: Sign = ""
    figure: str = ""  # bold, between `left` and `unit`
    unit: Text = BLANK


@dataclass(frozen=True, slots=True)
class Signs:
    """Counts by severity on one line."""

    counts: tuple[tuple[Sign, Text, str], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Up to four figures of equal rank side by side, each over its label."""

    shown: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence in place of content: there is nothing to show."""

    says: Text


Row = Hero | Line | Signs | Figures | Note


@dataclass(frozen=True, slots=True)
class Block:
    """A titled part of the column."""

    title: Text
    tone: Tone
    rows: tuple[Row, ...]
    note: Text = BLANK


def sign(name: Sign) -> str:
    """Return the symbol of a severity; nothing for none."""
    if not name:
        return ""
    mark = "!" if name == "重大" else ""
    return f'<i class="wall-sign {_SHAPES[name]}" aria-hidden="true">{mark}</i>'


def column(blocks: Iterable[Block], lang: Lang) -> str:
    """Return the right column as HTML.

    Examples
    --------
    >>> block = Block(Text("险情", "Hazards"), "risk", (Note(Text("没有。", "None.")),))
    >>> column([block], "en").count("<section")
    1
    """
    return "".join(_block(block, lang) for block in blocks)


def _block(block: Block, lang: Lang) -> str:
    rows = "".join(_row(row, lang) for row in block.rows)
    return (
        f'<section class="wall-block {block.tone}" lang="{lang}">'
        f"<header><h2>{_say(block.title, lang)}</h2><p>{_say(block.note, lang)}</p></header>"
        f"{rows}</section>"
    )


def _row(row: Row, lang: Lang) -> str:
    if isinstance(row, Hero):
        return _hero(row, lang)
    if isinstance(row, Line):
        figure = f"<b>{escape(row.figure)}</b> {_say(row.unit, lang)}" if row.figure else ""
        return (
            f'<div class="wall-line">{sign(row.sign)}<span>{_say(row.left, lang)} {figure}</span>'
            f"<em>{_say(row.right, lang)}</em></div>"
        )
    if isinstance(row, Signs):
        counts = "".join(
            f"<span>{sign(name)}{_say(label, lang)} {escape(count)}</span>"
            for name, label, count in row.counts
        )
        return f'<div class="wall-signs">{counts}</div>'
    if isinstance(row, Figures):
        cells = "".join(
            f"<div><b>{escape(figure)}</b><span>{_say(label, lang)}</span></div>"
            for figure, label in row.shown
        )
        return f'<div class="wall-figures">{cells}</div>'
    return f'<p class="wall-note">{_say(row.says, lang)}</p>'


def _hero(row: Hero, lang: Lang) -> str:
    second = (
        f"<p>{_say(row.before, lang)}<b>{escape(row.second)}</b>{_say(row.after, lang)}</p>"
        if row.second
        else ""
    )
    return (
        f'<div class="wall-hero {row.tone}">{sign(row.sign)}<b>{escape(row.figure)}</b>'
        f"<span>{_say(row.label, lang)}</span>{second}</div>"
    )


def _say(text: Text, lang: Lang) -> str:
    return escape(text.in_(lang))
