"""Tables come to the newest revision from nothing and from every older one, with what they hold."""

from __future__ import annotations

import sqlite3
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, inspect, select, text

from wangge.domain.actors import Actor
from wangge.errors import JournalError
from wangge.store import engine as engines
from wangge.store.engine import engine_of, reading, writing
from wangge.store.journal_tables import CASES, EVENTS, META, PHOTOS, RECORDS, Spot
from wangge.store.migrate import HEAD, migrate, revision_of

pytestmark = pytest.mark.filterwarnings("ignore:Did not recognize type 'geometry'")
FOLDER = str(Path(engines.__file__).with_name("migrations"))
SCRIPTS = ScriptDirectory(FOLDER, version_locations=[FOLDER])
REVISIONS = [one.revision for one in SCRIPTS.walk_revisions()][::-1]
GEOMETRY = [table.name for table in META.tables.values() if "geom" in table.c]


def test_the_head_is_the_last_revision():
    assert SCRIPTS.get_current_head() == HEAD == REVISIONS[-1]


@pytest.fixture
def older(where, monkeypatch):
    """Return a function that makes empty tables of an older revision."""

    def make(revision):
        with monkeypatch.context() as patched:
            patched.setattr(engines, "migrate", lambda connection: migrate(connection, revision))
            return engine_of(where)

    return make


def columns(engine, table):
    with reading(engine) as connection:
        return {one["name"]: one for one in inspect(connection).get_columns(table)}


def test_new_tables_are_those_the_program_knows(journal):
    with reading(journal.engine) as connection:
        ours = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, _: kind != "table" or name in META.tables,
                "compare_type": lambda *known: False if isinstance(known[-1], Spot) else None,
            },
        )
        assert compare_metadata(ours, META) == []
        assert revision_of(connection) == HEAD


@pytest.mark.parametrize("table", GEOMETRY)
def test_tables_with_geometry_only_gain_columns(older, table):
    held: dict[str, object] = {}
    for revision in REVISIONS:
        engine = older(revision)
        found = columns(engine, table)
        engine.dispose()
        assert list(found)[: len(held)] == list(held)
        for name, column in found.items():
            if name in held:
                assert str(column["type"]) == str(held[name]["type"])
                assert column["nullable"] == held[name]["nullable"]
            elif revision != REVISIONS[0]:
                assert column["nullable"] or column["default"] is not None, name
        held = found


def copied(source, engine):
    """Write what a journal holds into tables of an older revision, as it was when they were new."""
    for table in (EVENTS, CASES, RECORDS, PHOTOS):
        known = columns(engine, table.name)
        wanted = [column for column in table.c if column.name in known and column.name != "fid"]
        with reading(source.engine) as connection:
            rows = [dict(row) for row in connection.execute(select(*wanted)).mappings()]
        with writing(engine) as connection:
            for row in rows:
                connection.execute(insert(table).values(**row))


@pytest.mark.parametrize("revision", REVISIONS)
def test_an_older_journal_with_data(older, where, opened, office_of, tmp_path, revision):
    source = opened(tmp_path / "source" / "journal.gpkg")
    office = office_of(source)
    office.closed()
    office.at("书记").step(office.report().id, "open", key="photo", photos=[b"\xff\xd8"])
    office.at("甲").keep("note", "", {"n": 1}, key="n")
    engine = older(revision)
    copied(source, engine)
    engine.dispose()
    journal = opened(where)
    with reading(journal.engine) as connection:
        assert revision_of(connection) == HEAD
    told = source.version()
    assert journal.verify() == told
    assert journal.rows("cases") == source.rows("cases")
    assert {row["last_event"] for row in journal.rows("cases")} == {7, 9}
    office.journal = journal
    assert office.report().id == "261125-03"
    assert journal.verify() == told + 1


def test_several_at_once(older, where, opened):
    older(REVISIONS[0]).dispose()
    with ThreadPoolExecutor(4) as pool:
        journals = list(pool.map(lambda _: opened(where), range(4)))
    assert [journal.verify() for journal in journals] == [0] * 4


def test_several_make_one(where, opened):
    with ThreadPoolExecutor(6) as pool:
        journals = list(pool.map(lambda _: opened(where), range(6)))
    actor, at = Actor("书记", "secretary"), datetime(2026, 11, 25, tzinfo=UTC)
    with journals[0].writing(actor, at) as book:
        book.add("keep", "records/a", {"kind": "note", "about": "", "body": {}})
    assert [journal.version() for journal in journals] == [1] * 6


def test_a_newer_journal_is_refused_and_left_alone(journal, where, opened):
    with writing(journal.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(JournalError, match=r"newer than this program.*safe"):
        opened(where)
    with reading(journal.engine) as connection:
        assert revision_of(connection) == "9999"


def test_a_journal_of_a_preview_is_refused(journal, where, opened):
    with writing(journal.engine) as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    with pytest.raises(JournalError, match="preview"):
        opened(where)


def test_the_guards_of_the_second_revision(office):
    office.report()
    office.at("甲").keep("note", "", {}, key="n")
    again = "INSERT INTO events SELECT {}, 'x' FROM events WHERE seq = 2"
    same = "at, actor, role, action, subject, body, NULL"
    for statement in (
        "DELETE FROM cases",
        "DELETE FROM records",
        again.format(f"9, {same}, hash"),
        again.format(f"3, {same}, previous"),
    ):
        with pytest.raises(JournalError), writing(office.journal.engine) as connection:
            connection.execute(text(statement))
    assert office.journal.verify() == 2


def test_a_geopackage_while_in_use(office_of, sqlite, tmp_path):
    """What GDAL, and so QGIS, sees of a journal that somebody writes to."""
    office = office_of(sqlite)
    office.report(lon=113.04)
    office.report(lat=36.06, note="“电线”'; --")
    path = tmp_path / "home" / "journal.gpkg"
    done = subprocess.run(["ogrinfo", "-al", str(path)], capture_output=True, text=True, check=True)
    assert not done.stderr
    for line in (
        "using driver `GPKG' successful",
        "Layer name: cases",
        "Geometry: Point",
        "Feature Count: 2",
        "Extent: (113.040000, 36.050000) - (113.050000, 36.060000)",
        'ID["EPSG",4490]',
        "FID Column = fid",
        "Geometry Column NOT NULL = geom",
        "POINT (113.04 36.05)",
        "note (String) = “电线”'; --",
        "Layer name: events",
        "Layer name: records",
        "Layer name: photos",
    ):
        assert line in done.stdout, line
    with closing(sqlite3.connect(path)) as held:
        assert held.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert held.execute("PRAGMA user_version").fetchone() == (10300,)
        assert held.execute("PRAGMA foreign_key_check").fetchall() == []
        (change,) = held.execute(
            "SELECT last_change FROM gpkg_contents WHERE table_name = 'cases'"
        ).fetchone()
    assert change == office.journal.events("cases/261125-02")[0].at
    assert office.report().id == "261125-03"
