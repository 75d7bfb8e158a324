"""An inspection and the cases of what was not in order: one wish, one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal

from wangge.domain.workdays import PLACE
from wangge.errors import RefusedError
from wangge.store.book import Book
from wangge.store.case_rows import case_of
from wangge.store.desk import Desk, Draft, fault_of, filed, require_keeper, require_key
from wangge.store.events import clean

KIND: Final = "inspection"  # of the record
AGAIN: Final = "检查时再次看到，仍未解决。"  # what is said on a case that was open already
Result = Literal["ok", "found"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something not in order: the case it becomes, or the open one it is seen on again."""

    draft: Draft
    repeats: str = ""


NOTHING: Final[Mapping[str, Finding]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Inspected:
    """An inspection as it is kept: ``id`` of the record, and the case of each item by its id."""

    id: str
    result: Result
    cases: Mapping[str, str]


def inspect(
    desk: Desk,
    about: str,
    result: Result,
    findings: Mapping[str, Finding] = NOTHING,
    *,
    key: str,
) -> Inspected:
    """Keep an inspection of today with the cases it opens: all of it or nothing.

    Where a case that a finding repeats is still open, that it was seen again is said there, and no
    second one is made.

    Parameters
    ----------
    desk
        Of the post that inspected.
    about
        What was inspected, such as ``shops/P01``.
    result
        ``found`` may come without findings: something was wrong that no item asks for.
    findings
        What was not in order, by the item of the check list.
    key
        Names this wish: the same key again changes nothing and is answered the same.

    Raises
    ------
    RefusedError
        If a visitor asks, or a draft cannot be a case; nothing is kept then.
    ValueError
        If something was found and the result is ``ok``, or there is no key.
    """
    if findings and result == "ok":
        msg = "An inspection that found something is not ok."
        raise ValueError(msg)
    ident = clean(require_key(key))
    require_keeper(desk.actor)
    for one in findings.values():
        if why := fault_of(one.draft, desk.actor, desk.near):
            raise RefusedError(why)
    at = desk.clock()
    with desk.journal.writing(desk.actor, at) as book:
        held = book.find("records", ident)
        if held is None or held["gone"]:
            cases = {
                clean(item): _case(book, one, f"{ident}/{item}") for item, one in findings.items()
            }
            body = {
                "inspected_on": at.astimezone(PLACE).date().isoformat(),
                "result": result,
                "case": next(iter(cases.values()), ""),
                "cases": cases,
            }
            told = {"kind": KIND, "about": about, "body": body}
            book.add("keep", f"records/{ident}", told)
        else:
            body = json.loads(held["body"])
    return _kept(ident, body)


def _case(book: Book, finding: Finding, key: str) -> str:
    """Return the case of a finding: made now, or told that it was seen again."""
    row = book.find("cases", finding.repeats) if finding.repeats else None
    if row is None or not case_of(row).open:
        return filed(book, finding.draft, key=key).id
    if not book.known(key):
        book.add("say", f"cases/{finding.repeats}", {"reason": AGAIN}, key=key)
    return finding.repeats


def _kept(ident: str, body: Mapping[str, Any]) -> Inspected:
    return Inspected(ident, body["result"], MappingProxyType(dict(body.get("cases", {}))))
