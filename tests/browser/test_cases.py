"""Cases in a browser: list, board and map in step, one press one step, photos, phone, dark."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from wangge.domain.actors import Actor
from wangge.store.desk import Desk, Draft
from wangge.store.home import journal_at

pytestmark = pytest.mark.browser
MAP = '[data-testid="map"]'
BOARD = '[data-testid="board"]'
HEADING = '[data-testid="heading"]'
LINE = '[data-testid="timeline"] li'
WIRING = Draft(113.0494, 36.0502, "old_wiring", "较大", "电线裸露", compound_id="C19", grid_id="G5")


@pytest.fixture
def office(tmp_path, cold):
    """Return an address whose journal this test shares, and the desk of another post at it."""
    base = cold()
    from tests.pages.journaled import NOW  # noqa: PLC0415

    journal = journal_at(str(tmp_path / "journal.gpkg"))
    yield base, Desk(journal, Actor("第三网格网格员", "worker"), lambda: NOW)
    journal.close()


def _idle(page):
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')


def _row(page, number, x=150):
    """Click a row of the list; rows are 34 px high below a head of about the same."""
    box = page.locator('[data-testid="stDataFrame"] canvas').first.bounding_box()
    page.mouse.click(box["x"] + x, box["y"] + 36 + 34 * (number - 0.5))


def _jpeg():
    held = BytesIO()
    Image.new("RGB", (320, 240), "teal").save(held, "JPEG")
    return held.getvalue()


def test_a_row_a_card_and_a_symbol_are_one_case(server, page, filled, painted, seen):
    page.goto(f"{server}/cases")
    filled(page)
    _row(page, 3)
    page.wait_for_url("**case=*")
    ident = page.url.split("case=")[1][:4]
    expect(page.locator(f"{BOARD} .card.chosen")).to_have_attribute("data-case", ident)
    expect(page.locator(HEADING)).to_contain_text("超期")
    page.locator(f"{BOARD} .card").nth(1).click()
    page.wait_for_url(lambda url: "case=" in url and ident not in url)
    other = page.url.split("case=")[1][:4]
    page.get_by_text("地图", exact=True).click()
    painted(page)
    expect(page.locator(MAP)).to_have_attribute("data-selected", f"hazards/{other}")
    page.locator(f"{MAP} .leaflet-container").focus()
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "case=" not in url)
    assert "show=map" in page.url
    assert seen.errors == []


def test_a_column_of_the_board_narrows_the_list_by_keyboard(server, page, filled, seen):
    page.goto(f"{server}/cases")
    filled(page)
    head = page.locator(f'{BOARD} .head[data-state="handled"]')
    head.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**state=handled*")
    expect(head).to_have_attribute("aria-pressed", "true")
    expect(head).to_be_focused()
    assert seen.errors == []


def test_ticked_cases_stay_ticked_while_one_is_looked_at(server, page, filled):
    page.goto(f"{server}/cases")
    filled(page)
    for row in (2, 5):
        _row(page, row, x=18)
    expect(page.get_by_text("已选 2 件")).to_be_visible()
    _row(page, 7)
    page.wait_for_url("**case=*")
    expect(page.get_by_text("已选 2 件")).to_be_visible()


def test_a_double_click_takes_one_step_and_the_way_back_keeps_the_filters(
    office, page, filled, seen
):
    base, desk = office
    page.goto(f"{base}/cases?tab=all")
    filled(page)
    case = desk.report(WIRING, key="a", photos=[_jpeg()])
    page.goto(f"{base}/cases?tab=all&kind=old_wiring&case={case.id}")
    filled(page)
    page.get_by_role("link", name="打开案件").click()
    page.wait_for_url("**/case?id=*")
    button = page.get_by_role("button", name="立案", exact=True)
    button.wait_for()
    page.wait_for_timeout(800)  # a button just put there does not answer for a moment
    button.dblclick()
    expect(page.locator(LINE)).to_have_count(2)
    expect(page.locator(HEADING)).to_contain_text("立案")
    page.get_by_label("或填写其他岗位、单位").fill("抢修队")
    page.get_by_role("button", name="派遣", exact=True).dblclick()
    expect(page.locator(LINE)).to_have_count(3)
    page.wait_for_timeout(1500)
    expect(page.locator(LINE)).to_have_count(3)
    expect(page.locator(HEADING)).to_contain_text("派遣")
    photo = page.locator(".w-sides img").first
    assert photo.evaluate("one => one.complete && one.naturalWidth") == 320
    page.get_by_role("link", name="案件").last.click()
    page.wait_for_url("**/cases?*kind=old_wiring*")
    assert "tab=all" in page.url
    assert seen.foreign(base) == []
    assert seen.errors == []


def write_a_message(office, page, filled):
    """Open a case of its own, and the form of a message on it."""
    base, desk = office
    page.goto(f"{base}/cases")
    filled(page)
    case = desk.report(WIRING, key="a")
    page.goto(f"{base}/case?id={case.id}")
    filled(page)
    page.get_by_role("button", name="其他办理").click()
    page.get_by_role("menuitem", name="留言").click()
    return desk, case


def test_a_step_taken_elsewhere_is_on_the_screen_and_words_half_written_stay(office, page, filled):
    desk, case = write_a_message(office, page, filled)
    note = page.locator("textarea")
    note.fill("写到一半")
    desk.step(case.id, "say", values={"reason": "我在现场"}, key="b")
    expect(page.locator(LINE)).to_have_count(2, timeout=10_000)
    expect(page.locator(LINE).first).to_contain_text("我在现场")
    expect(note).to_have_value("写到一半")


@pytest.mark.parametrize(("lang", "scheme"), [("zh", "light"), ("en", "dark")])
def test_on_a_phone_nothing_is_wider_than_the_screen(server, open_page, filled, lang, scheme):
    page = open_page(390, 844, color_scheme=scheme, has_touch=True)
    for path in (f"cases?lang={lang}&case=Z116", f"case?id=Z116&lang={lang}"):
        page.goto(f"{server}/{path}")
        filled(page)
        page.locator(HEADING).first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    press = page.get_by_test_id("stBaseButton-primaryFormSubmit").bounding_box()
    assert press["height"] >= 48, "the next step is easy to hit"
    assert press["width"] >= 300
    way = page.locator("text=打开案件" if lang == "zh" else "text=Open the case")
    page.goto(f"{server}/cases?lang={lang}&case=Z116")
    filled(page)
    box = way.first.bounding_box()
    assert box["y"] + box["height"] <= 844, "the way to a case stays in sight below the list"
    page.goto(f"{server}/cases?lang={lang}&q=Z116")
    filled(page)
    column = page.locator(f"{BOARD} section:visible")
    expect(column).to_have_count(1)  # no empty one stands before it
    expect(column.locator(".card")).to_be_in_viewport()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_a_small_desk_no_word_of_the_board_is_broken(server, open_page, filled, lang):
    page = open_page(1366, 768)
    page.goto(f"{server}/cases?lang={lang}")
    filled(page)
    lines = page.locator(f"{BOARD} .card b").evaluate_all(
        "all => all.map((one) => [one.textContent, one.getClientRects().length])"
    )
    words = [(title, count) for title, count in lines if " " not in title and "-" not in title]
    assert len(words) >= 3
    assert {count for _, count in words} == {1}, lines
    heads = page.locator(f"{BOARD} .head").evaluate_all(
        "all => all.map((one) => one.scrollWidth <= one.clientWidth)"
    )
    assert all(heads)
    boxes = [one.bounding_box() for one in page.locator(".st-key-facets > div").all()]
    assert len({box["y"] for box in boxes}) == 1, "the five filters stand in one row"


def test_a_row_of_the_figures_leads_to_its_cases_and_a_sheet_is_printed(server, page, filled, seen):
    page.goto(f"{server}/figures")
    filled(page)
    box = page.locator('[data-testid="stDataFrame"] canvas').first.bounding_box()
    page.mouse.click(box["x"] + 60, box["y"] + 33 + 31 * 1.5)
    page.wait_for_url("**/cases?*grid=G2*")
    assert "tab=all" in page.url
    with page.expect_download() as waiting:
        page.get_by_role("button", name="打印").click()
    assert waiting.value.path().read_bytes().startswith(b"%PDF")
    assert seen.errors == []


def test_photos_are_chosen_in_the_language_of_the_page(office, page, filled):
    write_a_message(office, page, filled)
    drop = page.locator('[data-testid="stFileUploaderDropzone"]')
    drop.wait_for()
    shown = drop.locator("button p").evaluate(
        "one => [getComputedStyle(one).fontSize, getComputedStyle(one, '::after').content]"
    )
    assert shown == ["0px", '"选照片"']
    assert not drop.locator('[data-testid="stFileUploaderDropzoneInstructions"]').is_visible()
    drop.locator("input").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": _jpeg()}
    )
    more = drop.get_by_role("button", name="Add files")
    more.wait_for()
    said = more.evaluate("one => getComputedStyle(one, '::after').content")
    assert said == '"选照片"'
    assert more.bounding_box()["height"] <= 48, "in one line"


def test_a_hazard_on_the_overview_leads_to_its_case(server, page, painted, seen):
    page.goto(f"{server}/?pick=hazards/Z116")
    painted(page)
    page.get_by_role("link", name="打开案件").click()
    page.wait_for_url("**/case?id=Z116")
    expect(page.locator(HEADING)).to_contain_text("消防道堵塞")
    assert seen.errors == []
