"""The layer switches above the live map: at once here, then in the address, and never back."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from layers import find_all
from layers._folium import compose, describe
from tests.pages.journaled import NOW
from wangge.sight import see
from wangge.store.files import read

pytestmark = pytest.mark.browser
MAP = '[data-testid="map"]'
GEO = Path(__file__).parents[2] / "data" / "geo"
RECORD = """() => {
    const walk = (root) => {
        const hit = root.querySelector('[data-testid="map"]');
        if (hit) return hit;
        for (const one of root.querySelectorAll("*")) {
            const inside = one.shadowRoot && walk(one.shadowRoot);
            if (inside) return inside;
        }
        return null;
    };
    const row = walk(document).querySelector(".wg-pills");
    globalThis.presses = [];
    new MutationObserver((changes) => {
        for (const { target, oldValue } of changes) {
            const now = target.getAttribute("aria-pressed");
            if (now !== oldValue) presses.push(`${target.dataset.layer} ${now}`);
        }
    }).observe(row, { subtree: true, attributeFilter: ["aria-pressed"], attributeOldValue: true });
}"""
# Presses switches by script and returns, in the same task after the painting, what is drawn.
PRESS = """async (row, ids) => {
    for (const id of ids) row.querySelector(`[data-layer=${id}]`).click();
    await null;
    return row.parentElement.dataset.drawn;
}"""


def pill(page, layer):
    return page.locator(f".wg-pills [data-layer={layer}]")


def digest(layer):
    """Return what the address of a layer's body holds."""
    community = see(read(GEO).community.at(NOW), "secretary")
    drawing = describe(compose(find_all(), community, "zh", today=date(2026, 11, 23)))
    return next(row["hash"] for row in drawing.head["layers"] if row["id"] == layer)


def drawn(page):
    return json.loads(page.get_attribute(MAP, "data-drawn"))


def pressed(page):
    return page.locator(".wg-pills [aria-pressed=true]").evaluate_all(
        "all => all.map(one => one.dataset.layer)"
    )


def is_on(page, layer, state):
    expect(pill(page, layer)).to_have_attribute("aria-pressed", str(state).lower())


def rest(page):
    """Wait until the page has answered, and longer than the browser's patience."""
    page.wait_for_timeout(2300)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')


def test_a_switch_acts_at_once_and_the_address_follows(server, page, painted, seen):
    page.goto(server)
    painted(page)
    view = page.get_attribute(MAP, "data-view")
    row = page.locator(".wg-pills")
    assert "hazards" in drawn(page)
    assert "hazards" not in json.loads(row.evaluate(PRESS, ["hazards"]))
    expect(page.locator(".wg-legend [data-layer=hazards]")).to_have_count(0)
    is_on(page, "hazards", state=False)
    page.wait_for_url(lambda url: "layers=" in url and "hazards" not in url)
    assert drawn(page)["parcels"] == 39, "the base map has no switch"
    pill(page, "hazards").click()
    page.wait_for_url(lambda url: "layers=" not in url)
    assert drawn(page)["hazards"] == 23
    assert page.locator(".wg-legend [data-layer=hazards]").count() == 1
    assert page.get_attribute(MAP, "data-view") == view
    assert seen.errors == []


def test_a_link_shows_the_same_switches(server, open_page, painted):
    first = open_page()
    first.goto(f"{server}/?layers=grids.compounds")
    painted(first)
    assert pressed(first) == ["grids", "compounds"]
    pill(first, "shops").click()
    first.wait_for_url("**layers=grids.compounds.shops**")
    second = open_page()
    second.goto(first.url)
    painted(second)
    expect(pill(second, "shops")).to_have_text(re.compile(r"^商铺 63$"))
    assert pressed(second) == pressed(first) == ["grids", "compounds", "shops"]
    assert drawn(second) == drawn(first)


def test_quick_switches_all_hold_and_none_flips(server, page, painted, seen):
    page.goto(server)
    painted(page)
    page.evaluate(RECORD)
    pill(page, "shops").click()
    pill(page, "hazards").click()
    page.wait_for_timeout(60)  # into the rerun that the first has caused
    pill(page, "stations").click()
    pill(page, "stations").click()
    rest(page)
    assert page.evaluate("presses") == [
        "shops true",
        "hazards false",
        "stations false",
        "stations true",
    ]
    assert "shops" in page.url
    assert "stations" in page.url
    assert "hazards" not in page.url
    assert drawn(page)["shops"] == 63
    assert seen.errors == []


def test_a_switch_and_a_pick_at_the_same_moment_both_hold(server, page, painted):
    page.goto(server)
    painted(page)
    page.evaluate(RECORD)
    pill(page, "shops").click()
    page.locator(f"{MAP} .wg-stage").click(position={"x": 600, "y": 212})
    pill(page, "hazards").click()
    rest(page)
    assert page.evaluate("presses") == ["shops true", "hazards false"]
    selected = page.get_attribute(MAP, "data-selected")
    assert selected.startswith("compounds/")
    assert f"compound={selected[-3:]}" in page.url
    assert "shops" in page.url
    assert "hazards" not in page.url


def test_a_layer_not_here_yet_is_fetched_first(server, page, painted):
    held = []

    def hold(route):
        held.append(route)

    page.route(f"**/{digest('stations')}.json", hold)
    page.goto(f"{server}/?layers=grids")
    painted(page)
    pill(page, "stations").click()
    expect(pill(page, "stations")).to_have_attribute("aria-busy", "true")
    is_on(page, "stations", state=True)
    page.wait_for_url("**stations**")  # the page's answer waits for the body too
    page.wait_for_timeout(500)
    assert "stations" not in drawn(page)
    assert len(held) == 1
    held[0].continue_()
    expect(page.locator(".wg-legend [data-layer=stations]")).to_have_count(1)
    assert drawn(page)["stations"] == 14
    expect(pill(page, "stations")).to_have_attribute("aria-busy", "false")


def test_the_switches_work_with_the_keyboard(server, page, painted):
    page.goto(server)
    painted(page)
    pill(page, "compounds").focus()
    page.keyboard.press("Tab")
    expect(pill(page, "buildings")).to_be_focused()
    assert pill(page, "buildings").evaluate("e => getComputedStyle(e).outlineWidth") == "2px"
    page.keyboard.press("Space")
    is_on(page, "buildings", state=False)
    page.wait_for_url("**layers=**")
    rest(page)
    expect(pill(page, "buildings")).to_be_focused()
    is_on(page, "buildings", state=False)


def test_the_row_scrolls_sideways_on_a_phone(server, open_page, painted):
    page = open_page(390, 844, has_touch=True, is_mobile=True, device_scale_factor=2)
    page.goto(server)
    painted(page)
    row = page.locator(".wg-pills")
    heights = row.locator("button").evaluate_all("all => all.map(e => e.offsetHeight)")
    assert min(heights) >= 40
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert row.evaluate("e => e.scrollWidth > e.clientWidth")
    last = row.locator("button").last
    last.scroll_into_view_if_needed()
    last.tap()
    expect(last).to_have_attribute("aria-pressed", "true")
    page.wait_for_url("**layers=**")
    assert row.evaluate("e => e.scrollLeft") > 0, "an answer leaves the row where it was"
