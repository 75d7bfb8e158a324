"""A copy of the journal each day, made by the running product itself."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Final

import streamlit as st

from wangge.domain.rules import rule
from wangge.domain.workdays import PLACE
from wangge.errors import WanggeError
from wangge.store.backup import back_up
from wangge.store.backup_names import backups_in
from wangge.store.home import backups, journal_at, place

_FIRST: Final = 60.0  # seconds after the start, when the first screens have been served
_EVERY: Final = 900.0  # seconds between two looks
_LOG: Final = logging.getLogger(__name__)


def age(environment: Mapping[str, str], now: datetime) -> timedelta | None:
    """Return how old the last good backup is, None: there is none."""
    made = backups_in(backups(environment))
    return max(now - made[-1].at, timedelta()) if made else None


def due(environment: Mapping[str, str], now: datetime) -> bool:
    """Tell whether a copy should be made now.

    One is due when none is younger than rule ``backup_hours``; at the quiet hour of rule
    ``backup_at_hour`` already when none was made that day.
    """
    old = age(environment, now)
    if old is None or old >= timedelta(hours=rule("backup_hours").value):
        return True
    return now.hour == int(rule("backup_at_hour").value) and old > timedelta(hours=now.hour + 1)


def copy(environment: Mapping[str, str]) -> None:
    """Copy the journal into the folder of backups; a failure is logged, never raised."""
    try:
        journal = journal_at(place(environment), environment)
        if journal.version():
            made = back_up(journal, backups(environment), datetime.now(PLACE))
            _LOG.info("backed up: %s", made.path.name)
    except (WanggeError, OSError):
        _LOG.exception("the journal could not be backed up")


async def keep_copying(first: float = _FIRST, every: float = _EVERY) -> None:
    """Make a copy whenever one is due, until the product ends."""
    await asyncio.sleep(first)
    while True:
        if due(os.environ, datetime.now(PLACE)):
            await asyncio.to_thread(copy, os.environ)
        await asyncio.sleep(every)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Copy the journal while the product runs."""
    task = asyncio.create_task(keep_copying())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
