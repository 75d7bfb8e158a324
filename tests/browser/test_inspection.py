"""A round on a phone: one press a stop, what is found becomes one case, a double tap is one."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from wangge.store.home import journal_at

pytestmark = pytest.mark.browser
STOP = '[data-testid="subject"]'
HEADING = '[data-testid="heading"]'


@pytest.fixture
def round_(tmp_path, cold):
    """Return the address a worker of the seventh grid opens, and the journal behind it."""
    base = cold(WANGGE_ROLE="worker", WANGGE_GRID="G7")
    journal = journal_at(str(tmp_path / "journal.gpkg"))
    yield base, journal
    journal.close()


def _stop(page, number):
    """Wait for a stop of the round and until its buttons answer."""
    expect(page.locator(STOP)).to_contain_text(f"{number}/11", timeout=20_000)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_timeout(800)  # a button just put there does not answer for a moment


def _pause(button):
    """Return the name of the animation in which a button just put there takes no tap."""
    return button.evaluate("one => getComputedStyle(one).animationName")


def _kept(journal):
    return [json.loads(row["body"])["result"] for row in journal.records("inspection")]


def test_a_round_on_a_phone(round_, open_page, filled, seen):
    base, journal = round_
    page = open_page(390, 844, has_touch=True)
    page.goto(f"{base}/inspection")
    filled(page)
    page.get_by_role("button", name="开始检查").tap()
    _stop(page, 1)
    answer = page.get_by_role("button", name="合格", exact=True)
    box = answer.bounding_box()
    assert box["height"] >= 48
    assert box["y"] + box["height"] <= 844, "the answer is in sight without scrolling"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    pause = _pause(answer)
    answer.dblclick()
    _stop(page, 2)
    assert {pause, _pause(answer)} == {"inspected-0", "inspected-1"}, "it begins anew at each stop"
    assert _kept(journal) == ["ok"], "the second tap met no stop"
    before = len(journal.rows("cases"))
    page.get_by_text("安全出口、通道畅通，营业时不上锁。").tap()
    problem = page.get_by_role("button", name="发现问题，立案 1 件")
    problem.wait_for()
    page.wait_for_timeout(300)
    problem.dblclick()
    _stop(page, 3)
    assert _kept(journal) == ["ok", "found"]
    assert len(journal.rows("cases")) == before + 1
    expect(page.get_by_role("link", name="案件 261123-01")).to_be_visible()
    assert journal.verify() == journal.version()
    page.get_by_role("link", name="案件 261123-01").tap()
    page.wait_for_url("**/case?id=261123-01")
    expect(page.locator(HEADING)).to_contain_text("上报")
    assert seen.errors == []
    assert seen.foreign(base) == []
