"""The ground inside the border: blocks, parks, water, school yards."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from layers._layer import CLASS, Class, Fill, Label, Layer, Style
from wangge.community import Community
from wangge.domain.terms import GROUND_KINDS
from wangge.text import Text

COLOURS = {
    "land": "m_land",
    "school": "m_parcel",
    "hospital": "m_parcel",
    "office": "m_parcel",
    "market": "m_parcel",
    "plaza": "m_plaza",
    "park": "m_green",
    "play": "m_play",
    "water": "m_water",
}
OVERLAP_M = 0.3  # pieces overlap by this much, so that no seam shows between them
NAME = Label("name", size=12, color="m_label2", priority=40)


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return the community's own land, and every piece of ground less the smaller ones on it.

    A park may lie in a running track and a square in a park: the smaller piece is always seen.
    """
    land = community.community[["geometry"]].assign(**{CLASS: "inside"}, name=None)
    pieces = community.ground[community.ground["kind"].isin(list(COLOURS))]
    pieces = pieces[["name", "geometry"]].assign(**{CLASS: pieces["kind"]})
    if pieces.empty:
        return land
    pieces = pieces.set_geometry(_without_smaller(pieces.geometry), crs=pieces.crs)
    pieces = pieces[~pieces.is_empty]
    return pieces if land.empty else gpd.GeoDataFrame(pd.concat([land, pieces]), crs=land.crs)


def _without_smaller(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    held = shapes.to_numpy().copy()
    areas = shapely.area(held)
    tree = shapely.STRtree(held)
    for at in np.argsort(-areas, kind="stable"):
        near = tree.query(shapes.iloc[at], predicate="intersects")
        smaller = near[areas[near] < areas[at]]
        if len(smaller):
            inner = shapely.buffer(shapes.to_numpy()[smaller], -OVERLAP_M)
            held[at] = shapely.difference(held[at], shapely.union_all(inner))
    return gpd.GeoSeries(held, index=shapes.index, crs=shapes.crs)


LAYER = Layer(
    id="ground",
    title=Text("地面", "Ground"),
    order=20,
    classes=(
        Class("inside", Text("社区", "Community"), Style(fill=Fill("m_land")), legend=False),
        *(
            Class(kind, GROUND_KINDS[kind], Style(fill=Fill(colour), label=NAME), legend=False)
            for kind, colour in COLOURS.items()
        ),
    ),
    draw=draw,
    base=True,
    picks=False,
)
