"""Compound walls, open at the gates."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import shapely

from layers._layer import CLASS, Class, Layer, Stroke, Style
from wangge.community import Community
from wangge.text import Text

OPENING_M = 8.0  # how much of the wall a gate takes


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return each compound's outline less eight metres at each of its gates."""
    held, gates = community.compounds, community.gates
    openings = {
        compound: shapely.union_all(shapely.buffer(mine.geometry.to_numpy(), OPENING_M / 2))
        for compound, mine in gates.groupby("compound_id")
    }
    around = shapely.boundary(held.geometry.to_numpy())
    walls = [
        shapely.difference(wall, openings[compound]) if compound in openings else wall
        for compound, wall in zip(held.index, around, strict=True)
    ]
    made = gpd.GeoDataFrame({CLASS: "wall"}, index=held.index, geometry=walls, crs=held.crs)
    return made[~made.is_empty]


LAYER = Layer(
    id="walls",
    title=Text("围墙", "Walls"),
    order=50,
    classes=(
        Class("wall", Text("围墙", "Wall"), Style(strokes=(Stroke("m_wall", 1.05),)), legend=False),
    ),
    draw=draw,
    base=True,
    picks=False,
)
