"""What changes when anything shown does: the files, the journal, and the limits that pass."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Final

from wangge.store.home import ROOT, journal_at, place
from wangge.store.since import clock, standing_since

Stamp = tuple[tuple[str, int, int], ...]
_JOURNAL: Final = "journal"
_CLOCK: Final = "clock"


def folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Return where the tables are: ``WANGGE_DATA``, else ``data/geo`` of the project."""
    return Path(environment.get("WANGGE_DATA") or ROOT / "data" / "geo")


def files_stamp(at: Path) -> Stamp:
    """Return names, times and sizes of the files read from `at`, which change when a file does."""
    found = [*at.glob("*.geojson"), *(at.parent / "register").glob("*.csv")]
    marks = []
    for path in sorted(found):
        try:
            held = path.stat()
        except OSError:  # gone since it was listed: the next run will not list it
            continue
        marks.append((path.name, held.st_mtime_ns, held.st_size))
    return tuple(marks)


def stamp_now(environment: Mapping[str, str] = os.environ) -> Stamp:
    """Return the stamp of everything shown, without reading any table.

    Raises
    ------
    JournalError
        If the journal cannot be read.
    """
    where = place(environment)
    version = journal_at(where).version()
    since = standing_since(where, version, clock(environment))
    return whole(files_stamp(folder(environment)), version, since)


def whole(files: Stamp, version: int, since: datetime) -> Stamp:
    """Return the stamp of files and of a journal whose last event is number `version`.

    `since` is from when on nothing became due, see `standing_since`.
    """
    return (*files, (_JOURNAL, version, 0), (_CLOCK, int(since.timestamp() * 1_000_000), 0))


def brief(stamp: Stamp) -> str:
    """Return a short word that differs when `stamp` does.

    Examples
    --------
    >>> brief((("a", 1, 2),)) == brief((("a", 1, 2),)), brief(()) == brief((("a", 1, 2),))
    (True, False)
    """
    return blake2b(repr(stamp).encode(), digest_size=8).hexdigest()
