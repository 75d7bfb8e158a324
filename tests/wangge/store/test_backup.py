"""Copies of the journal are whole, or they are not called copies: one kind of file for both."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from wangge.errors import ChainError, JournalError
from wangge.store import backup
from wangge.store.backup import back_up, examined
from wangge.store.backup_names import backups_in
from wangge.store.engine import engine_of, peek, reading, writing
from wangge.store.journal import Journal

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
JPEG = b"\xff\xd8photo"


@pytest.fixture
def full(office):
    """A journal with a closed case, a photo and a record that was dropped."""
    office.closed()
    office.at("书记").step(office.report().id, "open", key="photo", photos=[JPEG])
    office.at("甲").keep("note", "", {"n": 1}, key="n")
    office.at("甲").drop("n")
    return office


def rows(journal):
    return {
        table: [{**row, "fid": 0} for row in journal.rows(table)] for table in ("cases", "records")
    }


def test_a_copy_is_the_journal(full, tmp_path):
    made = back_up(full.journal, tmp_path / "disk", NOW)
    assert made.path.name == "journal-20261125T030000Z-000011.gpkg"
    assert [path.name for path in (tmp_path / "disk").iterdir()] == [made.path.name]
    assert (made.at, made.seq) == (NOW, 11)
    assert examined(made.path) == (11, full.journal.digest_of(11))
    copy = Journal(engine_of(made.path))
    assert rows(copy) == rows(full.journal)
    (event,) = [one for one in copy.events("cases/261125-02") if "photos" in one.values]
    assert copy.photo(event.values["photos"][0]) == JPEG
    copy.close()
    with closing(sqlite3.connect(made.path)) as held:
        reach = "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'cases'"
        assert held.execute(reach).fetchone() == (113.05, 36.05, 113.05, 36.05)


def test_a_copy_is_of_one_moment_whoever_writes(full, tmp_path, monkeypatch):
    """A case that comes in while the copy is made is in it wholly, or not at all."""
    real = backup.copy

    def busy(source, target, at):
        full.report()
        real(source, target, at)
        full.report()

    monkeypatch.setattr(backup, "copy", busy)
    made = back_up(full.journal, tmp_path, NOW)
    assert made.seq == 12
    assert full.journal.verify() == 13


def test_a_copy_after_a_copy(full, tmp_path):
    first = back_up(full.journal, tmp_path, NOW)
    full.report()
    second = back_up(full.journal, tmp_path, NOW + timedelta(days=1))
    assert backups_in(tmp_path) == [first, second]
    assert (examined(first.path)[0], examined(second.path)[0]) == (11, 12)


def test_a_changed_journal_makes_no_copy_and_drops_none(full, tmp_path):
    known = back_up(full.journal, tmp_path, NOW)
    with writing(full.journal.engine) as connection:
        connection.execute(text("UPDATE cases SET note = 'x'"))
    with pytest.raises(ChainError, match="cases/261125-01"):
        back_up(full.journal, tmp_path, NOW + timedelta(days=1))
    assert [path.name for path in tmp_path.glob("*journal-*")] == [known.path.name]
    assert not list(tmp_path.glob(".*"))


def test_a_folder_that_cannot_be_written(full, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalError, match="could not be written"):
        back_up(full.journal, tmp_path / "file", NOW)
    assert full.journal.verify() == 11


def test_those_no_rule_keeps_are_dropped(sqlite, office_of, tmp_path):
    office_of(sqlite).report()
    made = [back_up(sqlite, tmp_path, NOW + timedelta(hours=6 * n)) for n in range(5)]
    assert backups_in(tmp_path) == [made[3], made[4]]  # the last of each day


def test_what_is_no_journal_is_said_to_be_none(tmp_path):
    (tmp_path / "x.gpkg").write_bytes(b"no journal" * 200)
    for path in (tmp_path / "x.gpkg", tmp_path / "gone.gpkg"):
        with pytest.raises(JournalError):
            examined(path)


def test_looking_from_outside_sees_one_moment_too(full, where):
    """The command line walks a journal that the running program writes to."""
    seen = []

    def tell(seq):
        if not seen:
            full.report()
        seen.append(seq)

    engine = peek(where)
    assert Journal(engine).verify(tell) == 11
    assert full.journal.verify() == 12


def test_looking_from_outside_writes_nothing(full, where):
    engine = peek(where)
    if engine.dialect.name == "sqlite":
        with pytest.raises(JournalError, match="cannot be written"), writing(engine) as connection:
            connection.execute(text("DELETE FROM photos"))
    with reading(engine) as connection:
        assert connection.scalar(text("SELECT count(*) FROM photos")) == 1
