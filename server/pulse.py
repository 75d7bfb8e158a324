"""The address a screen asks every second: whether anything has changed since it was drawn."""

from __future__ import annotations

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from wangge.errors import JournalError
from wangge.store.stamp import brief, stamp_now

_FRESH = {"Cache-Control": "no-store"}


def pulse(_: Request) -> JSONResponse:
    """Answer with the stamp of what is stored, 503 when the journal cannot be read.

    The stamp is a digest: it tells that something changed, never what.
    """
    try:
        return JSONResponse({"stamp": brief(stamp_now())}, headers=_FRESH)
    except JournalError:
        return JSONResponse({}, 503, _FRESH)


def routes() -> list[BaseRoute]:
    """Return the routes to give to `st.App`."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return [Route(f"/{path}/pulse" if path else "/pulse", pulse)]
