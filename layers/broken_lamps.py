"""Lamps that are out, and for how many days."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from layers._layer import CLASS, Class, Field, Label, Layer, Shape, Style, Symbol, fields
from wangge.community import Community
from wangge.text import Text


def draw(community: Community, today: date) -> gpd.GeoDataFrame:
    """Return the lamps that do not work, by kind; ``days`` is missing where nobody noted since."""
    held = community.streetlights
    out = held[~held["working"].fillna(value=False).astype(bool)]
    return out.assign(
        **{CLASS: np.where(out["kind"] == "solar", "solar", "mains")}, days=days_out(out, today)
    )


def days_out(lamps: gpd.GeoDataFrame, today: date) -> pd.Series:
    """Return for how many days each of `lamps` has been out; NA where nobody noted since when."""
    days = (pd.Timestamp(today) - pd.to_datetime(lamps["out_since"], errors="coerce")).dt.days
    return days.where(days >= 0).astype("Int64")


def _style(shape: Shape, size: float) -> Style:
    label = Label(
        "days",
        11,
        "gap",
        bold=True,
        place="beside",
        band="near",
        priority=40,
        form=Text("{} 天", "{} d"),
    )
    return Style(symbol=Symbol(shape, size, "gap", casing=2, far=0.8, near=1.5), label=label)


LAYER = Layer(
    id="broken_lamps",
    title=Text("坏灯", "Lamps out"),
    order=142,
    classes=(
        Class("mains", Text("市电灯不亮", "Mains lamp out"), _style("circle", 3.8)),
        Class("solar", Text("太阳能灯不亮", "Solar lamp out"), _style("diamond", 4.75)),
    ),
    draw=draw,
    tooltip=(
        *fields("streetlights", "kind"),
        Field("days", Text("已不亮", "Out for"), Text("天", "d")),
        *fields("streetlights", "out_since", "owner"),
    ),
    shown=False,
    page="lighting",
)
