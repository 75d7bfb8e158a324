"""The ground inside the border: blocks, parks, water, school yards."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd

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
ORDER = {kind: at for at, kind in enumerate(COLOURS)}  # water and tracks lie on their park or yard
NAME = Label("name", size=12, color="m_label2", priority=40)


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return the community's own land, then every piece of ground, smaller uses on top."""
    land = community.community[["geometry"]].assign(**{CLASS: "inside", "name": None})
    pieces = community.ground[community.ground["kind"].isin(list(COLOURS))]
    pieces = pieces.sort_values("kind", key=lambda kinds: kinds.map(ORDER), kind="stable")
    pieces = pieces[["name", "geometry"]].assign(**{CLASS: pieces["kind"]})
    if land.empty or pieces.empty:
        return pieces if land.empty else land
    return gpd.GeoDataFrame(pd.concat([land, pieces]), crs=land.crs)


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
