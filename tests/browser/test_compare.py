"""Two states of the community under one divider: what each side shows, and how it is moved."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import expect
from shapely import unary_union

from tests.browser.onmap import MAP, pixel
from wangge.domain.crs import lonlat
from wangge.store.files import read

pytestmark = pytest.mark.browser
APP = "tests/browser/harness/placing_app.py"
GEO = Path(__file__).parents[2] / "data" / "geo"
SLIDER = "[role=slider].wg-swipe"


@pytest.fixture
def begin(serve, open_page, painted):
    def start(**options):
        page = open_page(1366, 768, **options)
        page.goto(f"{serve(script=APP)}/?mode=add&compare=1")
        painted(page)
        page.wait_for_selector("text=placed 0")
        return page

    return start


def spot_west():
    """A place in the west of the community, away from all symbols."""
    held = read(GEO).community
    points = [getattr(held, name).geometry for name in ("streetlights", "hazards", "stations")]
    busy = unary_union([one for frame in points for one in frame])
    middles = held.compounds.geometry.representative_point()
    middle = held.community.union_all().centroid
    west = [at for at in middles if at.x < middle.x - 80]
    return lonlat(max(west, key=lambda at: at.distance(busy)))


def move(page, share):
    """Put the divider at a share of the map's width by hand."""
    bar, box = (page.locator(one).bounding_box() for one in (SLIDER, ".wg-canvas"))
    middle = box["y"] + box["height"] / 2
    page.mouse.move(bar["x"] + bar["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * share, middle, steps=4)
    page.mouse.up()
    page.mouse.move(2, 2)
    page.wait_for_timeout(150)


def picture(page, x, y, half):
    clip = {"x": x - half, "y": y - half, "width": 2 * half, "height": 2 * half}
    return Image.open(BytesIO(page.screenshot(clip=clip))).convert("RGB")


def counts(page):
    told = (page.get_attribute(MAP, f"data-{name}") for name in ("before", "drawn"))
    return [json.loads(one)["streetlights"] for one in told]


def test_each_side_shows_its_own_state_wherever_the_map_looks(begin, seen):
    page = begin()
    lamps = counts(page)[0]
    spot = spot_west()
    move(page, 0.05)
    page.mouse.click(*pixel(page, *spot))
    page.wait_for_selector("text=placed 1")
    expect(page.locator(".wg-sign")).to_have_count(0)
    assert counts(page) == [lamps, lamps + 1]
    legend = page.locator(".wg-legend [data-layer=streetlights]")
    expect(legend).to_contain_text("→")
    for look in (None, "+", "drag"):
        if look == "+":
            page.locator(".wg-canvas").focus()
            page.keyboard.press("+")
        elif look == "drag":
            page.mouse.move(900, 300)
            page.mouse.down()
            page.mouse.move(1000, 330, steps=4)
            page.mouse.up()
            page.mouse.move(2, 2)
        page.wait_for_timeout(700)
        x, y = pixel(page, *spot)
        other = (x + 90, y + 60)
        move(page, 0.04)
        planned, there = picture(page, x, y, 6), picture(page, *other, 16)
        move(page, 0.96)
        now, same = picture(page, x, y, 6), picture(page, *other, 16)
        assert ImageChops.difference(planned, now).getbbox(), look
        assert not ImageChops.difference(there, same).getbbox(), look
    assert seen.errors == []


def test_a_click_means_what_its_side_shows(begin):
    page = begin()
    spot = spot_west()
    page.mouse.click(*pixel(page, *spot))  # at the left nothing is there to be picked
    page.wait_for_selector("text=placed 1")
    page.wait_for_timeout(600)
    page.mouse.click(*pixel(page, *spot))
    page.wait_for_selector("text=placed 2")
    move(page, 0.05)
    page.wait_for_timeout(600)
    page.mouse.click(*pixel(page, *spot))
    expect(page.locator("text=/picked streetlights.NEW/")).to_be_visible()
    page.wait_for_selector("text=placed 2")


def test_the_divider_is_a_slider_for_keys_and_fingers(begin, serve, open_page, painted):
    page = begin()
    bar = page.locator(SLIDER)
    expect(bar).to_have_attribute("aria-label", "现状与方案的分界，左右移动")
    view = page.get_attribute(MAP, "data-view")
    bar.focus()
    keys = {"ArrowRight": 52, "Shift+ArrowLeft": 42, "Home": 0, "End": 100, "ArrowLeft": 98}
    for key, share in keys.items():
        page.keyboard.press(key)
        expect(bar).to_have_attribute("aria-valuenow", str(share))
    expect(page.locator(".wg-before")).to_have_text("现状")
    expect(page.locator(".wg-after")).to_be_hidden()  # its side has no room
    move(page, 0.5)
    expect(page.locator(".wg-after")).to_be_visible()
    expect(page.locator(".wg-after")).to_have_text("方案")
    assert page.get_attribute(MAP, "data-view") == view
    page.locator("label", has_text="alone").click()
    expect(bar).to_have_count(0)
    page.locator("label", has_text="alone").click()
    expect(bar).to_have_attribute("aria-valuenow", "50")
    phone = open_page(390, 844, has_touch=True, is_mobile=True)
    phone.goto(f"{serve(script=APP)}/?mode=add&compare=1")
    painted(phone)
    bar = phone.locator(SLIDER)
    box = bar.bounding_box()
    assert box["width"] >= 44
    x, y = box["x"] + box["width"] / 2, box["y"] + 200
    wire = phone.context.new_cdp_session(phone)
    for kind, at in (("touchStart", x), ("touchMove", x - 40), ("touchMove", x - 90)):
        wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": at, "y": y}]})
    wire.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    share = float(bar.get_attribute("aria-valuenow"))
    assert share == pytest.approx(100 * (x - 90 - 16) / 358, abs=2)
