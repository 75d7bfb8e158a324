"""Homes beyond a walk to a service station, in three steps; what is within reach gets no ink."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np

from layers._layer import CLASS, Class, Field, Fill, Layer, Stroke, Style
from wangge.analysis.coverage import walk_to_station
from wangge.community import Community
from wangge.domain.rules import rule
from wangge.text import Text

OPACITIES = {"beyond_5": 0.3, "beyond_10": 0.55, "beyond_15": 0.8}
LABELS = {
    "beyond_5": Text("5 分钟外", "Beyond 5 min"),
    "beyond_10": Text("10 分钟外", "Beyond 10 min"),
    "beyond_15": Text("15 分钟外或不通", "Beyond 15 min or cut off"),
}


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return the homes outside the five-minute circle of every station, on the walking net."""
    held = community.buildings
    metres = community.derive(walk_to_station)["metres"]
    far = metres.fillna(np.inf).to_numpy(dtype=float)
    within = [rule(f"walk_{minutes}min_m").value for minutes in (5, 10, 15)]
    step = np.array(["", *OPACITIES])[np.searchsorted(within, far, side="left")]
    homes = held["kind"].isin(["slab", "tower", "courtyard"]).to_numpy()
    seen = homes & (step != "")
    far_homes: gpd.GeoDataFrame = held[seen]
    return far_homes.assign(**{CLASS: step[seen]}, metres=metres[seen].round())


LAYER = Layer(
    id="reach",
    title=Text("服务半径", "Reach of stations"),
    order=94,
    classes=tuple(
        Class(
            key,
            LABELS[key],
            Style(fill=Fill("gap", opacity), strokes=(Stroke("gap", 0.9),)),
        )
        for key, opacity in reversed(OPACITIES.items())
    ),
    draw=draw,
    tooltip=(
        Field("name", Text("楼栋", "Building")),
        Field("metres", Text("到服务站", "To a station"), Text("米", "m")),
    ),
    shown=False,
    picks=False,
)
