"""Compounds, by who manages them: only those nobody manages are coloured."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from layers._counts import written
from layers._layer import CLASS, Class, Field, Fill, Hatch, Label, Layer, Stroke, Style, fields
from wangge.analysis.management import compound_management
from wangge.analysis.places import counts
from wangge.community import Community
from wangge.text import Text

NAME = Label("name", priority=50)
GAP_NAME = Label("name", color="gap", bold=True, priority=90, keep=True, band="far")


def draw(community: Community, today: date) -> gpd.GeoDataFrame:
    """Return every compound, classed by its manager: ``none``, ``community`` or ``managed``."""
    held = community.compounds
    if held.empty:
        return held.assign(**{CLASS: "managed"}, days=None, households=None, hazards_open=None)
    state = community.derive(compound_management, today=today)
    here = community.derive(counts, now=community.now).loc["compound"].reindex(held.index)
    managed = ~state["state"].isin(["none", "community"])
    return held.assign(
        **{CLASS: state["state"].where(~managed, "managed")},
        days=state["days"],
        households=written(community, "compound", held.index),
        hazards_open=here["hazards_open"],
    )


LAYER = Layer(
    id="compounds",
    title=Text("小区", "Compounds"),
    order=60,
    classes=(
        Class("managed", Text("有物业、自管", "Managed"), Style(label=NAME)),
        Class(
            "community",
            Text("社区兜底", "Community-run"),
            Style(
                fill=Fill("gap", 0, Hatch("gap", -45, 1.2, 9, 0.75)),
                strokes=(Stroke("gap", 1.5, (6, 3)),),
                label=NAME,
            ),
        ),
        Class(
            "none",
            Text("无物业", "Unmanaged"),
            Style(
                fill=Fill("gap", 0.16, Hatch("gap", 45, 2, 7, 0.62)),
                strokes=(Stroke("gap", 2.2),),
                label=GAP_NAME,
            ),
        ),
    ),
    draw=draw,
    tooltip=(
        *fields("compounds", "name", "manager_kind"),
        Field("days", Text("无物业或兜底", "Unmanaged or fallback"), Text("天", "days")),
        Field("households", Text("住户", "Households"), Text("户", "")),
        Field("hazards_open", Text("未结隐患", "Open hazards"), Text("处", "")),
    ),
)
