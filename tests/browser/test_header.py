"""The bar on top: nothing in it lies over anything else, at any width, in either language."""

from __future__ import annotations

import pytest

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
