"""The names of compounds, for maps on which who manages them is not the question."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from layers._layer import CLASS, Class, Label, Layer, Style
from wangge.community import Community
from wangge.text import Text


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return every compound, all alike."""
    return community.compounds.assign(**{CLASS: "compound"})


LAYER = Layer(
    id="compound_names",
    title=Text("小区名称", "Names of compounds"),
    order=112,
    classes=(
        Class(
            "compound",
            Text("小区", "Compound"),
            Style(label=Label("name", color="m_label2", priority=20)),
            legend=False,
        ),
    ),
    draw=draw,
    shown=False,
    picks=False,
    page="lighting",
)
