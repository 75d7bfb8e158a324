"""Whether anything changed is told to whoever asks, and nothing of what it was."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server import pulse
from wangge.domain.actors import Actor
from wangge.errors import JournalError
from wangge.store import stamp
from wangge.store.home import journal_at, place
from wangge.text import Text


@pytest.fixture
def client(tmp_path, monkeypatch):
    (tmp_path / "geo").mkdir()
    monkeypatch.setenv("WANGGE_DATA", str(tmp_path / "geo"))
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("WANGGE_DB", raising=False)
    return TestClient(Starlette(routes=pulse.routes()))


def test_the_stamp_stays_until_something_changes(client, tmp_path):
    first = client.get("/pulse")
    assert first.json() == client.get("/pulse").json()
    assert first.headers["cache-control"] == "no-store"
    (tmp_path / "geo" / "alleys.geojson").write_text("{}")
    assert first.json() != client.get("/pulse").json()


def test_an_event_changes_the_stamp(client, tmp_path):
    before = client.get("/pulse").json()
    journal = journal_at(place({"WANGGE_HOME": str(tmp_path / "home")}))
    with journal.writing(Actor("书记", "secretary"), datetime.now(UTC)) as book:
        book.add("keep", "records/a", {"kind": "note", "about": "", "body": {}})
    after = client.get("/pulse").json()
    assert set(after) == {"stamp"}
    assert after != before


def test_a_journal_that_cannot_be_read_is_no_crash(client, monkeypatch):
    def broken(_):
        raise JournalError(Text("坏了", "broken"))

    monkeypatch.setattr(stamp, "journal_at", broken)
    assert client.get("/pulse").status_code == 503
