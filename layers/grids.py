"""The nine grids: their borders and numbers."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from layers._counts import written
from layers._layer import CLASS, Class, Field, Label, Layer, Stroke, Style, fields
from wangge.analysis.places import counts
from wangge.community import Community
from wangge.text import Text


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return every grid; its pill shows the number in its id, or else its name."""
    held = community.grids
    if held.empty:
        return held.assign(**{CLASS: "grid"}, number=None, households=None, hazards_open=None)
    here = community.derive(counts, now=community.now).loc["grid"].reindex(held.index)
    numbers = held.index.to_series().astype(str).str.extract(r"(\d+)$", expand=False)
    return held.assign(
        **{CLASS: "grid"},
        number=numbers.where(numbers.notna(), held["name"]),
        households=written(community, "grid", held.index),
        hazards_open=here["hazards_open"],
    )


LAYER = Layer(
    id="grids",
    title=Text("网格", "Grids"),
    order=110,
    classes=(
        Class(
            "grid",
            Text("网格", "Grid"),
            Style(
                strokes=(Stroke("m_grid", 1.6, (12, 4, 2, 4), casing="halo", casing_width=4.2),),
                label=Label(
                    "number",
                    color="m_grid",
                    bold=True,
                    place="pill",
                    band="far",
                    priority=80,
                    form=Text("网格 {}", "Grid {}"),
                ),
            ),
            legend=False,
        ),
    ),
    draw=draw,
    tooltip=(
        *fields("grids", "name", "branch", "leader_post"),
        Field("households", Text("住户", "Households"), Text("户", "")),
        Field("hazards_open", Text("未结隐患", "Open hazards"), Text("处", "")),
    ),
)
