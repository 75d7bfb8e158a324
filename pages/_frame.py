"""The frame around every page: session in, chosen page out."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

import pages
from pages._header import brand, failures, header, missing, style
from pages._page import Page
from pages._session import Session, session

ICON = Path(__file__).with_name("_icon.svg")


def _run(page: Page, now: Session) -> None:
    """Fill the window with `page`: notices and faults first, then what it has to say."""
    view = now.view(page)
    style(view, bare=page.bare)
    st.set_page_config(page_title=f"{view.t(page.title)} · {view.t(brand(view.community))}")
    if not page.bare:
        header(view, now)
        failures(view)
        for notice in now.notices:
            st.warning(view.t(notice))
    if missing(view):
        return
    page.body(view)


st.set_page_config(page_icon=str(ICON), layout="wide", initial_sidebar_state="collapsed")
_now = session()
_found = [page for page in pages.find_all() if _now.role in page.roles]
_tabs = [
    st.Page(
        partial(_run, page, _now),
        title=page.title.in_(_now.lang),
        url_path=page.id,
        default=page is _found[0],
    )
    for page in _found
]
_chosen = st.navigation(_tabs, position="hidden")
_bare = next((page.bare for page, tab in zip(_found, _tabs, strict=True) if tab == _chosen), False)
if not _bare:
    _chosen = st.navigation(_tabs, position="top")
_chosen.run()
