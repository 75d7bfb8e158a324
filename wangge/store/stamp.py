"""What changes when anything shown does: names, times and sizes of the files, and the journal."""

from __future__ import annotations

import os
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Final

from wangge.store.home import ROOT, journal_at, place

Stamp = tuple[tuple[str, int, int], ...]
_JOURNAL: Final = "journal"


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
    version = journal_at(place(environment)).version()
    return whole(files_stamp(folder(environment)), version)


def whole(files: Stamp, version: int) -> Stamp:
    """Return the stamp of files and of a journal whose last event is number `version`."""
    return (*files, (_JOURNAL, version, 0))


def brief(stamp: Stamp) -> str:
    """Return a short word that differs when `stamp` does.

    Examples
    --------
    >>> brief((("a", 1, 2),)) == brief((("a", 1, 2),)), brief(()) == brief((("a", 1, 2),))
    (True, False)
    """
    return blake2b(repr(stamp).encode(), digest_size=8).hexdigest()
