"""The typeface over HTTP: file names carry a digest, so a browser asks once and keeps them."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from layers._fonts import FOLDER, ROUTE

FOREVER: Final = "public, max-age=31536000, immutable"


class Immutable(StaticFiles):
    """Files that never change under one name."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Add the caching header that Streamlit's own static serving leaves out."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = FOREVER
        return response


def routes() -> list[BaseRoute]:
    """Return the routes to give to `st.App`."""
    return [Mount(ROUTE, Immutable(directory=FOLDER))]
