"""Where the same hazard came back within the year, the larger the more often."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np

from layers._layer import CLASS, Class, Field, Label, Layer, Style, Symbol
from wangge.analysis.recurring_spots import recurring_spots
from wangge.community import Community
from wangge.domain.terms import HAZARD_KINDS
from wangge.text import Text

FROM = (2, 4)  # times from which a spot is drawn larger
KEYS = np.array(["once", "some", "often"])


def draw(community: Community, today: date) -> gpd.GeoDataFrame:
    """Return the spots where cases came back in the year before `today`."""
    held = community.derive(recurring_spots, today=today)
    times = held["times"].to_numpy(int)
    return held.assign(
        **{CLASS: KEYS[np.digitize(times, FROM)]},
        says=[f"{n}×" for n in times],
    )


def _style(size: float) -> Style:
    symbol = Symbol("circle", size, "gap_tint", edge="gap", edge_width=2, casing=1.2, movable=True)
    label = Label("says", 12, "gap", bold=True, place="beside", band="fit", priority=40)
    return Style(symbol=symbol, label=label)


LAYER = Layer(
    id="recurrence",
    title=Text("复发", "Came back"),
    order=195,
    classes=(
        Class("often", Text("复发 4 次以上", "4 times or more"), _style(12)),
        Class("some", Text("2-3 次", "2-3 times"), _style(9)),
        Class("once", Text("1 次", "Once"), _style(6.5)),
    ),
    draw=draw,
    tooltip=(
        Field("kind", Text("类型", "Kind"), terms=HAZARD_KINDS),
        Field("times", Text("近一年复发", "Came back within a year"), Text("次", "times")),
        Field("last_on", Text("最近一次", "Last")),
    ),
    roles=("worker", "planner", "secretary"),
    shown=False,
)
