"""Hazards closed in the last twelve months, faint."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd

from layers._hazard import KEYS, severities
from layers._layer import CLASS, MARKS, Layer, Mark, fields
from wangge.community import Community
from wangge.text import Text


def draw(community: Community, today: date) -> gpd.GeoDataFrame:
    """Return the hazards closed in the year before `today`."""
    held = community.hazards
    closed = pd.to_datetime(held["closed_on"], errors="coerce")
    since = pd.Timestamp(today) - pd.DateOffset(years=1)
    recent = (closed > since) & (closed <= pd.Timestamp(today))
    held = held[(held["status"] == "closed") & recent & held["severity"].isin(list(KEYS))]
    return held.assign(**{CLASS: held["severity"].map(KEYS)}, **{MARKS: "closed"})


LAYER = Layer(
    id="closed_hazards",
    title=Text("已结隐患", "Closed hazards"),
    order=190,
    classes=severities(legend=False),
    marks=(Mark("closed", Text("结案", "Closed"), "faint"),),
    draw=draw,
    tooltip=fields("hazards", "kind", "severity", "reported_on", "closed_on"),
    shown=False,
)
