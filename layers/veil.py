"""A veil over everything outside the border."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import shapely

from layers._layer import CLASS, Class, Fill, Layer, Style
from wangge.community import Community
from wangge.text import Text

REACH_M = 4000.0  # how far out the veil lies


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return the land around the community, with the community cut out of it."""
    held = community.community
    inside = shapely.union_all(held.geometry.to_numpy())
    shapes = [] if held.empty else [inside.envelope.buffer(REACH_M).difference(inside)]
    index = [f"{key} veil" for key in held.index[:1]]
    return gpd.GeoDataFrame({CLASS: "veil"}, index=index, geometry=shapes, crs=held.crs)


LAYER = Layer(
    id="veil",
    title=Text("社区以外", "Outside"),
    order=100,
    classes=(
        Class("veil", Text("社区以外", "Outside"), Style(fill=Fill("m_out", 0.5)), legend=False),
    ),
    draw=draw,
    base=True,
    picks=False,
)
