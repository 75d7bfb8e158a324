"""Every page, in both languages, for every role, runs; a new page is tested once it exists."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

import pages
from pages._page import View
from wangge.sight import see
from wangge.text import LANGS

NOW = datetime(2026, 11, 23, 13, 42, tzinfo=ZoneInfo("Asia/Shanghai"))
FOUND = pages.find_all()


def _body(page, view):
    page.body(view)


ALLOWED = [(page, role) for page in FOUND for role in page.roles]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("page", "role"), ALLOWED, ids=[f"{p.id}-{r}" for p, r in ALLOWED])
def test_a_page_runs(full, page, lang, role):
    cut = page.sees or role
    view = View(see(full, cut, grid="G5"), lang, cut, NOW, NOW)
    run = AppTest.from_function(_body, args=(page, view), default_timeout=60).run()
    assert not run.exception, run.exception
    assert len(run.main.children) > 0


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("page", FOUND, ids=lambda page: page.id)
def test_a_page_runs_on_an_empty_folder(page, lang, tmp_path):
    from wangge.store.files import read  # noqa: PLC0415 - only this test reads another folder

    empty = see(read(tmp_path).community.at(NOW), page.sees or "secretary")
    view = View(empty, lang, page.sees or "secretary", NOW, NOW)
    run = AppTest.from_function(_body, args=(page, view), default_timeout=60).run()
    assert not run.exception, run.exception


def test_ids_titles_and_order_are_unique():
    assert len({page.id for page in FOUND}) == len(FOUND)
    assert len({page.order for page in FOUND}) == len(FOUND)
    assert all(page.title.zh and page.title.en for page in FOUND)


def test_the_overview_is_the_first_page():
    assert FOUND[0].id == "overview"
