"""The dark stretches by how many people must walk them on their way home."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np

from layers._layer import CLASS, Class, Field, Layer, Stroke, Style
from layers.unlit import FIELDS, NAME, stretches
from wangge.analysis.ways_home import walkers
from wangge.community import Community
from wangge.text import Text

FROM = (1, 20, 100)  # people from which a stretch is drawn wider
KEYS = np.array(["nobody", "some", "more", "many"])


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return every dark stretch, classed by the people whose way home has darkness on its alley."""
    dark = stretches(community)
    held = walkers(community)[["doors", "people"]].reindex(dark["alley_id"])
    people = held["people"].fillna(0).to_numpy(int)
    return dark.assign(
        **{CLASS: KEYS[np.digitize(people, FROM)]},
        doors=held["doors"].fillna(0).to_numpy(int),
        people=people,
    )


def _style(width: float) -> Style:
    stroke = Stroke("gap", width, casing="halo", casing_width=width + 3)
    return Style(strokes=(stroke,), label=NAME)


LAYER = Layer(
    id="unlit_people",
    title=Text("暗段行人", "Who walks the dark"),
    order=129,
    classes=(
        Class("many", Text("100 人以上必经", "100 people or more"), _style(9)),
        Class("more", Text("20-99 人", "20-99"), _style(6)),
        Class("some", Text("不足 20 人", "Under 20"), _style(3.5)),
        Class("nobody", Text("无人必经", "Nobody has to"), _style(1.6)),
    ),
    draw=draw,
    tooltip=(
        *FIELDS,
        Field("doors", Text("必经", "Must walk it"), Text("户", "households")),
        Field("people", Text("人口", "People"), Text("人", "")),
    ),
    roles=("worker", "planner", "secretary"),
    shown=False,
    page="lighting",
)
