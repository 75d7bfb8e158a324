"""The live map in a real browser: clicks, keys, tools, and what goes wrong on the way."""

from __future__ import annotations

import json
import math
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pyproj import Geod
from shapely import Point, unary_union
from shapely.geometry import shape
from shapely.ops import polylabel

from layers import find_all
from layers._folium import compose, export_html
from tests.pages.journaled import NOW
from wangge.store.files import read

pytestmark = pytest.mark.browser
MAP = '[data-testid="map"]'
GEO = Path(__file__).parents[2] / "data" / "geo"
BODIES = re.compile(r"/map/bodies/")
NO_FRAMES = """
Object.defineProperty(document, "hidden", {get: () => true});
Object.defineProperty(document, "visibilityState", {get: () => "hidden"});
window.requestAnimationFrame = () => 0;
"""


def features(table):
    return json.loads((GEO / f"{table}.geojson").read_text("utf-8"))["features"]


def told(page, name):
    return page.get_attribute(MAP, f"data-{name}")


def pixel(page, at):
    """Where on the screen a place is, from the view the map tells (web Mercator, 256 px tiles)."""
    latitude, longitude, zoom = (float(part) for part in told(page, "view").split(","))
    box = page.locator(".wg-canvas").bounding_box()

    def world(place):
        size = 256 * 2**zoom
        sine = math.sin(math.radians(place.y))
        y = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
        return size * (place.x / 360 + 0.5), size * y

    (x, y), (x0, y0) = world(at), world(Point(longitude, latitude))
    return box["x"] + box["width"] / 2 + x - x0, box["y"] + box["height"] / 2 + y - y0


@cache
def busy():
    """Everything a click could mean rather than the area it lies on."""
    points = [shape(f["geometry"]) for t in ("hazards", "stations") for f in features(t)]
    return unary_union([*points, *(shape(f["geometry"]) for f in features("alleys"))])


def quiet(area):
    """The place in `area` farthest from every symbol and line."""
    west, south, east, north = area.bounds
    grid = [
        Point(west + (east - west) * i / 12, south + (north - south) * j / 12)
        for i in range(1, 12)
        for j in range(1, 12)
    ]
    return max(filter(area.contains, grid), key=lambda at: at.distance(busy()))


def place(table, key):
    return shape(next(f for f in features(table) if f["id"] == key)["geometry"])


def click(page, at):
    page.mouse.click(*pixel(page, at))


def selected(page, key, **options):
    expect(page.locator(MAP)).to_have_attribute("data-selected", key, **options)


@cache
def compounds():
    """The two compounds with the quietest places."""
    ranked = sorted(
        features("compounds"), key=lambda f: -quiet(shape(f["geometry"])).distance(busy())
    )
    return ranked[0]["id"], ranked[1]["id"]


def quietest_building():
    """A compact building away from symbols, the compound it is in, and its middle."""

    def middle(feature):
        return polylabel(shape(feature["geometry"]), 1e-6)

    slabs = [f for f in features("buildings") if f["properties"].get("compound_id")]
    slabs = sorted(slabs, key=lambda f: -shape(f["geometry"]).area)[:60]
    best = max(slabs, key=lambda f: middle(f).distance(busy()))
    return best["properties"]["compound_id"], best["id"], middle(best)


def test_a_click_drills_down_and_escape_comes_back(server, page, painted, seen):
    first, building, middle = quietest_building()
    page.goto(server)
    painted(page)
    view, made = told(page, "view"), told(page, "made")
    area = place("compounds", first)
    click(page, quiet(area))
    selected(page, f"compounds/{first}")
    page.wait_for_url(f"**compound={first}**")
    page.wait_for_timeout(600)  # longer than a double click
    click(page, middle)
    selected(page, f"buildings/{building}")
    page.wait_for_url(f"**building={building}**")
    assert (told(page, "view"), told(page, "made")) == (view, made)
    for level in (f"compounds/{first}", r"grids/G\d", ""):
        page.keyboard.press("Escape")
        selected(page, re.compile(f"^{level}$"))
    assert "compound=" not in page.url
    assert seen.errors == []


def test_the_later_of_two_quick_clicks_wins_and_stays(server, page, painted):
    first, second = compounds()
    page.goto(server)
    painted(page)
    page.evaluate(
        """() => {
            window.history_of_selection = [];
            const walk = (root) => {
                const hit = root.querySelector('[data-testid="map"]');
                if (hit) return hit;
                for (const one of root.querySelectorAll("*"))
                    if (one.shadowRoot) { const in_ = walk(one.shadowRoot); if (in_) return in_; }
            };
            const map = walk(document);
            new MutationObserver(() => history_of_selection.push(map.dataset.selected))
                .observe(map, {attributeFilter: ["data-selected"]});
        }"""
    )
    click(page, quiet(place("compounds", first)))
    click(page, quiet(place("compounds", second)))
    page.wait_for_url(f"**compound={second}**")
    page.wait_for_timeout(2500)
    assert page.evaluate("history_of_selection") == [f"compounds/{first}", f"compounds/{second}"]


def test_keys_and_tools(server, page, painted, seen):
    page.goto(server)
    painted(page)
    view = told(page, "view")
    page.locator(".wg-canvas").focus()
    page.keyboard.press("+")
    expect(page.locator(MAP)).not_to_have_attribute("data-view", view)
    page.keyboard.press("Home")
    page.wait_for_timeout(900)
    fitted = told(page, "view")
    page.keyboard.press("m")
    ends = [Point(113.0480, 36.0530), Point(113.0520, 36.0530), Point(113.0520, 36.0505)]
    for end in ends:
        click(page, end)
    readout = page.locator(".wg-measure")
    exact = Geod(ellps="WGS84").geometry_length(
        shape({"type": "LineString", "coordinates": [e.coords[0] for e in ends]})
    )
    assert float(readout.get_attribute("data-metres")) == pytest.approx(exact, abs=3)  # 3 px
    page.keyboard.press("Backspace")
    assert float(readout.get_attribute("data-metres")) < exact * 0.7
    assert told(page, "selected") == ""
    page.mouse.dblclick(*pixel(page, ends[2]))
    assert float(readout.get_attribute("data-metres")) == pytest.approx(exact, abs=3)
    assert told(page, "view") == fitted  # a double click measures, it does not zoom
    page.keyboard.press("Escape")
    expect(readout).to_be_hidden()
    for _ in range(2):
        page.click("[data-tool=fullscreen]")
        page.wait_for_timeout(600)
    assert told(page, "view") == fitted  # out of full screen the whole community is in view again
    page.set_viewport_size({"width": 1366, "height": 768})
    page.wait_for_timeout(300)
    box, legend = (page.locator(one).bounding_box() for one in (MAP, ".wg-legend"))
    assert 768 - 40 <= box["y"] + box["height"] <= 768
    assert legend["y"] + legend["height"] <= box["y"] + box["height"] + 1
    assert seen.errors == []


def test_the_printed_sheet_is_whole_and_goes_away(server, page, painted):
    page.goto(server)
    painted(page)
    page.evaluate("window.print = () => { window.printed = true; }")
    page.click("[data-tool=print]")
    page.wait_for_function("window.printed")
    page.emulate_media(media="print")
    paper = page.locator(".wg-paper")
    expect(paper).to_be_visible()
    expect(paper).to_contain_text("演示数据，均为合成")
    expect(paper).to_contain_text("制图日期")
    expect(paper.locator("figure img")).to_be_visible()
    expect(paper.locator(".wg-bar")).to_contain_text("米")
    expect(paper.locator(".wg-north")).to_be_visible()
    assert paper.locator("li").count() == page.locator(".wg-legend li").count()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(paper).to_have_count(0)


def test_legend_and_tooltip_say_what_is_drawn(server, page, painted):
    page.goto(server)
    painted(page)
    drawn = json.loads(told(page, "drawn"))
    for layer in ("compounds", "stations"):
        counts = page.locator(f".wg-legend [data-layer={layer}] em").all_inner_texts()
        assert sum(map(int, counts)) == drawn[layer]
    key, _ = compounds()
    area = place("compounds", key)
    page.mouse.move(*pixel(page, quiet(area)))
    tip = page.locator(".wg-tip")
    expect(tip).to_be_visible()
    name = next(f for f in features("compounds") if f["id"] == key)["properties"]["name"]
    expect(tip.locator("b")).to_have_text(name)
    assert tip.locator("div").count() <= 5


def test_bodies_travel_once(server, open_page, painted):
    page = open_page()
    asked = []
    page.on("response", lambda r: asked.append(r) if BODIES.search(r.url) else None)
    page.goto(server)
    painted(page)
    page.wait_for_timeout(1500)
    assert len({r.url for r in asked}) == len(asked)
    assert all(r.status == 200 for r in asked)
    before = len(asked)
    click(page, quiet(place("compounds", compounds()[0])))
    page.wait_for_url("**compound=**")
    assert len(asked) == before
    kept = {one.url: one.headers["etag"] for one in asked}
    for address, etag in kept.items():
        again = page.request.get(address, headers={"If-None-Match": etag})
        assert (again.status, again.body()) == (304, b"")


def test_a_lost_network_is_said_and_healed(server, page, painted):
    down = {"is": True}
    page.route(BODIES, lambda route: route.abort() if down["is"] else route.continue_())
    page.goto(server)
    note = page.locator(".wg-note")
    expect(note).to_have_text("地图数据没有取到，正在重试…")
    assert told(page, "error")
    assert told(page, "painted") is None
    expect(note).to_contain_text("刷新页面", timeout=15_000)  # after a while: what to do
    down["is"] = False
    page.evaluate("dispatchEvent(new Event('online'))")
    painted(page)
    expect(note).to_be_hidden()
    assert told(page, "error") is None


def test_a_slow_load_survives_reruns_and_a_change_of_theme(server, page, painted):
    page.route(BODIES, lambda route: (page.wait_for_timeout(120), route.continue_()))
    page.emulate_media(color_scheme="light")
    page.goto(f"{server}/?compound=C10")
    page.wait_for_selector(MAP)
    page.emulate_media(color_scheme="dark")
    painted(page)
    selected(page, "compounds/C10")
    page_colour = "e => getComputedStyle(e).getPropertyValue('--page').trim()"
    ground = page.locator(f"{MAP} .wg-canvas")
    expect(ground).to_have_css("background-color", "rgb(20, 26, 33)")
    assert page.locator(MAP).evaluate(page_colour) == "#11151B"
    made = told(page, "made")
    page.emulate_media(color_scheme="light")
    expect(ground).to_have_css("background-color", "rgb(237, 237, 233)")
    assert told(page, "made") == made


def test_a_hidden_tab_paints_without_animation_frames(server, open_page, painted):
    page = open_page()
    page.add_init_script(NO_FRAMES)
    page.goto(f"{server}/?compound=C10")
    painted(page)
    selected(page, "compounds/C10")
    assert json.loads(told(page, "drawn"))["compounds"] == 39


def test_a_finger_selects_on_a_phone(server, open_page, painted):
    page = open_page(390, 844, has_touch=True, is_mobile=True, device_scale_factor=2)
    page.goto(server)
    painted(page)
    key, _ = compounds()
    page.locator(MAP).scroll_into_view_if_needed()
    page.touchscreen.tap(*pixel(page, quiet(place("compounds", key))))
    selected(page, f"compounds/{key}")
    sizes = page.locator(".wg-tools button:visible").evaluate_all(
        "all => all.map(e => e.offsetHeight)"
    )
    assert min(sizes) >= 44


def test_an_exported_map_has_switches_of_its_own(page, tmp_path, seen):
    community = read(GEO).community.at(NOW)
    canvas = compose(find_all(), community, "zh", today=date(2026, 11, 23))
    path = tmp_path / "map.html"
    path.write_text(export_html(canvas, lang="zh", theme="light", title="图"), "utf-8")
    page.goto(path.as_uri())
    page.wait_for_selector("main[data-painted=true]")

    def drawn():
        return json.loads(page.get_attribute("main", "data-drawn"))

    assert drawn()["stations"] == 14
    page.click("[data-tool=layers]")
    page.uncheck(".wg-switches input[value=stations]")
    assert "stations" not in drawn()
    assert page.locator(".wg-legend [data-layer=stations]").count() == 0
    page.check(".wg-switches input[value=shops]")
    assert drawn()["shops"] >= 0
    assert drawn()["parcels"] == 39  # the base map stays
    page.click("[data-tool=layers]")
    expect(page.locator(".wg-switches")).to_be_hidden()
    page.locator(".wg-canvas").click(position={"x": 500, "y": 400})
    expect(page.locator("main")).not_to_have_attribute("data-selected", "")
    page.keyboard.press("Escape")
    expect(page.locator("main")).to_have_attribute("data-selected", "")
    assert seen.errors == []
