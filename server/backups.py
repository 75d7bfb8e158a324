"""A copy of the journal each day, made by the running product itself."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

import streamlit as st

from wangge.domain.rules import rule
from wangge.domain.workdays import PLACE
from wangge.errors import WanggeError
from wangge.store.backup import back_up, backups
from wangge.store.home import home, place

_FIRST: Final = 60.0  # seconds after the start, when the first screens have been served
_EVERY: Final = 3600.0  # seconds between two looks
_HOUR: Final = 3600.0
_LOG: Final = logging.getLogger(__name__)


def due(environment: Mapping[str, str], now: float) -> bool:
    """Tell whether the journal is a file and its last copy older than rule ``backup_hours``.

    Parameters
    ----------
    environment
        Says where the journal is.
    now
        Seconds since 1970.
    """
    where = place(environment)
    if "://" in where or not Path(where).is_file():
        return False
    made = [path.stat().st_mtime for path in backups(home(environment) / "backups")]
    return now - max(made, default=0.0) > rule("backup_hours").value * _HOUR


def copy(environment: Mapping[str, str]) -> None:
    """Copy the journal into the folder ``backups`` beside it; a failure is logged, never raised."""
    try:
        made = back_up(Path(place(environment)), home(environment) / "backups", datetime.now(PLACE))
        _LOG.info("backed up: %s", made.name)
    except (WanggeError, OSError):
        _LOG.exception("the journal could not be backed up")


async def keep_copying(first: float = _FIRST, every: float = _EVERY) -> None:
    """Make a copy whenever one is due, until the product ends."""
    await asyncio.sleep(first)
    while True:
        if due(os.environ, time.time()):
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
