"""Which new major hazard the wall announces, and for how long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from wangge.domain.rules import rule


@dataclass(frozen=True, slots=True)
class Alarms:
    """The major hazards seen so far, and those still to be announced, oldest first.

    `since` is when (seconds) the first of `queue` came up; `known` is None before the first look,
    when everything open is taken as seen.
    """

    known: frozenset[str] | None = None
    queue: tuple[str, ...] = ()
    since: float = 0.0
    told: int = 0  # announced and gone, since the queue was last empty

    def look(self, major: Iterable[str], now: float) -> Alarms:
        """Return the alarms after seeing that `major` are open at `now`.

        A hazard not seen before joins the queue; one that is open no more leaves it; the first
        makes room for the next after rule ``alarm_seconds``.

        Examples
        --------
        >>> Alarms().look(["Z1"], 0).look(["Z1", "Z2"], 5).queue
        ('Z2',)
        """
        here = tuple(dict.fromkeys(major))
        if self.known is None:
            return Alarms(frozenset(here))
        fresh = tuple(sorted(set(here) - self.known))
        kept = tuple(one for one in self.queue if one in here)
        changed = kept[:1] != self.queue[:1] or not self.queue
        after = replace(
            self,
            known=self.known | frozenset(here),
            queue=kept + fresh,
            since=now if changed else self.since,
            told=self.told if kept or fresh else 0,
        )
        over = after.queue and now - after.since >= rule("alarm_seconds").value
        return after.next(now) if over else after

    def next(self, now: float) -> Alarms:
        """Return the alarms after the first was seen by someone."""
        queue = self.queue[1:]
        return replace(self, queue=queue, since=now, told=self.told + 1 if queue else 0)

    @property
    def place(self) -> tuple[int, int]:
        """Which of how many is announced, such as (1, 3)."""
        return self.told + 1, self.told + len(self.queue)
