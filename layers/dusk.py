"""Dusk over the community: homes and yards step back, so that light and darkness stand out."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from layers._layer import CLASS, Class, Fill, Layer, Style
from wangge.community import Community
from wangge.text import Text


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return the ground of the community, to be laid over its base map."""
    held = community.community
    return held.assign(**{CLASS: "dusk"})


LAYER = Layer(
    id="dusk",
    title=Text("夜色", "Dusk"),
    order=104,
    classes=(Class("dusk", Text("夜色", "Dusk"), Style(fill=Fill("m_out", 0.42)), legend=False),),
    draw=draw,
    shown=False,
    picks=False,
    page="lighting",
)
