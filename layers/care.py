"""How many households of a building need care: counts on the building, never a door."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from layers._counts import written
from layers._layer import CLASS, Class, Field, Label, Layer, Style
from wangge.community import Community
from wangge.text import Text


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return a point on each building with a count above zero, or one too small to show."""
    held = community.buildings
    counted = written(community, "building", held.index, "care")
    made = held[["name"]].assign(**{CLASS: "care"}, care_count=counted)
    points = gpd.GeoDataFrame(made, geometry=held.representative_point(), crs=held.crs)
    return points[counted.notna() & (counted != "0")]


LAYER = Layer(
    id="care",
    title=Text("关爱户数", "Care counts"),
    order=172,
    classes=(
        Class(
            "care",
            Text("关爱户数", "Households in care"),
            Style(
                label=Label(
                    "care_count",
                    size=12,
                    color="text2",
                    place="pill",
                    band="door",
                    priority=15,
                    form=Text("关爱 {} 户", "Care {}"),
                ),
                band="door",
            ),
        ),
    ),
    draw=draw,
    tooltip=(
        Field("name", Text("楼栋", "Building")),
        Field("care_count", Text("关爱户", "Households in care"), Text("户", "")),
    ),
    roles=("worker", "planner", "secretary"),
    shown=False,
    picks=False,
)
