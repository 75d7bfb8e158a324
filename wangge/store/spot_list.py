"""Proposed lamps as a list to hand on: a table for a spreadsheet, and GeoJSON."""

from __future__ import annotations

import json
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from wangge.domain.coordinates import System, coordinates
from wangge.domain.crs import METRIC
from wangge.domain.tables import Alleys
from wangge.text import Lang, Text

DIGITS: Final = 7  # of a degree in a file: a centimetre
NUMBER: Final = Text("序号", "No.")
ALLEY: Final = Text("街巷", "Alley")
WORK: Final = Text("工作", "Work")
NEW: Final = Text("新装", "New")
REPAIR: Final = Text("修复 {lamp}", "Repair {lamp}")
HEIGHT: Final = Text("灯高（米）", "Height (m)")
REACH: Final = Text("照射半径（米）", "Reach (m)")
COST: Final = Text("估算费用（元）", "Estimate (yuan)")
ESTIMATE: Final = Text("费用为估算，待核实", "costs are estimates, to be verified")


def spot_table(
    spots: gpd.GeoDataFrame, alleys: Alleys, system: System, *, lang: Lang
) -> pd.DataFrame:
    """Return proposed lamps as a table with words for heads, ready for a spreadsheet.

    Parameters
    ----------
    spots
        As `wangge.analysis.lamp_sites.Proposal` holds them, k >= 0 rows.
    alleys
        Whose ``name`` is written for an ``alley_id``.
    system
        In which coordinates are written.
    lang
        Language of heads and words.

    Returns
    -------
    DataFrame
        One row a lamp, numbered from 1 in the order of `spots`; numbers stay numbers.

    Examples
    --------
    >>> from shapely import Point
    >>> from wangge.domain.coordinates import SYSTEMS
    >>> spot = gpd.GeoDataFrame({"alley_id": ["A1"], "lamp_id": [""], "height_m": [6.0],
    ...     "reach_m": [18.0], "cost_yuan": [3000.0]}, geometry=[Point(414400, 3991700)], crs=4547)
    >>> alley = gpd.GeoDataFrame({"name": ["油坊巷"]}, geometry=[None], index=["A1"])
    >>> spot_table(spot, alley, SYSTEMS["EPSG:4547"], lang="en").iloc[0].to_dict()["X north (m)"]
    3991700.0
    """
    at = coordinates(spots.geometry, system).round(system.decimals)
    work = [
        (REPAIR.fill(lamp=lamp) if lamp else NEW).in_(lang) for lamp in spots["lamp_id"].fillna("")
    ]
    return pd.DataFrame(
        {
            NUMBER.in_(lang): np.arange(1, len(spots) + 1),
            ALLEY.in_(lang): _names(spots, alleys).to_numpy(),
            WORK.in_(lang): work,
            HEIGHT.in_(lang): spots["height_m"].to_numpy(float).round(1),
            REACH.in_(lang): spots["reach_m"].to_numpy(float).round(1),
            **{label.in_(lang): at[:, axis] for label, axis in system.columns},
            COST.in_(lang): spots["cost_yuan"].to_numpy(float).round(),
        }
    )


def spot_geojson(
    spots: gpd.GeoDataFrame,
    alleys: Alleys,
    system: System,
    *,
    attribution: str,
    synthetic: bool,
) -> bytes:
    """Return proposed lamps as GeoJSON in `system`, which the file names unless it is WGS 84.

    Parameters
    ----------
    spots, alleys, system
        As for `spot_table`.
    attribution
        Who made it; kept in the file.
    synthetic
        Whether the data are made up; the file says so.

    Returns
    -------
    bytes
        UTF-8; one Feature a lamp with ``number``, ``alley_id``, ``alley``, ``work`` (``new`` or
        ``repair``), ``lamp_id``, ``height_m``, ``reach_m``, ``cost_yuan`` (an estimate).
    """
    digits = system.decimals if system.base == METRIC else DIGITS
    at = coordinates(spots.geometry, system).round(digits)
    features = [
        {
            "type": "Feature",
            "id": str(number),
            "properties": {
                "number": number,
                "alley_id": str(row["alley_id"]),
                "alley": name,
                "work": "repair" if row["lamp_id"] else "new",
                "lamp_id": str(row["lamp_id"] or ""),
                "height_m": round(float(row["height_m"]), 1),
                "reach_m": round(float(row["reach_m"]), 1),
                "cost_yuan": round(float(row["cost_yuan"])),
            },
            "geometry": {"type": "Point", "coordinates": place},
        }
        for number, (name, place, (_, row)) in enumerate(
            zip(_names(spots, alleys), at.tolist(), spots.iterrows(), strict=True), start=1
        )
    ]
    named = {"type": "name", "properties": {"name": system.crs}}
    collection: dict[str, Any] = {
        "type": "FeatureCollection",
        "name": "proposed_lamps",
        **({"crs": named} if system.crs else {}),
        "coordinate_system": system.id,
        "attribution": attribution,
        "synthetic": synthetic,
        "note": f"{ESTIMATE.zh} / {ESTIMATE.en}",
        "features": features,
    }
    written = json.dumps(collection, ensure_ascii=False, allow_nan=False, indent=1)
    return written.encode("utf-8", "replace")


def _names(spots: gpd.GeoDataFrame, alleys: Alleys) -> pd.Series:
    """Return the name of each lamp's alley, its id where it has none."""
    ids = spots["alley_id"].astype(object)
    named = ids.map(alleys["name"].astype(object).to_dict())
    return named.where(named.notna(), ids)
