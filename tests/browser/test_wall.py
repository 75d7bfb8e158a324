"""The wall in a real browser: nothing clipped on any screen, and it says when it stands still."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from wangge.domain.actors import Actor
from wangge.store.desk import Desk, Draft
from wangge.store.home import FILE, journal_at

SIZES = [(1920, 1080), (3840, 2160), (1366, 768)]
SCENES = ["overview", "lighting", "property", "stations", "hazards", "grids"]
CLIPPED = """() => [...document.querySelectorAll(
    '.wall-line span, .wall-line, .wall-hero, .wall-signs, .wall-figures, .wall-block header, '
    + '.wall-totals, .wall-title, [data-testid=wall-clock], [data-testid=wall-age]')]
  .filter((node) => node.scrollWidth > node.clientWidth + 1)
  .map((node) => node.textContent)"""
OUTSIDE = """() => [...document.querySelectorAll(
    '.wall-block, .wall-totals > *, [data-testid=wall-age], [data-testid=wall-clock], '
    + '.st-key-wall_scenes button')]
  .filter((node) => {
    const own = node.getBoundingClientRect();
    const frame = node.closest('.st-key-wall_side, .st-key-wall_foot, .st-key-wall_head')
      .getBoundingClientRect();
    return own.right > frame.right + 1 || own.left < frame.left - 1
      || own.bottom > frame.bottom + 1;
  }).map((node) => node.textContent)"""
MEET = """() => {
    const box = (key) => document.querySelector(key).getBoundingClientRect();
    const totals = box('.wall-totals'), age = box('[data-testid=wall-age]');
    const scenes = box('.st-key-wall_scenes'), clock = box('[data-testid=wall-clock]');
    return totals.right > age.left || scenes.right > clock.left;
}"""


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_clipped(server, open_page, painted, width, height, lang):
    page = open_page(width, height)
    page.goto(f"{server}/wall?lang={lang}")
    painted(page)
    for at, scene in enumerate(SCENES, start=1):
        page.keyboard.press(str(at))
        page.wait_for_selector(f".st-key-wall_{scene} [data-testid=stBaseButton-primary]")
        page.wait_for_selector(".wall-block")
        page.wait_for_timeout(300)
        assert page.evaluate(CLIPPED) == [], (scene, lang)
        assert page.evaluate(OUTSIDE) == [], (scene, lang)
        assert not page.evaluate(MEET), (scene, lang)


@pytest.mark.browser
def test_no_chrome_no_household_and_no_stray_request(server, page, painted, seen):
    page.goto(f"{server}/wall")
    painted(page)
    assert not page.locator('[data-testid="stHeader"]').is_visible()
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    drawn = page.locator('[data-testid="map"]').get_attribute("data-drawn")
    assert '"households"' not in drawn or '"households":0' in drawn
    assert seen.foreign(server) == []
    assert seen.errors == []


@pytest.mark.browser
def test_it_says_that_it_stands_still_when_the_server_is_gone(server, page, painted):
    held = []

    def relay(socket):
        if held:  # the server is gone: nobody is let in again
            socket.close()
            return
        held.append(socket)
        socket.connect_to_server()

    page.route_web_socket("**/_stcore/stream*", relay)
    page.clock.install()
    page.goto(f"{server}/wall")
    painted(page)
    age = page.locator('[data-testid="wall-age"]')
    assert age.get_attribute("data-state") == "live"
    held[0].close()
    page.clock.fast_forward(90_000)
    page.wait_for_selector('[data-testid="wall-age"][data-state="stale"]')
    page.clock.fast_forward(300_000)
    page.wait_for_selector('[data-testid="wall-age"][data-state="lost"]')
    assert "画面停在 13:42" in age.inner_text()


@pytest.mark.browser
def test_a_refresh_draws_nothing_again(server, page, painted, seen):
    """The wall asks and hears that nothing changed; run again all the same, it draws nothing."""
    page.goto(f"{server}/wall")
    painted(page)
    age = page.locator('[data-testid="wall-age"]')
    expect(age).to_have_attribute("data-state", "live")
    screen = page.locator('[data-testid="map"]')
    made = screen.get_attribute("data-made")
    asked = sum(url.endswith("/pulse") for url in seen.requests)
    for _ in range(3):
        page.keyboard.press("1")
        page.wait_for_timeout(1500)
    assert sum(url.endswith("/pulse") for url in seen.requests) >= asked + 2
    assert age.get_attribute("data-state") == "live"
    assert screen.get_attribute("data-made") == made


@pytest.mark.browser
def test_a_change_is_on_the_wall_and_nothing_flickers(cold, page, painted, tmp_path):
    home = tmp_path / "shared"
    page.goto(f"{cold(WANGGE_HOME=str(home))}/wall")
    painted(page)
    screen = page.locator('[data-testid="map"]')
    page.wait_for_selector('[data-testid="wall-age"][data-state="live"]')
    page.locator('[data-testid="wall-age"]').evaluate("age => { age.dataset.kept = 'yes' }")
    screen.evaluate(
        """map => {
          map.dataset.kept = 'yes'; window.blank = 0;
          new MutationObserver(() => { if (map.dataset.painted !== 'true') window.blank += 1; })
            .observe(map, {attributes: true, attributeFilter: ['data-painted']});
        }"""
    )
    note = page.locator(".wall-block").first.locator("header p")
    before = int(re.search(r"\d+", note.inner_text())[0])
    desk = Desk(
        journal_at(str(home / FILE)), Actor("第五网格网格员", "worker"), lambda: datetime.now(UTC)
    )
    desk.report(Draft(113.05, 36.052, "old_wiring", "低"), key="wall-1")
    expect(note).to_contain_text(str(before + 1), timeout=10_000)
    assert screen.get_attribute("data-kept") == "yes"
    assert page.locator('[data-testid="wall-age"]').get_attribute("data-kept") == "yes"
    assert page.evaluate("window.blank") == 0


@pytest.mark.browser
def test_scenes_turn_by_themselves(server, page, painted):
    page.goto(f"{server}/wall?rotate=5")
    painted(page)
    for scene in SCENES[1:3]:
        page.wait_for_selector(f".st-key-wall_{scene} [data-testid=stBaseButton-primary]")
