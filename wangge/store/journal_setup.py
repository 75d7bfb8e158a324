"""Makes the journal's tables: a valid GeoPackage in SQLite, PostGIS in PostgreSQL."""

from __future__ import annotations

from typing import Final

from pyproj import CRS
from sqlalchemy import Connection, inspect, text

from wangge.domain.crs import SHOWN, STORED
from wangge.store.journal_tables import META, SRS

_APPLICATION: Final = 0x47504B47  # "GPKG"
_EDITION: Final = 10300
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


def prepare(connection: Connection) -> None:
    """Make the tables if they are not there, inside the caller's transaction."""
    if inspect(connection).has_table("events"):
        return
    kind = connection.dialect.name
    if kind == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id={_APPLICATION}")
        connection.exec_driver_sql(f"PRAGMA user_version={_EDITION}")
        for made in _SPATIAL:
            connection.exec_driver_sql(made)
        _register(connection)
    else:
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
    META.create_all(connection)
    for trigger in _REFUSALS[kind]:
        connection.exec_driver_sql(trigger)


def _register(connection: Connection) -> None:
    systems = [
        ("Undefined Cartesian", -1, "NONE", -1, "undefined"),
        ("Undefined geographic", 0, "NONE", 0, "undefined"),
        *(
            (crs.name, code, "EPSG", code, crs.to_wkt("WKT1_GDAL"))
            for name in (SHOWN, STORED)
            if (crs := CRS(name)) and (code := int(name.removeprefix("EPSG:")))
        ),
    ]
    for row in systems:
        connection.exec_driver_sql(
            "INSERT INTO gpkg_spatial_ref_sys (srs_name, srs_id, organization, "
            "organization_coordsys_id, definition) VALUES (?, ?, ?, ?, ?)",
            row,
        )
    for table, kind, srs in (("cases", "features", SRS), ("events", "attributes", None)):
        connection.exec_driver_sql(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
            "VALUES (?, ?, ?, ?)",
            (table, kind, table, srs),
        )
    connection.exec_driver_sql(
        "INSERT INTO gpkg_geometry_columns VALUES ('cases', 'geom', 'POINT', ?, 0, 0)", (SRS,)
    )
