"""The ways home in a community at night; however its lamps change, its network is laid once."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wangge.analysis.doors import gates_closed, paths_of, walkers_of
from wangge.analysis.edits import undone
from wangge.analysis.night_walk import Night, night_of, relit
from wangge.analysis.walkable import walkable
from wangge.analysis.walks import Walks, pieces_of, walks_of
from wangge.community import Community

LIGHT = ("lit", "dark", "unknown")


def doors_at_night(community: Community) -> pd.DataFrame:
    """Return the way home to each building, late, when every gate has closed: see `dark_paths`."""

    def make() -> pd.DataFrame:
        night, walks = _walked(community)
        return paths_of(night, walks, community.buildings, community.stations, community.alleys)

    return community.memo("ways_home.doors", make)


def walkers(community: Community) -> pd.DataFrame:
    """Return who must walk each alley in the dark, as far as `community` knows: `alley_walkers`."""

    def make() -> pd.DataFrame:
        night, walks = _walked(community)
        return walkers_of(night, walks, community.households, community.buildings, community.alleys)

    return community.memo("ways_home.walkers", make)


def doors_of_alleys(community: Community) -> pd.DataFrame:
    """Return which ways home lead along which alley: one row for each pair.

    Returns
    -------
    DataFrame
        ``building_id``, ``alley_id``, ``metres`` and ``dark_m`` on that alley.
    """

    def make() -> pd.DataFrame:
        night, walks = _walked(community)
        routes = walks.routes
        row = night.ground.alley[routes.edge]
        some = row < len(community.alleys)
        pairs = pd.DataFrame(
            {
                "building_id": community.buildings.index.to_numpy(object)[routes.door[some]],
                "alley_id": community.alleys.index.to_numpy(object)[row[some]],
                "metres": night.ground.net.metres[routes.edge[some]],
                "dark_m": night.dark[routes.edge[some]],
            }
        )
        return pairs.groupby(["building_id", "alley_id"], as_index=False, sort=False).sum()

    return community.memo("ways_home.alleys", make)


def way_home(community: Community, building: str) -> gpd.GeoDataFrame:
    """Return the way home to `building`, from its door on, cut where its light changes.

    Returns
    -------
    GeoDataFrame
        (Multi)LineStrings in the order they are walked, the steps to the door and to a station with
        them, with ``light``: ``lit``, ``dark`` (on an alley walked at night, no lamp reaches it) or
        ``unknown``, and ``length_m``; no row where there is no way.

    Raises
    ------
    KeyError
        If there is no such building.
    """
    door = int(community.buildings.index.get_indexer(pd.Index([building]))[0])
    if door < 0:
        msg = f"There is no building {building!r}."
        raise KeyError(msg)
    night, walks = _walked(community)
    shapes, light = pieces_of(night, walks, door, community.streetlights)
    run = np.cumsum(np.diff(light, prepend=-1) != 0) - 1
    lines = [shapely.line_merge(shapely.multilinestrings(shapes[run == k])) for k in np.unique(run)]
    first = np.flatnonzero(np.diff(run, prepend=-1))
    names = [LIGHT[k] for k in light[first]]
    if walks.routes.reached[door]:
        ground, goal = night.ground, int(walks.routes.goal[door])
        steps_on = lines or [ground.ways.lines[ground.net.steps_on[door]]]
        ends = [shapely.Point(ground.spot[door]), *_station(community, goal)]
        steps = [shapely.shortest_line(end, steps_on[-k]) for k, end in enumerate(ends)]
        lines = [steps[0], *lines, *steps[1:]]
        names = ["unknown", *names, "unknown"][: len(lines)]
    frame = gpd.GeoDataFrame({"light": names}, geometry=lines, crs=community.alleys.crs)
    return frame.assign(length_m=frame.length)


def _station(community: Community, goal: int) -> list[shapely.Geometry]:
    """Return where the station stands at which a walk ends, if it ends at one."""
    at = goal - len(community.alleys)
    return [community.stations.geometry.iloc[at]] if at >= 0 else []


def _walked(community: Community) -> tuple[Night, Walks]:
    def make() -> tuple[Night, Walks]:
        before = undone(community)
        if before is not community:
            night, walks = _walked(before)
            night = relit(night, community.streetlights)
            return night, walks_of(night, walks.routes)
        ground = community.derive(walkable)
        closed = gates_closed(community.alleys, "")
        night = night_of(ground, community.alleys, community.streetlights, closed)
        return night, walks_of(night)

    return community.memo("ways_home", make)
