"""The page of `bench.map`, served with the map's routes but without the product's strict policy.

The policy would refuse the bundle of streamlit-folium, which evaluates text it is sent.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from server import fonts
from server import map as map_routes

app = st.App(
    Path(__file__).with_name("_map_page.py"), routes=[*fonts.routes(), *map_routes.routes()]
)
