"""Streets and alleys glowing as far as their lamps reach, for the lighting page."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from layers._layer import CLASS, Class, Layer, Stroke, Style
from wangge.analysis.lighting import lit_stretches
from wangge.community import Community
from wangge.text import Text


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return every stretch of street or alley that a working lamp reaches."""
    lit = community.derive(lit_stretches)
    return lit.assign(**{CLASS: "lit"}).set_axis([f"lit {k + 1}" for k in range(len(lit))])


LAYER = Layer(
    id="lit",
    title=Text("有灯巷道", "Lit alleys"),
    order=126,
    classes=(
        Class("lit", Text("有灯", "Lit"), Style(strokes=(Stroke("lamp", 4.5, opacity=0.9),))),
    ),
    draw=draw,
    shown=False,
    picks=False,
)
