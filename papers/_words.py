"""Words several sheets write, and how they write dates, lengths and small counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import pandas as pd

from layers._words import WORDS as MAP_WORDS
from wangge.community import Community
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
    return "" if names is None or names.empty else named(names.iloc[0], "")


def named(name: object, otherwise: object) -> str:
    """Return a name from the data, or what stands for it where it is missing.

    Examples
    --------
    >>> named("油坊巷", "A15"), named(float("nan"), "A15"), named("", "A15")
    ('油坊巷', 'A15', 'A15')
    """
    missing = name is None or name is pd.NA or name != name or not str(name).strip()  # noqa: PLR0124
    return str(otherwise if missing else name)
