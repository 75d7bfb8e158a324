"""The city beyond the border, so that the community does not float on nothing."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from layers._layer import CLASS, Class, Fill, Layer, Style
from wangge.community import Community
from wangge.domain.terms import CONTEXT_KINDS
from wangge.text import Text

COLOURS = {"building": "m_ctx", "water": "m_water", "park": "m_green"}


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return buildings, water and green outside; roads are drawn with our own streets."""
    held = community.context
    held = held[held["kind"].isin(list(COLOURS))]
    return held.assign(**{CLASS: held["kind"]})


LAYER = Layer(
    id="context",
    title=Text("周边", "Surroundings"),
    order=10,
    classes=tuple(
        Class(kind, CONTEXT_KINDS[kind], Style(fill=Fill(colour)), legend=False)
        for kind, colour in COLOURS.items()
    ),
    draw=draw,
    base=True,
    picks=False,
)
