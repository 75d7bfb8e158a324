"""A low map on a phone: whose a finger is, how near it has to come, what is left of the tools."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect
from shapely import unary_union

from wangge.domain.crs import lonlat
from wangge.store.files import read

pytestmark = pytest.mark.browser
APP = "tests/browser/harness/placing_app.py"
GEO = Path(__file__).parents[2] / "data" / "geo"
MAP = '[data-testid="map"]'
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"
PHONE = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2}


class Hand:
    """Fingers on a phone whose map is 190 pixels high."""

    def __init__(self, page):
        self.page = page
        self.wire = page.context.new_cdp_session(page)

    def send(self, kind, *spots):
        points = [{"x": x, "y": y, "id": at} for at, (x, y) in enumerate(spots)]
        self.wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        self.page.wait_for_timeout(16)

    def middle(self):
        box = self.page.locator(".wg-canvas").bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def move(self, *ways):
        """Move one finger for each (from x, from y, to x, to y), counted from the map's middle."""
        x, y = self.middle()
        spots = [(x + x0, y + y0) for x0, y0, _, _ in ways]
        for at, _ in enumerate(spots):
            self.send("touchStart", *spots[: at + 1])
        for step in range(1, 11):
            part = step / 10
            self.send(
                "touchMove",
                *(
                    (x + x0 + (x1 - x0) * part, y + y0 + (y1 - y0) * part)
                    for x0, y0, x1, y1 in ways
                ),
            )
        for at in range(len(spots) - 1, -1, -1):
            self.send("touchEnd", *spots[:at])
        self.page.wait_for_timeout(400)

    def pinch(self, near, far):
        self.move((-near, 0, -far, 0), (near, 0, far, 0))


@pytest.fixture
def hand(serve, open_page, painted):
    """Return a function that opens the page on a phone and gives a hand on its map."""

    def start(query):
        page = open_page(390, 844, **PHONE)
        page.goto(f"{serve(script=APP)}/?height=190&{query}")
        painted(page)
        page.wait_for_selector("text=placed 0")
        page.wait_for_timeout(300)
        return Hand(page)

    return start


def view(page):
    lat, lon, zoom = (float(part) for part in page.get_attribute(MAP, "data-view").split(","))
    return lat, lon, zoom


def test_one_finger_scrolls_the_page_and_moves_the_map_sideways(hand):
    finger = hand("tall=1&mode=add")
    page = finger.page
    before = view(page)
    finger.move((0, 30, 4, -50))
    assert page.evaluate(SCROLLED) > 40
    assert view(page) == before
    note = page.locator(".wg-note")
    expect(note).to_have_text("两指可移动和缩放地图")
    expect(note).to_be_hidden()  # after a while
    page.evaluate(f"{SCROLLED} = 0")
    finger.move((0, 0, -80, 20))
    assert page.evaluate(SCROLLED) == 0
    assert view(page)[1] > before[1]
    assert view(page)[0] > before[0]  # once it is the map's, it moves both ways
    page.wait_for_selector("text=placed 0")  # no finger that moved has placed anything


def test_two_fingers_zoom_the_map_and_not_the_page(hand):
    fingers = hand("tall=1&mode=pin")
    page = fingers.page
    before = view(page)[2]
    fingers.pinch(40, 80)
    closer = view(page)[2]
    assert closer == pytest.approx(before + 1, abs=0.3)
    fingers.pinch(80, 40)
    assert view(page)[2] == pytest.approx(closer - 1, abs=0.3)
    assert page.evaluate("visualViewport.scale") == 1
    assert page.evaluate(SCROLLED) == 0


def test_where_nothing_can_be_scrolled_one_finger_moves_the_map_any_way(hand):
    finger = hand("mode=pin")
    before = view(finger.page)
    finger.move((0, 20, 0, -40))
    assert view(finger.page)[0] < before[0]


def test_a_low_map_keeps_two_tools_apart_and_large(hand):
    page = hand("mode=pin").page
    tools = page.locator(".wg-tools button:visible")
    assert tools.evaluate_all("all => all.map(e => e.dataset.tool)") == ["fit"]
    fit, locate = (page.locator(one).bounding_box() for one in (".wg-tools", ".wg-locate"))
    assert fit["y"] + fit["height"] + 8 <= locate["y"]
    assert min(fit["height"], locate["height"]) >= 44
    assert page.locator(MAP).bounding_box()["height"] == 190
    expect(page.locator(".wg-legend")).to_be_hidden()


def test_a_finger_need_not_be_as_exact_as_a_mouse(hand, serve, open_page, painted):
    community = read(GEO).community
    lamps = community.streetlights.geometry
    others = unary_union([*community.hazards.geometry, *community.stations.geometry])
    lone = max(lamps.index, key=lambda key: lamps[key].distance(others))
    lon, lat = lonlat(lamps[lone])
    query = f"mode=pin&pin={lon},{lat}"  # the map comes to it, so the lamp is in its middle
    finger = hand(query)
    x, y = finger.middle()
    finger.page.touchscreen.tap(x, y + 14)
    expect(finger.page.locator(f"text=streetlights/{lone}.")).to_be_visible()
    desk = open_page(1366, 768)
    desk.goto(f"{serve(script=APP)}/?height=190&{query}")
    painted(desk)
    desk.wait_for_selector("text=placed 0")
    desk.wait_for_timeout(300)
    desk.mouse.click(*(a + b for a, b in zip(Hand(desk).middle(), (0, 14), strict=True)))
    desk.wait_for_selector("text=placed 1")
    expect(desk.locator(f"text=streetlights/{lone}.")).to_have_count(0)
