"""How long a case may take, by rule."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from wangge.domain.rules import Rule, rule, rules
from wangge.domain.workdays import UNITS, Unit, Workdays
from wangge.errors import RuleError
from wangge.text import Text

_BY_SEVERITY: Final = {"重大": "major", "较大": "serious", "一般": "general", "低": "low"}


def limit_of(kind: str, severity: str) -> Rule:
    """Return the rule for a case: of its kind if there is one, else of its severity.

    Examples
    --------
    >>> limit_of("lamp_out", "低").name, limit_of("fire_load", "重大").name
    ('limit_lamp_out', 'limit_major')
    """
    own = f"limit_{kind}"
    return rule(own if own in rules() else f"limit_{_BY_SEVERITY[severity]}")


def due_of(kind: str, severity: str, start: datetime, workdays: Workdays) -> datetime:
    """Return until when a case that began at `start` must be settled.

    Raises
    ------
    RuleError
        If the rule counts in no unit of `UNITS`.
    """
    held = limit_of(kind, severity)
    return workdays.due(start, held.value, _unit(held))


def limit_words(kind: str, severity: str) -> Text:
    """Return how long a case may take, in words.

    Examples
    --------
    >>> limit_words("fire_load", "重大").zh
    '1 个自然日'
    """
    held = limit_of(kind, severity)
    return Text("{n} {unit}", "{n} {unit}").fill(n=f"{held.value:g}", unit=UNITS[_unit(held)])


def _unit(held: Rule) -> Unit:
    for unit in UNITS:
        if unit == held.unit:
            return unit
    msg = f"Rule {held.name} counts in {held.unit!r}, not in one of {', '.join(UNITS)}."
    raise RuleError(msg)
