"""The bar on top: nothing in it lies over anything else, at any width, in either language."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
SHOWN = """() => {
  const of = (query) => [...document.querySelectorAll(query)].map((node) => {
    const { left, right, width } = node.getBoundingClientRect();
    return { left, right, width, style: getComputedStyle(node) };
  }).filter((one) => one.width > 0 && one.style.visibility !== "hidden");
  const menu = of('[data-testid="stHeader"] a, [data-testid="stHeader"] nav button');
  const right = of(".st-key-frame_right .w-dot, .st-key-frame_right button");
  const brand = of(".w-brand");
  return {
    brand: Math.max(...brand.map((one) => one.right)),
    menu: menu.map((one) => [one.left, one.right]),
    frame: right.map((one) => [one.left, one.right]),
  };
}"""


AGE = '[data-testid="age"]'


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_menu_keeps_clear_of_name_and_age(server, page, filled, lang):
    page.goto(f"{server}/cases?lang={lang}")
    filled(page)
    for width in (768, 1024, 1100, 1101, 1366, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(300)  # the menu is measured, then folded
        found = page.evaluate(SHOWN)
        assert len(found["menu"]) >= 2, width
        assert len(found["frame"]) >= 2, width
        assert found["brand"] <= min(left for left, _ in found["menu"]), width
        first = min(left for left, _ in found["frame"])
        assert max(right for _, right in found["menu"]) <= first, (width, found)
        assert max(right for _, right in found["frame"]) <= width


def test_a_menu_that_folds_says_so_in_the_language_of_the_page(serve, open_page, filled):
    page = open_page(768, 1024)
    page.goto(f"{serve(WANGGE_ROLE='planner')}/cases")
    filled(page)
    words = page.locator('[data-testid="stTopNavSection"]:visible p')
    shown = "one => [getComputedStyle(one).fontSize, getComputedStyle(one, '::after').content]"
    assert words.evaluate(shown) == ["0px", '"更多"']


@pytest.mark.parametrize("width", [390, 768])
def test_on_a_narrow_screen_the_age_of_old_data_has_a_line_of_its_own(
    server, open_page, filled, width
):
    page = open_page(width, 844)
    page.clock.install()
    page.goto(f"{server}/cases")
    filled(page)
    language = page.get_by_role("button", name="中文 / EN").bounding_box()
    if width < 641:
        assert language["x"] + language["width"] >= width - 20, "nothing unseen stands beside it"
    page.context.set_offline(True)
    page.clock.run_for(70_000)
    words = page.locator(f"{AGE} span")
    expect(words).to_be_visible()
    expect(words).to_contain_text("分钟前")
    line = words.bounding_box()
    top = page.locator(".st-key-top").bounding_box()["y"]
    assert (line["x"], line["width"]) == (0, width)
    assert line["y"] + line["height"] <= top, "the page makes room for it"
