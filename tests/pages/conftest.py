"""The demo community as each role sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from wangge.sight import see
from wangge.store.files import read

DATA = Path(__file__).parents[2] / "data" / "geo"


@pytest.fixture(scope="session")
def full():
    return read(DATA).community


@pytest.fixture(scope="session")
def community(full):
    return see(full, "secretary")


@pytest.fixture(autouse=True)
def _clock(monkeypatch, tmp_path):
    monkeypatch.setenv("WANGGE_NOW", "2026-11-23T13:42:00+08:00")
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path / "home"))
    for name in ("WANGGE_ROLE", "WANGGE_GRID", "WANGGE_DATA", "WANGGE_DB", "WANGGE_ACTOR"):
        monkeypatch.delenv(name, raising=False)
