"""What each place holds: lamps, hazards, stations and shops by community, grid and compound."""

from __future__ import annotations

from datetime import datetime

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from wangge.analysis.deadlines import case_state, day_of, shops_overdue
from wangge.analysis.lighting import alley_lighting
from wangge.domain.rules import rule
from wangge.domain.tables import (
    Alleys,
    Buildings,
    Compounds,
    Facilities,
    Grids,
    Hazards,
    Shops,
    Stations,
    Streetlights,
)

ALL = "all"  # the id of the one row of level ``community``


def of_points(points: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> pd.Series:
    """Return the id of the area each point lies in.

    A point on a shared border, or in two areas that overlap, belongs to the first of them in the
    order of `areas`; a point in none has None.  One row in, one row out.

    Examples
    --------
    >>> from shapely import Point, box
    >>> where = gpd.GeoDataFrame(geometry=[box(0, 0, 2, 2), box(2, 0, 4, 2)], index=["a", "b"])
    >>> of_points(gpd.GeoDataFrame(geometry=[Point(2, 1), Point(9, 9)]), where).tolist()
    ['a', None]
    """
    found = np.full(len(points), None, dtype=object)
    if len(points) and len(areas):
        tree = shapely.STRtree(points.geometry.to_numpy())
        area, point = tree.query(areas.geometry.to_numpy(), predicate="intersects")
        order = np.argsort(-area, kind="stable")  # the first area is written last
        found[point[order]] = areas.index.to_numpy()[area[order]]
    return pd.Series(found, index=points.index, dtype=object)


def positions(shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return the coordinates of points (n, 2), NaN for what is no point: empty, missing, a line.

    Examples
    --------
    >>> positions(np.array([shapely.Point(1, 2), shapely.Point(), None])).tolist()
    [[1.0, 2.0], [nan, nan], [nan, nan]]
    """
    found = np.full((len(shapes), 2), np.nan)
    there = (shapely.get_type_id(shapes) == shapely.GeometryType.POINT) & ~shapely.is_empty(shapes)
    found[there] = shapely.get_coordinates(shapes[there])
    return found


def of_lines(lines: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> pd.Series:
    """Return the id of the area that holds most of each line, the first of equals.

    A line along a border goes to the side it runs more in; one in no area has None.

    Examples
    --------
    >>> from shapely import LineString, box
    >>> where = gpd.GeoDataFrame(geometry=[box(0, 0, 2, 2), box(2, 0, 9, 2)], index=["a", "b"])
    >>> ways = gpd.GeoDataFrame(geometry=[LineString([(1, 1), (8, 1)]), LineString()])
    >>> of_lines(ways, where).tolist()
    ['b', None]
    """
    found = np.full(len(lines), None, dtype=object)
    if len(lines) and len(areas):
        shapes, sides = lines.geometry.to_numpy(), areas.geometry.to_numpy()
        area, line = shapely.STRtree(shapes).query(sides, predicate="intersects")
        inside = shapely.length(shapely.intersection(shapes[line], sides[area]))
        order = np.lexsort((-area, inside.round(6)))  # the most is written last
        found[line[order]] = areas.index.to_numpy()[area[order]]
    return pd.Series(found, index=lines.index, dtype=object)


def counts(  # noqa: PLR0913, PLR0917 - the signature names the tables read
    grids: Grids,
    compounds: Compounds,
    buildings: Buildings,
    alleys: Alleys,
    streetlights: Streetlights,
    hazards: Hazards,
    stations: Stations,
    facilities: Facilities,
    shops: Shops,
    *,
    now: datetime,
) -> pd.DataFrame:
    """Return what every place holds at `now`.

    A hazard counts in the grid and the compound it says it is of.

    Returns
    -------
    DataFrame
        MultiIndex (level, id), levels ``community`` (id ``all``), ``grid``, ``compound``;
        integer columns ``compounds``, ``buildings``, ``lamps``, ``lamps_broken``, ``hazards_open``,
        ``hazards_overdue``, one ``open_<severity>`` per severity, ``stations``, ``facilities``,
        ``shops``, ``shops_overdue``, and ``unlit_m`` (float, dark metres of unlit alleys; for a
        compound, of alleys within 12 m of it, so neighbours share them).
    """
    state = case_state(hazards, now=now)
    broken = ~streetlights["working"].fillna(value=False).astype(bool)
    severities = ("重大", "较大", "一般", "低")
    tallies: list[tuple[str, gpd.GeoDataFrame]] = [
        ("lamps", streetlights),
        ("lamps_broken", streetlights[broken]),
        ("hazards_open", hazards[state["open"]]),
        ("hazards_overdue", hazards[state["overdue"]]),
        *(
            (f"open_{name}", hazards[state["open"] & (hazards["severity"] == name)])
            for name in severities
        ),
        ("stations", stations),
        ("facilities", facilities),
        ("shops", shops),
        ("shops_overdue", shops[shops_overdue(shops, day_of(now).date())]),
    ]
    kinds: list[tuple[str, gpd.GeoDataFrame]] = [("compounds", compounds), ("buildings", buildings)]
    levels: list[tuple[str, gpd.GeoDataFrame]] = [("grid", grids), ("compound", compounds)]
    lighting = alley_lighting(alleys, streetlights)
    dark = lighting["unlit_m"].where(lighting["state"] == "unlit", 0.0)
    whole = {name: float(len(points)) for name, points in (*kinds, *tallies)}
    whole["unlit_m"] = float(dark.sum())
    rows: dict[tuple[str, str], dict[str, float]] = {("community", ALL): dict(whole)}
    inner = [(name, _middles(frame)) for name, frame in kinds]
    for level, areas in levels:
        reach = _reach(areas, level)
        per = {name: _tally(points, areas, level) for name, points in (*inner, *tallies)}
        if level == "compound":
            per |= {name: _within(points, reach) for name, points in tallies[:2]}
        metres = _dark_metres(alleys, dark, reach)
        for place in areas.index:
            key = (level, place)
            rows[key] = {name: int(tally.get(place, 0)) for name, tally in per.items()}
            rows[key]["unlit_m"] = float(metres.get(place, 0.0))
    index = pd.MultiIndex.from_tuples(list(rows), names=["level", "id"])
    found = pd.DataFrame(list(rows.values()), index=index, columns=list(whole))
    return found.astype(dict.fromkeys(set(whole) - {"unlit_m"}, "int64"))


def _middles(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    held: gpd.GeoDataFrame = areas.set_geometry(areas.geometry.representative_point())
    return held


def _tally(points: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, level: str) -> pd.Series:
    """Count `points` by area: by the id of it where a table says so, else by position."""
    if (told := f"{level}_id") in points.columns:
        return points[told].value_counts()
    return of_points(points, areas).value_counts()


def _reach(areas: gpd.GeoDataFrame, level: str) -> gpd.GeoSeries:
    """Return the land whose lamps and alleys count as those of each area."""
    return areas.geometry.buffer(rule("compound_edge_m").value if level == "compound" else 0.0)


def _within(points: gpd.GeoDataFrame, reach: gpd.GeoSeries) -> pd.Series:
    """Count the points in each area; one that is in several counts in each."""
    area, _ = shapely.STRtree(points.geometry.to_numpy()).query(
        reach.to_numpy(), predicate="intersects"
    )
    return pd.Series(np.bincount(area, minlength=len(reach)), index=reach.index)


def _dark_metres(alleys: Alleys, dark: pd.Series, reach: gpd.GeoSeries) -> pd.Series:
    """Return the dark metres within each area: an alley's, by the share of its length inside."""
    some = alleys[dark > 0]
    if some.empty or reach.empty:
        return pd.Series(dtype=float)
    areas = reach.to_numpy()
    area, line = shapely.STRtree(some.geometry.to_numpy()).query(areas, predicate="intersects")
    lines = some.geometry.to_numpy()[line]
    inside = shapely.length(shapely.intersection(lines, areas[area]))
    share = inside / np.maximum(shapely.length(lines), 1e-9)
    metres = dark[some.index].to_numpy()[line] * np.minimum(share, 1.0)
    total = np.bincount(area, weights=metres, minlength=len(areas))
    return pd.Series(total, index=reach.index)
