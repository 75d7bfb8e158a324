"""The structure of a GeoJSON text, after RFC 7946: every departure a problem."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Final, cast

from wangge.store import catalogue
from wangge.store.decode import UNUSABLE, parse
from wangge.store.faults import Findings, shown
from wangge.store.problems import Problem

Object = Mapping[str, object]
Polygon = list[list[list[float]]]

_DEPTH: Final = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
_GEOMETRIES: Final = (*_DEPTH, "GeometryCollection")
_FOREIGN: Final = {
    "FeatureCollection": ("properties", "coordinates", "geometry", "geometries"),
    "Feature": ("features", "coordinates", "geometries"),
    "geometry": ("features", "properties", "geometry"),
}
_LENGTHS: Final = (2, 3)
_MOST: Final = 3  # numbers in a position
_RING: Final = 4
_BBOX: Final = (4, 6)


def check_text(data: bytes, table: str = "") -> tuple[Problem, ...]:
    """Check one GeoJSON text: JSON, objects, types, coordinates, rings; not its columns.

    Any GeoJSON object may stand at the root; whether a table may is for the reader to say.

    Examples
    --------
    >>> check_text(b'{"type": "Point", "coordinates": [113.05, 36.05]}')
    ()
    >>> [p.code for p in check_text(b'{"type": "Point"}')]
    ['missing-member']
    """
    findings = Findings()
    document = parse(data, table, findings)
    if document is not UNUSABLE:
        for problem in _root(document, table):
            findings.add(problem)
    return findings.listed(catalogue.AND_MORE)


def _root(document: object, table: str) -> Iterator[Problem]:
    if isinstance(document, list):
        yield catalogue.BARE_ARRAY.at(table)
        features: object = document
    elif not isinstance(document, dict):
        yield catalogue.NOT_AN_OBJECT.at(table, what="GeoJSON", found=shown(document))
        return
    elif document.get("type") == "FeatureCollection":
        yield from collection(document, table)
        features = document.get("features")
    elif document.get("type") == "Feature":
        features = [document]
    else:
        yield from geometry(document, table, "", features_too=True)
        return
    for feature in features if isinstance(features, list) else ():
        yield from check_feature(feature, table)


def collection(document: Object, table: str) -> Iterator[Problem]:
    """Check the members of a FeatureCollection; the features themselves are not entered."""
    yield from _members(document, "FeatureCollection", table, "")
    if "features" not in document:
        yield catalogue.MISSING_MEMBER.at(table, what="FeatureCollection", member='"features"')
    elif not isinstance(document["features"], list):
        yield catalogue.WRONG_MEMBER.at(
            table, member='"features"', expected="[...]", found=shown(document["features"])
        )


def check_feature(feature: object, table: str) -> Iterator[Problem]:
    """Check one feature with its geometry."""
    if not isinstance(feature, dict):
        yield catalogue.NOT_AN_OBJECT.at(table, what="Feature", found=shown(feature))
        return
    ident = feature.get("id", "")
    at = str(ident) if isinstance(ident, str | int) else ""
    if feature.get("type") != "Feature":
        yield _type(feature, table, at, "Feature")
    yield from _members(feature, "Feature", table, at)
    if not isinstance(ident, str | int | float) or isinstance(ident, bool):
        yield catalogue.WRONG_MEMBER.at(
            table, at, member='"id"', expected='"..."', found=shown(ident)
        )
    for member in ("properties", "geometry"):
        if member not in feature:
            yield catalogue.MISSING_MEMBER.at(table, at, what="Feature", member=f'"{member}"')
    properties = feature.get("properties")
    if not isinstance(properties, dict | None):
        yield catalogue.WRONG_MEMBER.at(
            table, at, member='"properties"', expected="{...}", found=shown(properties)
        )
    shape = feature.get("geometry")
    if shape is not None:
        yield from geometry(shape, table, at)


def geometry(
    shape: object, table: str, at: str, *, features_too: bool = False
) -> Iterator[Problem]:
    """Check one geometry; `features_too` says that a feature could have stood here."""
    if not isinstance(shape, dict):
        yield catalogue.NOT_AN_OBJECT.at(table, at, what="geometry", found=shown(shape))
        return
    kind = shape.get("type")
    if not isinstance(kind, str) or kind not in _GEOMETRIES:
        expected = "FeatureCollection" if features_too else ", ".join(_GEOMETRIES)
        yield _type(shape, table, at, expected)
        return
    yield from _members(shape, "geometry", table, at)
    if kind == "GeometryCollection":
        yield from _parts(shape, table, at)
    elif "coordinates" not in shape:
        yield catalogue.MISSING_MEMBER.at(table, at, what=kind, member='"coordinates"')
    else:
        yield from _coordinates(shape["coordinates"], kind, table, at)


def _type(held: Object, table: str, at: str, expected: str) -> Problem:
    if "type" not in held:
        return catalogue.MISSING_MEMBER.at(table, at, what="GeoJSON", member='"type"')
    return catalogue.UNKNOWN_TYPE.at(table, at, found=shown(held["type"]), expected=expected)


def _members(held: Object, what: str, table: str, at: str) -> Iterator[Problem]:
    for member in _FOREIGN[what]:
        if member in held:
            yield catalogue.FOREIGN_MEMBER.at(table, at, what=what, member=f'"{member}"')
    if "bbox" in held:
        bbox = held["bbox"]
        if not isinstance(bbox, list) or len(bbox) not in _BBOX or not all(map(_number, bbox)):
            yield catalogue.WRONG_BBOX.at(table, at)


def _parts(shape: Object, table: str, at: str) -> Iterator[Problem]:
    parts = shape.get("geometries")
    if not isinstance(parts, list):
        yield catalogue.MISSING_MEMBER.at(
            table, at, what="GeometryCollection", member='"geometries"'
        )
        return
    if len(parts) == 1:
        yield catalogue.SINGLE_COLLECTION.at(table, at)
    for part in parts:
        if isinstance(part, dict) and part.get("type") == "GeometryCollection":
            yield catalogue.NESTED_COLLECTION.at(table, at)  # not entered: depth stays bounded
        else:
            yield from geometry(part, table, at)


def _number(value: object) -> bool:
    return type(value) is float or type(value) is int


def _coordinates(held: object, kind: str, table: str, at: str) -> Iterator[Problem]:
    sound = True
    for path in _paths(held, _DEPTH[kind]):
        if not isinstance(path, list):
            path = [path.value]  # noqa: PLW2901 - what stands where a list of positions should
        for problem in _path(path, kind, table, at):
            sound = False
            yield problem
    if sound and kind.endswith("Polygon"):
        polygons = [held] if kind == "Polygon" else held
        if not all(_turns_right(polygon) for polygon in cast("list[Polygon]", polygons)):
            yield catalogue.WINDING.at(table, at)


def _turns_right(polygon: Polygon) -> bool:
    """Tell whether the outer ring runs counter-clockwise and the others clockwise."""
    return all(
        (number == 0)
        == (sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(_near(ring))) >= 0)
        for number, ring in enumerate(polygon)
    )


def _near(ring: list[list[float]]) -> list[tuple[float, float]]:
    """Return `ring` relative to its first position, so that its area keeps its digits."""
    x, y = ring[0][:2]
    return [(p[0] - x, p[1] - y) for p in ring]


class _Wrong:
    """A value found where coordinates should be nested deeper."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


def _paths(held: object, depth: int) -> Iterator[list[object] | _Wrong]:
    """Yield the lists of positions in `held`, which should be nested `depth` deep."""
    if not isinstance(held, list):
        yield _Wrong(held)
    elif depth == 0:
        yield [held]
    elif depth == 1:
        yield held
    else:
        for part in held:
            yield from _paths(part, depth - 1)


def _path(path: list[object], kind: str, table: str, at: str) -> Iterator[Problem]:
    for position in path:
        if (
            type(position) is not list
            or len(position) < _LENGTHS[0]
            or not all(type(value) is float or type(value) is int for value in position)
        ):
            yield catalogue.BAD_POSITION.at(table, at, found=shown(position), kind=kind)
            return
        if len(position) > _MOST:
            yield catalogue.LONG_POSITION.at(table, at, n=len(position))
    if kind.endswith("LineString") and len(path) < _LENGTHS[0]:
        yield catalogue.SHORT_LINE.at(table, at, n=len(path))
    if kind.endswith("Polygon"):
        closed = bool(path) and path[0] == path[-1]
        if len(path) < _RING - (not closed):
            yield catalogue.SHORT_RING.at(table, at, n=len(path))
        elif not closed:
            yield catalogue.UNCLOSED.at(table, at)
