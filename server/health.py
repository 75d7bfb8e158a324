"""The address a watchdog asks: whether the process is up and has its data."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

ROOT: Final = Path(__file__).parents[1]


def data_folder() -> Path:
    """Return the folder the community is read from (``WANGGE_DATA``, default ``data/geo``)."""
    return Path(os.environ.get("WANGGE_DATA") or ROOT / "data" / "geo")


async def healthz(_: Request) -> JSONResponse:
    """Answer 200 when the process serves and its data folder holds tables, else 503.

    The answer names no path: whoever may reach the port may read it.
    """
    folder = data_folder()
    tables = len(list(folder.glob("*.geojson"))) if folder.is_dir() else 0
    body = {"ok": tables > 0, "tables": tables}
    return JSONResponse(body, 200 if tables else 503, {"Cache-Control": "no-store"})


def routes() -> list[BaseRoute]:
    """Return the routes to give to `st.App`."""
    return [Route("/healthz", healthz)]
