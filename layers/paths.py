"""Lanes and paths inside the compounds."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from layers._layer import CLASS, Class, Layer, Stroke, Style
from wangge.community import Community
from wangge.text import Text


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return every yard lane and path in its width."""
    return community.paths.assign(**{CLASS: "path"})


LAYER = Layer(
    id="paths",
    title=Text("院内道路", "Yard paths"),
    order=70,
    classes=(
        Class(
            "path",
            Text("院内道路", "Yard path"),
            Style(strokes=(Stroke("m_path", 1, width_column="width_m"),)),
            legend=False,
        ),
    ),
    draw=draw,
    base=True,
    picks=False,
)
