"""Sends reports that were written without a network, from whatever page is opened next."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages import _links
from pages._map.host import base_path
from pages._page import View
from pages._report.host import boot, limits
from wangge.domain.actors import tag_of
from wangge.text import LANGS, Text

WAITING: Final = Text(
    "{n} 件上报还存在本机，联网后自动发出", "{n} reports kept here, sent when there is a network"
)
_CSS: Final = """
.st-key-outbox:has(a[hidden]) { display: none }
.st-key-outbox a { display: block; padding: 6px 12px; color: var(--text); background: var(--fault);
  border: 1px solid var(--general); border-radius: 6px }
"""
_mount = st.components.v2.component(
    "wangge_outbox", html="<a hidden></a>", css=_CSS, js=boot("sender"), isolate_styles=False
)


def sender(view: View) -> None:
    """Send what waits in this browser, and say how much still does."""
    if view.desk is None or not _links.leads("report"):
        return
    lang = "" if view.lang == LANGS[0] else f"?lang={view.lang}"
    _mount(
        key="outbox",
        data={
            "post": tag_of(view.desk.actor),
            "limits": limits(),
            "send": f"{base_path()}/report/send?lang={view.lang}",
            "href": f"{base_path()}/report{lang}",
            "waiting": view.t(WAITING),
        },
    )
