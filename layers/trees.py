"""Trees along streets and in yards."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from layers._layer import CLASS, Class, Layer, Style, Symbol
from wangge.community import Community
from wangge.text import Text


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return the trees."""
    return community.trees[["geometry"]].assign(**{CLASS: "tree"})


LAYER = Layer(
    id="trees",
    title=Text("树木", "Trees"),
    order=80,
    classes=(
        Class(
            "tree",
            Text("树木", "Tree"),
            Style(symbol=Symbol("circle", 1.5, "m_tree", metres=(1.7, 3.2)), band="fit"),
            legend=False,
        ),
    ),
    draw=draw,
    base=True,
    picks=False,
)
