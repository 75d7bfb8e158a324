"""Where the week's fire inspections stand: what was missed stands out, what is done is quiet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import geopandas as gpd
import pandas as pd

from layers._layer import CLASS, Band, Class, Field, Label, Layer, Style, Symbol
from wangge.analysis.inspection import STATES, week
from wangge.analysis.inspection_round import grid_round
from wangge.analysis.rounds import inspection_stops
from wangge.community import Community
from wangge.text import Text


@dataclass(frozen=True, slots=True)
class Week:
    """Draws the places of a week, or with `grid` those of one grid, numbered as its round goes."""

    grid: str = ""
    weeks: int = 0

    def __call__(self, community: Community, today: date) -> gpd.GeoDataFrame:
        """Return where each inspection begins; ``number`` is its stop in the round, else null."""
        stops = community.derive(inspection_stops)
        found = community.derive(week, today=today, weeks=self.weeks)
        held = found[found["grid_id"] == self.grid] if self.grid else found
        numbers: dict[str, str] = {}
        if self.grid:
            walk = grid_round(community, grid=self.grid, today=today, weeks=self.weeks)
            numbers = {about: str(k) for k, about in enumerate(walk.order, start=1)}
        return gpd.GeoDataFrame(
            {
                CLASS: held["state"],
                "name": held["name"],
                "kind": held["kind"],
                "last_on": held["last_on"],
                "due_on": held["due_on"],
                "number": pd.Series(numbers, dtype=object).reindex(held.index),
            },
            geometry=stops.geometry.reindex(held.index),
            crs=stops.crs,
        )


def to(grid: str, weeks: int) -> Layer:
    """Return the layer that draws a week, as a whole or as one grid's round."""
    return replace(LAYER, draw=Week(grid, weeks), classes=_classes("fit" if grid else "near"))


def _classes(named: Band) -> tuple[Class, ...]:
    """Return the states, the most urgent first; names are written from the band `named` on."""
    label = Label("name", size=11, color="m_label", place="beside", band=named, priority=15)
    plain = Symbol("badge", 9, "panel", casing=1.4, text_column="number", far=0.85, movable=True)
    looks = {
        "missed": replace(plain, fill="gap", text_color="halo"),
        "never": replace(plain, edge="gap", edge_width=2, text_color="gap"),
        "due": replace(plain, edge="text3", edge_width=1.4, text_color="text"),
        "done": replace(plain, size=7, fill="subtle", edge="text3", text_color="text3"),
        "later": Symbol("circle", 2.5, "text3"),
    }
    return tuple(
        Class(state, STATES[state], Style(symbol=looks[state], label=label)) for state in STATES
    )


LAYER = Layer(
    id="inspections",
    title=Text("消防检查", "Fire inspections"),
    order=164,
    classes=_classes("near"),
    draw=Week(),
    tooltip=(
        Field("name", Text("检查对象", "Place")),
        Field("kind", Text("类别", "Kind")),
        Field("last_on", Text("上次检查", "Last inspected")),
        Field("due_on", Text("应查日期", "Due on")),
    ),
    roles=("worker", "planner", "secretary"),
    page="inspection",
)
