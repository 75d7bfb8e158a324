"""Placing points on the live map: taps, drags, keys, the device's position, and what fails."""

from __future__ import annotations

import json
import math
import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect
from shapely import unary_union

from tests.browser.onmap import MAP, pixel
from wangge.domain.crs import lonlat
from wangge.store.files import read

pytestmark = pytest.mark.browser
PIN = '[data-testid="pin"]'
GEO = Path(__file__).parents[2] / "data" / "geo"
PHONE = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2}
HERE = {"longitude": 113.0500, "latitude": 36.0525, "accuracy": 18}
LINE = re.compile(r"^(\S+) (\S+) (\S+) (tap|located) (\S*)/(\S*)\.$", re.MULTILINE)


@pytest.fixture(scope="module")
def placing(serve):
    """The address of a page on which points are placed."""
    return serve(script="tests/browser/harness/placing_app.py")


@pytest.fixture
def begin(placing, open_page, painted):
    def start(query="", width=1366, height=768, **options):
        page = open_page(width, height, **options)
        page.goto(f"{placing}/?{query}")
        painted(page)
        page.wait_for_selector("text=placed 0")
        return page

    return start


def placings(page, number):
    """Wait until the page has heard of so many placings; return them all."""
    page.wait_for_selector(f"text=placed {number}")
    page.wait_for_timeout(300)
    found = LINE.findall(page.inner_text("body"))
    assert len(found) == number, found
    return [(float(lon), float(lat), float(by), *rest) for lon, lat, by, *rest in found]


@cache
def symbols():
    """Everything a click would pick rather than place on."""
    held = read(GEO).community
    points = [getattr(held, name).geometry for name in ("streetlights", "hazards", "stations")]
    return unary_union([*pd.concat(points)])


@cache
def free(number):
    """So many places away from every symbol and from each other."""
    held = read(GEO).community.compounds.geometry.representative_point()
    ranked = sorted(held, key=lambda at: -at.distance(symbols()))
    return tuple(lonlat(at) for at in ranked[:number])


def drawn(page):
    return json.loads(page.get_attribute(MAP, "data-drawn"))


def until(page, holds):
    for _ in range(50):
        if holds():
            return
        page.wait_for_timeout(100)
    assert holds()


def degrees(metres):
    return metres / 111_000


def tip(page):
    """Where on the screen the pin points."""
    box = page.locator(PIN).bounding_box()
    return box["x"] + 15, box["y"] + 39


def test_a_tap_a_drag_and_the_keys_set_the_one_pin(begin, seen):
    page = begin("mode=pin")
    spot = (113.0500, 36.0525)
    page.mouse.click(*pixel(page, *spot))
    assert tip(page) == pytest.approx(pixel(page, *spot), abs=1.5)  # before the page knew
    lon, lat, by, how, *_ = placings(page, 1)[0]
    assert (lon, lat) == pytest.approx(spot, abs=degrees(2))
    assert (math.isnan(by), how) == (True, "tap")
    x, y = tip(page)
    page.mouse.move(x, y - 20)
    page.mouse.down()
    page.mouse.move(x + 60, y - 10, steps=4)
    page.mouse.move(x + 80, y + 10, steps=4)
    page.mouse.up()
    (_, (east, south, *_)) = placings(page, 2)
    assert east > lon
    assert south < lat
    view = page.get_attribute(MAP, "data-view")
    page.locator(PIN).focus()
    for key in ("ArrowLeft", "ArrowLeft", "Shift+ArrowUp"):
        page.keyboard.press(key)
    nudged = placings(page, 3)[-1]
    assert nudged[0] < east
    assert nudged[1] > south
    assert page.get_attribute(MAP, "data-view") == view  # the keys moved the pin, not the map
    page.locator(".wg-canvas").focus()
    page.keyboard.press("Enter")
    north, middle, _ = (float(part) for part in view.split(","))
    assert placings(page, 4)[-1][:2] == pytest.approx((middle, north), abs=degrees(1))
    expect(page.locator(PIN)).to_have_count(1)
    expect(page.locator(MAP)).to_have_attribute("data-selected", "")
    assert seen.errors == []


def test_a_tap_names_the_thing_under_it(begin):
    page = begin("mode=pin")
    community = read(GEO).community
    lamps, blocks = community.streetlights.geometry, community.buildings.geometry
    walls = community.compounds.union_all()
    lone = next(key for key, at in lamps.items() if walls.distance(at) > 4)
    middles = blocks.representative_point()
    block = middles.distance(symbols()).idxmax()
    for table, key, at in (
        ("streetlights", lone, lamps[lone]),
        ("buildings", block, middles[block]),
    ):
        page.mouse.click(*pixel(page, *lonlat(at)))
        expect(page.locator(f"text={table}/{key}.")).to_be_visible()


def test_adding_reports_every_place_once_and_still_picks(begin, seen):
    page = begin("mode=add")
    lamps = drawn(page)["streetlights"]
    expect(page.locator(".wg-canvas")).to_have_css("cursor", "crosshair")
    spots = [pixel(page, *spot) for spot in free(3)]
    page.mouse.click(*spots[0])
    page.mouse.click(*spots[1])  # before the page has answered
    page.mouse.dblclick(*spots[2])  # one, and no zoom
    found = placings(page, 3)
    assert [one[:2] for one in found] == [pytest.approx(spot, abs=degrees(2)) for spot in free(3)]
    expect(page.locator(".wg-sign")).to_have_count(0)
    until(page, lambda: drawn(page)["streetlights"] == lamps + 3)  # drawn after its sign is gone
    page.mouse.click(*spots[1])
    expect(page.locator("text=picked streetlights/NEW1")).to_be_visible()
    placings(page, 3)
    assert seen.errors == []


def test_a_slow_page_keeps_what_was_placed_before_it_answered(begin):
    page = begin("mode=add&slow=1.5")
    for spot in free(4):
        page.mouse.click(*pixel(page, *spot))
        page.wait_for_timeout(700)
    expect(page.locator(".wg-sign")).not_to_have_count(0)
    found = placings(page, 4)
    assert [one[:2] for one in found] == [pytest.approx(spot, abs=degrees(2)) for spot in free(4)]
    expect(page.locator(".wg-sign")).to_have_count(0)


def test_the_device_is_asked_once_on_request(begin, seen):
    page = begin(
        "mode=pin&height=190", 390, 844, geolocation=HERE, permissions=["geolocation"], **PHONE
    )
    page.evaluate(
        """() => {
            window.asked = 0;
            const { geolocation } = navigator;
            const get = geolocation.getCurrentPosition.bind(geolocation);
            geolocation.getCurrentPosition = (...all) => { window.asked += 1; get(...all); };
            geolocation.watchPosition = () => { throw new Error("watched"); };
        }"""
    )
    page.tap(".wg-locate")
    found = placings(page, 1)[0]
    assert found[:3] == pytest.approx((113.05, 36.0525, 18.0), abs=1e-6)
    assert found[3:] == ("located", "", "")
    expect(page.locator(PIN)).to_be_visible()
    circle = page.locator(".leaflet-placing-pane path.wg-circle")
    metre = 256 * 2 ** float(page.get_attribute(MAP, "data-view").split(",")[2]) / 40_075_017
    wide = 2 * 18 * metre / math.cos(math.radians(36.0525))
    assert circle.bounding_box()["width"] == pytest.approx(wide, abs=3)
    page.wait_for_timeout(1500)
    assert page.evaluate("window.asked") == 1
    box = page.locator(".wg-canvas").bounding_box()
    page.touchscreen.tap(box["x"] + 60, box["y"] + 120)
    assert math.isnan(placings(page, 2)[-1][2])
    expect(circle).to_have_count(0)  # a tap has no circle
    assert seen.errors == []


@pytest.mark.parametrize(
    ("how", "lang", "sentence"),
    [
        ({}, "zh", "没有得到定位许可"),
        ({}, "en", "Locating was not allowed"),
        (
            {"geolocation": HERE | {"latitude": 36.2}, "permissions": ["geolocation"]},
            "zh",
            "没有采用",
        ),
    ],
)
def test_why_there_is_no_position_is_said(begin, how, lang, sentence):
    page = begin(f"mode=pin&height=190&lang={lang}", 390, 844, **PHONE, **how)
    page.tap(".wg-locate")
    expect(page.locator(".wg-told")).to_contain_text(sentence)
    page.wait_for_selector("text=placed 0")
    expect(page.locator(PIN)).to_have_count(0)


@pytest.mark.parametrize(
    ("code", "sentence"), [(2, "现在定不到位置"), (3, "定位用时过长"), (0, "只在 https")]
)
def test_a_device_that_cannot_say_is_explained(begin, code, sentence):
    page = begin("mode=pin", permissions=["geolocation"])
    page.evaluate(
        """(code) => {
            if (!code) Object.defineProperty(window, "isSecureContext", { value: false });
            navigator.geolocation.getCurrentPosition = (got, refused) => refused({ code });
        }""",
        code,
    )
    page.click(".wg-locate")
    expect(page.locator(".wg-told")).to_contain_text(sentence)


def test_a_pin_the_page_sets_is_come_to_and_leaves_with_the_placing(begin, placing, painted):
    page = begin("mode=pin&height=190&pin=113.0500,36.0525", 390, 844, **PHONE)
    assert tip(page) == pytest.approx(pixel(page, 113.05, 36.0525), abs=1.5)
    assert float(page.get_attribute(MAP, "data-view").split(",")[2]) >= 17.75
    page.goto(f"{placing}/?off=1")
    painted(page)
    expect(page.locator(PIN)).to_have_count(0)
    page.locator(MAP).click(position={"x": 100, "y": 100})
    page.wait_for_selector("text=placed 0")
