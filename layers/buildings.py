"""Buildings: homes, and the shops and institutions between them."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np

from layers._counts import written
from layers._layer import CLASS, Class, Field, Fill, Label, Layer, Stroke, Style, fields
from wangge.community import Community
from wangge.text import Text

NAME = Label("name", size=10.5, color="m_label2", band="near", priority=10)


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return every building, classed ``home`` or ``other``."""
    held = community.buildings
    homes = held["kind"].isin(["slab", "tower", "courtyard"])
    return held.assign(
        **{CLASS: np.where(homes, "home", "other")},
        households=written(community, "building", held.index),
    )


LAYER = Layer(
    id="buildings",
    title=Text("楼栋", "Buildings"),
    order=90,
    classes=(
        Class(
            "home",
            Text("住宅", "Homes"),
            Style(fill=Fill("m_bld"), strokes=(Stroke("m_bld_edge", 0.9),), label=NAME, band="fit"),
            legend=False,
        ),
        Class(
            "other",
            Text("商铺、公共建筑", "Shops and institutions"),
            Style(
                fill=Fill("m_inst"), strokes=(Stroke("m_inst_edge", 0.9),), label=NAME, band="fit"
            ),
            legend=False,
        ),
    ),
    draw=draw,
    tooltip=(
        *fields("buildings", "name", "kind", "floors", "units"),
        Field("households", Text("住户", "Households"), Text("户", "")),
    ),
)
