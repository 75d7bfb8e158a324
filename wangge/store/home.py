"""Where the journal of this process is kept, opened once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from wangge.store.engine import engine_of
from wangge.store.journal import Journal

ROOT: Final = Path(__file__).parents[2]
FILE: Final = "journal.gpkg"


def home(environment: Mapping[str, str]) -> Path:
    """Return the folder of what this product keeps: ``WANGGE_HOME``, else ``var`` of the project.

    Examples
    --------
    >>> home({"WANGGE_HOME": "/srv/wangge"}).as_posix()
    '/srv/wangge'
    """
    return Path(environment.get("WANGGE_HOME") or ROOT / "var")


def place(environment: Mapping[str, str]) -> str:
    """Return where the journal is: the URL in ``WANGGE_DB``, else a file in `home`."""
    return environment.get("WANGGE_DB") or str(home(environment) / FILE)


@cache
def journal_at(where: str) -> Journal:
    """Open the journal at `where` (see `place`), once in this process.

    Raises
    ------
    JournalError
        If it cannot be opened; the sentence says what to do.
    """
    return Journal(engine_of(where if "://" in where else Path(where)))
