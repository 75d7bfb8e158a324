"""The journal while it is written to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from shapely import Point
from sqlalchemy import Connection, insert, select, update

from wangge.domain.actors import Actor
from wangge.store.clock import require_forward
from wangge.store.events import FIRST, Event, canonical, clean, cleaned, digest, written
from wangge.store.fold import Row, fold
from wangge.store.geopackage import note_change
from wangge.store.journal_tables import CASES, EVENTS, PHOTOS, STATE

_ITSELF: Final = "journal/"  # what is about the journal itself: not bound to its clock


@dataclass(frozen=True, slots=True)
class Book:
    """The journal while it is written to, by one actor at one moment: all of it or nothing."""

    connection: Connection
    actor: Actor
    at: datetime
    _new: list[Event] = field(default_factory=list)
    _spots: list[Point] = field(default_factory=list)  # of cases that were added

    def find(self, table: str, ident: str) -> Row | None:
        """Return the row of `table` (``cases``, ``records``) called `ident`, or None."""
        held = STATE[table]
        found = self.connection.execute(select(held).where(held.c.id == ident)).mappings().first()
        return dict(found) if found else None

    def put(self, table: str, row: Row) -> None:
        """Keep `row`, in place of the one of its id; for `fold` only."""
        held = STATE[table]
        done = self.connection.execute(update(held).where(held.c.id == row["id"]).values(**row))
        if not done.rowcount:
            self.connection.execute(insert(held).values(**row))
            self._spots.extend([row["geom"]] if "geom" in row else [])

    def known(self, key: str) -> str | None:
        """Return the subject of the event that the wish `key` has already caused, or None."""
        found: str | None = self.connection.scalar(
            select(EVENTS.c.subject).where(EVENTS.c.key == clean(key))
        )
        return found

    def next_number(self, prefix: str) -> int:
        """Return the number behind the last case whose id begins with `prefix`."""
        held = select(CASES.c.id).where(CASES.c.id.like(f"{prefix}%"))
        last = self.connection.scalar(held.order_by(CASES.c.fid.desc()).limit(1)) or ""
        tail = last.removeprefix(prefix)
        number = int(tail) + 1 if tail.isdecimal() else 1
        while self.find("cases", f"{prefix}{number:02d}"):  # an imported one was called so
            number += 1
        return number

    def add(
        self,
        action: str,
        subject: str,
        body: Mapping[str, Any],
        *,
        key: str | None = None,
        photos: Sequence[bytes] = (),
    ) -> Event:
        """Append an event and bring it into the state.

        Parameters
        ----------
        action, subject, body
            What happened to what, with JSON values.
        key
            Names the wish, so that it is carried out once; see `known`.
        photos
            JPEG files that belong to it; the event holds their digests.

        Raises
        ------
        RefusedError
            If it is not possible; nothing of the transaction is kept then.
        JournalError
            If the clock stands before the last event; see `require_forward`.
        ValueError
            If `body` holds a number that is not finite.
        """
        last = self._new[-1] if self._new else _last(self.connection)
        if last and not subject.startswith(_ITSELF):
            require_forward(last, self.at)
        seq, previous = (last.seq + 1, last.hash) if last else (1, FIRST)
        held = cleaned(body)
        kept = {sha256(one).hexdigest(): one for one in photos}
        if kept:
            held["photos"] = list(kept)
        plain = Event(
            seq=seq,
            at=written(self.at),
            actor=clean(self.actor.post),
            role=self.actor.role,
            action=action,
            subject=clean(subject),
            body=canonical(held),
            previous=previous,
            hash="",
            key=None if key is None else clean(key),
        )
        event = _sealed(plain)
        fold(event, self)
        self.connection.execute(insert(EVENTS).values(**_columns(event)))
        for name, one in kept.items():
            row = {"digest": name, "subject": event.subject, "seq": seq, "jpeg": one}
            self.connection.execute(insert(PHOTOS).values(**row))
        self._new.append(event)
        return event

    def finish(self) -> None:
        """Do what remains to be done before the transaction ends."""
        if self._new:
            note_change(self.connection, self.at, self._spots)


def _last(connection: Connection) -> Event | None:
    found = connection.execute(select(EVENTS).order_by(EVENTS.c.seq.desc()).limit(1)).mappings()
    row = found.first()
    return Event(**row) if row else None


def _sealed(event: Event) -> Event:
    return Event(**{**_columns(event), "hash": digest(event)})


def _columns(event: Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in EVENTS.c.keys()}  # noqa: SIM118 - a collection of columns
