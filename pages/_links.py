"""Ways from one page to another: the language goes along, and a page a role has not is no way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import streamlit as st

from pages._page import View
from wangge.text import LANGS, Text

if TYPE_CHECKING:
    from streamlit.navigation.page import Page as Tab

_TABS: Final = "tabs"


def remember(tabs: Mapping[str, Tab]) -> None:
    """Keep the pages of this session by their id; called by the frame in every run."""
    st.session_state[_TABS] = dict(tabs)


def leads(page: str) -> bool:
    """Return whether this session has `page`."""
    return page in st.session_state.get(_TABS, {})


def link(view: View, page: str, label: Text, **params: str) -> None:
    """Show a link to `page` with `params` in its address; nothing where there is no such page."""
    if leads(page):
        st.page_link(
            st.session_state[_TABS][page],
            label=view.t(label),
            query_params={**_language(view), **params},
        )


def go(view: View, page: str, **params: str) -> None:
    """Leave for `page` with `params` in its address; stay where there is no such page."""
    if leads(page):
        st.switch_page(st.session_state[_TABS][page], query_params={**_language(view), **params})


def _language(view: View) -> dict[str, str]:
    return {} if view.lang == LANGS[0] else {"lang": view.lang}
