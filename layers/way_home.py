"""The way home to one building, cut where its light changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import geopandas as gpd

from layers._layer import CLASS, Class, Field, Layer, Stroke, Style
from wangge.analysis.ways_home import way_home
from wangge.community import Community
from wangge.text import Text


@dataclass(frozen=True, slots=True)
class Home:
    """Draws the way home to `building`; two of the same building draw the same."""

    building: str

    def __call__(self, community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG002  # the contract
        """Return the pieces of the way, in the order they are walked; none to no building."""
        if self.building not in community.buildings.index:
            empty = community.alleys.iloc[:0][["geometry"]]
            return empty.assign(length_m=0.0).assign(**{CLASS: "lit"})
        way = way_home(community, self.building)
        names = [f"{self.building} {k + 1}" for k in range(len(way))]
        named: gpd.GeoDataFrame = way.rename(columns={"light": CLASS}).set_axis(names)
        return named.assign(length_m=named["length_m"].round())


def to(building: str) -> Layer:
    """Return the layer that draws the way home to `building`."""
    return replace(LAYER, draw=Home(building))


LAYER = Layer(
    id="way_home",
    title=Text("这一户的回家路", "This way home"),
    order=133,
    classes=(
        Class(
            "lit",
            Text("回家路有灯", "Way home, lit"),
            Style(strokes=(Stroke("lamp", 5, casing="accent", casing_width=9),)),
            legend=False,
        ),
        Class(
            "dark",
            Text("回家路无灯", "Way home, dark"),
            Style(strokes=(Stroke("gap", 5, (9, 4.5), casing="accent", casing_width=9),)),
            legend=False,
        ),
        Class(
            "unknown",
            Text("院内，未夜查", "Yard or unchecked"),
            Style(strokes=(Stroke("unsurveyed", 3, (2, 3), casing="accent", casing_width=7),)),
            legend=False,
        ),
    ),
    draw=Home(""),
    tooltip=(Field("length_m", Text("长度", "Length"), Text("米", "m")),),
    roles=("worker", "planner", "secretary"),
    shown=False,
    picks=False,
    page="lighting",
)
