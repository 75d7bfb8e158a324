"""Lit alleys glowing, for the lighting page."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from layers._layer import CLASS, Class, Layer, Stroke, Style
from wangge.analysis.lighting import alley_lighting
from wangge.community import Community
from wangge.text import Text


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return the streets and alleys whose lamps reach them."""
    held = community.alleys
    state = community.derive(alley_lighting)["state"]
    return held[state == "lit"].assign(**{CLASS: "lit"})


LAYER = Layer(
    id="lit",
    title=Text("有灯巷道", "Lit alleys"),
    order=126,
    classes=(
        Class("lit", Text("有灯", "Lit"), Style(strokes=(Stroke("lamp", 4.5, opacity=0.9),))),
    ),
    draw=draw,
    shown=False,
    picks=False,
)
