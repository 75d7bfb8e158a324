"""What a map draws as bytes named by their digest, and the shelf the map route serves them from."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from layers._layer import CLASS, MARKS
from wangge.domain.crs import shown

DEGREES: Final = 7  # decimals kept of a coordinate; 1e-7 degrees is 1 cm
Bounds = tuple[float, float, float, float]  # west, south, east, north; degrees


@dataclass(frozen=True, slots=True)
class Body:
    """One layer's features, or the sheet of styles, as JSON named by the digest of its bytes.

    A `still` body holds base map or styles, no residents: a browser may keep it for good.
    """

    digest: str
    content: bytes = field(repr=False)
    collection: dict[str, Any] = field(repr=False)
    bounds: Bounds | None = None
    still: bool = False


def of_features(frame: gpd.GeoDataFrame, columns: Iterable[str], *, still: bool = False) -> Body:
    """Write `frame` as GeoJSON in longitude and latitude (EPSG:4326, seven decimals).

    Parameters
    ----------
    frame
        Classed features, n >= 0 rows, unique index (it becomes the feature id).
    columns
        What a feature may carry besides its class and marks; no other column leaves the server.
    still
        Whether it is base map, which a browser may keep.

    Raises
    ------
    ValueError
        If the index is not unique, or a geometry has a coordinate that is not finite.

    Examples
    --------
    >>> from shapely import Point
    >>> lamps = gpd.GeoDataFrame({CLASS: ["a"]}, index=["L1"], geometry=[Point(5e5, 4e6)], crs=4547)
    >>> of_features(lamps, ()).collection["features"][0]["geometry"]["coordinates"]
    [114.0, 36.1302929]
    """
    if not frame.index.is_unique:
        msg = "A layer needs a unique index: it is the id a click answers with."
        raise ValueError(msg)
    shapes = shapely.transform(shown(frame), lambda xy: xy.round(DEGREES))
    marks = (MARKS,) if MARKS in frame.columns else ()
    rows = _rows(frame, (CLASS, *marks, *columns))
    written = json.loads(f"[{','.join(shapely.to_geojson(shapes))}]")  # at once: hundreds are slow
    collection = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": str(key), "properties": row, "geometry": shape}
            for key, row, shape in zip(frame.index, rows, written, strict=True)
        ],
    }
    return _named(collection, _box(shapes), still=still)


def of_sheet(sheet: dict[str, Any]) -> Body:
    """Write the styles and words of a map as JSON; it holds no residents."""
    return _named(sheet, None, still=True)


class Shelf:
    """Bodies by role and digest, the least recently wanted dropped beyond `limit` bytes.

    A digest put for one role is not found for another: what a role was never told about,
    it cannot fetch.
    """

    def __init__(self, limit: int = 64_000_000) -> None:
        self._limit = limit
        self._held: OrderedDict[tuple[str, str], Body] = OrderedDict()
        self._lock = Lock()

    def put(self, role: str, body: Body) -> None:
        """Keep `body` for `role`; what a screen was just told about is never dropped."""
        with self._lock:
            self._held[role, body.digest] = body
            self._held.move_to_end((role, body.digest))
            while len(self._held) > 1 and self._weight() > self._limit:
                self._held.popitem(last=False)

    def get(self, role: str, digest: str) -> Body | None:
        """Return the body, or None if it was never put for `role` or was dropped."""
        with self._lock:
            return self._held.get((role, digest))

    def _weight(self) -> int:
        return sum(len(body.content) for body in self._held.values())


SHELF: Final = Shelf()


def _named(value: dict[str, Any], bounds: Bounds | None, *, still: bool) -> Body:
    content = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode(
        "utf-8", "replace"
    )  # a lone surrogate in a name must not stop the map
    digest = blake2b(content, digest_size=12).hexdigest()
    return Body(digest, content, value, bounds, still)


def _box(shapes: npt.NDArray[np.object_]) -> Bounds | None:
    if not len(shapes):
        return None
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(shapes))
    return west, south, east, north


def _rows(frame: gpd.GeoDataFrame, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the properties of each feature; dates as ``YYYY-MM-DD``, what is missing left out."""
    held = pd.DataFrame({name: _plain(frame[name]) for name in dict.fromkeys(columns)})
    text: str = held.to_json(orient="records", force_ascii=True)
    rows: list[dict[str, Any]] = json.loads(text)
    return [{name: value for name, value in row.items() if value is not None} for row in rows]


def _plain(column: pd.Series) -> pd.Series:
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        written: pd.Series = column.dt.strftime("%Y-%m-%d")
        return written
    return column
