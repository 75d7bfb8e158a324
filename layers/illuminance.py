"""How bright the axis of each alley is, in four steps of lux."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.ops import substring

from layers._layer import CLASS, Class, Field, Layer, Stroke, Style
from wangge.analysis.illuminance import light_profile
from wangge.community import Community
from wangge.domain.rules import rule
from wangge.domain.tables import Alleys
from wangge.text import Text

STEP_M = 2.0
LEAST = rule("pedestrian_4_minimum_lx").value
DUE = rule("pedestrian_4_average_lx").value
BRIGHT = rule("pedestrian_2_average_lx").value
KEYS = np.array(["under_least", "under_due", "due", "bright"])


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return runs of alley as bright as each other, in steps that levels of CJJ 45 ask for.

    Where nobody has walked at night, too little light is not drawn: a lamp may not be recorded.
    """
    held = community.alleys[["name", "surveyed_on", "geometry"]].explode(ignore_index=True)
    samples = light_profile(Alleys(held), community.streetlights, step_m=STEP_M)
    lux, along, half = (
        samples["lux"].to_numpy(),
        samples["along_m"].to_numpy(),
        samples["step_m"].to_numpy() / 2,
    )
    alley = held.index.get_indexer(pd.Index(samples["alley_id"]))
    step = np.digitize(lux, [LEAST, DUE, BRIGHT])
    key = alley * len(KEYS) + step
    first = np.flatnonzero(np.diff(key, prepend=-1))  # of the samples of each run
    last = np.append(first, len(key))[1:] - 1
    light = np.add.reduceat(lux, first) / (last - first + 1) if len(first) else lux
    row, step = alley[first], step[first]
    walked = held["surveyed_on"].notna().to_numpy()[row]
    shapes = [
        substring(line, begin, end)
        for line, begin, end in zip(
            held.geometry.to_numpy()[row],
            along[first] - half[first] * (along[first] > 0),
            along[last] + half[last],
            strict=True,
        )
    ]
    runs = gpd.GeoDataFrame(
        {CLASS: KEYS[step], "name": held["name"].to_numpy()[row], "lux": light.round(1)},
        index=[f"run {k + 1}" for k in range(len(first))],
        geometry=shapes,
        crs=held.crs,
    )
    seen: gpd.GeoDataFrame = runs[(walked | (step > 0)) & (runs.length > 0)]
    return seen


def _style(color: str, width: float, opacity: float = 1.0) -> Style:
    return Style(strokes=(Stroke(color, width, opacity=opacity),))


LAYER = Layer(
    id="illuminance",
    title=Text("照度", "Illuminance"),
    order=127,
    classes=(
        Class("bright", Text(f"{BRIGHT:g} lx 以上", f"{BRIGHT:g} lx or more"), _style("lamp", 7)),
        Class(
            "due",
            Text(f"{DUE:g}-{BRIGHT:g} lx", f"{DUE:g}-{BRIGHT:g} lx"),
            _style("lamp", 5, 0.75),
        ),
        Class(
            "under_due",
            Text(f"{LEAST:g}-{DUE:g} lx", f"{LEAST:g}-{DUE:g} lx"),
            _style("lamp", 3, 0.5),
        ),
        Class(
            "under_least", Text(f"不足 {LEAST:g} lx", f"Under {LEAST:g} lx"), _style("gap", 3, 0.8)
        ),
    ),
    draw=draw,
    tooltip=(
        Field("name", Text("街巷", "Street or alley")),
        Field("lux", Text("平均照度", "Average"), Text("lx", "lx")),
    ),
    shown=False,
    picks=False,
    page="lighting",
)
