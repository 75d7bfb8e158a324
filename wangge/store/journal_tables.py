"""The tables of the journal, the same on SQLite (a GeoPackage) and PostgreSQL (with PostGIS)."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from sqlalchemy import (
    Column,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import UserDefinedType

SRS: Final = 4490  # CGCS2000 longitude/latitude
_HEADER: Final = struct.Struct("<2sBBi")  # "GP", version, flags, srs id
_LITTLE_NO_BOX: Final = 1
_BOXES: Final = (0, 32, 48, 48, 64)  # bytes of the box a header may hold, by its flag
_WKB: Final = 21  # bytes of a point
_PAIR: Final = 16  # of them, its coordinates


class Spot(UserDefinedType[shapely.Point]):
    """A point in CGCS2000: a GeoPackage blob in SQLite, a PostGIS geometry in PostgreSQL."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """Name the column's type, as a GeoPackage wants it."""
        return "POINT"

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """Return what writes a point as the engine keeps it."""
        if dialect.name == "sqlite":
            head = _HEADER.pack(b"GP", 0, _LITTLE_NO_BOX, SRS)
            return lambda point: head + shapely.to_wkb(point, byte_order=1)
        return lambda point: shapely.to_wkb(
            shapely.set_srid(point, SRS), hex=True, include_srid=True
        )

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:  # noqa: ARG002 - SQLAlchemy's signature
        """Return what reads a point back."""
        if dialect.name == "sqlite":
            return lambda held: shapely.from_wkb(_plain(held))
        return shapely.from_wkb


def lonlats(held: Sequence[bytes | str]) -> npt.NDArray[np.float64]:
    """Return longitude and latitude, shape (n, 2), of points as the engines keep them."""
    data = b"".join(_bytes(one) for one in held)
    width = len(data) // len(held) if held else _HEADER.size + _WKB
    if width > _PAIR and width * len(held) == len(data):
        rows = np.frombuffer(data, dtype=[("head", f"V{width - _PAIR}"), ("pair", "<f8", (2,))])
        if (rows["head"] == rows["head"][:1]).all():
            return rows["pair"]
    points = shapely.from_wkb([_plain(one) if isinstance(one, bytes) else one for one in held])
    return shapely.get_coordinates(points)  # written by other programs, each in its own way


def _bytes(held: bytes | str) -> bytes:
    return held if isinstance(held, bytes) else bytes.fromhex(held)


def _plain(blob: bytes) -> bytes:
    """Return the WKB behind the header of a GeoPackage geometry, which may hold a box."""
    return blob[_HEADER.size + _BOXES[blob[3] >> 1 & 7] :]


@compiles(Spot, "postgresql")
def _postgis(*_: object, **__: object) -> str:
    return f"geometry(Point,{SRS})"


META: Final = MetaData()

EVENTS: Final = Table(
    "events",
    META,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("key", Text, unique=True),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
)
CASES: Final = Table(
    "cases",
    META,
    Column("fid", Integer, primary_key=True),
    Column("geom", Spot, nullable=False),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("status", Text, nullable=False, index=True),
    Column("reported_at", Text, nullable=False),
    Column("reported_by", Text, nullable=False),
    Column("due_at", Text),
    Column("handled_at", Text),
    Column("closed_at", Text),
    Column("assignee", Text, nullable=False),
    Column("handled_by", Text, nullable=False),
    Column("compound_id", Text, nullable=False),
    Column("grid_id", Text, nullable=False),
    Column("asset", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("answers", Text, nullable=False),
    Column("returned", Integer, nullable=False),
    Column("extended", Integer, nullable=False),
    Column("original", Text, nullable=False),
    Column("last_event", Integer, nullable=False, server_default="0"),
    Index("cases_last_event", "last_event"),
)
RECORDS: Final = Table(
    "records",
    META,
    Column("fid", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("gone", Integer, nullable=False),
    Column("last_event", Integer, nullable=False, server_default="0"),
    Index("records_kind_about", "kind", "about"),
    Index("records_last_event", "last_event"),
)
PHOTOS: Final = Table(
    "photos",
    META,
    Column("fid", Integer, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("seq", Integer, nullable=False),
    Column("jpeg", LargeBinary, nullable=False),
    UniqueConstraint("digest", "subject", "seq"),
)
STATE: Final = {"cases": CASES, "records": RECORDS}  # what events make
