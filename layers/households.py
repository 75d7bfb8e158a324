"""Households, as dots without names, for those who work with them."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from layers._layer import CLASS, Class, Layer, Style, Symbol, fields
from wangge.community import Community
from wangge.text import Text


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return every household's place; nothing about who lives there leaves the server."""
    held = community.households
    return held[["unit", "room", "geometry"]].assign(**{CLASS: "household"})


LAYER = Layer(
    id="households",
    title=Text("住户", "Households"),
    order=170,
    classes=(
        Class(
            "household",
            Text("住户", "Household"),
            Style(symbol=Symbol("circle", 1.25, "text2", near=2), band="door"),
        ),
    ),
    draw=draw,
    tooltip=fields("households", "unit", "room"),
    roles=("worker", "planner", "secretary"),
    shown=False,
)
