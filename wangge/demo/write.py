"""Writing the demo community: GeoJSON in CGCS2000 degrees, one feature a line, and registers."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry import Polygon, mapping
from shapely.geometry.base import BaseGeometry

from wangge.domain.crs import METRIC, STORED

Value = str | int | float | bool | list[str] | None
_CRS: Final = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
_TO_STORED: Final = Transformer.from_crs(METRIC, STORED, always_xy=True)
_DECIMALS: Final = 8  # about a millimetre


@dataclass(frozen=True, slots=True)
class Row:
    """A feature about to be written: its id, its shape in metres, its columns."""

    id: str
    shape: BaseGeometry
    columns: dict[str, Value]


def stored(shape: BaseGeometry) -> BaseGeometry:
    """Turn metres into degrees rounded to 8 decimals, rings counter-clockwise."""

    def convert(points: NDArray[np.float64]) -> NDArray[np.float64]:
        lon, lat = _TO_STORED.transform(points[:, 0], points[:, 1])
        return np.round(np.column_stack([lon, lat]), _DECIMALS)

    done = shapely.transform(shape, convert)
    return shapely.orient_polygons(done) if isinstance(done, Polygon) else done


def write_table(folder: Path, name: str, rows: list[Row]) -> None:
    """Write one table as ``<name>.geojson``."""
    lines = [_feature(row) for row in rows]
    head = json.dumps({"type": "FeatureCollection", "name": name, "crs": _CRS})[:-1]
    text = head + ', "features": [\n' + ",\n".join(lines) + "\n]}\n"
    (folder / f"{name}.geojson").write_text(text, encoding="utf-8", newline="\n")


def _feature(row: Row) -> str:
    feature = {
        "type": "Feature",
        "id": row.id,
        "properties": row.columns,
        "geometry": mapping(stored(row.shape)),
    }
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"))


def write_register(folder: Path, name: str, rows: list[dict[str, Value]]) -> None:
    """Write one register as ``<name>.csv``, UTF-8."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
