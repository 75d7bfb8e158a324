"""Cases made of plain dicts, for tests that need a few."""

from __future__ import annotations

from datetime import datetime, timedelta

import geopandas as gpd
import pandas as pd
from shapely import Point

from wangge.domain.cases import MOMENTS, Cases, no_cases
from wangge.domain.crs import METRIC
from wangge.domain.workdays import PLACE

NOW = datetime(2026, 11, 23, 13, 42, tzinfo=PLACE)


def cases(rows):
    """Return cases of plain dicts; what a row does not say is empty."""
    none = no_cases()
    held = pd.DataFrame(
        {
            name: [row.get(name, 0 if name in {"returned", "extended"} else None) for row in rows]
            for name in none.columns
            if name != "geometry"
        },
        index=pd.Index([row["id"] for row in rows], dtype="str", name="id"),
    )
    for name in MOMENTS:
        held[name] = pd.to_datetime(held[name], utc=True)
    for name in ("assignee", "handled_by", "asset", "place", "note", "cause", "original"):
        held[name] = held[name].fillna("")
    typed = held.astype({name: none[name].dtype for name in held.columns})
    points = [Point(row.get("x", 0.0), row.get("y", 0.0)) for row in rows]
    return Cases(gpd.GeoDataFrame(typed, geometry=points, crs=METRIC))


def row(ident, **more):
    held = {"kind": "old_wiring", "severity": "一般", "status": "opened", "reported_by": "书记"}
    return {"id": ident, "reported_at": NOW - timedelta(days=3), **held, **more}
