"""What a role may not see is in no byte that its browser receives."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error

import pages

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
PLANTED = 50
PRIVATE = [f"CANARY{n:02d}PRIVATE" for n in range(PLANTED)]
PUBLIC = "CANARYPUBLIC小区"


class Ears:
    """Every HTTP body and websocket frame some screens receive."""

    def __init__(self, *screens):
        self.heard = []
        for page in screens:
            page.on("response", self.response)
            page.on("websocket", lambda socket: socket.on("framereceived", self.frame))

    def response(self, response):
        self.heard.append(response)

    def frame(self, payload):
        self.heard.append(payload if isinstance(payload, bytes) else payload.encode())

    def everything(self):
        held = b""
        for one in self.heard:
            if isinstance(one, bytes):
                held += one
            elif "/map/" in one.url or one.url.endswith((".html", ".xlsx", "/")):
                with suppress(Error):  # a redirect or a 304 has no body
                    held += one.body()
        return held


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """The demo community with canaries in everything that is about one household."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copytree(ROOT / "data" / "geo", folder / "geo")
    shutil.copytree(ROOT / "data" / "register", folder / "register")
    path = folder / "geo" / "households.geojson"
    held = json.loads(path.read_text("utf-8"))
    step = len(held["features"]) // 40
    for n in range(40):  # forty in the private columns of households across the community
        row = held["features"][n * step]["properties"]
        row["holder" if n % 2 else "phone"] = PRIVATE[n]
    path.write_text(json.dumps(held, ensure_ascii=False), "utf-8")
    path = folder / "geo" / "hazards.geojson"
    held = json.loads(path.read_text("utf-8"))
    for n in range(40, PLANTED):  # and ten in what somebody wrote about a hazard
        held["features"][n]["properties"]["note"] = PRIVATE[n]
    path.write_text(json.dumps(held, ensure_ascii=False), "utf-8")
    path = folder / "geo" / "compounds.geojson"
    held = json.loads(path.read_text("utf-8"))
    held["features"][0]["properties"]["name"] = PUBLIC
    path.write_text(json.dumps(held, ensure_ascii=False), "utf-8")
    return folder / "geo"


def households(folder):
    return json.loads((folder / "households.geojson").read_text("utf-8"))["features"]


@pytest.mark.parametrize("role", ["anonymous", "planner", "secretary"])
def test_none_of_fifty_canaries_is_heard(role, planted, serve, open_page, filled):
    base = serve(WANGGE_DATA=str(planted), WANGGE_ROLE=role)
    first = households(planted)[0]["properties"]
    homes = f"compound={first['compound_id']}&building={first['building_id']}"
    every = "households.care.hazards.closed_hazards.buildings.grids"
    queries = ("", f"?{homes}&layers={every}", f"?compound={first['compound_id']}&lang=en")
    screens = [open_page() for _ in queries]
    ears = Ears(*screens)
    shown = [one for one in pages.find_all() if role in one.roles]
    for one in shown:
        for page, query in zip(screens, queries, strict=True):
            page.goto(f"{base}/{one.id}{query}", wait_until="commit")
        for page in screens:  # side by side, for much of the time a screen waits
            filled(page)
    heard = ears.everything()
    assert PUBLIC.encode() in heard, "the ears hear nothing, so nothing is proved"
    assert [canary for canary in PRIVATE if canary.encode() in heard] == []
    if role == "anonymous":
        rows = [str(row["id"]) for row in households(planted)]
        assert [key for key in rows if f'"{key}"'.encode() in heard] == []


def test_the_wall_of_a_secretary_hears_no_household(planted, serve, open_page, painted):
    base = serve(WANGGE_DATA=str(planted), WANGGE_ROLE="secretary")
    page = open_page()
    ears = Ears(page)
    page.goto(f"{base}/wall")
    painted(page)
    page.wait_for_load_state("networkidle")
    heard = ears.everything()
    assert len(heard) > 10_000
    rows = [str(row["id"]) for row in households(planted)]
    assert [key for key in rows if f'"{key}"'.encode() in heard] == []
    assert [canary for canary in PRIVATE if canary.encode() in heard] == []
