"""Service stations: one character for each kind of help."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from layers._layer import CLASS, Class, Label, Layer, Style, Symbol, fields
from wangge.community import Community
from wangge.text import Text

NAME = Label("label", size=12, place="beside", band="near", priority=20)
KEYS = {"党群服务站": "service", "暖心驿站": "warm", "幸福驿站": "happiness"}


def _outlined(letter: str) -> Style:
    symbol = Symbol(
        "badge",
        8.5,
        "panel",
        edge="accent",
        edge_width=1.5,
        text=letter,
        text_color="accent",
        far=0.8,
        movable=True,
    )
    return Style(symbol=symbol, label=NAME)


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return every station of a known kind, labelled with its name and hours."""
    held = community.stations[community.stations["kind"].isin(list(KEYS))]
    hours = " " + held["opens"].astype("string") + "–" + held["closes"].astype("string")
    label = held["name"].astype("string") + hours.fillna("")
    return held.assign(**{CLASS: held["kind"].map(KEYS), "label": label})


LAYER = Layer(
    id="stations",
    title=Text("服务站", "Stations"),
    order=180,
    classes=(
        Class(
            "service",
            Text("党群服务站", "Service station"),
            Style(
                symbol=Symbol(
                    "badge",
                    10,
                    "accent",
                    casing=1.7,
                    text="站",
                    text_color="on_accent",
                    far=0.8,
                    movable=True,
                ),
                label=NAME,
            ),
        ),
        Class("warm", Text("暖心驿站", "Warm station"), _outlined("暖")),
        Class("happiness", Text("幸福驿站", "Happiness station"), _outlined("福")),
    ),
    draw=draw,
    tooltip=fields("stations", "name", "services", "opens", "closes", "was"),
)
