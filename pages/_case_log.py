"""The time line of a case: what happened, when, by which post, with what was said and seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, Final

import streamlit as st

from pages._format import day
from pages._map.host import base_path
from pages._page import View
from wangge.domain.causes import cause
from wangge.domain.steps import BY_ACTION
from wangge.domain.workdays import PLACE
from wangge.store.dossier import Dossier, seen
from wangge.store.events import Event, moment
from wangge.text import Text

_LABELS: Final = {
    "report": Text("上报", "Reported"),
    "import": Text("首次导入", "Brought in from the files"),
    **{action: step.label for action, step in BY_ACTION.items()},
}
_TOLD: Final = {
    "assignee": Text("派给 {it}", "Sent to {it}"),
    "due_at": Text("期限 {it}", "Limit {it}"),
    "cause": Text("根因：{it}", "Root cause: {it}"),
    "original": Text("并入 {it}", "Merged into {it}"),
    "reason": Text("{it}", "{it}"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the time line."""

    what: Text
    when: datetime
    by: str
    told: tuple[Text, ...]
    photos: tuple[str, ...]


def entries(events: Iterable[Event], now: datetime) -> tuple[Entry, ...]:
    """Return the events of a case as a screen tells them, the last one first."""
    found = [
        Entry(
            what=_LABELS.get(event.action, Text(event.action, event.action)),
            when=event.moment.astimezone(PLACE),
            by="" if event.action == "import" else event.actor,  # nobody's post
            told=_told(event, now),
            photos=seen(event),
        )
        for event in events
    ]
    return tuple(reversed(found))


def stamp(at: datetime, now: datetime) -> str:
    """Write a moment of the past or near future: day and time in Shanghai.

    Examples
    --------
    >>> at = datetime(2026, 11, 20, 9, 5, tzinfo=PLACE)
    >>> stamp(at, datetime(2026, 11, 23, tzinfo=PLACE))
    '11-20 09:05'
    """
    local = at.astimezone(PLACE)
    return f"{day(local.date(), now.date())} {local:%H:%M}"


def _told(event: Event, now: datetime) -> tuple[Text, ...]:
    """Return what an event brought, in words; what it began with is told by the facts."""
    values = event.values
    held = values.get("case")
    if isinstance(held, dict):
        note = str(held.get("note") or "")
        return (Text(note, note),) if note else ()
    return tuple(
        pattern.fill(it=_worded(name, values[name], now))
        for name, pattern in _TOLD.items()
        if values.get(name)
    )


def _worded(name: str, value: Any, now: datetime) -> object:  # noqa: ANN401 - a JSON value
    if name == "due_at":
        return stamp(moment(str(value)), now)
    return cause(str(value)) if name == "cause" else value


def time_line(view: View, held: Dossier) -> None:
    """Show what happened to a case, the last first."""
    items = "".join(_item(view, one) for one in entries(held.events, view.now))
    st.html(f'<ol class="w-line" data-testid="timeline">{items}</ol>')


def _item(view: View, entry: Entry) -> str:
    told = "".join(f"<p>{escape(view.t(text))}</p>" for text in entry.told)
    return (
        f"<li><div><b>{escape(view.t(entry.what))}</b>"
        f"<span>{escape(entry.by)}</span>"
        f'<time datetime="{entry.when.isoformat()}">{escape(stamp(entry.when, view.now))}</time>'
        f"</div>{told}{pictures(entry.photos, view.t(entry.what))}</li>"
    )


def before_after(view: View, held: Dossier) -> None:
    """Show how it was found and how it was left, side by side; nothing without a photo."""
    sides = ((Text("处置前", "Before"), held.before), (Text("处置后", "After"), held.after))
    if not held.before and not held.after:
        return
    none = escape(view.t(Text("没有照片", "No photo")))
    shown = "".join(
        f"<figure><figcaption>{escape(view.t(label))}</figcaption>"
        f"{pictures(photos, view.t(label)) or f'<p>{none}</p>'}</figure>"
        for label, photos in sides
    )
    st.html(f'<div class="w-sides" data-testid="sides">{shown}</div>')


def pictures(photos: Sequence[str], said: str) -> str:
    """Return photos as HTML, each leading to itself in full; `said` tells what they show."""
    shown = "".join(
        f'<a href="{address}"><img src="{address}" loading="lazy" alt="{escape(said)} {at}"></a>'
        for at, address in enumerate(map(photo_address, photos), start=1)
    )
    return f'<div class="w-photos">{shown}</div>' if shown else ""


def photo_address(digest: str) -> str:
    """Return where a photo is served."""
    plain = "".join(char for char in digest if char in "0123456789abcdef")
    return f"{base_path()}/photos/{plain}.jpg"
