"""The live map: a Streamlit component over Leaflet and our own drawing engine."""

from __future__ import annotations

from pages._map.host import Picked, show
from pages._map.placing import Placed, Placing

__all__ = ["Picked", "Placed", "Placing", "show"]
