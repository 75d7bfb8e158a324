"""Property contracts about to end, compounds run by their work unit, days without a manager."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd

from layers._layer import CLASS, Class, Label, Layer, Stroke, Style, Symbol
from wangge.analysis.management import compound_management
from wangge.community import Community
from wangge.text import Text

COLUMNS = ["days", "geometry"]


def draw(community: Community, today: date) -> gpd.GeoDataFrame:
    """Return unit-run compounds as areas, and a point in each whose days count."""
    held = community.compounds
    state = community.derive(compound_management, today=today)
    middle = held.set_geometry(held.representative_point())
    parts = (
        ("unit", held[state["state"] == "unit"], None),
        ("ending", middle[state["ending"]], state["ends_in_days"]),
        ("gap", middle[state["days"].notna()], state["days"]),
    )
    found = [
        rows.assign(
            **{CLASS: key}, days=None if days is None else days.reindex(rows.index).astype(object)
        )[[CLASS, *COLUMNS]]
        for key, rows, days in parts
    ]
    filled = [part for part in found if not part.empty]
    return gpd.GeoDataFrame(pd.concat(filled), crs=held.crs) if filled else found[0]


LAYER = Layer(
    id="contracts",
    title=Text("物业合同", "Property contracts"),
    order=66,
    classes=(
        Class(
            "ending",
            Text("合同将到期", "Contract ending"),
            Style(
                symbol=Symbol("flag", 7, "panel", edge="gap", edge_width=1.2, casing=1),
                label=Label(
                    "days",
                    size=12,
                    color="gap",
                    bold=True,
                    place="beside",
                    priority=85,
                    form=Text("余 {} 天", "{} d left"),
                ),
            ),
        ),
        Class(
            "unit",
            Text("单位自管", "Run by its work unit"),
            Style(strokes=(Stroke("text3", 1.5, (2, 3)),)),
        ),
        Class(
            "gap",
            Text("无物业天数", "Days unmanaged"),
            Style(
                label=Label(
                    "days",
                    size=12,
                    color="gap",
                    place="above",
                    band="near",
                    priority=60,
                    form=Text("{} 天", "{} d"),
                ),
                band="near",
            ),
            legend=False,
        ),
    ),
    draw=draw,
    shown=False,
    picks=False,
)
