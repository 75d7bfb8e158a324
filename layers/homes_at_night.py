"""Homes whose way home is dark, and those a scenario would light."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np

from layers._layer import CLASS, Class, Field, Fill, Layer, Stroke, Style
from wangge.analysis.edits import undone
from wangge.analysis.ways_home import doors_at_night
from wangge.community import Community
from wangge.domain.rules import rule
from wangge.text import Text

OUTCOMES = ("darkened", "dark", "lit")


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return the homes with a dark gap on their way, now or before the scenario that is tried."""
    held = community.buildings
    least = rule("dark_stretch_m").value
    now, was = (doors_at_night(one) for one in (community, undone(community)))
    dark, before = (one["longest_dark_m"].reindex(held.index) >= least for one in (now, was))
    step = np.select([dark & ~before, dark, before], OUTCOMES, "")
    homes = held["kind"].isin(["slab", "tower", "courtyard"]).to_numpy()
    some: gpd.GeoDataFrame = held[homes & (step != "")]
    return some.assign(
        **{CLASS: step[homes & (step != "")]},
        metres=now["metres"].reindex(some.index).round(),
        dark_m=now["dark_m"].reindex(some.index).round(),
    )


LAYER = Layer(
    id="homes_at_night",
    title=Text("回家路", "Ways home"),
    order=106,
    classes=(
        Class(
            "dark",
            Text("回家要走暗路", "Dark way home"),
            Style(fill=Fill("gap", 0.3), strokes=(Stroke("gap", 1.4),)),
        ),
        Class(
            "darkened",
            Text("方案后变暗", "Darkened by the scenario"),
            Style(fill=Fill("gap", 0.75), strokes=(Stroke("gap", 2.2),)),
        ),
        Class(
            "lit",
            Text("方案后照亮", "Lit by the scenario"),
            Style(fill=Fill("lamp", 0.85), strokes=(Stroke("accent", 1.6),)),
        ),
    ),
    draw=draw,
    tooltip=(
        Field("name", Text("楼栋", "Building")),
        Field("metres", Text("到街或服务站", "To a street or station"), Text("米", "m")),
        Field("dark_m", Text("其中无灯", "Of these dark"), Text("米", "m")),
    ),
    roles=("worker", "planner", "secretary"),
    shown=False,
    picks=False,
    page="lighting",
)
