"""What a panel says of a place, as values: chips, figures, facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from wangge.text import Text

Tone = Literal["", "gap", "edge", "major", "good"]
NOTHING: Final = Text("", "")


@dataclass(frozen=True, slots=True)
class Chip:
    """A state in a word or two, beside the name."""

    label: Text
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, and a line below that says what is wrong, if anything is."""

    label: Text
    value: str
    unit: Text = NOTHING
    note: Text = NOTHING
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What the panel shows of a place."""

    name: Text
    chips: tuple[Chip, ...]
    facts: tuple[Text, ...]
    figures: tuple[Figure, ...]


def joined(facts: Sequence[Text]) -> Text:
    """Return facts as one line.

    Examples
    --------
    >>> joined([Text("第5网格", "Grid 5"), Text("3 栋", "3 buildings")]).zh
    '第5网格・3 栋'
    """
    return Text("・".join(fact.zh for fact in facts), " · ".join(fact.en for fact in facts))
