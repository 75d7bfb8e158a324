"""The dark stretches themselves, in metres of way, for the lighting page."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd

from layers._alley import UNLIT
from layers._layer import CLASS, Class, Field, Label, Layer, Style
from wangge.analysis.lighting import unlit_stretches
from wangge.community import Community
from wangge.domain.rules import rule
from wangge.domain.terms import STREETS
from wangge.text import Text

FIELDS = (
    Field("name", Text("街巷", "Street or alley")),
    Field("length_m", Text("无灯段", "Unlit"), Text("米", "m")),
)
NAME = Label("label", 10.5, "gap", bold=True, place="line", priority=30)


def stretches(community: Community) -> gpd.GeoDataFrame:
    """Return every stretch of surveyed street or alley that no working lamp reaches.

    The index is the alley's id, a dot and a number, the longest stretch first (see `alley_of`); an
    alley is named once, on its longest, and streets by the base map.
    """
    dark = community.derive(unlit_stretches, min_length_m=rule("dark_stretch_m").value)
    alleys = community.alleys.reindex(dark["alley_id"])
    number = dark.groupby("alley_id").cumcount()
    named = ~alleys["kind"].isin(STREETS).to_numpy() & (number == 0).to_numpy()
    names = alleys["name"].to_numpy()
    index = [f"{alley}.{k + 1}" for alley, k in zip(dark["alley_id"], number, strict=True)]
    return dark.assign(
        name=names,
        label=pd.Series(names, index=dark.index).where(named, None),
        length_m=dark["length_m"].round(),
    ).set_index(pd.Index(index, dtype=object))


def alley_of(stretch: str) -> str:
    """Return the id of the alley that a stretch lies on.

    Examples
    --------
    >>> alley_of("A.21.3")
    'A.21'
    """
    return stretch.rpartition(".")[0]


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return every dark stretch, all alike."""
    return stretches(community).assign(**{CLASS: "dark"})


LAYER = Layer(
    id="unlit",
    title=Text("照明盲区", "Unlit stretches"),
    order=128,
    classes=(Class("dark", Text("无灯段", "Unlit stretch"), Style(strokes=(UNLIT,), label=NAME)),),
    draw=draw,
    tooltip=FIELDS,
    shown=False,
)
