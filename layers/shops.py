"""Shops, and whether their fire inspection is overdue."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np

from layers._layer import CLASS, Class, Label, Layer, Style, Symbol, fields
from wangge.analysis.deadlines import shops_overdue
from wangge.community import Community
from wangge.text import Text

NAME = Label("name", size=10.5, color="m_label2", place="beside", band="door", priority=5)


def draw(community: Community, today: date) -> gpd.GeoDataFrame:
    """Return every shop, classed ``overdue`` when its last inspection is too long ago."""
    late = shops_overdue(community.shops, today)
    return community.shops.assign(**{CLASS: np.where(late, "overdue", "inspected")})


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
