"""A watchdog learns whether the data are there, and nothing else."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server import health


@pytest.fixture
def client():
    return TestClient(Starlette(routes=health.routes()))


@pytest.mark.parametrize(("tables", "status"), [(0, 503), (1, 200), (3, 200)])
def test_counts_tables(client, tmp_path, monkeypatch, tables, status):
    for number in range(tables):
        (tmp_path / f"{number}.geojson").write_text("{}")
    (tmp_path / "notes.txt").write_text("")
    monkeypatch.setenv("WANGGE_DATA", str(tmp_path))
    answer = client.get("/healthz")
    assert answer.status_code == status
    assert answer.json() == {"ok": tables > 0, "tables": tables}
    assert answer.headers["cache-control"] == "no-store"


def test_a_missing_folder_is_not_an_error(client, tmp_path, monkeypatch):
    monkeypatch.setenv("WANGGE_DATA", str(tmp_path / "gone"))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert str(tmp_path) not in answer.text
