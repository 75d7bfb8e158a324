"""Zero requests to any host but ours, and every page answers a deep link right after a restart."""

from __future__ import annotations

import pytest

import pages

pytestmark = pytest.mark.browser
FOUND = pages.find_all()


def settle(page):
    """Wait until the script has run and what it asked for has arrived."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("one", FOUND, ids=lambda one: one.id)
def test_cold_deep_link_paints(one, cold, page, filled, seen):
    base = cold()
    page.goto(f"{base}/{one.id}")
    filled(page)
    settle(page)
    assert seen.foreign(base) == []
    assert seen.errors == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("one", FOUND, ids=lambda one: one.id)
def test_stays_at_home(one, lang, server, page, filled, seen):
    page.goto(f"{server}/{one.id}?lang={lang}")
    filled(page)
    settle(page)
    assert seen.requests, "nothing was recorded, so nothing was proved"
    assert seen.foreign(server) == []
    assert seen.errors == []


def test_the_browser_itself_refuses_other_hosts(server, page, seen):
    page.goto(server)
    settle(page)
    refused = page.evaluate("fetch('https://example.org/').then(() => false, () => true)")
    assert refused
    assert any("Content Security Policy" in error for error in seen.errors)
    assert seen.foreign(server) == [] or all("example.org" in url for url in seen.foreign(server))


def test_chinese_is_drawn_with_our_typeface(server, page, painted, seen):
    page.goto(server)
    painted(page)
    settle(page)
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.family.includes('Noto Sans SC')"
        " && f.status === 'loaded').map(f => f.weight)"
    )
    assert sorted(loaded) == ["400", "700"]
    files = [url for url in seen.requests if "/fonts/" in url]
    assert any("common" in url for url in files)
    assert not any("rare" in url for url in files), "a common screen needs no rare character"
