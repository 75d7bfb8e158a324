"""The desk where cases come in and move on: each function is one wish, carried out once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from wangge.domain.actors import Actor
from wangge.domain.cases import NOBODY, Case
from wangge.domain.crs import place
from wangge.domain.limits import due_of
from wangge.domain.rules import rule
from wangge.domain.terms import HAZARD_KINDS, SEVERITIES
from wangge.domain.workdays import PLACE, Workdays
from wangge.errors import RefusedError
from wangge.store.book import Book
from wangge.store.case_rows import body_of, case_of
from wangge.store.events import canonical, clean, cleaned, written
from wangge.store.journal import Journal
from wangge.text import Text

ANYWHERE: Final = Polygon()


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody saw, before it is a case; see `Case` for the fields."""

    lon: float
    lat: float
    kind: str
    severity: str
    note: str = ""
    asset: str = ""
    place: str = ""
    compound_id: str = ""
    grid_id: str = ""
    answers: Mapping[str, str] = field(default_factory=lambda: NOBODY)


@dataclass(frozen=True, slots=True)
class Desk:
    """The journal as one actor writes to it; ``clock`` tells the moment of each wish.

    ``workdays`` is the calendar that limits are counted on, ``near`` the community in
    `wangge.domain.crs.METRIC`: what lies far from it is not taken (an empty one refuses nothing).

    Every wish has a ``key``, made once when its form is opened: a double tap or a retry with the
    same key is carried out once and answered the same.
    """

    journal: Journal
    actor: Actor
    clock: Callable[[], datetime]
    workdays: Workdays = field(default_factory=Workdays)
    near: BaseGeometry = ANYWHERE

    def report(self, draft: Draft, *, key: str, photos: Sequence[bytes] = ()) -> Case:
        """Make a case of `draft`.

        Parameters
        ----------
        draft
            What was seen.
        key
            Names this wish.
        photos
            Safe JPEG files, see `wangge.store.photos`.

        Raises
        ------
        RefusedError
            If the draft cannot be a case; the sentence says what to mend.
        """
        require_key(key)
        if why := fault_of(draft, self.actor, self.near):
            raise RefusedError(why)
        with self.journal.writing(self.actor, self.clock()) as book:
            return filed(book, draft, key=key, photos=photos)

    def step(
        self,
        ident: str,
        action: str,
        *,
        values: Mapping[str, Any] = NOBODY,
        key: str,
        photos: Sequence[bytes] = (),
    ) -> Case:
        """Take one step on a case and return it as it then stands.

        A case that is opened or dispatched without a limit gets the one of its rule.

        Parameters
        ----------
        ident
            The case's id.
        action, values
            See `wangge.domain.steps.take`.
        key, photos
            As for `report`.

        Raises
        ------
        RefusedError
            If the step is not possible, not for this actor, lacks what it needs, or says too
            much.
        """
        require_key(key)
        told = {n: clean(v.strip()) if isinstance(v, str) else v for n, v in values.items()}
        if why := _too_long(v for v in told.values() if isinstance(v, str)):
            raise RefusedError(why)
        at = self.clock()
        with self.journal.writing(self.actor, at) as book:
            case = _case(book, ident)
            if book.known(key):
                return case
            if action in {"open", "dispatch"} and case.due_at is None and not told.get("due_at"):
                told["due_at"] = due_of(case.kind, case.severity, at, self.workdays)
            body = {n: written(v) if isinstance(v, datetime) else v for n, v in told.items()}
            book.add(action, f"cases/{ident}", body, key=key, photos=photos)
            return _case(book, ident)

    def keep(self, kind: str, about: str, body: Mapping[str, Any], *, key: str) -> str:
        """Keep a record that is no case (a night check, an inspection, a scenario).

        Parameters
        ----------
        kind, about
            What it is, and of what, such as ``alleys/A12``.
        body
            JSON values.
        key
            Names this wish; it becomes the record's id, so keeping again under it replaces it.

        Raises
        ------
        RefusedError
            If a visitor asks.
        """
        require_keeper(self.actor)
        ident = clean(require_key(key))
        told = cleaned({"kind": kind, "about": about, "body": body})
        with self.journal.writing(self.actor, self.clock()) as book:
            held = book.find("records", ident)
            same = held and (held["kind"], held["about"], held["body"]) == (
                told["kind"],
                told["about"],
                canonical(told["body"]),
            )
            if held is None or held["gone"] or not same:
                book.add("keep", f"records/{ident}", told)
        return ident

    def drop(self, key: str) -> None:
        """Let go of a record; what it said stays among the events.

        Raises
        ------
        RefusedError
            If a visitor asks.
        """
        require_keeper(self.actor)
        ident = clean(require_key(key))
        with self.journal.writing(self.actor, self.clock()) as book:
            held = book.find("records", ident)
            if held is not None and not held["gone"]:
                told = {"kind": held["kind"], "about": held["about"]}
                book.add("drop", f"records/{ident}", {**told, "body": json.loads(held["body"])})


def filed(book: Book, draft: Draft, *, key: str, photos: Sequence[bytes] = ()) -> Case:
    """Make a case of a `draft` without fault in an open transaction, once for each `key`."""
    if known := book.known(key):
        return _case(book, known.partition("/")[2])
    day = book.at.astimezone(PLACE).strftime("%y%m%d-")
    case = _begun(draft, f"{day}{book.next_number(day):02d}", book.at, book.actor)
    book.add("report", f"cases/{case.id}", {"case": body_of(case)}, key=key, photos=photos)
    return _case(book, case.id)


def fault_of(draft: Draft, actor: Actor, near: BaseGeometry = ANYWHERE) -> Text | None:
    """Return why `draft` cannot be a case of the community `near`, or None; see `Desk`."""
    if actor.role == "anonymous":
        return Text("访客不能上报。", "A visitor cannot report.")
    if draft.kind not in HAZARD_KINDS:
        return Text("请选择是什么问题。", "Choose what it is.")
    if draft.severity not in SEVERITIES:
        return Text("请选择轻重。", "Choose how grave it is.")
    if isinstance(found := place(draft.lon, draft.lat, near), Text):
        return found
    answers = (word for pair in draft.answers.items() for word in pair)
    return _too_long((draft.note, draft.place, draft.asset, *answers))


def _too_long(words: Iterable[str]) -> Text | None:
    longest = int(rule("note_longest").value)
    if all(len(word) <= longest for word in words):
        return None
    return Text("说明太长：最多 {n} 字。", "The note is too long: {n} characters at most.").fill(
        n=longest
    )


def require_keeper(actor: Actor) -> None:
    """Raise `RefusedError` if `actor` may keep no record."""
    if actor.role == "anonymous":
        raise RefusedError(Text("访客不能登记。", "A visitor cannot record."))


def require_key(key: str) -> str:
    """Return `key`, or raise: two wishes without a name would be taken for one."""
    if not key:
        msg = "A wish needs a key."
        raise ValueError(msg)
    return key


def _begun(draft: Draft, ident: str, at: datetime, actor: Actor) -> Case:
    return Case(
        id=ident,
        lon=round(draft.lon, 7),
        lat=round(draft.lat, 7),
        kind=draft.kind,
        severity=draft.severity,
        status="reported",
        reported_at=at,
        reported_by=clean(actor.post),
        compound_id=clean(draft.compound_id),
        grid_id=clean(draft.grid_id),
        asset=clean(draft.asset),
        place=clean(draft.place),
        note=clean(draft.note.strip()),
        answers={clean(name): clean(value) for name, value in draft.answers.items()},
    )


def _case(book: Book, ident: str) -> Case:
    row = book.find("cases", ident)
    if row is None:
        raise RefusedError(
            Text("没有编号为 {id} 的案件。", "There is no case {id}.").fill(id=ident)
        )
    return case_of(row)
