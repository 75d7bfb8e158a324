"""The running product copies its journal once a day, and survives when it cannot."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime, timedelta

import pytest

from server import backups
from wangge.domain.actors import Actor
from wangge.domain.workdays import PLACE
from wangge.store.backup_names import name_of
from wangge.store.desk import Desk
from wangge.store.engine import engine_of
from wangge.store.journal import Journal


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path))
    monkeypatch.delenv("WANGGE_DB", raising=False)
    return tmp_path


@pytest.fixture
def journal(home):
    held = Journal(engine_of(home / "journal.gpkg"))
    Desk(held, Actor("书记", "secretary"), lambda: datetime.now(UTC)).keep("note", "", {}, key="n")
    yield held
    held.close()


def made(folder, at):
    folder.mkdir(exist_ok=True)
    (folder / name_of(at, 1)).write_bytes(b"")


def test_one_copy_a_day_at_the_quiet_hour(home):
    day = datetime(2026, 11, 25, tzinfo=PLACE)
    assert backups.due(os.environ, day)
    made(home / "backups", day.replace(hour=14))
    assert backups.age(os.environ, day.replace(hour=15)) == timedelta(hours=1)
    assert not backups.due(os.environ, day.replace(hour=23))
    night = day.replace(day=26, hour=3)
    assert not backups.due(os.environ, night.replace(hour=2))
    assert backups.due(os.environ, night)
    made(home / "backups", night)
    assert not backups.due(os.environ, night.replace(minute=15))
    assert not backups.due(os.environ, night.replace(hour=23))
    assert backups.due(os.environ, night.replace(day=27))


def test_a_machine_that_is_off_at_night_copies_when_it_is_on(home):
    day = datetime(2026, 11, 25, 14, tzinfo=PLACE)
    made(home / "backups", day)
    assert not backups.due(os.environ, day + timedelta(hours=23))
    assert backups.due(os.environ, day + timedelta(hours=24))


def test_an_empty_journal_needs_no_copy(home):
    backups.copy(os.environ)
    assert not (home / "backups").exists()


def test_a_copy(home, journal):
    backups.copy(os.environ)
    assert backups.age(os.environ, datetime.now(UTC)) < timedelta(minutes=1)
    assert not backups.due(os.environ, datetime.now(PLACE))


def test_a_copy_that_fails_is_logged_and_no_more(home, journal, caplog):
    (home / "backups").write_text("a file where the folder should be")
    backups.copy(os.environ)
    assert "could not be backed up" in caplog.text


def test_the_product_copies_while_it_runs(home, journal, monkeypatch, run):
    async def until_copied():
        made = asyncio.Event()
        loop = asyncio.get_running_loop()
        copy = backups.copy

        def told(environment):
            copy(environment)
            loop.call_soon_threadsafe(made.set)

        monkeypatch.setattr(backups, "copy", told)
        task = asyncio.create_task(backups.keep_copying(first=0, every=0.01))
        await asyncio.wait_for(made.wait(), 30)
        task.cancel()

    run(until_copied())
    assert len(list(home.glob("backups/journal-*.gpkg"))) == 1
