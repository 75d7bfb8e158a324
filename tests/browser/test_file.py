"""The exported file: opens from a disk, asks nobody, runs no text, can be switched to dark."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import layers
from layers._folium import compose, export_html
from tests.pages.journaled import NOW
from wangge.store.files import read

pytestmark = pytest.mark.browser
DEMO = Path(layers.__file__).parents[1] / "data" / "geo"
HOSTILE = [
    "{{ 'zq'*3 }}",
    "<img src=x onerror='window.fired=1'>",
    "${window.fired=1}`",
    "</script><script>window.fired=1</script>",
    "C:\\2019 \u2028 {% x %}",
]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Write the demo with hostile names to a file, as a page would offer it."""
    held = read(DEMO).community.at(NOW)
    for table in ("compounds", "grids", "alleys", "stations", "ground", "buildings"):
        frame = getattr(held, table)
        names = [HOSTILE[at % len(HOSTILE)] for at in range(len(frame))]
        held = replace(held, **{table: frame.assign(name=names), "_memo": {}})
    canvas = compose(layers.find_all(), held, "zh", today=date(2026, 11, 23))
    page = export_html(canvas, lang="zh", theme="light", title="网格图 " + HOSTILE[1])
    path = tmp_path_factory.mktemp("file") / "map.html"
    path.write_text(page, "utf-8")
    return path


def test_it_opens_from_a_disk(file, page, seen):
    page.goto(file.as_uri())
    page.wait_for_selector("main[data-painted=true]")
    assert seen.requests == [file.as_uri()]
    assert seen.errors == []
    assert page.evaluate("window.fired") is None
    assert page.locator("h1").inner_text().endswith(HOSTILE[1])
    assert "zqzqzq" not in page.content()
    drawn = page.evaluate("JSON.parse(document.querySelector('main').dataset.drawn)")
    assert drawn["compounds"] == 39
    assert drawn["grids"] == 9


def test_a_click_and_a_hover_run_no_text(file, page, seen):
    page.goto(file.as_uri())
    page.wait_for_selector("main[data-painted=true]")
    box = page.locator("main").bounding_box()
    for part in (0.4, 0.5, 0.6):
        at = box["x"] + box["width"] * part, box["y"] + box["height"] * part
        page.mouse.move(*at)
        page.wait_for_timeout(60)
        page.mouse.click(*at)
    assert page.evaluate("window.fired") is None
    assert seen.errors == []


def test_its_reader_can_switch_to_dark(file, page, seen):
    page.goto(file.as_uri())
    page.wait_for_selector("main[data-painted=true]")
    button = page.locator("header button")
    assert button.inner_text() == "深色"
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    button.click()
    assert button.inner_text() == "浅色"
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (light, dark) == ("rgb(255, 255, 255)", "rgb(17, 21, 27)")
    assert seen.errors == []
