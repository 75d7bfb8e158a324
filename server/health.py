"""The address a watchdog asks: whether the process is up and has its data."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from wangge.store.stamp import folder


async def healthz(_: Request) -> JSONResponse:
    """Answer 200 when the process serves and its data folder holds tables, else 503.

    The answer names no path: whoever may reach the port may read it.
    """
    held = folder()
    tables = len(list(held.glob("*.geojson"))) if held.is_dir() else 0
    body = {"ok": tables > 0, "tables": tables}
    return JSONResponse(body, 200 if tables else 503, {"Cache-Control": "no-store"})


def routes() -> list[BaseRoute]:
    """Return the routes to give to `st.App`."""
    return [Route("/healthz", healthz)]
