"""The ground of every compound: the base map under whatever is said about it."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from layers._layer import CLASS, Class, Fill, Layer, Style
from wangge.community import Community
from wangge.text import Text


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return every compound's ground."""
    return community.compounds[["geometry"]].assign(**{CLASS: "parcel"})


LAYER = Layer(
    id="parcels",
    title=Text("小区用地", "Compound ground"),
    order=40,
    classes=(
        Class("parcel", Text("小区", "Compound"), Style(fill=Fill("m_parcel")), legend=False),
    ),
    draw=draw,
    base=True,
    picks=False,
)
