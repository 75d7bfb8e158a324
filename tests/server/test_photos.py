"""Photos of cases: whole for who sees notes, absent for anybody else."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server import photos
from wangge.domain.actors import Actor
from wangge.store.desk import Desk, Draft
from wangge.store.home import journal_at, place

SEEN = datetime(2026, 11, 25, 1, tzinfo=UTC)


@pytest.fixture
def jpeg():
    held = BytesIO()
    Image.new("RGB", (8, 6), "teal").save(held, "JPEG")
    return held.getvalue()


@pytest.fixture
def client(monkeypatch, tmp_path, jpeg):
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path))
    monkeypatch.delenv("WANGGE_DB", raising=False)
    monkeypatch.setenv("WANGGE_ROLE", "worker")
    journal = journal_at(place({"WANGGE_HOME": str(tmp_path)}))
    desk = Desk(journal, Actor("第五网格网格员", "worker"), lambda: SEEN)
    desk.report(Draft(113.05, 36.05, "old_wiring", "较大"), key="k", photos=[jpeg])
    yield TestClient(Starlette(routes=photos.routes()))
    journal.close()


def address(jpeg):
    return f"/photos/{sha256(jpeg).hexdigest()}.jpg"


@pytest.mark.parametrize("role", ["worker", "planner", "secretary"])
def test_a_photo_is_served_as_it_was_kept(client, monkeypatch, jpeg, role):
    monkeypatch.setenv("WANGGE_ROLE", role)
    answer = client.get(address(jpeg))
    assert (answer.status_code, answer.content) == (200, jpeg)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("role", ["anonymous", "mayor"])
def test_whoever_sees_no_notes_finds_no_photo_even_with_its_digest(client, monkeypatch, jpeg, role):
    monkeypatch.setenv("WANGGE_ROLE", role)
    kept = {"If-None-Match": f'"{sha256(jpeg).hexdigest()}"'}
    for headers in ({}, kept):
        answer = client.get(address(jpeg), headers=headers)
        assert (answer.status_code, answer.content) == (404, b"")
        assert answer.headers["cache-control"] == "no-store"


def test_a_browser_that_has_it_is_told_so(client, jpeg):
    kept = {"If-None-Match": f'W/"{sha256(jpeg).hexdigest()}"'}
    assert client.get(address(jpeg), headers=kept).status_code == 304


@pytest.mark.parametrize("name", ["0" * 64, "..%2f..%2fjournal.gpkg", "' OR 1=1", "a" * 5000])
def test_what_is_not_there_is_not_found(client, name):
    assert client.get(f"/photos/{name}.jpg").status_code == 404


def test_the_route_stands_under_the_path_of_the_application(client, monkeypatch, jpeg):
    monkeypatch.setattr(photos.st, "get_option", lambda _: "/town/")
    under = TestClient(Starlette(routes=photos.routes()))
    assert under.get(f"/town{address(jpeg)}").status_code == 200
    assert under.get(address(jpeg)).status_code == 404
