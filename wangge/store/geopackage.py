"""Keeps what a GeoPackage says of itself true while the journal is written to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import shapely
from sqlalchemy import Connection, text

from wangge.store.events import written

_CHANGED = text("UPDATE gpkg_contents SET last_change = :at")
_REACHES = text(
    "UPDATE gpkg_contents SET min_x = min(coalesce(min_x, :west), :west), "
    "min_y = min(coalesce(min_y, :south), :south), max_x = max(coalesce(max_x, :east), :east), "
    "max_y = max(coalesce(max_y, :north), :north) WHERE table_name = 'cases'"
)


def note_change(connection: Connection, at: datetime, new: Sequence[shapely.Point]) -> None:
    """Note when the tables were last changed, and how far cases reach with the `new` ones.

    Parameters
    ----------
    connection
        Writes to a journal, on any engine; only a GeoPackage says such things of itself.
    at
        The moment.
    new
        Where cases were added, degrees as stored.
    """
    if connection.dialect.name != "sqlite":
        return
    connection.execute(_CHANGED, {"at": written(at)})
    if new:
        west, south, east, north = shapely.total_bounds(new).tolist()
        reach = {"west": west, "south": south, "east": east, "north": north}
        connection.execute(_REACHES, reach)
