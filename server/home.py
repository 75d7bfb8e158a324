"""The first page under its own name: Streamlit serves it at ``/`` and knows no other address."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Route


def routes(first: str) -> list[BaseRoute]:
    """Return the routes to give to `st.App`: ``/<first>?…`` leads to ``/?…``."""

    async def home(request: Request) -> RedirectResponse:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"./{query}", 307)

    return [Route(f"/{first}", home)]
