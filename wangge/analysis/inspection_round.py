"""The round of one grid through what is to be inspected, the same from morning to evening."""

from __future__ import annotations

from datetime import date
from typing import Final, cast

import pandas as pd
from shapely import Point

from wangge.analysis.inspection import TO_DO, week
from wangge.analysis.rounds import Round, inspection_stops, plan_round
from wangge.community import Community
from wangge.domain.tables import Stations

_USUAL: Final = "党群服务站"  # the kind of station a round begins at


def grid_round(community: Community, *, grid: str, today: date, weeks: int = 0) -> Round:
    """Return the round through what is to be inspected in a grid, from its station and back.

    What was inspected today stays in it, so that the order does not change under the feet of
    whoever walks it.

    Parameters
    ----------
    community
        As a role sees it, or whole.
    grid
        Id of the grid.
    today, weeks
        As `week` takes them.

    Returns
    -------
    Round
        See `plan_round`; without a stop where there is nothing to inspect.

    Examples
    --------
    >>> from pathlib import Path
    >>> from wangge.store.files import read
    >>> nothing = read(Path("/nowhere")).community
    >>> grid_round(nothing, grid="G1", today=date(2026, 11, 23)).order
    ()
    """

    def make() -> Round:
        found = community.derive(week, today=today, weeks=weeks)
        return plan_round(
            community.derive(inspection_stops).loc[_wanted(found, grid, today)],
            community.alleys,
            community.paths,
            community.gates,
            start=_start(community.stations, grid),
        )

    return community.memo(("grid_round", grid, today, weeks), make)


def _wanted(found: pd.DataFrame, grid: str, today: date) -> pd.Index:
    fresh = (found["last_on"] == pd.Timestamp(today)) & (found["result"] != "")  # recorded here
    return found.index[(found["grid_id"] == grid) & (found["state"].isin(TO_DO) | fresh)]


def _start(stations: Stations, grid: str) -> Point | None:
    """Return where the station of a grid is, its service station before others."""
    own = stations[stations["grid_id"] == grid].sort_index()
    best = own.assign(other=own["kind"] != _USUAL).sort_values("other", kind="stable")
    return cast("Point", best.geometry.iloc[0]) if len(best) else None
