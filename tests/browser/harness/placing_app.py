"""A page on which points are placed, served as the product is: same routes, same policy.

``?mode=pin`` or ``?mode=add``; every placing is written on the page, and added ones are drawn as
lamps. ``?slow=1`` answers late, ``?pin=113.05,36.05`` begins with a pin, ``?off=1`` places nothing,
``?tall=1`` has much below the map, ``?compare=1`` shows the lamps before and after.
"""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

sys.path.insert(0, str(Path(__file__).parents[3]))

from server import fonts, headers
from server import map as map_routes

app = st.App(
    Path(__file__).with_name("placing_page.py"),
    routes=[*fonts.routes(), *map_routes.routes()],
    middleware=[Middleware(headers.SecurityHeaders)],
)
