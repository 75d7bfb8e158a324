"""The community of this process as it is now, made once for all who ask and again when it changes.

Screens and routes of one process share it: the files are read once per change of a file, the
journal is looked at once per event, the clock once per limit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import Final

from wangge.domain.actors import Actor, actor_of
from wangge.domain.roles import Role
from wangge.store.desk import Desk
from wangge.store.files import Reading, read
from wangge.store.first_import import import_hazards, require_own
from wangge.store.home import journal_at, place
from wangge.store.journal import Journal
from wangge.store.overlay import as_it_stands
from wangge.store.since import clock, standing_since
from wangge.store.stamp import Stamp, files_stamp, folder, whole

_LOCK: Final = RLock()  # who comes while it is being made waits for it, instead of making another


def journal(environment: Mapping[str, str]) -> Journal:
    """Return the journal of this process."""
    return journal_at(place(environment))


def files(environment: Mapping[str, str]) -> Reading:
    """Return what the files say, read once per change of a file.

    The first start brings the hazards of the files into the journal, before anything else is
    written there.

    Raises
    ------
    JournalError
        If the journal cannot be opened or read, or is of another community; the sentence says what
        to do.
    """
    at = folder(environment)
    with _LOCK:
        held = _files(at, files_stamp(at))
        book, now = journal(environment), clock(environment)
        if not book.version():
            import_hazards(book, held.community, now)
        require_own(book, held.community, now)
    return held


def present(environment: Mapping[str, str], now: datetime | None = None) -> tuple[Reading, Stamp]:
    """Return the files with what the journal has since seen, and what they are the state of.

    Parameters
    ----------
    environment
        Says where the files and the journal are.
    now
        The moment whose limits count; None: that of the clock.

    Raises
    ------
    JournalError
        If the journal cannot be opened or read; the sentence says what to do.
    """
    files(environment)
    at, where = folder(environment), place(environment)
    with _LOCK:
        stamp, version = files_stamp(at), journal(environment).version()
        since = standing_since(where, version, now or clock(environment))
        return _standing(at, stamp, where, version, since), whole(stamp, version, since)


def acting(environment: Mapping[str, str], role: Role, reading: Reading) -> Actor:
    """Return the post this process acts as: ``WANGGE_ACTOR``, else the usual one of `role`."""
    grids, own = reading.community.grids, environment.get("WANGGE_GRID", "")
    grid = str(grids.loc[own, "name"]) if own in grids.index else ""
    return actor_of(role, post=environment.get("WANGGE_ACTOR", ""), grid=grid)


def desk(environment: Mapping[str, str], role: Role, reading: Reading) -> Desk:
    """Return the journal as the post of this process writes to it."""
    community = reading.community
    return Desk(
        journal(environment),
        acting(environment, role, reading),
        lambda: clock(environment),
        reading.workdays,
        community.memo("present.near", community.community.union_all),
    )


@lru_cache(maxsize=2)
def _files(at: Path, stamp: Stamp) -> Reading:  # noqa: ARG001 - the stamp is the cache's key
    return read(at)


@lru_cache(maxsize=2)
def _standing(at: Path, stamp: Stamp, where: str, version: int, since: datetime) -> Reading:
    held = _known(at, stamp, where, version)
    return replace(held, community=held.community.at(since))


@lru_cache(maxsize=2)
def _known(at: Path, stamp: Stamp, where: str, version: int) -> Reading:  # noqa: ARG001 - as above
    held = _files(at, stamp)
    return replace(held, community=as_it_stands(held.community, journal_at(where)))
