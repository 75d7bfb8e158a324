"""Photos of cases over HTTP, by digest, for the roles that see what was noted."""

from __future__ import annotations

import os
from typing import Final

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.map import ASK_AGAIN, role_of
from wangge.errors import JournalError
from wangge.store.home import journal_at, place
from wangge.store.privacy import SIGHT

_FRESH: Final = {"Cache-Control": "no-store"}


def photo(request: Request) -> Response:
    """Serve a photo; to a role that sees no notes it does not exist.

    A browser asks again each time, and is told 304 if it may still see what it has, 503 while the
    journal cannot be read.
    """
    digest = request.path_params["digest"]
    if not SIGHT[role_of(request)].notes:
        return Response(status_code=404, headers=_FRESH)
    try:
        jpeg = journal_at(place(os.environ)).photo(digest)
    except JournalError:
        return Response(status_code=503, headers=_FRESH)
    if jpeg is None:
        return Response(status_code=404, headers=_FRESH)
    etag = f'"{digest}"'
    headers = {
        "ETag": etag,
        "Cache-Control": ASK_AGAIN,
        "Vary": "Cookie",
        "Content-Disposition": "inline",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    asked = request.headers.get("if-none-match", "")
    if etag in (part.strip().removeprefix("W/") for part in asked.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(jpeg, media_type="image/jpeg", headers=headers)


def routes() -> list[BaseRoute]:
    """Return the routes to give to `st.App`, under the path the application is served at."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    under = f"/{path}/photos" if path else "/photos"
    return [Route(f"{under}/{{digest}}.jpg", photo)]
