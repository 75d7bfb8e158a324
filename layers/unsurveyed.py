"""Alleys nobody has walked at night: no lamp recorded there is not the same as no lamp."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from layers._alley import UNSURVEYED, own_names
from layers._layer import CLASS, Class, Field, Label, Layer, Style, fields
from wangge.analysis.lighting import alley_lighting
from wangge.community import Community
from wangge.text import Text


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return every street and alley without a night check."""
    held = community.alleys
    lighting = community.derive(alley_lighting)
    return held.assign(
        **{CLASS: "unsurveyed"},
        label=own_names(held),
        length_m=lighting["length_m"].round(),
        no_lamp_m=lighting["unsurveyed_m"].round(),
    )[lighting["state"] == "unsurveyed"]


LAYER = Layer(
    id="unsurveyed",
    title=Text("未夜查", "Not walked at night"),
    order=131,
    classes=(
        Class(
            "unsurveyed",
            Text("未夜查", "Not walked at night"),
            Style(
                strokes=(UNSURVEYED,),
                label=Label("label", 10.5, "m_label2", place="line", priority=29),
            ),
        ),
    ),
    draw=draw,
    tooltip=(
        *fields("alleys", "name", "kind"),
        Field("length_m", Text("长度", "Length"), Text("米", "m")),
        Field("no_lamp_m", Text("无灯记录", "No lamp recorded"), Text("米", "m")),
    ),
    shown=False,
    page="lighting",
)
