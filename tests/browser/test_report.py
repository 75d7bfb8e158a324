"""Reporting from a phone: two taps, one case of each wish, nothing typed is lost."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect
from shapely import Point

from wangge.domain.crs import lonlat
from wangge.store.files import read
from wangge.store.home import FILE, journal_at

pytestmark = pytest.mark.browser
GEO = Path(__file__).parents[2] / "data" / "geo"
PHONE = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2}
FORM = '[data-testid="report"]'
NUMBER = '[data-testid="number"]'
HOSTILE = '<img src=x onerror="window.pwned=1"> {{7*7}} </script> \' \u202e'
WORKER = {"WANGGE_ROLE": "worker", "WANGGE_GRID": "G5"}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Where the journal of this module's server is."""
    return tmp_path_factory.mktemp("reports")


@pytest.fixture(scope="module")
def base(serve, home):
    return serve(WANGGE_HOME=str(home), **WORKER)


@pytest.fixture(scope="module")
def places():
    """Positions far from each other, so that no test's case is near another's."""
    outline = read(GEO).community.community.union_all()
    west, south, east, north = outline.bounds
    found = []
    for column in range(1, 8):
        for row in range(1, 8):
            x, y = west + (east - west) * column / 8, south + (north - south) * row / 8
            point = Point(x, y)
            if outline.contains(point):
                found.append(lonlat(point))
    return iter(found)


@pytest.fixture
def spot(places):
    lon, lat = next(places)
    return f"place={lon:.7f},{lat:.7f}"


@pytest.fixture
def phone(base, open_page):
    """Return a function that opens the form on a phone."""

    def get(query="", page=None, at=base, **options):
        page = page or open_page(390, 844, **PHONE, **options)
        page.goto(f"{at}/report?{query}")
        return ready(page)

    return get


def ready(page):
    page.wait_for_selector(f'{FORM}[data-mode="write"]')
    page.wait_for_selector('[data-testid="map"][data-painted="true"]')
    return page


def settled(page, query="place", timeout=10_000):
    """Wait until the page has said what the place is called."""
    if query:
        nowhere = re.compile("请在地图|图钉所在|Tap|Where")
        expect(page.locator(".place b")).not_to_have_text(nowhere, timeout=timeout)
    return page


def tile(page, kind):
    return page.locator(f'.kinds label:has(input[value="{kind}"])')


def cases(home):
    return {row["id"]: row for row in journal_at(str(home / FILE)).rows("cases")}


def kept(page, what):
    """What this browser keeps under a name that holds `what`."""
    found = page.evaluate(
        "(what) => Object.keys(localStorage).filter((key) => key.includes(what))"
        ".map((key) => localStorage.getItem(key))",
        what,
    )
    return json.loads(found[0]) if found else None


def picture(colour="teal", size=(2400, 1800)):
    """A JPEG that says where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x0110] = "Spy camera"
    held = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(held, "JPEG", exif=exif, quality=70)
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": held.getvalue()}


def test_two_taps_make_a_case_when_the_place_is_known(phone, base, home, seen, spot):
    page = settled(phone(spot), spot)
    before = set(cases(home))
    place = page.locator(".place b").inner_text()
    tile(page, "old_wiring").tap()
    page.locator(".send").tap()
    number = page.locator(NUMBER)
    expect(number).to_have_text(re.compile(r"^261123-\d\d$"))
    (new,) = set(cases(home)) - before
    assert number.inner_text() == new
    row = cases(home)[new]
    assert (row["kind"], row["severity"], row["status"]) == ("old_wiring", "一般", "reported")
    assert row["reported_by"] == "第五网格网格员"
    assert row["place"] == place
    lon, lat = (float(part) for part in spot.removeprefix("place=").split(","))
    assert (row["geom"].x, row["geom"].y) == pytest.approx((lon, lat), abs=1e-6)
    panel = page.locator(".panel")
    expect(panel).to_contain_text("工作日内办结")
    expect(panel.get_by_role("link")).to_have_attribute("href", f"/case?id={new}")
    expect(page.get_by_text("我的 1")).to_be_visible()
    expect(page.locator('[data-testid="pin"]')).to_have_count(0)
    page.get_by_role("button", name="再报一件").tap()
    expect(page.locator(".place b")).to_contain_text("请在地图上点一下")
    assert (seen.errors, seen.foreign(base)) == ([], [])


def test_a_lamp_in_the_address_is_reported_out_in_one_tap(phone, home):
    page = settled(phone("asset=streetlights/L030"), "asset")
    expect(page.locator(".thing")).to_contain_text("路灯 L030")
    assert tile(page, "lamp_out").locator("input").is_checked()
    page.locator(".send").tap()
    new = page.locator(NUMBER).inner_text()
    assert cases(home)[new]["asset"] == "streetlights/L030"


def test_the_map_sets_the_place_and_a_thing_can_be_let_go(phone, home):
    page = phone()
    page.locator(".send").tap()
    expect(page.locator(".bar")).to_contain_text("请在地图上点一下")
    box = page.locator(".wg-canvas").bounding_box()
    page.touchscreen.tap(box["x"] + 150, box["y"] + 90)
    expect(page.locator(".bar")).to_be_hidden()
    settled(page, "tapped")
    expect(page).to_have_url(re.compile("place="))
    page.locator(".send").tap()
    expect(page.locator(".bar")).to_have_text("请选择是什么问题。")
    page = settled(phone("asset=buildings/B120", page), "asset")
    page.locator(".thing").tap()
    expect(page.locator(".thing")).to_be_hidden()
    expect(page).not_to_have_url(re.compile("asset="))
    tile(page, "other").tap()
    page.locator(".send").tap()
    new = page.locator(NUMBER).inner_text()
    assert cases(home)[new]["asset"] == ""


def test_the_position_is_used_once_on_request(phone, home, places):
    lon, lat = next(places)
    here = {"longitude": lon, "latitude": lat, "accuracy": 12}
    page = phone(geolocation=here, permissions=["geolocation"])
    page.locator(".wg-locate").tap()
    expect(page.locator(".place small").first).to_contain_text("定位误差约 12 米")
    tile(page, "subsidence").tap()
    page.locator(".send").tap()
    new = page.locator(NUMBER).inner_text()
    row = cases(home)[new]
    assert (row["geom"].x, row["geom"].y) == pytest.approx((lon, lat), abs=1e-6)


def test_a_double_tap_and_two_tabs_make_one_case(phone, base, home, spot):
    first = settled(phone(spot), spot)
    tile(first, "blocked_lane").tap()
    first.locator("textarea").fill("堵住了")
    second = first.context.new_page()
    second.goto(f"{base}/report?{spot}")
    settled(ready(second), spot)
    expect(second.locator("textarea")).to_have_value("堵住了")  # one draft in both tabs
    before = set(cases(home))
    press = """() => {
        const roots = [document];
        for (const root of roots)
            for (const { shadowRoot } of root.querySelectorAll("*"))
                if (shadowRoot) roots.push(shadowRoot);
        const button = roots.map((root) => root.querySelector(".send")).find(Boolean);
        button.click();
        button.click();
    }"""
    for page in (first, second):
        page.evaluate(press)
    expect(first.locator(NUMBER)).to_be_visible()
    first.wait_for_timeout(1500)
    assert len(set(cases(home)) - before) == 1
    expect(second.locator(".send:visible, .panel .primary:visible").first).to_be_visible()
    first.get_by_role("button", name="再报一件").tap()
    assert kept(first, "outbox") == []


def test_a_real_double_click_is_one_case(base, home, open_page, spot):
    page = open_page(1366, 768)
    page.goto(f"{base}/report?{spot}")
    settled(ready(page), spot)
    before = set(cases(home))
    tile(page, "property").click()
    page.locator(".send").dblclick()
    expect(page.locator(NUMBER)).to_be_visible()
    page.wait_for_timeout(800)
    assert len(set(cases(home)) - before) == 1


def test_a_reload_keeps_all_that_was_written(phone, spot):
    page = settled(phone(spot), spot)
    tile(page, "stray_charging").tap()
    page.locator('.severities label:has(input[value="较大"])').tap()
    page.locator('.ask input[name="floor"]').fill("3")
    page.locator('.ask label:has(input[value="yes"])').tap()
    page.locator("textarea").fill(f"三楼拉线 {HOSTILE}")
    page.locator(".shot:not(.camera) input").set_input_files(picture(size=(640, 480)))
    expect(page.locator(".photos img")).to_have_count(1)
    key = kept(page, "draft")["key"]
    page.reload()
    settled(ready(page), spot)
    assert tile(page, "stray_charging").locator("input").is_checked()
    assert page.locator('input[value="较大"]').is_checked()
    expect(page.locator('.ask input[name="floor"]')).to_have_value("3")
    assert page.locator('.ask input[value="yes"]').is_checked()
    expect(page.locator("textarea")).to_have_value(f"三楼拉线 {HOSTILE}")
    expect(page.locator(".photos img")).to_have_count(1)
    expect(page.locator('[data-testid="pin"]')).to_be_visible()
    assert kept(page, "draft")["key"] == key
    expect(page.locator(".found")).to_contain_text("接着上次没报完的填")
    page.goto(page.url.split("?")[0])  # opened anew without a place: the draft brings its own
    settled(ready(page), spot)
    expect(page.locator('[data-testid="pin"]')).to_be_visible()
    page.get_by_role("button", name="重新填").tap()
    expect(page.locator("textarea")).to_have_value("")
    expect(page.locator(".photos img")).to_have_count(0)
    expect(page.locator('[data-testid="pin"]')).to_have_count(0)
    assert kept(page, "draft")["key"] != key


def test_a_draft_is_no_longer_kept_after_a_day(phone, spot):
    page = settled(phone(spot), spot)
    page.locator("textarea").fill("昨天的")
    page.evaluate(
        """() => {
            const name = Object.keys(localStorage).find((one) => one.includes("draft"));
            const held = JSON.parse(localStorage.getItem(name));
            held.touched -= 25 * 3.6e6;
            localStorage.setItem(name, JSON.stringify(held));
        }"""
    )
    page.reload()
    ready(page)
    expect(page.locator("textarea")).to_have_value("")


def test_without_a_network_it_is_kept_and_sent_when_the_network_is_back(phone, home, spot):
    page = settled(phone(spot), spot)
    before = set(cases(home))
    page.context.set_offline(True)
    expect(page.locator(".promise")).to_contain_text("现在没有网络")
    tile(page, "fire_load").tap()
    page.locator("textarea").fill("楼道堆纸箱")
    page.locator(".send").tap()
    expect(page.locator(".panel")).to_contain_text("已存在本机，尚未上报")
    page.get_by_role("button", name="再报一件").tap()
    box = page.locator(".wg-canvas").bounding_box()
    page.touchscreen.tap(box["x"] + 60, box["y"] + 60)  # a place the page has not heard of
    tile(page, "other").tap()
    page.locator(".send").tap()
    expect(page.locator(".panel")).to_contain_text("已存在本机")
    expect(page.locator(".unsent")).to_contain_text("还有 1 件没有上报出去")
    assert len(kept(page, "outbox")) == 2
    assert set(cases(home)) == before
    page.context.set_offline(False)
    expect(page.locator(NUMBER)).to_be_visible()
    expect(page.locator(".unsent")).to_be_hidden()
    new = [cases(home)[one] for one in sorted(set(cases(home)) - before)]
    assert [(row["kind"], row["note"]) for row in new] == [
        ("fire_load", "楼道堆纸箱"),
        ("other", ""),
    ]
    assert all(row["place"] for row in new)
    assert kept(page, "outbox") == []


def test_what_waits_is_sent_from_the_next_page_that_is_opened(phone, base, home, spot):
    page = settled(phone(spot), spot)
    before = set(cases(home))
    page.route("**/report/send*", lambda route: route.abort())
    tile(page, "property").tap()
    page.locator(".send").tap()
    expect(page.locator(".panel")).to_contain_text("已存在本机")
    page.goto(base)
    expect(page.get_by_text("1 件上报还存在本机")).to_be_visible()
    assert set(cases(home)) == before
    page.unroute_all()
    page.reload()
    page.wait_for_function(
        "() => Object.entries(localStorage).some(([k, v]) => k.includes('outbox') && v === '[]')"
    )
    assert len(set(cases(home)) - before) == 1


@pytest.mark.parametrize("status", [503, 500])
def test_a_server_that_cannot_yet_is_asked_again(phone, home, spot, status):
    page = settled(phone(spot), spot)
    before = set(cases(home))
    answers = iter([status])

    def answer(route):
        if code := next(answers, None):
            route.fulfill(status=code, json={"why": "日志正被占用。"})
        else:
            route.continue_()

    page.route("**/report/send*", answer)
    tile(page, "other").tap()
    page.locator(".send").tap()
    expect(page.locator(".bar")).to_have_text("日志正被占用。")
    expect(page.locator(NUMBER)).to_be_visible()
    assert len(set(cases(home)) - before) == 1


def test_a_refusal_brings_everything_back(phone, home, spot):
    page = settled(phone(spot), spot)
    before = set(cases(home))
    refuse = True

    def answer(route):
        if refuse:
            route.fulfill(status=422, json={"why": f"请改一改。{HOSTILE}"})
        else:
            route.continue_()

    page.route("**/report/send*", answer)
    tile(page, "subsidence").tap()
    page.locator('.ask input[name="length_m"]').fill("2.5")
    page.locator("textarea").fill("路面塌了")
    page.locator(".shot:not(.camera) input").set_input_files(picture(size=(640, 480)))
    expect(page.locator(".photos img")).to_have_count(1)
    page.locator(".send").tap()
    expect(page.locator(".bar")).to_have_text(f"请改一改。{HOSTILE}")
    expect(page.locator("textarea")).to_have_value("路面塌了")
    expect(page.locator('.ask input[name="length_m"]')).to_have_value("2.5")
    expect(page.locator(".photos img")).to_have_count(1)
    refuse = False
    page.locator(".send").tap()
    expect(page.locator(NUMBER)).to_be_visible()
    (new,) = set(cases(home)) - before
    assert json.loads(cases(home)[new]["answers"]) == {"length_m": "2.5"}
    assert page.evaluate("window.pwned") is None


def test_one_like_it_nearby_is_shown_before_a_second_is_made(phone, home, spot):
    page = settled(phone(spot), spot)
    tile(page, "blocked_lane").tap()
    page.locator("textarea").fill(HOSTILE)
    page.locator(".send").tap()
    first = page.locator(NUMBER).inner_text()
    before = set(cases(home))
    page = settled(phone(spot, page), spot)
    tile(page, "fire_load").tap()
    expect(page.locator(".near")).to_be_hidden()  # another kind
    tile(page, "blocked_lane").tap()
    expect(page.locator(".near")).to_contain_text(f"0 米・上报・刚刚{first}")
    page.locator(".send").tap()
    expect(page.locator(".bar")).to_contain_text("附近已有同类未结案件")
    page.locator("textarea").fill("又堵上了")
    page.get_by_role("button", name="就是这一件，补充说明").tap()
    expect(page.locator(".panel")).to_contain_text("已补充到这一件")
    expect(page.locator(NUMBER)).to_have_text(first)
    said = journal_at(str(home / FILE)).events(f"cases/{first}")
    assert [one.action for one in said] == ["report", "say"]
    assert said[1].values["reason"] == "又堵上了"
    assert set(cases(home)) == before
    page = settled(phone(spot, page), spot)
    tile(page, "blocked_lane").tap()
    page.get_by_role("button", name="不是，另报").tap()
    expect(page.locator(NUMBER)).to_be_visible()
    assert len(set(cases(home)) - before) == 1
    assert page.evaluate("window.pwned") is None


def test_a_photo_arrives_small_and_without_its_position(phone, home, spot):
    page = settled(phone(spot), spot)
    tile(page, "old_wiring").tap()
    gallery = page.locator(".shot:not(.camera) input")
    gallery.set_input_files(
        [
            {"name": "a.heic", "mimeType": "image/heic", "buffer": b"\0\0\0\x18ftypheic" * 4},
            {"name": "b.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"},
            {"name": "c.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0 cut"},
        ]
    )
    for sentence in ("HEIC", "不是可以读取的照片", "没有传完整或已损坏"):
        expect(page.locator(".bar")).to_contain_text(sentence)
    gallery.set_input_files([picture(), picture(size=(300, 200))])
    expect(page.locator(".photos img")).to_have_count(2)
    photo, foot = (
        page.locator(".photos img").last.bounding_box(),
        page.locator(".foot").bounding_box(),
    )
    assert photo["y"] + photo["height"] <= foot["y"], "what was photographed is not hidden"
    page.locator(".photos button").nth(1).tap()
    expect(page.locator(".photos img")).to_have_count(1)
    assert len(kept(page, "photos")["photos"][0]) < 1_200_000
    page.locator(".send").tap()
    expect(page.locator(".panel")).to_contain_text("附照片 1 张")
    journal = journal_at(str(home / FILE))
    (event,) = journal.events(f"cases/{page.locator(NUMBER).inner_text()}")
    with Image.open(io.BytesIO(journal.photo(event.values["photos"][0]))) as photo:
        assert max(photo.size) <= 1600
        assert dict(photo.getexif()) == {}


def test_a_full_browser_says_what_it_could_not_keep(phone, home, spot):
    page = settled(phone(spot), spot)
    tile(page, "old_wiring").tap()
    page.locator("textarea").fill("存不下照片")
    page.evaluate(
        """() => {
            let size = 4e6;
            for (let at = 0; size > 500; at += 1) {
                try { localStorage.setItem(`fill${at}`, "x".repeat(size)); } catch { size /= 2; }
            }
            localStorage.removeItem("fill0");
            localStorage.setItem("fill0", "x".repeat(3.98e6));
        }"""
    )
    page.locator(".shot:not(.camera) input").set_input_files(picture(size=(1600, 1200)))
    expect(page.locator(".bar")).to_contain_text("手机存不下照片草稿")
    page.context.set_offline(True)
    page.locator(".send").tap()
    expect(page.locator(".panel")).to_contain_text("照片太大，本机存不下")
    page.context.set_offline(False)
    expect(page.locator(".panel")).to_contain_text("附照片 1 张")  # the page still held it
    new = page.locator(NUMBER).inner_text()
    assert cases(home)[new]["note"] == "存不下照片"


def test_a_page_whose_session_is_gone_comes_back_to_life(cold, open_page):
    at = cold(STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL="1", **WORKER)
    page = open_page(390, 844, **PHONE)
    lost, sockets = [], []

    def connect(socket):
        if lost:
            socket.close(code=1011)
        else:
            sockets.append((socket, socket.connect_to_server()))

    page.route_web_socket("**/_stcore/stream", connect)
    page.goto(f"{at}/report")
    ready(page)
    page.wait_for_timeout(500)
    lost.append(True)
    for near, far in sockets:
        far.close(code=1011)
        near.close(code=1011)
    box = page.locator(".wg-canvas").bounding_box()
    page.touchscreen.tap(box["x"] + 150, box["y"] + 90)  # nobody hears it
    expect(page.locator(".place b")).to_have_text("图钉所在处")
    page.wait_for_timeout(1500)
    expect(page.locator("[data-testid=stDialog]")).to_have_count(0)
    lost.clear()
    settled(page, timeout=60_000)  # the browser waits longer from try to try
    expect(page).to_have_url(re.compile("place="))
    page.touchscreen.tap(box["x"] + 90, box["y"] + 60)
    first = page.url
    expect(page).not_to_have_url(first)
    tile(page, "other").tap()
    page.locator(".send").tap()
    expect(page.locator(NUMBER)).to_be_visible()


def test_it_is_laid_out_for_a_thumb(phone, spot):
    page = settled(phone(spot), spot)
    tiles = [box.bounding_box() for box in page.locator(".kinds span").all()]
    assert len({round(box["width"]) for box in tiles}) == 1
    assert len({round(box["x"]) for box in tiles}) == 3
    assert all(box["height"] >= 52 for box in tiles)
    assert page.locator(".wg").bounding_box()["height"] == pytest.approx(190, abs=2)
    button = page.locator(".send").bounding_box()
    assert button["height"] >= 54
    assert button["y"] + button["height"] <= 844
    grades = page.locator(".severities span").all()
    assert all(box.bounding_box()["height"] >= 48 for box in grades)
    last = page.locator(".kinds span").last.bounding_box()
    assert last["y"] + last["height"] < button["y"]  # all kinds are seen at once
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator('[data-testid="stHeader"]')).to_be_hidden()
    page.locator(".aim").tap()
    assert page.locator(".wg").bounding_box()["height"] == pytest.approx(0.62 * 844, abs=4)
    page.locator(".aim").tap()
    assert page.locator(".wg").bounding_box()["height"] == pytest.approx(190, abs=2)
    page.get_by_role("link", name="返回").tap()
    expect(page).not_to_have_url(re.compile("report"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_desk_the_form_stands_beside_a_large_map(base, open_page, spot, scheme):
    page = open_page(1920, 1080, color_scheme=scheme)
    page.goto(f"{base}/report?{spot}&lang=en")
    settled(ready(page), spot)
    chart, form = (page.locator(one).bounding_box() for one in (".wg", FORM))
    assert chart["x"] + chart["width"] <= form["x"]
    assert chart["height"] > 900
    assert chart["width"] > 1.8 * form["width"]
    ink = {"light": "rgb(255, 255, 255)", "dark": "rgb(10, 21, 23)"}[scheme]
    expect(page.locator(".send")).to_have_css("color", ink)
    expect(page.locator(".send")).to_have_text("Report")
    assert not re.search(r"[\u4e00-\u9fff]", page.locator(".kinds").inner_text())


def test_the_keyboard_is_enough(base, home, open_page, spot):
    page = open_page(1366, 768)
    page.goto(f"{base}/report?{spot}")
    settled(ready(page), spot)
    page.locator('.kinds input[value="fire_load"]').focus()
    page.keyboard.press("ArrowRight")
    assert page.locator('.kinds input[value="old_wiring"]').is_checked()
    ring = page.locator(".kinds label:has(:focus-visible) > span")
    expect(ring).to_have_css("outline-style", "solid")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.locator('.severities input[value="较大"]').is_checked()
    page.locator(".send").focus()
    page.keyboard.press("Enter")
    new = page.locator(NUMBER).inner_text()
    row = cases(home)[new]
    assert (row["kind"], row["severity"]) == ("old_wiring", "较大")


def test_the_overview_leads_here_with_what_is_selected(base, open_page):
    page = open_page(1366, 768)
    page.goto(f"{base}/?compound=C05")
    page.get_by_role("link", name="在这里上报").click()
    settled(ready(page), "asset")
    assert tile(page, "property").locator("input").is_checked()
