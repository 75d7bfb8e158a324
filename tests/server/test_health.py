"""A watchdog learns whether the data are there, and nothing else."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server import health
from wangge.domain.actors import Actor
from wangge.store.backup import back_up
from wangge.store.desk import Desk
from wangge.store.home import journal_at, place


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("WANGGE_DB", raising=False)
    return TestClient(Starlette(routes=health.routes()))


@pytest.mark.parametrize(("tables", "status"), [(0, 503), (1, 200), (3, 200)])
def test_counts_tables(client, tmp_path, monkeypatch, tables, status):
    for number in range(tables):
        (tmp_path / f"{number}.geojson").write_text("{}")
    (tmp_path / "notes.txt").write_text("")
    monkeypatch.setenv("WANGGE_DATA", str(tmp_path))
    answer = client.get("/healthz")
    assert answer.status_code == status
    told = {"tables": tables, "journal": 0, "backup_age_s": None}
    assert answer.json() == {"ok": tables > 0, **told}
    assert answer.headers["cache-control"] == "no-store"


def test_a_missing_folder_is_not_an_error(client, tmp_path, monkeypatch):
    monkeypatch.setenv("WANGGE_DATA", str(tmp_path / "gone"))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert str(tmp_path) not in answer.text


def test_tells_the_journal_and_its_backup(client, tmp_path, monkeypatch):
    (tmp_path / "1.geojson").write_text("{}")
    monkeypatch.setenv("WANGGE_DATA", str(tmp_path))
    journal = journal_at(place(os.environ))
    Desk(journal, Actor("书记", "secretary"), lambda: datetime.now(UTC)).keep("a", "", {}, key="a")
    back_up(journal, tmp_path / "home" / "backups", datetime.now(UTC) - timedelta(hours=2))
    told = client.get("/healthz").json()
    assert (told["ok"], told["journal"]) == (True, 1)
    assert 7200 <= told["backup_age_s"] < 7300


def test_a_journal_that_cannot_be_read_is_not_well(client, tmp_path, monkeypatch):
    (tmp_path / "1.geojson").write_text("{}")
    monkeypatch.setenv("WANGGE_DATA", str(tmp_path))
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "journal.gpkg").write_bytes(b"broken")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"ok": False, "tables": 1, "journal": None, "backup_age_s": None}
    assert str(tmp_path) not in answer.text
