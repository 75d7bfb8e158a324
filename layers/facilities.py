"""Charging sheds, hydrants, first aid, assembly points and idle rooms."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from layers._layer import CLASS, Class, Layer, Style, Symbol, fields
from wangge.community import Community
from wangge.domain.terms import FACILITY_KINDS
from wangge.text import Text

LETTERS = {
    "charging_shed": "充",
    "hydrant": "栓",
    "micro_fire_station": "消",
    "aed": "救",
    "assembly_point": "集",
    "spare_room": "房",
}


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return every facility of a known kind."""
    held = community.facilities[community.facilities["kind"].isin(list(LETTERS))]
    return held.assign(**{CLASS: held["kind"]})


LAYER = Layer(
    id="facilities",
    title=Text("设施", "Facilities"),
    order=150,
    classes=tuple(
        Class(
            kind,
            FACILITY_KINDS[kind],
            Style(
                symbol=Symbol(
                    "badge",
                    7,
                    "panel",
                    edge="text2",
                    edge_width=1.2,
                    text=letter,
                    text_color="text",
                    movable=True,
                ),
                band="fit",
            ),
        )
        for kind, letter in LETTERS.items()
    ),
    draw=draw,
    tooltip=fields("facilities", "kind", "name", "capacity"),
    shown=False,
)
