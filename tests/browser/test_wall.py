"""The wall in a real browser: nothing clipped on any screen, and it says when it stands still."""

from __future__ import annotations

import pytest

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
def test_a_refresh_draws_nothing_again(server, page, painted):
    page.goto(f"{server}/wall")
    painted(page)
    screen = page.locator('[data-testid="map"]')
    made = screen.get_attribute("data-made")
    page.evaluate(
        """() => {
          window.heard = 0;
          const line = document.querySelector('[data-testid=wall-age] span');
          let before = '';
          new MutationObserver(() => {
            const now = line.textContent.split('，')[1];
            if (now === '0 秒前' && before !== now) window.heard += 1;
            before = now;
          }).observe(line, {childList: true, characterData: true, subtree: true});
        }"""
    )
    for _ in range(60):
        if page.evaluate("window.heard") >= 2:
            break
        page.wait_for_timeout(500)
    assert page.evaluate("window.heard") >= 2
    assert screen.get_attribute("data-made") == made
