"""A backup comes back, from either engine to either, and nothing is ever deleted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from wangge.domain.actors import Actor
from wangge.errors import ChainError, JournalError
from wangge.store.backup import back_up, examined
from wangge.store.engine import engine_of
from wangge.store.journal import Journal
from wangge.store.restore import RESTORED, outlook, restore

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
HEAD = Actor("书记", "secretary")


@pytest.fixture
def saved(office, tmp_path):
    """A journal of three events, its backup, and two events more."""
    for _ in range(3):
        office.report()
    made = back_up(office.journal, tmp_path / "disk", NOW)
    office.report()
    office.report()
    return made.path


def aside_count(where, aside):
    """Return how many events the journal moved aside holds."""
    if isinstance(where, Path):
        journal = Journal(engine_of(Path(aside)))
        count = journal.verify()
        journal.close()
        return count
    with create_engine(where).connect() as connection:
        return connection.scalar(text(f"SELECT count(*) FROM {aside}.events"))


def test_what_it_would_bring(saved, office, where):
    office.journal.close()
    found = outlook(saved, where)
    assert (found.held, found.now, found.shared, found.lost) == (3, 5, 3, 2)
    assert found.last == datetime(2026, 11, 25, 1, 3, tzinfo=UTC)
    assert office.journal.verify() == 5


def test_back_to_what_was(saved, office, where, opened):
    office.journal.close()
    aside = restore(saved, where, NOW, HEAD)
    assert aside_count(where, aside) == 5
    journal = opened(where)
    assert journal.verify() == 4
    (event,) = journal.events(RESTORED)
    assert event.values == {"backup": saved.name, "lost": 2}
    assert [row["id"] for row in journal.rows("cases")] == [f"261125-0{n}" for n in (1, 2, 3)]
    office.journal, office.now = journal, NOW
    assert office.report().id == "261126-01"
    assert journal.verify() == 5
    assert examined(saved)[0] == 3


def test_twice(saved, office, where, opened):
    office.journal.close()
    first = restore(saved, where, NOW, HEAD)
    second = restore(saved, where, NOW.replace(hour=4), HEAD)
    assert first != second
    assert opened(where).verify() == 4
    assert aside_count(where, second) == 4


def test_into_nothing(saved, tmp_path, opened, postgres):
    """A lost disk, or a move from a file to a server and back."""
    for where in (tmp_path / "new" / "journal.gpkg", postgres.fresh()):
        assert (restore(saved, where, NOW, HEAD) is None) == isinstance(where, Path)
        journal = opened(where)
        assert journal.verify() == 4
        assert len(journal.rows("cases")) == 3


def test_another_story(saved, tmp_path, opened, office_of):
    """Two journals that began alike and went apart: what is shared is found."""
    where = tmp_path / "other" / "journal.gpkg"
    restore(saved, where, NOW, HEAD)
    other = opened(where)
    office_of(other)
    made = back_up(other, tmp_path / "others", NOW)
    found = outlook(made.path, saved)
    assert (found.held, found.now, found.shared, found.lost) == (4, 3, 3, 0)
    other.close()
    empty = tmp_path / "empty" / "journal.gpkg"
    opened(empty)
    assert outlook(made.path, empty).shared == 0
    assert outlook(made.path, tmp_path / "none.gpkg").now is None


def test_a_damaged_journal_is_moved_aside_as_it_is(office_of, opened, tmp_path):
    where = tmp_path / "home" / "journal.gpkg"
    journal = opened(where)
    office_of(journal).report()
    made = back_up(journal, tmp_path / "disk", NOW)
    journal.close()
    where.write_bytes(b"broken")
    assert outlook(made.path, where).now is None
    aside = restore(made.path, where, NOW, HEAD)
    assert Path(aside).read_bytes() == b"broken"
    assert opened(where).verify() == 2


def test_a_damaged_backup_is_not_restored(saved, office, where):
    with closing(sqlite3.connect(saved)) as held:
        held.execute("UPDATE cases SET note = 'x'")
        held.commit()
    with pytest.raises(ChainError):
        restore(saved, where, NOW, HEAD)
    saved.write_bytes(b"broken")
    with pytest.raises(JournalError):
        restore(saved, where, NOW, HEAD)
    with pytest.raises(JournalError):
        restore(saved.with_name("none.gpkg"), where, NOW, HEAD)
    assert office.journal.verify() == 5


def test_a_file_in_use_is_left_alone(office_of, opened, tmp_path):
    where = tmp_path / "home" / "journal.gpkg"
    journal = opened(where)
    office_of(journal).report()
    made = back_up(journal, tmp_path / "disk", NOW)
    with pytest.raises(JournalError, match="in use"):
        restore(made.path, where, NOW, HEAD)
    assert journal.verify() == 1
    assert sorted(path.name for path in where.parent.glob("*.gpkg")) == ["journal.gpkg"]


def test_a_program_that_still_runs_stops_writing(office_of, opened, tmp_path):
    """Should the file be swapped under it all the same, nothing is written into thin air."""
    where = tmp_path / "home" / "journal.gpkg"
    journal = opened(where)
    office = office_of(journal)
    office.report()
    made = back_up(journal, tmp_path / "disk", NOW)
    for path in list(where.parent.glob("journal.gpkg*")):
        path.rename(path.with_name(f"moved-{path.name}"))
    with pytest.raises(JournalError, match="moved"):
        office.report()
    restore(made.path, where, NOW, HEAD)
    with pytest.raises(JournalError, match="moved"):
        office.report()
    with pytest.raises(JournalError, match="moved"):
        journal.version()
