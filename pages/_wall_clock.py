"""The Python half of the wall's clock and of the line that says how old its data is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

import streamlit as st

from pages._format import moment
from wangge.text import Lang, Text

_LIVE: Final = Text("{at} 更新，{s} 秒前", "Updated {at}, {s} s ago")
_STALE: Final = Text("{at} 更新，{m} 分钟前", "Updated {at}, {m} min ago")
_LOST: Final = Text("画面停在 {at}，正在重连", "Stopped at {at}, reconnecting")
_JS: Final = Path(__file__).with_name("_wall_clock.js").read_text("utf-8")
_clock = st.components.v2.component(
    "wangge_wall_clock",
    html='<div data-testid="wall-clock"><span></span><b></b></div>',
    js=_JS,
    isolate_styles=False,
)
_age = st.components.v2.component(
    "wangge_wall_age",
    html='<div data-testid="wall-age"><i></i><span></span><small></small></div>',
    js=_JS,
    isolate_styles=False,
)


def clock(now: datetime, lang: Lang, *, fixed: bool) -> None:
    """Show the day and the time; the browser carries the time on.

    Parameters
    ----------
    now
        The moment in Shanghai.
    lang
        Language of the day.
    fixed
        Whether time stands still, as it does in tests.
    """
    day = moment(now).in_(lang).rpartition(" ")[0]
    _clock(key="wall_clock", data={"kind": "clock", "day": day, **_time(now, fixed=fixed)})


def age(now: datetime, lang: Lang, *, fixed: bool, note: str) -> None:
    """Show when the screen last heard from the server, and `note` below.

    Under a minute a green dot, then a ring, and after five minutes a warning that the picture
    stands still: the browser counts, so this works when the server is gone.
    """
    words = {"live": _LIVE.in_(lang), "stale": _STALE.in_(lang), "lost": _LOST.in_(lang)}
    data = {"kind": "age", "words": words, "note": note, **_time(now, fixed=fixed)}
    _age(key="wall_age", data=data)


def _time(now: datetime, *, fixed: bool) -> dict[str, object]:
    # `beat` differs each time, so that an unchanged screen still hears that the server lives.
    seconds = now.hour * 3600 + now.minute * 60 + now.second
    return {"seconds": seconds, "fixed": fixed, "beat": datetime.now(now.tzinfo).isoformat()}
