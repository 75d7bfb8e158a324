"""The frame around every page: session in, chosen page out."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

import pages
from pages import _press
from pages._header import brand, failures, header, missing, style
from pages._links import remember
from pages._page import Page
from pages._report.sender import sender
from pages._revive import revive
from pages._session import Session, session
from wangge.text import Lang

ICON = Path(__file__).with_name("_icon.svg")


def _run(page: Page, begun: Session) -> None:
    """Fill the window with `page`, and again, alone, whenever its data changes."""
    name = brand(begun.reading.community)
    st.set_page_config(page_title=f"{page.title.in_(begun.lang)} · {name.in_(begun.lang)}")
    revive()
    if page.live:
        st.fragment(_fill)(page, begun.lang)
    else:
        _fill(page, begun.lang)


def _fill(page: Page, lang: Lang) -> None:
    """Show notices and faults first, then what `page` has to say of the data as it is now."""
    _press.follow()
    now = session()
    if now.lang != lang:
        st.rerun()  # the menu lies outside: it learns the language by a run of the whole app
    view = now.view(page)
    style(view, bare=page.bare)
    if not page.bare:
        header(view, now)
        failures(view)
        for notice in now.notices:
            st.warning(view.t(notice))
        if page.id != "report":  # which sends by itself
            sender(view)
    if missing(view):
        return
    page.body(view)


_press.begin()
st.set_page_config(page_icon=str(ICON), layout="wide", initial_sidebar_state="collapsed")
_now = session()
_found = [page for page in pages.find_all() if _now.role in page.roles]
_tabs = [
    st.Page(
        partial(_run, page, _now),
        title=page.title.in_(_now.lang),
        url_path=page.id,
        default=page is _found[0],
        visibility="visible" if page.menu else "hidden",
    )
    for page in _found
]
remember({page.id: tab for page, tab in zip(_found, _tabs, strict=True)})
_chosen = st.navigation(_tabs, position="hidden")
_bare = next((page.bare for page, tab in zip(_found, _tabs, strict=True) if tab == _chosen), False)
if not _bare:
    _chosen = st.navigation(_tabs, position="top")
_chosen.run()
