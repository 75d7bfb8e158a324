"""Keeps a page as new as its data: the browser asks, and only a change runs anything here.

The component stands inside the fragment that fills a page.  Its script asks ``/pulse`` every
second; when the stamp differs it triggers, and the fragment, not the whole app, runs again.  It
also writes how old what is shown is, and says so when the server is gone: when ``/pulse`` does not
answer, or the page's own connection is lost, for then no change would get through.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

import streamlit as st

from pages._map.host import base_path
from wangge.text import Lang, Text

_WORDS: Final = {
    "live": Text("数据 {at}・刚刚更新", "Data {at} · just now"),
    "stale": Text("数据 {at}・{m} 分钟前", "Data {at} · {m} min ago"),
    "lost": Text("画面停在 {at}，正在重连", "Stopped at {at}, reconnecting"),
}
SCRIPT: Final = Path(__file__).with_name("_pulse.js").read_text("utf-8")
_pulse = st.components.v2.component(
    "wangge_pulse",
    html='<span class="w-age" data-testid="age"><i class="w-dot"></i><span></span></span>',
    js=SCRIPT,
    isolate_styles=False,
)


def pulse(stamp: str, now: datetime, lang: Lang, *, fixed: bool) -> None:
    """Show the age of the data, and run this fragment again once the data has changed.

    Parameters
    ----------
    stamp
        What the page was drawn from, see `wangge.store.stamp.brief`.
    now
        The moment in Shanghai.
    lang
        Language of the words.
    fixed
        Whether time stands still, as it does in tests.
    """
    _pulse(
        key="pulse",
        data={
            "stamp": stamp,
            "at": f"{now:%H:%M}",
            "seconds": now.hour * 3600 + now.minute * 60 + now.second,
            "fixed": fixed,
            "address": f"{base_path()}/pulse",
            "lang": lang,
            "words": {name: text.in_(lang) for name, text in _WORDS.items()},
        },
        on_changed_change=lambda: None,
    )
