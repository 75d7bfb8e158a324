"""A fault in user data is a value: where it is, what is wrong, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wangge.text import Text

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: table (or file), feature id and column where known, what is wrong and to do."""

    table: str
    feature: str
    column: str
    code: str  # stable, kebab-case: "self-crossing"
    message: Text  # what is wrong
    advice: Text  # what to do
    level: Level = "error"
