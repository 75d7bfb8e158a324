"""Composition root: one ASGI app serves the pages, the map, the fonts and the health check.

``streamlit run app.py`` and ``uvicorn app:app`` both start it.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

import pages
from server import (
    backups,
    dialogs,
    errors,
    fonts,
    headers,
    health,
    home,
    opening,
    photos,
    pulse,
    report,
)
from server import map as map_routes

app = st.App(
    Path(__file__).parent / "pages" / "_frame.py",
    lifespan=backups.lifespan,
    routes=[
        *health.routes(),
        *home.routes(pages.find_all()[0].id),
        *fonts.routes(),
        *map_routes.routes(),
        *photos.routes(),
        *pulse.routes(),
        *report.routes(),
    ],
    middleware=[
        Middleware(opening.OpenFirst),
        Middleware(headers.SecurityHeaders),
        Middleware(dialogs.NoErrorDialogs),
    ],
    on_script_error=errors.tell,
)
