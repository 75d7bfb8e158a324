"""Backups in their folder: each named by when it was made and how far it reaches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from wangge.domain.rules import rule

_NAME: Final = re.compile(r"journal-(\d{8})T(\d{6})Z-(\d{6,})\.gpkg")
_MOMENT: Final = "%Y%m%d%H%M%S"


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A backup that was checked when it was made: when (UTC), and its last event."""

    at: datetime
    seq: int
    path: Path


def name_of(at: datetime, seq: int) -> str:
    """Return the name of a backup.

    Examples
    --------
    >>> name_of(datetime(2026, 11, 25, 4, 15, tzinfo=UTC), 123)
    'journal-20261125T041500Z-000123.gpkg'
    """
    return f"journal-{at.astimezone(UTC):%Y%m%dT%H%M%S}Z-{seq:06d}.gpkg"


def backups_in(folder: Path) -> list[Backup]:
    """Return the backups in `folder`, oldest first; whatever else lies there is passed over."""
    found = []
    for path in folder.glob("journal-*.gpkg"):
        if told := _NAME.fullmatch(path.name):
            try:
                at = datetime.strptime(told[1] + told[2], _MOMENT).replace(tzinfo=UTC)
            except ValueError:  # digits that are no day
                continue
            found.append(Backup(at, int(told[3]), path))
    return sorted(found)


def superfluous(backups: Iterable[Backup]) -> list[Backup]:
    """Return the backups that no rule keeps.

    Kept are the last of each of the last days, weeks and months that have one (rules
    ``backup_days``, ``backup_weeks``, ``backup_months``).

    Examples
    --------
    >>> from datetime import timedelta
    >>> at = datetime(2026, 11, 25, tzinfo=UTC)
    >>> twice_a_day = [Backup(at - timedelta(hours=12 * n), 1, Path(str(n))) for n in range(4)]
    >>> [one.path.name for one in superfluous(twice_a_day)]
    ['2']
    """
    newest_first = sorted(backups, reverse=True)
    kept: set[Backup] = set()
    periods: tuple[tuple[str, Callable[[datetime], object]], ...] = (
        ("backup_days", lambda at: at.date()),
        ("backup_weeks", lambda at: at.isocalendar()[:2]),
        ("backup_months", lambda at: (at.year, at.month)),
    )
    for name, period in periods:
        last: dict[object, Backup] = {}
        for one in newest_first:
            last.setdefault(period(one.at), one)
        kept.update(list(last.values())[: int(rule(name).value)])
    return [one for one in newest_first if one not in kept]
