"""Every threshold of the product, read from ``rules.toml`` with its source."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wangge.errors import RuleError
from wangge.text import Text


@dataclass(frozen=True, slots=True)
class Rule:
    """A threshold: what it says, its value and unit, where it comes from, whether that was read."""

    name: str
    says: Text
    value: float
    unit: str
    source: str
    edition: str
    verified: bool


@cache
def rules() -> dict[str, Rule]:
    """Return every rule by name.

    Raises
    ------
    RuleError
        If the file lacks a field of a rule.
    """
    held = tomllib.loads(Path(__file__).with_name("rules.toml").read_text("utf-8"))
    try:
        return {
            name: Rule(
                name,
                Text(row["zh"], row["en"]),
                float(row["value"]),
                row["unit"],
                row["source"],
                row["edition"],
                row["verified"],
            )
            for name, row in held.items()
        }
    except KeyError as missing:
        msg = f"A rule in rules.toml lacks {missing}."
        raise RuleError(msg) from missing


def rule(name: str) -> Rule:
    """Return the rule called `name`.

    Raises
    ------
    RuleError
        If there is no such rule.

    Examples
    --------
    >>> rule("smallest_count").value
    5.0
    """
    try:
        return rules()[name]
    except KeyError:
        msg = f"There is no rule {name!r} in rules.toml."
        raise RuleError(msg) from None
