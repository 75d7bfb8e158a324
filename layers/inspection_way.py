"""The way of one grid's round of inspections, on foot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import geopandas as gpd

from layers._layer import CLASS, Class, Layer, Stroke, Style
from wangge.analysis.inspection_round import grid_round
from wangge.community import Community
from wangge.text import Text


@dataclass(frozen=True, slots=True)
class Way:
    """Draws the way of the round of `grid`; none of no grid."""

    grid: str = ""
    weeks: int = 0

    def __call__(self, community: Community, today: date) -> gpd.GeoDataFrame:
        """Return the whole way as one line of many parts, nothing where nobody has to walk."""
        walk = grid_round(community, grid=self.grid, today=today, weeks=self.weeks)
        legs = walk.legs[~walk.legs.is_empty & walk.legs.geometry.notna()]
        drawn: gpd.GeoDataFrame = legs.assign(**{CLASS: "way"})[[CLASS, "geometry"]]
        return drawn.dissolve(CLASS, as_index=False).set_index(drawn.index[:1])


def to(grid: str, weeks: int) -> Layer:
    """Return the layer that draws the way of the round of `grid`."""
    return replace(LAYER, draw=Way(grid, weeks))


LAYER = Layer(
    id="inspection_way",
    title=Text("检查路线", "Round of inspections"),
    order=135,
    classes=(
        Class(
            "way",
            Text("步行路线", "On foot"),
            Style(strokes=(Stroke("accent", 3, casing="halo", casing_width=6, round_=True),)),
        ),
    ),
    draw=Way(),
    roles=("worker", "planner", "secretary"),
    picks=False,
    page="inspection",
)
