"""Lighting in a browser: the dark alley is found, three lamps are tried, the letter leaves."""

from __future__ import annotations

import io
import json
import re

import openpyxl
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from shapely import line_interpolate_point
from shapely.ops import polylabel

from tests.browser.conftest import ROOT
from tests.browser.onmap import MAP, pixel
from wangge.analysis.lighting import unlit_stretches
from wangge.domain.crs import lonlat
from wangge.store.files import read

pytestmark = pytest.mark.browser
ALLEY, COURT = "槐树巷", "37号院"
DOOR = ".st-key-lighting_door"
PLAN = ".st-key-lighting_plan"
THREE = (1 / 6, 3 / 6, 5 / 6)  # of the dark stretch


@pytest.fixture(scope="module")
def community():
    return read(ROOT / "data" / "geo").community


@pytest.fixture(scope="module")
def court(community):
    """Where the court of the story is on the map."""
    held = community.buildings
    return lonlat(polylabel(held.geometry[held["name"] == COURT].iloc[0], 0.1))


@pytest.fixture(scope="module")
def spots(community):
    """Three places along the dark stretch of the story's alley."""
    dark = unlit_stretches(community.alleys, community.streetlights)
    names = dark["alley_id"].map(community.alleys["name"])
    line = dark.geometry[names == ALLEY].iloc[0]
    return [line_interpolate_point(line, share, normalized=True) for share in THREE]


@pytest.fixture
def planner(cold):
    return cold(WANGGE_ROLE="planner")


def row(page, number):
    """Click a row of the list."""
    box = page.locator('[data-testid="stDataFrame"] canvas').first.bounding_box()
    page.mouse.click(box["x"] + 40, box["y"] + 31 * (number + 0.5))


def still(page):
    """Wait until the map stands still, and return its view."""
    view = page.get_attribute(MAP, "data-view")
    for _ in range(40):
        page.wait_for_timeout(150)
        if view == (view := page.get_attribute(MAP, "data-view")):
            break
    return view


def to_the_alley(page, painted, base):
    """Go from the first screen to the alley of the story, and to the door at its end."""
    page.goto(base)
    painted(page)
    page.get_by_role("link", name="照明").click()
    page.wait_for_url("**/lighting*")
    painted(page)
    still(page)
    row(page, 1)
    expect(page.get_by_role("heading", name=ALLEY)).to_be_visible()
    expect(page.locator(MAP)).to_have_attribute("data-view", re.compile(r",(18\.[5-9]|19)"))
    still(page)


def try_three(page, spots):
    """Put a lamp at each spot by a click on the map."""
    page.get_by_role("button", name="点图试装").click()
    expect(page.locator(".wg-canvas")).to_have_css("cursor", "crosshair")
    for number, spot in enumerate(spots, start=1):
        page.mouse.click(*pixel(page, *lonlat(spot)))
        expect(page.locator(PLAN)).to_contain_text(f"新装 {number} 盏")


def download(page, name):
    """Press a button that gives a file, and return its bytes."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return waiting.value.path().read_bytes()


def test_on_a_small_desk_all_lists_are_in_sight_and_a_click_beside_things_changes_nothing(
    server, open_page, filled
):
    page = open_page(1366, 768, color_scheme="dark")
    page.goto(f"{server}/lighting?lang=en")
    filled(page)
    bar = page.locator(".st-key-lighting_lists")
    edge = page.locator(".st-key-panel").bounding_box()
    for item in bar.locator("button:visible").all():
        box = item.bounding_box()
        assert box["x"] + box["width"] <= edge["x"] + edge["width"] + 1
    assert bar.locator("[role=radiogroup]").evaluate("one => one.scrollWidth <= one.clientWidth")
    row(page, 1)
    expect(page.get_by_role("heading", name=ALLEY)).to_be_visible()
    expect(page.locator(MAP)).to_have_attribute("data-view", re.compile(r",(18\.\d+|19)$"))
    before = still(page)
    box = page.locator(".wg-stage").bounding_box()
    page.mouse.click(box["x"] + 0.03 * box["width"], box["y"] + 0.5 * box["height"])
    page.wait_for_timeout(1000)
    assert still(page) == before
    assert page.get_attribute(MAP, "data-selected") == "alleys/A21"
    page.get_by_role("button", name="Propose lamps").click()
    go = page.get_by_role("button", name="Place them")
    expect(go).to_be_in_viewport(ratio=1)
    assert go.evaluate("one => getComputedStyle(one).color") == "rgb(10, 21, 23)"


def test_a_planner_lights_the_door_of_the_story(planner, page, painted, court, spots, seen):
    to_the_alley(page, painted, planner)
    door = page.locator(DOOR)
    expect(door).to_contain_text(COURT)  # of itself: nobody along the alley walks more darkness
    expect(door).to_contain_text("回家要走暗路")
    page.mouse.click(*pixel(page, *court))
    expect(page.get_by_role("button", name=COURT)).to_be_visible()  # in the path above the map
    expect(door).to_contain_text(COURT)
    still(page)
    try_three(page, spots)
    expect(door).to_contain_text("方案后照亮到门口")
    expect(door).to_contain_text("暗段 85 米 → 0 米")
    page.get_by_text("对照", exact=True).click()
    expect(page.get_by_role("slider")).to_be_visible()
    page.get_by_text("方案后", exact=True).first.click()

    page.get_by_role("button", name="协调函与点位").click()
    letter = PdfReader(io.BytesIO(download(page, "协调函（PDF）")))
    words = re.sub(r"\s", "", "".join(sheet.extract_text() for sheet in letter.pages))
    assert ALLEY in words
    assert "9,000元" in words
    norths = sorted(float(one) for one in re.findall(r"\d{7}\.\d\d", words))
    assert norths == pytest.approx(sorted(spot.y for spot in spots), abs=2)  # a click is to a pixel
    book = openpyxl.load_workbook(io.BytesIO(download(page, "点位（Excel）")))
    listed = [list(line) for line in book.active.iter_rows(values_only=True)]
    assert sum(ALLEY in line for line in listed) == 3
    placed = json.loads(download(page, "点位（GeoJSON）"))
    at = [one["geometry"]["coordinates"][:2] for one in placed["features"]]
    assert sorted(at) == [pytest.approx(one, abs=2) for one in sorted((p.x, p.y) for p in spots)]
    page.keyboard.press("Escape")

    page.get_by_role("button", name="撤销").click()
    expect(page.locator(PLAN)).to_contain_text("新装 2 盏")
    expect(door).not_to_contain_text("方案后照亮到门口")
    assert (seen.errors, seen.foreign(planner)) == ([], [])


def test_a_scenario_is_kept_opened_cold_and_dropped(planner, page, painted, spots, seen):
    to_the_alley(page, painted, planner)
    try_three(page, spots)
    page.get_by_text("方案", exact=True).click()
    page.get_by_placeholder("给这个方案起个名").fill("三盏灯")
    page.get_by_role("button", name="保存", exact=True).click()
    kept = page.get_by_role("button", name="三盏灯")
    expect(kept).to_contain_text("3 处改动")
    tried = page.url
    page.get_by_role("button", name="清空").click()
    expect(page.locator(PLAN)).not_to_contain_text("新装")
    kept.click()
    expect(page.locator(PLAN)).to_contain_text("新装 3 盏")
    page.get_by_role("button", name="删除", exact=True).click()
    expect(kept).to_have_count(0)
    page.goto("about:blank")
    page.goto(tried)  # what somebody else is sent
    painted(page)
    expect(page.locator(PLAN)).to_contain_text("新装 3 盏")
    expect(page.get_by_role("heading", name=ALLEY)).to_be_visible()
    assert seen.errors == []


@pytest.mark.parametrize(("lang", "scheme"), [("zh", "light"), ("en", "dark")])
def test_on_a_phone_a_night_check_is_entered_and_the_alley_follows(
    cold, open_page, filled, seen, lang, scheme
):
    unchecked, partly, record, walked = {
        "zh": ("未夜查", "部分有灯", "登记这次夜查", "夜查 11-23"),
        "en": ("Unchecked", "Partly lit", "Record this check", "checked 11-23"),
    }[lang]
    base = cold(WANGGE_ROLE="worker", WANGGE_GRID="G3")
    phone = open_page(390, 844, color_scheme=scheme, has_touch=True)
    phone.goto(f"{base}/lighting?pick=alleys/A22&list=nights&lang={lang}")
    filled(phone)
    head = phone.get_by_test_id("heading")
    expect(head).to_contain_text(unchecked)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.get_by_test_id("stForm").get_by_text(partly, exact=True).click()
    phone.get_by_role("button", name=record).click()
    expect(head).not_to_contain_text(unchecked)
    facts = head.locator("..")
    expect(facts).to_contain_text(walked)
    expect(facts).to_contain_text(partly)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert (seen.errors, seen.foreign(base)) == ([], [])
