"""Whom a gap touches: households on a dark alley, households too far from a station."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from wangge.analysis.coverage import walk_to_station
from wangge.analysis.lighting import alley_lighting
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


def unlit_households(
    households: Households, buildings: Buildings, alleys: Alleys, streetlights: Streetlights
) -> int:
    """Count households whose building has an unlit alley for its nearest street or alley.

    Only alleys somebody has walked at night can be unlit; a building further than rule
    ``door_edge_m`` from every alley counts for none.
    """
    if households.empty or buildings.empty or alleys.empty:
        return 0
    state = alley_lighting(alleys, streetlights)["state"].to_numpy()
    tree = shapely.STRtree(alleys.geometry.to_numpy())
    home, alley = tree.query_nearest(
        buildings.geometry.to_numpy(), max_distance=rule("door_edge_m").value, all_matches=False
    )
    dark = buildings.index.to_numpy()[home[state[alley] == "unlit"]]
    return int(households["building_id"].isin(dark).sum())


def beyond_10min_households(
    households: Households,
    buildings: Buildings,
    stations: Stations,
    alleys: Alleys,
    paths: Paths,
    gates: Gates,
) -> int:
    """Count households further on foot than rule ``walk_10min_m`` from every service station.

    A household whose door no way reaches counts as distant: nobody has shown the contrary.
    """
    if households.empty:
        return 0
    metres = walk_to_station(buildings, stations, alleys, paths, gates)["metres"]
    near: pd.Series = metres <= rule("walk_10min_m").value
    reached = buildings.index.to_numpy()[np.asarray(near)]
    return int((~households["building_id"].isin(reached)).sum())
