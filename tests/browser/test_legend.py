"""The legend says what is on but drawn only from nearer."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MAP = '[data-testid="map"]'
LAYERS = "layers=grids.compounds.buildings.hazards.households"


def test_what_the_zoom_hides_says_so_until_it_is_near(server, page, painted, seen):
    page.goto(f"{server}/?{LAYERS}")
    painted(page)
    hidden = page.locator(".wg-legend [data-layer=households]")
    expect(hidden).to_have_text("住户 2,333放大后显示")
    expect(page.locator(".wg-legend [data-layer=hazards] .wg-away")).to_have_count(0)
    page.locator(".wg-canvas").focus()
    for _ in range(40):  # a key pressed while the map still moves is lost
        page.keyboard.press("+")
        page.wait_for_timeout(350)
        if "放大后显示" not in hidden.inner_text():
            break
    expect(hidden.locator(".wg-away")).to_have_count(0)
    assert float((page.get_attribute(MAP, "data-view") or "").split(",")[2]) >= 18.75
    page.wait_for_timeout(500)  # until the map rests
    page.keyboard.press("Home")
    expect(hidden).to_contain_text("放大后显示")
    assert seen.errors == []


def test_from_afar_the_lesser_severities_come_last_and_say_so(server, open_page, painted):
    page = open_page(390, 844)
    page.goto(f"{server}/?{LAYERS}&lang=en")
    painted(page)
    hazards = page.locator(".wg-legend [data-layer=hazards] li")
    away = [kind for kind in hazards.all() if "wg-away" in (kind.get_attribute("class") or "")]
    assert [one.get_attribute("data-key") for one in away] == ["general", "low"]
    expect(hazards.last).to_have_text("Low 8zoom in to see")
    expect(page.locator(".wg-legend [data-layer=buildings]")).to_have_text(
        "Buildings 291zoom in to see"
    )
