"""The address a watchdog asks: whether the process is up and has its data."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from server.backups import age
from wangge.errors import JournalError
from wangge.store.home import journal_at, place
from wangge.store.stamp import folder


def healthz(_: Request) -> JSONResponse:
    """Answer 200 when the process serves, its data folder holds tables and its journal reads.

    ``journal`` is the number of the last event (null: it cannot be read), ``backup_age_s`` how old
    the last good backup is (null: there is none).  The answer names no path: whoever may reach the
    port may read it.
    """
    held = folder()
    tables = len(list(held.glob("*.geojson"))) if held.is_dir() else 0
    journal, old = _events(), age(os.environ, datetime.now(UTC))
    body = {
        "ok": tables > 0 and journal is not None,
        "tables": tables,
        "journal": journal,
        "backup_age_s": None if old is None else int(old.total_seconds()),
    }
    return JSONResponse(body, 200 if body["ok"] else 503, {"Cache-Control": "no-store"})


def _events() -> int | None:
    try:
        return journal_at(place(os.environ)).version()
    except JournalError:
        return None


def routes() -> list[BaseRoute]:
    """Return the routes to give to `st.App`."""
    return [Route("/healthz", healthz)]
