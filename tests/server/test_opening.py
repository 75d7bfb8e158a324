"""A journal that cannot be opened stops the start with a sentence, not with a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from server.opening import OpenFirst, why_not

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path))
    monkeypatch.setenv("WANGGE_NOW", "2026-11-23T13:42:00+08:00")
    for name in ("WANGGE_DB", "WANGGE_DATA", "WANGGE_BACKUPS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


async def started(app):
    """Play the server that starts `app` and stops it; return what it was told."""
    told = []
    asked = iter(["lifespan.startup", "lifespan.shutdown"])

    async def receive():
        return {"type": next(asked)}

    async def send(message):
        told.append(message)

    await app({"type": "lifespan"}, receive, send)
    return told


async def plain(_, receive, send):
    for answer in ("startup", "shutdown"):
        assert (await receive())["type"] == f"lifespan.{answer}"
        await send({"type": f"lifespan.{answer}.complete"})


def test_a_sound_journal_starts(home, run):
    told = run(started(OpenFirst(plain)))
    assert [one["type"] for one in told] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
    ]
    assert (home / "journal.gpkg").is_file()


def test_a_damaged_one_does_not(home, run):
    (home / "journal.gpkg").write_bytes(b"broken")
    (told,) = run(started(OpenFirst(plain)))
    assert told["type"] == "lifespan.startup.failed"
    assert "没有启动" in told["message"]
    assert "has not started" in told["message"]


def test_the_journal_of_another_community(home, monkeypatch, tmp_path):
    assert why_not() == ""
    data = tmp_path / "data" / "geo"
    data.mkdir(parents=True)
    source = (ROOT / "data" / "geo" / "community.geojson").read_text("utf-8")
    other = source.replace("140404001002", "140404001003")
    assert other != source
    (data / "community.geojson").write_text(other, "utf-8")
    monkeypatch.setenv("WANGGE_DATA", str(data))
    assert "WANGGE_HOME" in why_not()
    assert "140404001002" in why_not()


def test_a_server_that_is_not_there(home, monkeypatch):
    monkeypatch.setenv("WANGGE_DB", "postgresql+psycopg://wangge@127.0.0.1:1/none")
    assert "cannot be reached" in why_not()


def test_make_run_says_it_and_fails(home):
    (home / "journal.gpkg").write_bytes(b"broken")
    done = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "23998"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=os.environ,
    )
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "网格图没有启动" in said
    assert "Traceback" not in said
