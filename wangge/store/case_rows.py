"""A case as a row of the journal's table, as the body of an event, and as a frame."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from wangge.domain.cases import MOMENTS, Case, Cases, no_cases
from wangge.domain.crs import METRIC, STORED
from wangge.store.events import canonical, moment, written


def body_of(case: Case) -> dict[str, Any]:
    """Return a case as JSON values, for the event that begins it."""
    held = {one.name: getattr(case, one.name) for one in fields(case)}
    held["answers"] = dict(case.answers)
    return {
        name: written(value) if isinstance(value, datetime) else value
        for name, value in held.items()
    }


def from_body(body: Mapping[str, Any]) -> Case:
    """Return the case an event began."""
    return Case(**_timed(body))


def row_of(case: Case) -> dict[str, Any]:
    """Return a case as a row."""
    row = body_of(case)
    row["geom"] = shapely.Point(row.pop("lon"), row.pop("lat"))
    return row | {"answers": canonical(case.answers)}


def case_of(row: Mapping[str, Any]) -> Case:
    """Return the case a row holds."""
    held = {name: value for name, value in row.items() if name not in {"fid", "geom"}}
    held |= {"lon": row["geom"].x, "lat": row["geom"].y, "answers": json.loads(row["answers"])}
    return Case(**_timed(held))


def frame_of(rows: Sequence[Mapping[str, Any]]) -> Cases:
    """Return rows as `Cases`, in `METRIC`, indexed by id."""
    none = no_cases()
    held = pd.DataFrame(
        {name: [row[name] for row in rows] for name in none.columns if name != "geometry"},
        index=pd.Index([row["id"] for row in rows], dtype="str", name="id"),
    )
    for name in MOMENTS:
        held[name] = pd.to_datetime(held[name], utc=True, format="ISO8601")
    for name in ("compound_id", "grid_id"):
        held[name] = held[name].mask(held[name] == "")
    points = gpd.GeoSeries([row["geom"] for row in rows], index=held.index, crs=STORED)
    typed = held.astype({name: none[name].dtype for name in held.columns})
    return Cases(gpd.GeoDataFrame(typed, geometry=points.to_crs(METRIC)))


def _timed(held: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: moment(value) if name in MOMENTS and isinstance(value, str) else value
        for name, value in held.items()
    }
