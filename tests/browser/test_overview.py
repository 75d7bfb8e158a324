"""The overview in a browser: keyboard, table and map in step, links, phone, dark."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MAP = '[data-testid="map"]'
HEADING = '[data-testid="heading"]'


def _heading(page, text):
    expect(page.locator(HEADING)).to_contain_text(text, timeout=20_000)


def _selected(page, value):
    """Wait for what the map outlines; our own policy forbids waiting by evaluated script."""
    expect(page.locator(MAP)).to_have_attribute("data-selected", value, timeout=20_000)


def _compound(page, *, besides=""):
    """Wait until the address names a compound other than `besides`, and return it."""
    page.wait_for_url(lambda url: "compound=" in url and f"compound={besides or '?'}" not in url)
    return page.url.split("compound=")[1][:3]


def _find(page, words):
    box = page.locator('[data-testid="stTextInput"] input')
    box.click()
    box.fill(words)
    box.press("Enter")


def _row(page, number):
    """Click a row of the table; rows are 31 px high below a header of about the same."""
    box = page.locator('[data-testid="stDataFrame"] canvas').first.bounding_box()
    page.mouse.click(box["x"] + 50, box["y"] + 35 + 31 * (number - 0.5))


def test_a_place_is_found_and_left_with_the_keyboard_alone(server, page, painted, seen):
    page.goto(server)
    painted(page)
    _find(page, "gxxq")
    _heading(page, "供销小区")
    _selected(page, "compounds/C19")
    assert "compound=C19" in page.url
    page.locator(f"{MAP} .leaflet-container").focus()
    page.keyboard.press("Escape")
    _selected(page, "grids/G5")
    page.keyboard.press("Escape")
    _selected(page, "")
    assert "compound" not in page.url
    assert seen.errors == []


def test_the_table_selects_on_the_map_and_the_map_in_the_table(server, page, painted, seen):
    page.goto(server)
    painted(page)
    _row(page, 2)
    first = _compound(page)
    _selected(page, f"compounds/{first}")
    made = page.locator(MAP).get_attribute("data-made")
    _row(page, 4)
    second = _compound(page, besides=first)
    _selected(page, f"compounds/{second}")
    assert page.locator(MAP).get_attribute("data-made") == made, "a selection draws nothing anew"
    page.locator(MAP).click(position={"x": 601, "y": 289})
    third = _compound(page, besides=second)
    _selected(page, f"compounds/{third}")
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_timeout(500)  # the table is made anew, its canvas after it
    _row(page, 3)
    _selected(page, f"compounds/{_compound(page, besides=third)}")
    assert seen.errors == []


def test_a_link_shows_the_same_view_to_another(server, open_page, painted):
    first = open_page()
    first.goto(f"{server}/?compound=C19&layers=grids.compounds.streetlights&lang=en")
    painted(first)
    first.locator(HEADING).wait_for()
    second = open_page()
    second.goto(first.url)
    painted(second)
    second.locator(HEADING).wait_for()
    _selected(second, "compounds/C19")
    views = [
        (page.locator(HEADING).inner_text(), page.locator(MAP).get_attribute("data-drawn"))
        for page in (first, second)
    ]
    assert views[0] == views[1]
    drawn = json.loads(views[0][1])
    assert "streetlights" in drawn
    assert "hazards" not in drawn


def test_the_map_fills_the_window_and_nothing_is_wider_than_it(server, open_page, painted):
    for width, height in ((1920, 1080), (1366, 768), (390, 844)):
        page = open_page(width, height)
        page.goto(server)
        painted(page)
        box = page.locator(MAP).bounding_box()
        assert box["y"] + box["height"] <= height + 1
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width
        panel = page.locator(HEADING).bounding_box()
        below = panel["y"] >= box["y"] + box["height"]
        assert below == (width <= 1200)


@pytest.mark.parametrize(("scheme", "colour"), [("light", "255, 255, 255"), ("dark", "17, 21, 27")])
def test_the_page_takes_the_theme_of_the_browser(server, open_page, painted, scheme, colour):
    page = open_page(color_scheme=scheme)
    page.goto(server)
    painted(page)
    held = page.evaluate(
        "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    )
    assert colour in held


def test_the_page_says_in_which_language_it_is(server, page, painted):
    for address, told in (("/?lang=en", "en"), ("/wall?lang=zh", "zh-CN")):
        page.goto(server + address)
        expect(page.locator("html")).to_have_attribute("lang", told)
