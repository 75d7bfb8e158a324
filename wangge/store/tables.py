"""Reads one table: a GeoJSON file into a frame in metres, a CSV register into a plain frame."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from wangge.domain.crs import METRIC_CRS
from wangge.domain.schema import Column, Table
from wangge.store import catalogue, catalogue_places, structure
from wangge.store.assemble import Shape
from wangge.store.decode import UNUSABLE, parse, text_of
from wangge.store.faults import Findings, shown
from wangge.store.shapes import build
from wangge.store.values import column_of, series

_KEPT: Final = {"unclosed"}  # faults of structure that leave a row usable


def empty(table: Table) -> gpd.GeoDataFrame | pd.DataFrame:
    """Return the table without rows, all columns there and of their types."""
    columns = {c.name: series([], [], c.kind, c.name) for c in table.columns}
    index = pd.Index([], dtype="str", name="id")
    frame = pd.DataFrame(columns, index=index)
    return gpd.GeoDataFrame(frame, geometry=[], crs=METRIC_CRS) if table.geometry else frame


def layer(data: bytes, table: Table, findings: Findings) -> gpd.GeoDataFrame:
    """Read the GeoJSON text of a table: the usable rows, indexed by id, in `METRIC`."""
    document = parse(data, table.name, findings)
    features, crs = _features(document, table, findings)
    rows = list(_sound(features, table, findings))
    shapes = [shape for shape, _ in rows]
    geometries, usable = build(shapes, crs, table, findings)
    kept = np.flatnonzero(usable)
    ids = [shapes[i].feature for i in kept]
    columns = _columns([rows[i][1] for i in kept], ids, table, findings)
    index = pd.Index(ids, dtype="str", name="id")
    frame = pd.DataFrame(columns, index=index)
    return gpd.GeoDataFrame(frame, geometry=geometries[kept], crs=METRIC_CRS)


def register(
    data: bytes, table: Table, findings: Findings, *, numbered: bool = False
) -> pd.DataFrame:
    """Read the CSV text of a register: the usable rows, indexed by id.

    ``numbered``: its rows have no id and are indexed by the number of their line.
    """
    text = text_of(data, table.name, findings)
    try:
        lines = list(csv.reader(io.StringIO(text or ""), strict=True))
    except csv.Error:
        findings.add(catalogue_places.RAGGED_ROW.at(table.name, n="?"))
        lines = []
    if not lines:
        return empty(table)
    header = lines[0]
    kinds = {column.name: column.kind for column in table.columns}
    seen: set[str] = set()
    ids: list[str] = []
    rows: list[dict[str, object]] = []
    for number, line in enumerate(lines[1:], 2):
        if not line:
            continue
        if len(line) != len(header):
            findings.add(catalogue_places.RAGGED_ROW.at(table.name, line[0], n=number))
            continue
        row = {
            name: _cell(cell, kinds.get(name, "")) for name, cell in zip(header, line, strict=True)
        }
        ident = number if numbered else row.pop("id", None)
        if _new(str(ident or ""), number, seen, table, findings):
            ids.append(str(ident))
            rows.append(row)
    return pd.DataFrame(
        _columns(rows, ids, table, findings, header=set(header) - {"id"}),
        index=pd.Index(ids, dtype="str", name="id"),
    )


def _cell(cell: str, kind: str) -> object:
    """Return what a CSV cell means: numbers and yes/no have no other notation there."""
    text = cell.strip()
    if not text:
        return None
    if kind in ("int", "float"):
        try:
            return int(text)
        except ValueError:
            try:
                return float(text)
            except ValueError:
                return text
    if kind == "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    return text.split(";") if kind == "list" else cell


def _features(
    document: object, table: Table, findings: Findings
) -> tuple[Sequence[object], str | None]:
    """Return the features of `document` wherever they are, and the stated CRS."""
    if document is UNUSABLE:
        return (), ""
    if isinstance(document, list):
        findings.add(catalogue.BARE_ARRAY.at(table.name))
        return document, None
    if not isinstance(document, dict):
        found = shown(document)
        findings.add(catalogue.NOT_AN_OBJECT.at(table.name, what="GeoJSON", found=found))
        return (), ""
    crs = _stated(document)
    if document.get("type") == "FeatureCollection" or isinstance(document.get("features"), list):
        for problem in structure.collection(document, table.name):
            findings.add(problem)
        if document.get("type") != "FeatureCollection":
            findings.add(
                catalogue.NOT_A_COLLECTION.at(table.name, kind=shown(document.get("type")))
            )
        features = document.get("features")
        return (features if isinstance(features, list) else ()), crs
    findings.add(catalogue.NOT_A_COLLECTION.at(table.name, kind=shown(document.get("type"))))
    if document.get("type") == "Feature":
        return [document], crs
    for problem in structure.geometry(document, table.name, "", features_too=True):
        findings.add(problem)
    return (), ""


def _stated(document: dict[str, object]) -> str | None:
    """Return the name in the `crs` member; None when nothing is stated."""
    crs = document.get("crs")
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else shown(crs)


def _sound(
    features: Sequence[object], table: Table, findings: Findings
) -> Iterator[tuple[Shape, dict[str, object]]]:
    """Yield the features that can become rows; each other one is named."""
    seen: set[str] = set()
    for number, feature in enumerate(features, 1):
        problems = list(structure.check_feature(feature, table.name))
        for problem in problems:
            findings.add(problem)
        fatal = any(p.level == "error" and p.code not in _KEPT for p in problems)
        if fatal or not isinstance(feature, dict):
            continue
        properties = feature.get("properties") or {}
        ident = feature.get("id", properties.get("id"))
        ident = "" if ident is None or isinstance(ident, list | dict) else str(ident)
        if not _new(ident, number, seen, table, findings):
            continue
        shape = feature["geometry"]
        if shape is None or not _any_position(shape.get("coordinates", [0])):
            findings.add(catalogue_places.NO_GEOMETRY.at(table.name, ident))
        elif shape["type"] not in table.geometry:
            findings.add(
                catalogue_places.WRONG_GEOMETRY.at(
                    table.name, ident, found=shape["type"], expected=" / ".join(table.geometry)
                )
            )
        else:
            yield Shape(ident, shape["type"], shape["coordinates"]), properties


def _any_position(held: object) -> bool:
    return any(map(_any_position, held)) if isinstance(held, list) else True


def _new(ident: str, number: int, seen: set[str], table: Table, findings: Findings) -> bool:
    """Tell whether `ident` may index a row: it is there, and the first of its name."""
    if not ident.strip():
        findings.add(catalogue_places.NO_ID.at(table.name, "", "id", n=number))
        return False
    if ident in seen:
        findings.add(catalogue_places.DUPLICATE_ID.at(table.name, ident, "id"))
        return False
    seen.add(ident)
    return True


def _columns(
    rows: Sequence[dict[str, object]],
    ids: Sequence[str],
    table: Table,
    findings: Findings,
    *,
    header: set[str] | None = None,
) -> dict[str, pd.Series]:
    """Return the declared columns of `rows`; name those missing and those unknown."""
    there = header if header is not None else {name for row in rows for name in row}
    known = {column.name for column in table.columns} | {"id"}
    for name in sorted(there - known):
        findings.add(
            catalogue_places.UNKNOWN_COLUMN.at(table.name, "", shown(name), column=shown(name))
        )
    return {c.name: _column(rows, ids, c, table, findings, there) for c in table.columns}


def _column(
    rows: Sequence[dict[str, object]],
    ids: Sequence[str],
    column: Column,
    table: Table,
    findings: Findings,
    there: set[str],
) -> pd.Series:
    if column.name not in there:
        if rows and column.required:
            findings.add(
                catalogue_places.MISSING_COLUMN.at(
                    table.name, "", column.name, label=column.label, column=column.name
                )
            )
        return series([None] * len(rows), ids, column.kind, column.name)
    values = [row.get(column.name) for row in rows]
    return column_of(values, ids, column, table.name, findings)
