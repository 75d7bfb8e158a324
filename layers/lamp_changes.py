"""What a scenario does to the lamps: added, broken, repaired."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from layers._layer import CLASS, Class, Field, Layer, Style, Symbol, fields
from wangge.analysis.edits import CHANGE, CHANGES
from wangge.community import Community
from wangge.text import Text

LABELS = {
    "added": Text("拟装", "To be put up"),
    "repaired": Text("拟修复", "To be repaired"),
    "broken": Text("假设不亮", "Taken as out"),
}


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return the lamps that differ from the data; none unless a scenario is tried."""
    held = community.streetlights
    some = held[held[CHANGE].isin(CHANGES)] if CHANGE in held else held.iloc[:0]
    kept = some[CHANGE] if CHANGE in held else some["kind"]
    return some.assign(number=some.index.astype(str)).assign(**{CLASS: kept})


def _ringed(sign: str, size: float, color: str) -> Style:
    symbol = Symbol(
        "circle", size, "page", edge=color, edge_width=2, casing=2, text=sign, text_color=color
    )
    return Style(symbol=symbol)


LAYER = Layer(
    id="lamp_changes",
    title=Text("方案灯具", "Lamps of the scenario"),
    order=144,
    classes=(
        Class("added", LABELS["added"], _ringed("+", 8, "accent")),
        Class("repaired", LABELS["repaired"], _ringed("", 6, "accent")),
        Class("broken", LABELS["broken"], _ringed("×", 8, "gap")),
    ),
    draw=draw,
    tooltip=(
        Field("number", Text("编号", "Id")),
        *fields("streetlights", "kind", "height_m", "lumens"),
    ),
    shown=False,
    page="lighting",
)
