"""What a table and its columns are declared with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from wangge.domain.terms import Terms
from wangge.text import Text

Kind = Literal["text", "int", "float", "bool", "date", "time", "list"]


@dataclass(frozen=True, slots=True)
class Column:
    """One attribute: name, both labels, type, unit, bounds, allowed words, who may see it.

    A ``date`` is stored as ``YYYY-MM-DD``, a ``time`` as ``HH:MM``, a ``list`` as a list of words.
    ``refers_to`` names the table whose id the value is; ``required`` refuses null.
    ``private`` columns never leave the server for a role that does not need them.
    """

    name: str
    label: Text
    kind: Kind = "text"
    unit: str = ""
    low: float | None = None
    high: float | None = None
    terms: Terms = field(default_factory=dict)
    refers_to: str = ""
    required: bool = True
    private: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: name, both labels, allowed geometry types (none: a register), columns."""

    name: str
    label: Text
    geometry: tuple[str, ...]
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """Return the column called `name`; raise `KeyError` if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)
