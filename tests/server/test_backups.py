"""The running product copies its journal once a day, and survives when it cannot."""

from __future__ import annotations

import asyncio
import os
import time
from datetime import UTC, datetime

import pytest

from server import backups
from wangge.domain.actors import Actor
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


def test_no_journal_needs_no_copy(home):
    assert not backups.due(os.environ, time.time())


def test_a_server_copies_itself(monkeypatch):
    monkeypatch.setenv("WANGGE_DB", "postgresql+psycopg://127.0.0.1:1/none")
    assert not backups.due(os.environ, time.time())


def test_one_copy_lasts_a_day(home, journal):
    assert backups.due(os.environ, time.time())
    backups.copy(os.environ)
    assert not backups.due(os.environ, time.time())
    assert backups.due(os.environ, time.time() + 25 * 3600)


def test_a_copy_that_fails_is_logged_and_no_more(home, journal, caplog):
    (home / "backups").write_text("a file where the folder should be")
    backups.copy(os.environ)
    assert "could not be backed up" in caplog.text


def test_the_product_copies_while_it_runs(home, journal, monkeypatch):
    async def run():
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

    asyncio.run(run())
    assert len(list(home.glob("backups/journal-*.gpkg"))) == 1
