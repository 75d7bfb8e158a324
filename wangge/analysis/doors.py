"""The dark way home: from each door to the nearest street or station at night, and who walks it."""

from __future__ import annotations

import re
from datetime import time

import numpy as np
import pandas as pd

from wangge.analysis.night_walk import Flags, Night, night_of
from wangge.analysis.walkable import walkable
from wangge.analysis.walks import Walks, walks_of
from wangge.domain.crs import require_metric, require_together
from wangge.domain.rules import rule
from wangge.domain.tables import (
    Alleys,
    Buildings,
    Gates,
    Households,
    Paths,
    Stations,
    Streetlights,
)

STATES = ("reached", "closed", "cut_off", "no_way")
_NOON = 12  # a gate that closes before noon closes after midnight


def dark_paths(
    buildings: Buildings,
    stations: Stations,
    alleys: Alleys,
    paths: Paths,
    gates: Gates,
    streetlights: Streetlights,
    *,
    at: str = "",
) -> pd.DataFrame:
    """Return the shortest way from each door to a street, road or station at night.

    A building is one door: its households share it.  The way is that of ``walk_to_station``, see
    ``walkable``, but an alley whose gate has closed is not walked.

    Its metres are dark where no working lamp reaches a surveyed alley, and not known where no lamp
    reaches an unsurveyed one, a yard path (nobody surveys those) or the step from door to way.

    Parameters
    ----------
    buildings
        Polygons, n rows, unique index, with ``compound_id``.
    stations
        Points; all kinds count.
    alleys
        (Multi)LineStrings, with ``kind`` (``road`` and ``street`` are where the walk ends),
        ``surveyed_on`` and ``gate_closes``.
    paths, gates, streetlights
        As the tables say; all frames in one CRS in metres.
    at
        Time of the walk, ``HH:MM``; empty: late, when every gate that closes has closed.

    Returns
    -------
    DataFrame
        Index of `buildings`; ``state``: ``reached``, ``closed`` (only through a gate that has
        closed), ``cut_off`` (a way, but none to a street or station) or ``no_way`` (none within
        rule ``door_edge_m``); ``metres``, ``dark_m``, ``unknown_m``, ``longest_dark_m`` (NaN unless
        reached); ``goal`` (id of the street or station, else empty).

    Raises
    ------
    CRSError
        If a frame is not in a projected CRS in metres.
    ValueError
        If `at` is no time or two CRS differ.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import LineString, Point, box
    >>> ways = gpd.GeoDataFrame({"kind": ["street", "alley"], "surveyed_on": ["2026-10-01"] * 2,
    ...     "gate_closes": [None, None]}, index=["A1", "A2"], crs=4547,
    ...     geometry=[LineString([(0, 0), (50, 0)]), LineString([(20, 0), (20, 90)])])
    >>> home = gpd.GeoDataFrame({"compound_id": [None]}, geometry=[box(22, 89, 24, 91)], crs=4547,
    ...     index=["B1"])
    >>> lamp = gpd.GeoDataFrame({"reach_m": [15.0], "height_m": [6.0], "working": [True]},
    ...     geometry=[Point(20, 0)], crs=4547)
    >>> none = home.iloc[:0]
    >>> found = dark_paths(home, none, ways, none, none, lamp).loc["B1"]
    >>> found["goal"], float(round(found["metres"], 3)), float(round(found["longest_dark_m"], 3))
    ('A1', 93.0, 75.0)
    """
    night, walks = _walked(buildings, stations, alleys, paths, gates, streetlights, at)
    return paths_of(night, walks, buildings, stations, alleys)


def paths_of(
    night: Night, walks: Walks, buildings: Buildings, stations: Stations, alleys: Alleys
) -> pd.DataFrame:
    """Return the table of `dark_paths` for the `walks` of a `night` made of these frames."""
    door, routes = night.ground.door, walks.routes
    state = np.where(door < 0, "no_way", "cut_off").astype(object)
    state[routes.reached] = "reached"
    stuck = np.flatnonzero((door >= 0) & ~routes.reached)
    if len(stuck) and night.closed.any():
        state[stuck[night.reachable_by_day(alleys)[door[stuck]]]] = "closed"
    names = np.concatenate([alleys.index.to_numpy(object), stations.index.to_numpy(object)])
    goal = np.full(len(buildings), "", dtype=object)
    goal[routes.reached] = names[routes.goal[routes.reached]]
    measured = {
        "metres": routes.metres,
        "dark_m": walks.dark,
        "unknown_m": walks.unknown,
        "longest_dark_m": walks.longest,
    }
    columns = {name: np.where(routes.reached, held, np.nan) for name, held in measured.items()}
    return pd.DataFrame({"state": state, **columns, "goal": goal}, index=buildings.index)


def alley_walkers(
    households: Households,
    buildings: Buildings,
    stations: Stations,
    alleys: Alleys,
    paths: Paths,
    gates: Gates,
    streetlights: Streetlights,
    *,
    at: str = "",
) -> pd.DataFrame:
    """Count for each alley those who must walk it in the dark on their way home.

    A household counts where the way of `dark_paths` from its door has rule ``dark_stretch_m`` or
    more dark metres on the alley.  Doors not reached count nowhere: `dark_paths` names them.

    Returns
    -------
    DataFrame
        Index of `alleys`; ``doors`` (households), ``people``, ``alone`` (households of elders
        living alone), ``disabled`` (households), nullable integers; ``alone`` and ``disabled`` are
        NA where the households come without ``care``.

    Raises
    ------
    CRSError, ValueError
        As `dark_paths`.
    """
    night, walks = _walked(buildings, stations, alleys, paths, gates, streetlights, at)
    return walkers_of(night, walks, households, buildings, alleys)


def walkers_of(
    night: Night, walks: Walks, households: Households, buildings: Buildings, alleys: Alleys
) -> pd.DataFrame:
    """Return the table of `alley_walkers` for the `walks` of a `night` made of these frames."""
    row, routes = night.ground.alley, walks.routes
    some = row[routes.edge] < len(alleys)
    door, edge = routes.door[some], routes.edge[some]
    on = door * max(len(alleys), 1) + row[edge]
    pair, of = np.unique(on, return_inverse=True)
    dark = np.bincount(of, weights=night.dark[edge], minlength=len(pair))
    pair = pair[dark >= rule("dark_stretch_m").value]
    building, alley = np.divmod(pair, max(len(alleys), 1))
    lived = _lived_in(households).reindex(buildings.index).fillna(0)
    found = pd.DataFrame(index=alleys.index)
    for name in ("doors", "people", "alone", "disabled"):
        if name in lived:
            count = np.bincount(
                alley, weights=lived[name].to_numpy(float)[building], minlength=len(alleys)
            )
            found[name] = pd.array(count.round().astype(np.int64), dtype="Int64")
        else:
            found[name] = pd.array([pd.NA] * len(alleys), dtype="Int64")
    return found


def _walked(
    buildings: Buildings,
    stations: Stations,
    alleys: Alleys,
    paths: Paths,
    gates: Gates,
    streetlights: Streetlights,
    at: str,
) -> tuple[Night, Walks]:
    require_metric(buildings=buildings, stations=stations, paths=paths, gates=gates)
    require_together(alleys=alleys, streetlights=streetlights)
    ground = walkable(buildings, stations, alleys, paths, gates)
    night = night_of(ground, alleys, streetlights, gates_closed(alleys, at))
    return night, walks_of(night)


def gates_closed(alleys: pd.DataFrame, at: str) -> Flags:
    """Return whether the gate of each alley has closed at the time `at` of an evening (n,).

    Times before noon are those of the small hours after it; an empty `at` is after every gate.

    Raises
    ------
    ValueError
        If `at` is not ``HH:MM``.

    Examples
    --------
    >>> alleys = pd.DataFrame({"gate_closes": ["22:00", "00:30", None]})
    >>> gates_closed(alleys, "23:00").tolist(), gates_closed(alleys, "").tolist()
    ([True, False, False], [True, True, False])
    """
    held = alleys["gate_closes"]
    late: Flags = held.notna().to_numpy(bool)
    if not at:
        return late
    now = _minutes(at)
    if now is None:
        msg = f"`at` must be a time HH:MM or empty, got {at!r}."
        raise ValueError(msg)
    closes = [_minutes(str(value)) for value in held]
    passed = [minutes is None or minutes <= now for minutes in closes]
    closed: Flags = late & np.array(passed, dtype=bool)
    return closed


def _minutes(text: str) -> int | None:
    """Return minutes of an evening at the time `text`, None if it is no time."""
    if not re.fullmatch(r"\d\d:\d\d(:\d\d)?", text):
        return None
    try:
        clock = time.fromisoformat(text)
    except ValueError:
        return None
    return (clock.hour + 24 * (clock.hour < _NOON)) * 60 + clock.minute


def _lived_in(households: Households) -> pd.DataFrame:
    """Return households, people and, where care is known, those alone or disabled by building."""
    per = pd.DataFrame({"doors": 1, "people": households["people"]}, index=households.index)
    if "care" in households:
        for name, tag in (("alone", "独居老人"), ("disabled", "残疾")):
            per[name] = [
                isinstance(care, list | tuple) and tag in care for care in households["care"]
            ]
    return per.astype(float).groupby(households["building_id"]).sum()
