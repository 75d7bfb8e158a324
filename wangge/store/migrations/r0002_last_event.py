"""Each state row names the last event that touched it; the database itself guards more.

An event must follow the last one, a case or record cannot be deleted, and the GeoPackage lists
every table that a map program may show.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

from wangge.store.journal_tables import lonlats

revision = "0002"
down_revision = "0001"

_STATE: Final = ("cases", "records")
_GUARDS: Final = {
    "sqlite": (
        """CREATE TRIGGER events_in_order BEFORE INSERT ON events
        WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM events)
        OR NEW.previous IS NOT
            coalesce((SELECT hash FROM events ORDER BY seq DESC LIMIT 1), printf('%064d', 0))
        BEGIN SELECT RAISE(ABORT, 'the event does not follow the last one'); END""",
        *(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'nothing is ever deleted'); END"
            for table in _STATE
        ),
    ),
    "postgresql": (
        """CREATE FUNCTION wangge_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE last record;
        BEGIN
            SELECT seq, hash INTO last FROM events ORDER BY seq DESC LIMIT 1;
            IF NEW.seq IS DISTINCT FROM coalesce(last.seq, 0) + 1
            OR NEW.previous IS DISTINCT FROM coalesce(last.hash, repeat('0', 64)) THEN
                RAISE EXCEPTION 'the event does not follow the last one';
            END IF;
            RETURN NEW;
        END$$""",
        """CREATE TRIGGER events_in_order BEFORE INSERT ON events
        FOR EACH ROW EXECUTE FUNCTION wangge_in_order()""",
        """CREATE FUNCTION wangge_no_delete() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN RAISE EXCEPTION 'nothing is ever deleted'; END$$""",
        *(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION wangge_no_delete()"
            for table in _STATE
        ),
    ),
}


def upgrade() -> None:
    """Add the column, fill it from the events, set the guards."""
    connection = op.get_bind()
    for table in _STATE:
        column = sa.Column("last_event", sa.Integer, nullable=False, server_default="0")
        op.add_column(table, column)
        op.create_index(f"{table}_last_event", table, ["last_event"])
        connection.exec_driver_sql(
            f"UPDATE {table} SET last_event = coalesce((SELECT max(seq) FROM events "  # noqa: S608 - our own names
            f"WHERE subject = '{table}/' || {table}.id), 0)"
        )
    kind = connection.dialect.name
    for guard in _GUARDS[kind]:
        connection.exec_driver_sql(guard)
    if kind == "sqlite":
        _list_all(connection)


def _list_all(connection: sa.Connection) -> None:
    for table in ("records", "photos"):
        connection.exec_driver_sql(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES (?, ?, ?)",
            (table, "attributes", table),
        )
    held = connection.exec_driver_sql("SELECT geom FROM cases").scalars().all()
    if held:
        spots = lonlats(held)
        box = (*spots.min(axis=0).tolist(), *spots.max(axis=0).tolist())
        connection.exec_driver_sql(
            "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? "
            "WHERE table_name = 'cases'",
            box,
        )
