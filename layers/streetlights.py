"""Streetlights, by kind and whether they work."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np

from layers._layer import CLASS, Class, Layer, Shape, Style, Symbol, fields
from wangge.community import Community
from wangge.text import Text


def _works(shape: Shape, size: float) -> Style:
    symbol = Symbol(shape, size, "lamp", edge="lamp_edge", edge_width=0.9, near=2)
    return Style(symbol=symbol, band="fit")


def _broken(shape: Shape, size: float) -> Style:
    return Style(symbol=Symbol(shape, size, "gap", casing=2, near=1.5), band="fit")


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return every streetlight; a working one is drawn as its kind, a broken one in violet."""
    held = community.streetlights
    kind = np.where(held["kind"] == "solar", "solar", "mains")
    state = np.where(held["working"].fillna(value=True).astype(bool), "", "broken_")
    return held.assign(**{CLASS: np.char.add(state.astype(str), kind.astype(str))})


LAYER = Layer(
    id="streetlights",
    title=Text("路灯", "Streetlights"),
    order=140,
    classes=(
        Class("broken_mains", Text("市电灯不亮", "Mains lamp out"), _broken("circle", 3.8)),
        Class("broken_solar", Text("太阳能灯不亮", "Solar lamp out"), _broken("diamond", 4.75)),
        Class("mains", Text("市电灯", "Mains lamp"), _works("circle", 2)),
        Class("solar", Text("太阳能灯", "Solar lamp"), _works("diamond", 2.5)),
    ),
    draw=draw,
    tooltip=fields("streetlights", "kind", "working", "height_m", "installed_on", "owner"),
    shown=False,
)
