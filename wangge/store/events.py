"""An event: one thing that happened, chained to the one before it by its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from wangge.domain.actors import Actor
from wangge.domain.roles import role_named
from wangge.errors import ChainError
from wangge.text import Text

FIRST: Final = "0" * 64  # what the first event follows
_UNSAFE: Final = {0: "\ufffd"}  # PostgreSQL keeps no NUL


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, to what, when (UTC), by which post; ``body`` is canonical JSON.

    ``subject`` is ``cases/<id>``, ``records/<id>`` or ``journal/<what>``; ``key`` names the wish
    that caused it, so that a wish sent twice is one event (None: no such name); ``hash`` covers
    all the rest.
    """

    seq: int
    at: str
    actor: str
    role: str
    action: str
    subject: str
    body: str
    previous: str
    hash: str
    key: str | None = None

    @property
    def moment(self) -> datetime:
        """When it happened, UTC."""
        return moment(self.at)

    @property
    def by(self) -> Actor:
        """Who did it."""
        return Actor(self.actor, role_named(self.role))

    @property
    def values(self) -> dict[str, Any]:
        """What it brought."""
        held: dict[str, Any] = json.loads(self.body)
        return held


def canonical(body: Mapping[str, Any]) -> str:
    """Write `body` in the one way its digest is made of.

    Raises
    ------
    ValueError
        If a number is not finite.

    Examples
    --------
    >>> canonical({"b": 1, "a": "隐患"})
    '{"a":"隐患","b":1}'
    """
    return json.dumps(
        body, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":")
    )


def clean(text: str) -> str:
    r"""Return `text` as every engine can keep it: no NUL, no lone half of a character pair.

    Examples
    --------
    >>> clean("a\x00b\ud800")
    'a\ufffdb\ufffd'
    """
    return "".join(
        "\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text.translate(_UNSAFE)
    )


def cleaned(value: Any) -> Any:  # noqa: ANN401 - a JSON value
    r"""Return a JSON value with every text in it as `clean` returns it.

    Examples
    --------
    >>> cleaned({"a\x00": ["b\ud800", 1.5, None]})
    {'a\ufffd': ['b\ufffd', 1.5, None]}
    """
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(str(name)): cleaned(held) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(held) for held in value]
    return value


def written(at: datetime) -> str:
    """Write a moment as the journal keeps it: UTC, milliseconds.

    Examples
    --------
    >>> written(datetime(2026, 11, 25, 1, 2, 3, 456789, tzinfo=UTC))
    '2026-11-25T01:02:03.456Z'
    """
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment(text: str) -> datetime:
    """Read a moment back."""
    return datetime.fromisoformat(text)


def digest(event: Event) -> str:
    """Return the digest an event must carry: of its fields and of the digest before it."""
    fields = [
        event.seq,
        event.at,
        event.actor,
        event.role,
        event.action,
        event.subject,
        event.body,
        event.key,
        event.previous,
    ]
    held = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(held.encode()).hexdigest()


def intact(event: Event) -> bool:
    """Return whether an event carries the digest of what it says."""
    try:
        return digest(event) == event.hash
    except (TypeError, ValueError):  # a field that no journal ever wrote
        return False


def walk(events: Iterable[Event], since: tuple[int, str] = (0, FIRST)) -> tuple[int, str]:
    """Walk the chain and return its last number and digest, `since` if it is empty.

    Parameters
    ----------
    events
        In their order.
    since
        Number and digest of the event before the first one, of a chain that is whole up to there.

    Raises
    ------
    ChainError
        Naming the first event that is missing, changed or out of place.
    """
    seq, last = since
    for event in events:
        if event.seq != seq + 1:
            raise ChainError(
                Text(
                    "第 {n} 条记录缺失：其后是第 {seq} 条。",
                    "Event {n} is missing: the next is {seq}.",
                ).fill(n=seq + 1, seq=event.seq)
            )
        if event.previous != last or not intact(event):
            raise ChainError(
                Text(
                    "第 {n} 条记录（{at}，{what}）被改动过，从这里起不可信。",
                    "Event {n} ({at}, {what}) was changed: nothing from here on can be trusted.",
                ).fill(n=event.seq, at=event.at, what=event.subject)
            )
        seq, last = event.seq, event.hash
    return seq, last
