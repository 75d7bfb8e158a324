"""Shops, and whether their fire inspection is overdue."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from layers._layer import CLASS, Class, Label, Layer, Style, Symbol, fields
from wangge.community import Community
from wangge.domain.rules import rule
from wangge.text import Text

NAME = Label("name", size=10.5, color="m_label2", place="beside", band="door", priority=5)


def draw(community: Community, today: date) -> gpd.GeoDataFrame:
    """Return every shop, classed ``overdue`` when its last inspection is too long ago."""
    held = community.shops
    last = pd.to_datetime(held["last_inspected_on"], errors="coerce")
    days = (pd.Timestamp(today) - last).dt.days
    late = ~(days <= rule("shop_inspection_days").value)  # never inspected is late, too
    return held.assign(**{CLASS: np.where(late, "overdue", "inspected")})


LAYER = Layer(
    id="shops",
    title=Text("商铺", "Shops"),
    order=160,
    classes=(
        Class(
            "overdue",
            Text("检查逾期", "Inspection overdue"),
            Style(
                symbol=Symbol("square", 3, "panel", edge="gap", edge_width=1.5),
                label=NAME,
                band="fit",
            ),
        ),
        Class(
            "inspected",
            Text("已检查", "Inspected"),
            Style(symbol=Symbol("square", 2, "text3"), label=NAME, band="fit"),
        ),
    ),
    draw=draw,
    tooltip=fields("shops", "name", "trade", "last_inspected_on"),
    shown=False,
)
