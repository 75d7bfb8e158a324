"""The carriageways, in their real widths: one net, so that casings join at every corner."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd

from layers._layer import CLASS, Class, Label, Layer, Stroke, Style
from wangge.community import Community
from wangge.domain.terms import ALLEY_KINDS, STREETS
from wangge.text import Text

SURFACE = Stroke("m_road", 2, casing="m_casing", casing_width=1.6, width_column="width_m")
COLUMNS = ["width_m", "label", "geometry"]


def _name(size: float, priority: int) -> Label:
    return Label(
        "label",
        size=size,
        color="m_label2",
        place="line",
        halo="m_road",
        halo_width=5,
        spacing=0.9,  # 1.9 em from letter to letter
        priority=priority,
    )


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return our streets and alleys, and the roads that go on beyond the border.

    Alleys have no label here: layer ``alleys`` names them in the colour of their lighting.
    """
    own, around = community.alleys, community.context
    named = own["name"].where(own["kind"].isin(STREETS), None)
    own = own.assign(**{CLASS: own["kind"], "label": named})[[CLASS, *COLUMNS]]
    around = around[around["kind"] == "road"]
    around = around.assign(**{CLASS: "outside", "label": None})[[CLASS, *COLUMNS]]
    if own.empty or around.empty:
        return around if own.empty else own
    return gpd.GeoDataFrame(pd.concat([around, own]), crs=own.crs)


LAYER = Layer(
    id="streets",
    title=Text("街道", "Streets"),
    order=30,
    classes=(
        Class(
            "road",
            ALLEY_KINDS["road"],
            Style(strokes=(SURFACE,), label=_name(14.5, 72)),
            legend=False,
        ),
        Class(
            "street",
            ALLEY_KINDS["street"],
            Style(strokes=(SURFACE,), label=_name(12.5, 70)),
            legend=False,
        ),
        *(
            Class(kind, ALLEY_KINDS[kind], Style(strokes=(SURFACE,)), legend=False)
            for kind in ("alley", "footpath")
        ),
        Class("outside", Text("周边道路", "Roads around"), Style(strokes=(SURFACE,)), legend=False),
    ),
    draw=draw,
    base=True,
    picks=False,
)
