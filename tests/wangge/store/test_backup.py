"""Copies of the journal are whole, or they are not called copies."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from wangge.__main__ import main
from wangge.domain.actors import Actor
from wangge.errors import ChainError, JournalError
from wangge.store import backup
from wangge.store.desk import Desk
from wangge.store.engine import engine_of
from wangge.store.journal import Journal

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path))
    monkeypatch.delenv("WANGGE_DB", raising=False)
    return tmp_path


@pytest.fixture
def write(home):
    journal = Journal(engine_of(home / "journal.gpkg"))
    desk = Desk(journal, Actor("书记", "secretary"), lambda: NOW)

    def note(n):
        desk.keep("note", "", {"n": n}, key=f"n{n}")

    note(0)
    yield note
    journal.close()


def tampered(path):
    with sqlite3.connect(path) as held:
        held.execute("DROP TRIGGER events_no_update")
        held.execute("UPDATE events SET actor = '别人' WHERE seq = 1")


def test_a_copy_of_a_journal_in_use_is_whole(home, write):
    write(1)
    made = backup.back_up(home / "journal.gpkg", home / "disk", NOW)
    assert made.name.endswith("-000002.gpkg")
    assert backup.checked(made) == 2
    assert [one.name for one in (home / "disk").iterdir()] == [made.name]


def test_only_so_many_copies_are_kept(home, write, monkeypatch):
    monkeypatch.setattr(backup, "rule", lambda _: type("R", (), {"value": 2.0}))
    made = [
        backup.back_up(home / "journal.gpkg", home / "disk", NOW + timedelta(hours=n))
        for n in range(4)
    ]
    assert backup.backups(home / "disk") == made[:1:-1]


def test_a_changed_journal_makes_no_copy(home, write):
    tampered(home / "journal.gpkg")
    with pytest.raises(ChainError):
        backup.back_up(home / "journal.gpkg", home / "disk", NOW)
    assert list((home / "disk").iterdir()) == []


def test_what_is_no_journal_is_said_to_be_none(tmp_path):
    (tmp_path / "x.gpkg").write_bytes(b"no journal" * 200)
    with pytest.raises(JournalError):
        backup.checked(tmp_path / "x.gpkg")
    with pytest.raises(JournalError):
        backup.checked(tmp_path / "gone.gpkg")


def test_restoring_brings_back_what_was_and_deletes_nothing(home, write, capsys):
    assert main(["backup"]) == 0
    (copy,) = backup.backups(home / "backups")
    write(1)
    assert main(["restore", str(copy), "--dry-run", "--lang", "en"]) == 0
    assert "the 1 later" in capsys.readouterr().out
    assert backup.checked(home / "journal.gpkg") == 2
    assert main(["restore", str(copy)]) == 0
    assert backup.checked(home / "journal.gpkg") == 1
    (aside,) = home.glob("replaced-*.gpkg")
    assert backup.checked(aside) == 2


def test_verify_says_whole_or_names_the_first_bad_row(home, write, capsys):
    assert main(["verify"]) == 0
    assert "1 条记录" in capsys.readouterr().out
    tampered(home / "journal.gpkg")
    assert main(["verify"]) == 1
    assert "第 1 条记录" in capsys.readouterr().err


def test_a_damaged_backup_is_not_restored(home, write, capsys):
    assert main(["backup"]) == 0
    (copy,) = backup.backups(home / "backups")
    tampered(copy)
    assert main(["restore", str(copy)]) == 1
    assert capsys.readouterr().err
    assert backup.checked(home / "journal.gpkg") == 1


def test_a_server_is_told_to_use_its_own_tools(home, monkeypatch, capsys):
    monkeypatch.setenv("WANGGE_DB", "postgresql+psycopg://127.0.0.1:1/none")
    assert main(["backup"]) == 1
    assert "pg_dump" in capsys.readouterr().err
