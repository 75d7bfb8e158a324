"""Every kind of fault a check can find, with what it says and what to do about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from wangge.domain.rules import rule
from wangge.store.problems import Level, Problem
from wangge.text import Text

_LONGEST = 48  # characters of a quoted value


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault: its stable code, what is wrong, what to do; ``{name}`` marks a value."""

    code: str
    message: Text
    advice: Text
    level: Level = "error"

    def at(
        self, table: str, feature: object = "", column: str = "", /, **values: object
    ) -> Problem:
        """Return the fault found at one place, its message filled with `values`."""
        return Problem(
            table,
            shown(feature),
            column,
            self.code,
            self.message.fill(**values),
            self.advice.fill(**values),
            self.level,
        )


def shown(value: object) -> str:
    r"""Return `value` short and harmless enough to print: cut, and without control characters.

    Examples
    --------
    >>> shown("a\x1b[2Jb")
    'a�[2Jb'
    """
    text = value if isinstance(value, str) else repr(value)
    text = "".join(c if c.isprintable() else "\ufffd" for c in text[: _LONGEST + 1])
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


@dataclass(slots=True)
class Findings:
    """Collects problems; of one kind in one column it keeps at most rule `problems_per_kind`.

    So a file of a million broken rows stays a readable list; `listed` says how many were left out.
    """

    limit: int = field(default_factory=lambda: int(rule("problems_per_kind").value))
    found: list[Problem] = field(default_factory=list)
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, problem: Problem) -> None:
        """Keep `problem`, or count it once its kind is full."""
        key = (problem.table, problem.code, problem.column)
        self.counts[key] += 1
        if self.counts[key] <= self.limit:
            self.found.append(problem)

    def listed(self, more: Fault) -> tuple[Problem, ...]:
        """Return the problems, with one `more` for each kind that was cut short."""
        cut = (
            more.at(table, "", column, code=code, n=n - self.limit)
            for (table, code, column), n in self.counts.items()
            if n > self.limit
        )
        return (*self.found, *cut)
