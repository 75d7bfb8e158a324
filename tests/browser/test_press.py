"""Presses made while the server is busy: all of them count, and no fault is shown."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import end, start

pytestmark = pytest.mark.browser
ROWS = '[data-testid="stDataFrame"] canvas'
BOARD = '[data-testid="board"]'


@pytest.fixture(scope="module")
def busy(tmp_path_factory):
    """Return an address, and what holds its server still for a while."""
    process, base = start(tmp_path_factory.mktemp("busy"), {})

    @contextmanager
    def still():
        os.kill(process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(process.pid, signal.SIGCONT)

    yield base, still
    end([process])


def _row(page, number):
    """Click a row of a list; rows are 34 px high below a head of about the same."""
    box = page.locator(ROWS).first.bounding_box()
    at = box["x"] + 150, box["y"] + 36 + 34 * (number - 0.5)
    page.mouse.move(*at)
    page.wait_for_timeout(100)  # a table looks first where the hand is
    page.mouse.click(*at)
    page.wait_for_timeout(250)  # and tells a little later


def _calm(page):
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_timeout(300)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')


def _says(page, **params):
    """Wait until the address says all of `params`, and see that it stays so."""

    def holds(url):
        return all(f"{name}={value}" in url for name, value in params.items())

    page.wait_for_url(holds)
    _calm(page)
    assert holds(page.url), page.url
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)


def test_a_row_a_tab_and_a_view_pressed_at_once_all_count(busy, page, filled, painted, seen):
    base, still = busy
    page.goto(f"{base}/cases")
    filled(page)
    page.wait_for_selector(ROWS)  # drawn by a script that a server held still would not give
    with still():
        page.get_by_text("地图", exact=True).click()
        page.get_by_text("全部", exact=False).first.click()
        _row(page, 3)
    _says(page, show="map", tab="all", case="Z")
    painted(page)
    page.go_back()  # the way back is followed, though it is an older address
    page.wait_for_url(lambda url: "case=" not in url or "tab=" not in url or "show=" not in url)
    assert seen.errors == []


def test_presses_on_the_board_count_though_the_map_takes_it_away(busy, page, filled, seen):
    base, still = busy
    page.goto(f"{base}/cases")
    filled(page)
    page.wait_for_selector(ROWS)  # drawn by a script that a server held still would not give
    with still():
        page.locator(f"{BOARD} .card").nth(1).dblclick()  # one press and its echo
        page.get_by_text("地图", exact=True).click()
        page.locator(f'{BOARD} .head[data-state="opened"]').click()
    _says(page, show="map", state="opened")
    assert seen.errors == []


def test_a_double_click_on_a_card_chooses_it(busy, page, filled, seen):
    base, still = busy
    page.goto(f"{base}/cases")
    filled(page)
    page.wait_for_selector(ROWS)  # drawn by a script that a server held still would not give
    card = page.locator(f"{BOARD} .card").nth(1)
    ident = card.get_attribute("data-case")
    with still():
        card.dblclick()
    _says(page, case=ident)
    card = page.locator(f'{BOARD} .card[data-case="{ident}"]')
    expect(card).to_have_class("card chosen")
    card.click()  # pressed again, seen as chosen, it is let go
    page.wait_for_url(lambda url: "case=" not in url)
    assert seen.errors == []


def test_a_list_and_a_grid_pressed_at_once_both_count(busy, page, filled, seen):
    base, still = busy
    page.goto(f"{base}/lighting")
    filled(page)
    page.wait_for_selector(ROWS)
    with still():
        page.locator(".st-key-lighting_list button").nth(1).click()
        page.locator(".st-key-lighting_grid input").click()
        page.get_by_role("option").nth(3).click()
    _says(page, list="doors", grid="G")
    assert seen.errors == []
