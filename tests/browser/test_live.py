"""What somebody else records is on every open screen within seconds, without a reload."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import expect

from wangge.domain.actors import Actor
from wangge.store.desk import Desk, Draft
from wangge.store.home import FILE, journal_at

DATA = Path(__file__).parents[2] / "data"
WITHIN = 5000  # ms, the promise


def desk(home):
    actor = Actor("第五网格网格员", "worker")
    return Desk(journal_at(str(home / FILE)), actor, lambda: datetime.now(UTC))


def test_a_report_reaches_open_screens_within_five_seconds(
    cold, open_page, painted, seen, tmp_path
):
    home = tmp_path / "shared"
    base = cold(WANGGE_HOME=str(home))
    screens = [open_page(), open_page()]
    for screen, path in zip(screens, ("/", "/?grid=G5"), strict=True):
        screen.goto(f"{base}{path}")
        painted(screen)
        screen.wait_for_selector('[data-testid="age"][data-state="live"]')
    first = screens[0]
    first.evaluate("document.querySelector('[data-testid=stApp]').dataset.kept = 'yes'")
    view = first.locator('[data-testid="map"]').get_attribute("data-view")
    counted = first.locator('[data-testid="figures"] .w-card', has_text="未结隐患")
    before = int(re.search(r"\d+", counted.locator(".v").inner_text())[0])
    desk(home).report(Draft(113.05, 36.052, "old_wiring", "重大"), key="live-1")
    expect(counted.locator(".v")).to_contain_text(str(before + 1), timeout=WITHIN)
    expect(screens[1].locator('[data-testid="map"]')).to_have_attribute(
        "data-painted", "true", timeout=WITHIN
    )
    assert first.locator('[data-testid="map"]').get_attribute("data-view") == view
    assert first.evaluate("document.querySelector('[data-testid=stApp]').dataset.kept") == "yes"
    assert seen.errors == []


def test_a_file_that_changes_reaches_an_open_screen(cold, page, painted, tmp_path):
    shutil.copytree(DATA, tmp_path / "data")
    geo = tmp_path / "data" / "geo"
    page.goto(cold(WANGGE_DATA=str(geo)))
    painted(page)
    (geo / "streetlights.geojson").write_text("{ broken", "utf-8")
    expect(page.get_by_text("其余照常显示")).to_be_visible(timeout=WITHIN)


def test_a_screen_whose_server_is_gone_says_so(server, page, painted):
    page.clock.install()
    page.goto(server)
    painted(page)
    page.context.set_offline(True)
    page.clock.run_for(70_000)
    expect(page.locator('[data-testid="age"]')).to_have_attribute("data-state", "stale")
    page.clock.run_for(300_000)
    expect(page.locator('[data-testid="age"]')).to_contain_text("画面停在")
