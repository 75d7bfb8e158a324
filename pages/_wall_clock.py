"""The Python half of the wall's clock and of the line that says how old its data is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

import streamlit as st

from pages import _pulse
from pages._format import moment
from pages._map.host import base_path
from wangge.text import Lang, Text

_WORDS: Final = {
    "live": Text("{at}:{second} 更新，{s} 秒前", "Updated {at}:{second}, {s} s ago"),
    "stale": Text("{at}:{second} 更新，{m} 分钟前", "Updated {at}:{second}, {m} min ago"),
    "lost": Text("画面停在 {at}，正在重连", "Stopped at {at}, reconnecting"),
}
_clock = st.components.v2.component(
    "wangge_wall_clock",
    html='<div data-testid="wall-clock"><span></span><b></b></div>',
    js=Path(__file__).with_name("_wall_clock.js").read_text("utf-8"),
    isolate_styles=False,
)
_age = st.components.v2.component(
    "wangge_wall_age",
    html='<div data-testid="wall-age"><i></i><span></span><small></small></div>',
    js=_pulse.SCRIPT,
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
    _clock(key="wall_clock", data={"day": day, **_time(now, fixed=fixed)})


def age(stamp: str, now: datetime, lang: Lang, *, fixed: bool, wake: float, note: str) -> None:
    """Show when the screen last heard from the server, and run the fragment when that is due.

    Under a minute a green dot, then a ring, and after five minutes a warning that the picture
    stands still: the browser counts, so this works when the server is gone.

    Parameters
    ----------
    stamp
        What the wall was drawn from; once the data has another, the fragment runs again.
    now, lang, fixed
        As for `clock`.
    wake
        Seconds after which the fragment runs again though nothing changed; 0: never.
    note
        Said below.
    """
    words = {name: text.in_(lang) for name, text in _WORDS.items()}
    told = {"stamp": stamp, "address": f"{base_path()}/pulse", "note": note, "wake": wake}
    said = {"lang": lang, "words": words}
    _age(
        key="wall_age",
        data={**told, **said, **_time(now, fixed=fixed)},
        on_changed_change=lambda: None,
    )


def _time(now: datetime, *, fixed: bool) -> dict[str, object]:
    # `beat` differs each time, so that an unchanged screen still hears that it was run.
    seconds = now.hour * 3600 + now.minute * 60 + now.second
    return {"seconds": seconds, "fixed": fixed, "beat": datetime.now(now.tzinfo).isoformat()}
