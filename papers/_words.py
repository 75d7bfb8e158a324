"""Words several sheets write, and how they write dates, lengths and small counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from layers._words import WORDS as MAP_WORDS
from wangge.community import Community
from wangge.domain.rules import rule
from wangge.text import Lang, Text

WORDS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "page": Text("第 {n} 页，共 {m} 页", "Page {n} of {m}"),
        "printed": Text("{day}", "{day}"),
        "unknown": Text("–", "–"),
        "no_place": Text("没有可画的位置。", "There is no place to draw."),
        "north": MAP_WORDS["north"],
        "metre": MAP_WORDS["metre"],
    }
)
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def long_date(day: date) -> Text:
    """Write a date as a letter does.

    Examples
    --------
    >>> long_date(date(2026, 11, 23)).zh, long_date(date(2026, 11, 23)).en
    ('2026年11月23日', '23 November 2026')
    """
    return Text(
        f"{day.year}年{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    )


def length(metres: float) -> Text:
    """Write a length in whole metres.

    Examples
    --------
    >>> length(1017.4).zh, length(54).en
    ('1,017 米', '54 m')
    """
    return Text(f"{metres:,.0f} 米", f"{metres:,.0f} m")


def note_of(community: Community, lang: Lang) -> str:
    """Return the sentence that the data are synthetic, or nothing where they are not."""
    return MAP_WORDS["synthetic"].in_(lang) if community.synthetic else ""


def name_of(community: Community) -> str:
    """Return the name of the community, empty where there is none."""
    names = community.community.get("name")
    return "" if names is None or names.empty else str(names.iloc[0])


def people(count: int | None) -> str:
    """Write a count of people or households: small ones, and hidden ones (None), are ``<5``.

    Examples
    --------
    >>> people(61), people(3), people(None), people(0)
    ('61', '<5', '<5', '0')
    """
    least = rule("smallest_count").value
    return f"<{least:.0f}" if count is None or 0 < count < least else f"{count:,}"
