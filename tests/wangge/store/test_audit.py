"""Whoever goes behind the journal, with every guard taken down, is found and named."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from hashlib import sha256

import pytest
from sqlalchemy import delete, insert, select, text, update

from wangge.errors import ChainError, JournalError
from wangge.store.engine import reading, writing
from wangge.store.events import Event, canonical, digest
from wangge.store.journal_tables import CASES, EVENTS, PHOTOS, RECORDS

JPEG = b"\xff\xd8photo"


@pytest.fixture
def told(office):
    """A journal in which a case was closed, with a photo, and two records were kept."""
    case = office.closed()
    office.at("书记").step(office.report().id, "open", key="photo", photos=[JPEG])
    office.at("甲").keep("night_check", "alleys/A1", {"result": "lit"}, key="one")
    office.at("甲").keep("night_check", "alleys/A2", {"result": "lit"}, key="two")
    office.at("甲").drop("two")
    assert office.journal.verify() == 12
    assert case.id == "261125-01"
    return office.journal


def unguarded(journal, *statements):
    """Do as somebody would who owns the database: no trigger stands in the way."""
    with writing(journal.engine) as connection:
        if connection.dialect.name == "sqlite":
            found = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for name in connection.execute(text(found)).scalars().all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.execute(statement)


def event(journal, seq):
    with reading(journal.engine) as connection:
        row = connection.execute(select(EVENTS).where(EVENTS.c.seq == seq)).mappings().one()
    return Event(**row)


def found(journal):
    with pytest.raises(ChainError) as caught:
        journal.verify()
    assert caught.value.why.zh.endswith("。")
    return caught.value.why.en


FIELDS = {
    "at": "2026-11-25T02:00:00.000Z",
    "actor": "乙",
    "role": "secretary",
    "action": "close",
    "subject": "cases/261125-02",
    "body": "{}",
    "key": "another",
    "previous": "1" * 64,
    "hash": "1" * 64,
}


@pytest.mark.parametrize("column", FIELDS)
def test_a_changed_event(told, column):
    changed = update(EVENTS).where(EVENTS.c.seq == 5).values({column: FIELDS[column]})
    unguarded(told, changed)
    assert "Event 5 (" in found(told)


def test_a_changed_event_with_a_digest_that_fits(told):
    """Changed by somebody who knows how digests are made: the next event knows better."""
    forged = replace(event(told, 5), body=canonical({"cause": "别的"}))
    values = {"body": forged.body, "hash": digest(forged)}
    unguarded(told, update(EVENTS).where(EVENTS.c.seq == 5).values(values))
    assert "Event 6 (" in found(told)


@pytest.mark.parametrize("seq", [1, 6])
def test_a_deleted_event(told, seq):
    unguarded(told, delete(EVENTS).where(EVENTS.c.seq == seq))
    assert f"Event {seq} is missing" in found(told)


def test_the_last_event_deleted(told):
    unguarded(told, delete(EVENTS).where(EVENTS.c.seq == 12))
    assert "records/two" in found(told)


def forge(journal, **fields):
    """Append an event that fits the chain, as somebody who knows the code could."""
    last = event(journal, journal.version())
    plain = replace(last, seq=last.seq + 1, previous=last.hash, key=None, **fields)
    sealed = replace(plain, hash=digest(plain))
    values = {name: getattr(sealed, name) for name in EVENTS.c.keys()}  # noqa: SIM118
    unguarded(journal, insert(EVENTS).values(**values))


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"action": "close", "subject": "cases/261125-02", "body": "{}"}, "cannot have happened"),
        ({"action": "open", "subject": "cases/nothing", "body": "{}"}, "There is no case"),
        ({"action": "keep", "subject": "cases/261125-02", "body": "{}"}, "not known to happen"),
        ({"action": "burn", "subject": "houses/1", "body": "{}"}, "not known to happen"),
        ({"action": "keep", "subject": "records/x", "body": "[]"}, "not written by this product"),
        ({"action": "keep", "subject": "records/x", "body": "{"}, "not written by this product"),
        ({"action": "report", "subject": "cases/x", "body": "{}"}, "not written by this product"),
    ],
)
def test_an_inserted_event_that_cannot_have_happened(told, fields, word):
    forge(told, **fields)
    said = found(told)
    assert "Event 13 (" in said
    assert word in said


def test_an_inserted_event_that_could_have_happened_shows_in_the_state(told):
    """Its row does not follow, unless that was forged as well: then only a seal kept elsewhere."""
    body = canonical({"kind": "night_check", "about": "alleys/A1", "body": {"result": "unlit"}})
    forge(told, action="keep", subject="records/one", body=body)
    assert "records/one" in found(told)


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        (update(CASES).where(CASES.c.id == "261125-01").values(closed_at=None), "cases/261125-01"),
        (update(CASES).where(CASES.c.id == "261125-02").values(status="closed"), "cases/261125-02"),
        (update(CASES).where(CASES.c.id == "261125-02").values(returned=1), "cases/261125-02"),
        (delete(CASES).where(CASES.c.id == "261125-01"), "cases/261125-01"),
        (update(CASES).where(CASES.c.id == "261125-01").values(id="x"), "cases/x"),
        (update(RECORDS).where(RECORDS.c.id == "one").values(body="{}"), "records/one"),
        (update(RECORDS).where(RECORDS.c.id == "two").values(gone=0), "records/two"),
        (delete(RECORDS).where(RECORDS.c.id == "two"), "records/two"),
        (update(PHOTOS).values(jpeg=b"\xff\xd8other"), "of event 9 (cases/261125-02)"),
        (update(PHOTOS).values(seq=8), "of event 8 (cases/261125-02)"),
        (update(PHOTOS).values(subject="cases/261125-01"), "of event 9 (cases/261125-01)"),
        (delete(PHOTOS), "of event 9 (cases/261125-02)"),
    ],
)
def test_a_changed_state(told, statement, name):
    unguarded(told, statement)
    assert name in found(told)


def test_a_moved_case(told):
    moved = "UPDATE cases SET geom = (SELECT geom FROM cases WHERE id = '261125-01')"
    assert told.verify()
    unguarded(told, text(moved))
    assert told.verify(), "moved onto the same place: nothing changed"
    with writing(told.engine) as connection:
        row = connection.execute(select(CASES.c.geom).limit(1)).scalar_one()
    there = type(row)(row.x + 0.001, row.y)
    unguarded(told, update(CASES).where(CASES.c.id == "261125-02").values(geom=there))
    assert "cases/261125-02" in found(told)


def test_a_case_and_a_photo_nobody_reported(told):
    with reading(told.engine) as connection:
        row = dict(connection.execute(select(CASES).limit(1)).mappings().one())
    unguarded(told, insert(CASES).values(**{**row, "fid": 99, "id": "extra"}))
    assert "cases/extra" in found(told)
    unguarded(told, delete(CASES).where(CASES.c.id == "extra"))
    assert told.verify()
    extra = {"digest": sha256(b"x").hexdigest(), "subject": "cases/261125-01", "seq": 3}
    unguarded(told, insert(PHOTOS).values(**extra, jpeg=b"x"))
    assert "of event 3 (cases/261125-01)" in found(told)


@pytest.mark.parametrize(
    ("statement", "word"),
    [
        ("UPDATE cases SET geom = x'00'", "cases/261125-01"),
        ("UPDATE cases SET geom = 'here' WHERE id = '261125-02'", "cases/261125-02"),
        ("UPDATE cases SET note = CAST(x'ff' AS TEXT)", "cases/261125-01"),
        ("UPDATE events SET body = CAST(x'ff' AS TEXT) WHERE seq = 3", "events/3"),
        ("UPDATE events SET body = x'00' WHERE seq = 3", "Event 3"),
        ("UPDATE photos SET jpeg = 'text'", "of event 9"),
    ],
)
def test_content_of_no_sense(office_of, sqlite, statement, word):
    """SQLite keeps anything anywhere: what cannot be read is named as well."""
    office = office_of(sqlite)
    office.closed()
    office.at("书记").step(office.report().id, "open", key="photo", photos=[JPEG])
    unguarded(sqlite, text(statement))
    assert word in found(sqlite)


@pytest.mark.parametrize("table", [EVENTS, PHOTOS])
@pytest.mark.parametrize("change", [update, delete])
def test_the_database_itself_refuses(told, table, change):
    statement = change(table)
    if change is update:
        statement = statement.values(subject="cases/x")
    with pytest.raises(JournalError, match="append-only"), writing(told.engine) as connection:
        connection.execute(statement)
    assert told.verify() == 12


def test_any_other_program_is_refused_too(office_of, sqlite, tmp_path):
    office_of(sqlite).report()
    with closing(sqlite3.connect(tmp_path / "home" / "journal.gpkg")) as other:
        for attempt in ("DELETE FROM events", "UPDATE events SET body = '{}'"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                other.execute(attempt)


def test_progress_counts_every_event(told):
    seen = []
    told.verify(seen.append)
    assert seen == list(range(1, 13))
    assert json.loads(event(told, 9).body)["photos"] == [sha256(JPEG).hexdigest()]
