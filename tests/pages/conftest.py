"""The demo community as each role sees it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.pages import journaled
from wangge.sight import see
from wangge.store.files import read
from wangge.store.home import journal_at

DATA = Path(__file__).parents[2] / "data" / "geo"


@pytest.fixture(scope="session")
def full():
    return read(DATA).community.at(journaled.NOW)


@pytest.fixture(scope="session")
def community(full):
    return see(full, "secretary")


@pytest.fixture(autouse=True)
def _clock(monkeypatch, tmp_path):
    monkeypatch.setenv("WANGGE_NOW", "2026-11-23T13:42:00+08:00")
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path / "home"))
    for name in ("WANGGE_ROLE", "WANGGE_GRID", "WANGGE_DATA", "WANGGE_DB", "WANGGE_ACTOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def _imported(tmp_path_factory):
    """Make one journal with the hazards of the files, to be copied."""
    path = tmp_path_factory.mktemp("journal") / "journal.gpkg"
    journaled.begin(str(path))
    journal_at(str(path)).close()
    return path


@pytest.fixture
def where(_imported, tmp_path):
    """Return the path of a journal of this test's own."""
    path = tmp_path / "own.gpkg"
    shutil.copy(_imported, path)
    yield str(path)
    journal_at(str(path)).close()
