"""What the tests of the HTTP side share."""

from __future__ import annotations

import asyncio
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server import report as served
from wangge.domain.actors import Actor, tag_of
from wangge.domain.crs import lonlat
from wangge.store import present
from wangge.store.files import read

NOW = "2026-11-23T13:42:00+08:00"
HERE = "http://testserver"
KEY = "k" * 22
WORKER = Actor("第五网格网格员", "worker")
DATA = Path(__file__).parents[2] / "data" / "geo"


@pytest.fixture
def run():
    """Return what runs a coroutine to its end, on a thread of its own.

    A browser test that ran before in this process keeps an event loop on the main one.
    """

    def apart(coroutine):
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, coroutine).result()

    return apart


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A home whose journal holds the hazards of the files."""
    home = tmp_path_factory.mktemp("begun")
    environment = {"WANGGE_HOME": str(home), "WANGGE_NOW": NOW}
    present.files(environment)
    present.journal(environment).close()
    return home


@pytest.fixture
def reporting(monkeypatch, tmp_path, begun):
    """The route a phone of the fifth grid sends to, at home in `tmp_path`."""
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    for name in ("WANGGE_DB", "WANGGE_DATA", "WANGGE_ACTOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path))
    monkeypatch.setenv("WANGGE_NOW", NOW)
    monkeypatch.setenv("WANGGE_ROLE", "worker")
    monkeypatch.setenv("WANGGE_GRID", "G5")
    with TestClient(Starlette(routes=served.routes()), headers={"Origin": HERE}) as held:
        yield held


@pytest.fixture(scope="module")
def community():
    """What the files of the demo say."""
    return read(DATA).community


@pytest.fixture
def wish(community):
    """What a phone sends."""
    lon, lat = lonlat(community.gates.geometry.iloc[0])
    return {
        "key": KEY,
        "by": tag_of(WORKER),
        "written": datetime.fromisoformat(NOW).timestamp() * 1000,
        "lon": lon,
        "lat": lat,
        "kind": "stray_charging",
        "severity": "一般",
        "note": "二楼拉线",
        "answers": {"floor": "2", "charging": "yes"},
    }
