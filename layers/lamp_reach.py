"""How far the working lamps reach, for the lighting page."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import shapely

from layers._layer import CLASS, Class, Fill, Layer, Stroke, Style
from wangge.analysis.lamp_reach import reaches
from wangge.community import Community
from wangge.text import Text

CORNERS = 12  # a quarter circle has this many; it is a picture, the lengths are exact without it


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return the ground within reach of a working lamp, discs that meet made one."""
    held = community.streetlights
    reach = reaches(held)
    discs = shapely.buffer(held.geometry.to_numpy()[reach > 0], reach[reach > 0], quad_segs=CORNERS)
    shapes = shapely.get_parts(shapely.union_all(discs))
    index = [f"reach {k + 1}" for k in range(len(shapes))]
    return gpd.GeoDataFrame({CLASS: "reach"}, index=index, geometry=shapes, crs=held.crs)


LAYER = Layer(
    id="lamp_reach",
    title=Text("照射范围", "Lamp reach"),
    order=122,
    classes=(
        Class(
            "reach",
            Text("灯光所及", "Within reach"),
            Style(fill=Fill("lamp", 0.14), strokes=(Stroke("lamp", 0.8, opacity=0.55),)),
        ),
    ),
    draw=draw,
    shown=False,
    picks=False,
    page="lighting",
)
