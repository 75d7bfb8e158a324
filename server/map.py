"""What the live map fetches over HTTP: its scripts, Leaflet, and layer bodies by digest."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path
from typing import Final

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from layers._body import Body
from wangge.domain.roles import Role, role_named

ROOT: Final = Path(__file__).parents[1]
ENGINE: Final = ROOT / "layers" / "_draw"
HOST: Final = ROOT / "pages" / "_map"
ASSETS: Final = ROOT / "layers" / "_assets"
FOREVER: Final = "public, max-age=31536000, immutable"  # every address names its content
ASK_AGAIN: Final = "private, no-cache"  # a reload asks, so an ended session gets nothing


class Vendored(StaticFiles):
    """Files whose folder carries the version, so a browser never asks twice."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Add the caching header that Streamlit's own static serving leaves out."""
        response = await super().get_response(path, scope)
        if response.status_code < 400:  # noqa: PLR2004  # HTTP: an error begins here
            response.headers["Cache-Control"] = FOREVER
        return response


def role_of(_: Request) -> Role:
    """Return who asks: until sign-in comes, the role this process runs for."""
    return role_named(os.environ.get("WANGGE_ROLE", "secretary"))


def scripts(folder: Path) -> Callable[[Request], Awaitable[Response]]:
    """Return what serves the modules in `folder`; the digest in an address names the content."""

    async def script(request: Request) -> Response:
        path = folder / f"{request.path_params['name']}.js"
        if path.parent != folder or not path.is_file():
            return Response(status_code=404)
        headers = {"Cache-Control": FOREVER}
        return FileResponse(path, media_type="text/javascript", headers=headers)

    return script


async def body(request: Request) -> Response:
    """Serve a body to the role it was made for; to another role it does not exist.

    Styles and base map hold no residents: a browser may keep them for good. All else it asks for
    again after a reload, and is told 304 if it may still see what it has.
    """
    digest = request.path_params["digest"]
    # Looked up late: after a hot reload the pages hold a new module, hence a new shelf.
    shelf = import_module("layers._body").SHELF
    found: Body | None = shelf.get(role_of(request), digest)
    if found is None:
        return Response(status_code=404, headers={"Cache-Control": "no-store"})
    etag = f'"{digest}"'
    keep = "private, max-age=31536000, immutable" if found.still else ASK_AGAIN
    headers = {"ETag": etag, "Cache-Control": keep, "Vary": "Cookie"}
    asked = request.headers.get("if-none-match", "")
    if etag in (part.strip().removeprefix("W/") for part in asked.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(found.content, media_type="application/geo+json", headers=headers)


def routes() -> list[BaseRoute]:
    """Return the routes to give to `st.App`, under the path the application is served at."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    under = f"/{path}/map" if path else "/map"
    return [
        Mount(f"{under}/vendor", Vendored(directory=ASSETS)),
        Route(f"{under}/bodies/{{digest}}.json", body),
        Route(f"{under}/{{version}}/{{name}}.js", scripts(HOST)),
        Route(f"{under}/{{version}}/draw/{{name}}.js", scripts(ENGINE)),
    ]
