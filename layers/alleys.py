"""Streets and alleys, by whether their lamps reach all of them at night."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from layers._alley import UNLIT, UNSURVEYED, own_names
from layers._layer import CLASS, Class, Field, Label, Layer, Style, fields
from wangge.analysis.lighting import alley_lighting
from wangge.community import Community
from wangge.text import Text


def _name(color: str, *, bold: bool = False) -> Label:
    return Label("label", 10.5, color, bold=bold, place="line", priority=30)


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return every street and alley, classed ``unlit``, ``unsurveyed`` or ``lit``.

    Streets are named by the base map, alleys here, in the colour of their lighting.
    """
    held = community.alleys
    lighting = community.derive(alley_lighting)
    return held.assign(
        **{CLASS: lighting["state"]},
        label=own_names(held),
        unlit_m=lighting["unlit_m"].round(),
        length_m=lighting["length_m"].round(),
    )


LAYER = Layer(
    id="alleys",
    title=Text("巷道照明", "Alley lighting"),
    order=130,
    classes=(
        Class(
            "unlit",
            Text("无灯", "Unlit"),
            Style(
                strokes=(UNLIT,),
                label=_name("gap", bold=True),
            ),
        ),
        Class(
            "unsurveyed",
            Text("未夜查", "Not walked at night"),
            Style(
                strokes=(UNSURVEYED,),
                label=_name("m_label2"),
            ),
        ),
        Class("lit", Text("有灯", "Lit"), Style(label=_name("m_label2")), legend=False),
    ),
    draw=draw,
    tooltip=(
        *fields("alleys", "name", "kind"),
        Field("length_m", Text("长度", "Length"), Text("米", "m")),
        Field("unlit_m", Text("无灯段", "Unlit"), Text("米", "m")),
        *fields("alleys", "surveyed_on"),
    ),
)
