"""What the live map fetches: bodies for the role they were made for, scripts, Leaflet."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from layers._body import SHELF, Body, of_sheet
from server import map as served

STILL = of_sheet({"words": {"map": "地图"}})
RESIDENTS = Body("moving01", b'{"features":[]}', {"features": []})


@pytest.fixture
def client(monkeypatch):
    monkeypatch.setenv("WANGGE_ROLE", "planner")
    SHELF.put("planner", STILL)
    SHELF.put("planner", RESIDENTS)
    return TestClient(Starlette(routes=served.routes()))


def address(body):
    return f"/map/bodies/{body.digest}.json"


def test_a_body_is_served_as_it_was_put(client):
    answer = client.get(address(STILL))
    assert (answer.status_code, answer.content) == (200, STILL.content)


def test_only_what_holds_no_residents_may_be_kept(client):
    assert "immutable" in client.get(address(STILL)).headers["cache-control"]
    assert client.get(address(RESIDENTS)).headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("wrap", ['"{}"', 'W/"{}"', '"other", "{}"'])
def test_a_browser_that_has_it_is_told_so(client, wrap):
    asked = {"If-None-Match": wrap.format(RESIDENTS.digest)}
    answer = client.get(address(RESIDENTS), headers=asked)
    assert (answer.status_code, answer.content) == (304, b"")
    assert client.get(address(RESIDENTS), headers={"If-None-Match": '"x"'}).status_code == 200


@pytest.mark.parametrize("role", ["anonymous", "worker", "secretary", "mayor"])
def test_another_role_finds_nothing_even_with_the_digest(client, monkeypatch, role):
    monkeypatch.setenv("WANGGE_ROLE", role)
    asked = {"If-None-Match": f'"{RESIDENTS.digest}"'}
    for headers in ({}, asked):
        answer = client.get(address(RESIDENTS), headers=headers)
        assert (answer.status_code, answer.content) == (404, b"")
        assert answer.headers["cache-control"] == "no-store"


def test_an_unknown_digest_is_not_found(client):
    assert client.get("/map/bodies/none.json").status_code == 404


@pytest.mark.parametrize("path", ["host.js", "bodies.js", "draw/app.js", "draw/engine.js"])
def test_scripts_are_kept_for_good(client, path):
    answer = client.get(f"/map/anyversion/{path}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    [
        "/map/v/missing.js",
        "/map/v/draw/missing.js",
        "/map/v/..%2Fhost.js",
        "/map/v/draw/..%2Fhost.js",
        "/map/v/draw/%2e%2e%2f%2e%2e%2fpages%2f_map%2fhost.js",
        "/map/v/draw/..%5C..%5Capp.js",
        "/map/vendor/../../app.py",
        "/map/vendor/..%2f..%2fapp.py",
    ],
)
def test_nothing_beside_the_scripts_is_served(client, path):
    assert client.get(path).status_code == 404


def test_leaflet_is_kept_for_good_and_its_absence_is_not(client):
    answer = client.get("/map/vendor/leaflet-1.9.4/leaflet.js")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, served.FOREVER)
    missing = client.get("/map/vendor/leaflet-1.9.4/none.js")
    assert missing.status_code == 404
    assert "immutable" not in missing.headers.get("cache-control", "")


def test_the_routes_stand_under_the_path_of_the_application(monkeypatch):
    monkeypatch.setattr(served.st, "get_option", lambda _: "/town/map1/")
    client = TestClient(Starlette(routes=served.routes()))
    assert client.get("/town/map1/map/v/host.js").status_code == 200
    assert client.get("/map/v/host.js").status_code == 404
