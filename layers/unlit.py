"""The dark stretches themselves, in metres of way, for the lighting page."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from layers._layer import CLASS, Class, Field, Layer, Stroke, Style
from wangge.analysis.lighting import unlit_stretches
from wangge.community import Community
from wangge.domain.rules import rule
from wangge.text import Text


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return every stretch of surveyed street or alley that no working lamp reaches."""
    dark = community.derive(unlit_stretches, min_length_m=rule("dark_stretch_m").value)
    names = community.alleys["name"].reindex(dark["alley_id"]).to_numpy()
    return dark.assign(**{CLASS: "dark"}, name=names, length_m=dark["length_m"].round())


LAYER = Layer(
    id="unlit",
    title=Text("照明盲区", "Unlit stretches"),
    order=128,
    classes=(
        Class(
            "dark",
            Text("无灯段", "Unlit stretch"),
            Style(strokes=(Stroke("gap", 4, (9, 4.5), casing="halo", casing_width=7),)),
        ),
    ),
    draw=draw,
    tooltip=(
        Field("name", Text("街巷", "Street or alley")),
        Field("length_m", Text("长度", "Length"), Text("米", "m")),
    ),
    shown=False,
)
