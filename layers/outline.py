"""The border of the community."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from layers._layer import CLASS, Class, Layer, Stroke, Style
from wangge.community import Community
from wangge.text import Text


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return the community's border as a line."""
    held = community.community
    return held[["geometry"]].set_geometry(held.boundary).assign(**{CLASS: "border"})


LAYER = Layer(
    id="outline",
    title=Text("社区边界", "Community border"),
    order=120,
    classes=(
        Class(
            "border",
            Text("社区边界", "Community border"),
            Style(strokes=(Stroke("m_grid", 2.8, casing="halo", casing_width=6.5),)),
            legend=False,
        ),
    ),
    draw=draw,
    base=True,
    picks=False,
)
