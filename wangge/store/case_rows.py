"""A case as a row of the journal's table, as the body of an event, and as a frame."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import Transformer

from wangge.domain.cases import MOMENTS, Case, Cases, no_cases
from wangge.domain.crs import METRIC, METRIC_CRS, STORED
from wangge.store.events import canonical, moment, written

Columns = Mapping[str, Sequence[Any] | npt.NDArray[np.float64]]

_OWN: Final = frozenset({"fid", "geom", "last_event"})  # columns that are no fields of a case


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


def row_of(case: Case, last_event: int) -> dict[str, Any]:
    """Return a case as the row that the event numbered `last_event` left."""
    row = body_of(case)
    row["geom"] = shapely.Point(row.pop("lon"), row.pop("lat"))
    return row | {"answers": canonical(dict(case.answers)), "last_event": last_event}


def case_of(row: Mapping[str, Any]) -> Case:
    """Return the case a row holds."""
    held = {name: value for name, value in row.items() if name not in _OWN}
    held |= {"lon": row["geom"].x, "lat": row["geom"].y, "answers": json.loads(row["answers"])}
    return Case(**_timed(held))


def frame_of(columns: Columns) -> Cases:
    """Return cases as a frame in `METRIC`, indexed by id.

    Parameters
    ----------
    columns
        Columns of the journal's table ``cases``, all of one length; ``geom`` is longitude and
        latitude in `STORED`, shape (n, 2).
    """
    none = no_cases()
    held: dict[str, Any] = {
        name: pd.Series(columns[name], dtype=none[name].dtype)
        for name in none.columns
        if name != "geometry" and name not in MOMENTS
    }
    for name in ("compound_id", "grid_id"):
        held[name] = held[name].mask(held[name] == "")
    for name in MOMENTS:
        moments = pd.Series(columns[name], dtype="str")
        held[name] = pd.to_datetime(moments, utc=True, format="ISO8601").astype(none[name].dtype)
    east, north = _metres().transform(*np.asarray(columns["geom"]).T)
    frame = pd.DataFrame({name: held[name] for name in none.columns if name != "geometry"})
    frame.index = pd.Index(columns["id"], dtype="str", name="id")
    return Cases(gpd.GeoDataFrame(frame, geometry=shapely.points(east, north), crs=METRIC_CRS))


@cache
def _metres() -> Transformer:
    return Transformer.from_crs(STORED, METRIC, always_xy=True)


def _timed(held: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: moment(value) if name in MOMENTS and isinstance(value, str) else value
        for name, value in held.items()
    }
