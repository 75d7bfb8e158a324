"""The journal begins: events, what they make, photos; a GeoPackage in SQLite, PostGIS else."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op
from pyproj import CRS

from wangge.store.journal_tables import Spot

revision = "0001"
down_revision = None

_APPLICATION: Final = 0x47504B47  # "GPKG"
_EDITION: Final = 10300
_SYSTEMS: Final = {4326: "EPSG:4326", 4490: "EPSG:4490"}
_SRS: Final = 4490
_SPATIAL: Final = (
    """CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,
    organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,
    description TEXT)""",
    """CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
    identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL
    DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE,
    max_y DOUBLE, srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id))""",
    """CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL UNIQUE
    REFERENCES gpkg_contents(table_name), column_name TEXT NOT NULL, geometry_type_name TEXT
    NOT NULL, srs_id INTEGER NOT NULL REFERENCES gpkg_spatial_ref_sys(srs_id), z TINYINT NOT NULL,
    m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name))""",
)
_REFUSALS: Final = {
    "sqlite": tuple(
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
        for table in ("events", "photos")
        for verb in ("update", "delete")
    ),
    "postgresql": (
        """CREATE FUNCTION wangge_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN RAISE EXCEPTION 'the journal is append-only'; END$$""",
        *(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION wangge_append_only()"
            for table in ("events", "photos")
        ),
    ),
}


def upgrade() -> None:
    """Make everything."""
    connection = op.get_bind()
    kind = connection.dialect.name
    if kind == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id={_APPLICATION}")
        connection.exec_driver_sql(f"PRAGMA user_version={_EDITION}")
        for made in _SPATIAL:
            connection.exec_driver_sql(made)
        _register(connection)
    else:
        connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS postgis")
    _events()
    _cases()
    _records()
    _photos()
    for trigger in _REFUSALS[kind]:
        connection.exec_driver_sql(trigger)


def _text(name: str, *, nullable: bool = False, unique: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable, unique=unique or None)


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        *(_text(name) for name in ("at", "actor", "role", "action", "subject", "body")),
        _text("key", nullable=True, unique=True),
        _text("previous"),
        _text("hash", unique=True),
    )
    op.create_index("ix_events_subject", "events", ["subject"])


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("fid", sa.Integer, primary_key=True),
        sa.Column("geom", Spot, nullable=False),
        _text("id", unique=True),
        *(_text(name) for name in ("kind", "severity", "status", "reported_at", "reported_by")),
        *(_text(name, nullable=True) for name in ("due_at", "handled_at", "closed_at")),
        *(_text(name) for name in ("assignee", "handled_by", "compound_id", "grid_id", "asset")),
        *(_text(name) for name in ("place", "note", "cause", "answers")),
        sa.Column("returned", sa.Integer, nullable=False),
        sa.Column("extended", sa.Integer, nullable=False),
        _text("original"),
    )
    op.create_index("ix_cases_status", "cases", ["status"])


def _records() -> None:
    op.create_table(
        "records",
        sa.Column("fid", sa.Integer, primary_key=True),
        _text("id", unique=True),
        *(_text(name) for name in ("kind", "about", "at", "actor", "body")),
        sa.Column("gone", sa.Integer, nullable=False),
    )
    op.create_index("records_kind_about", "records", ["kind", "about"])


def _photos() -> None:
    op.create_table(
        "photos",
        sa.Column("fid", sa.Integer, primary_key=True),
        _text("digest"),
        _text("subject"),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("jpeg", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("digest", "subject", "seq"),
    )
    op.create_index("ix_photos_subject", "photos", ["subject"])


def _register(connection: sa.Connection) -> None:
    """Say in the GeoPackage's own tables what is in it."""
    systems = [
        ("Undefined Cartesian", -1, "NONE", -1, "undefined"),
        ("Undefined geographic", 0, "NONE", 0, "undefined"),
        *(
            ((crs := CRS(name)).name, code, "EPSG", code, crs.to_wkt("WKT1_GDAL"))
            for code, name in _SYSTEMS.items()
        ),
    ]
    for row in systems:
        connection.exec_driver_sql(
            "INSERT INTO gpkg_spatial_ref_sys (srs_name, srs_id, organization, "
            "organization_coordsys_id, definition) VALUES (?, ?, ?, ?, ?)",
            row,
        )
    for table, kind, srs in (("cases", "features", _SRS), ("events", "attributes", None)):
        connection.exec_driver_sql(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
            "VALUES (?, ?, ?, ?)",
            (table, kind, table, srs),
        )
    connection.exec_driver_sql(
        "INSERT INTO gpkg_geometry_columns VALUES ('cases', 'geom', 'POINT', ?, 0, 0)", (_SRS,)
    )
