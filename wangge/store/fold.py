"""What an event makes of the state: the only place where state changes.

Writing folds an event into the stored rows; `verify` folds all events into an empty state again
and compares.  What is stored can therefore not differ from what happened unnoticed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Protocol

from wangge.domain.steps import BY_ACTION, take
from wangge.errors import RefusedError
from wangge.store.case_rows import case_of, from_body, row_of
from wangge.store.events import Event, canonical, moment
from wangge.text import Text

Row = dict[str, Any]
_BEGINS: Final = ("report", "import")
_RECORDS: Final = ("keep", "drop")
_NO_CASE: Final = Text("没有编号为 {id} 的案件。", "There is no case {id}.")
_UNKNOWN: Final = Text("不认识“{what}”这种记录。", "“{what}” is not known to happen.")


class State(Protocol):
    """Rows by table and id."""

    def find(self, table: str, ident: str) -> Row | None:
        """Return the row called `ident`, or None."""
        ...

    def put(self, table: str, row: Row) -> None:
        """Keep `row`, in place of the one of its id."""
        ...


class Memory(dict[tuple[str, str], Row]):
    """A state in memory."""

    def find(self, table: str, ident: str) -> Row | None:
        """Return the row called `ident`, or None."""
        return self.get((table, ident))

    def put(self, table: str, row: Row) -> None:
        """Keep `row`, in place of the one of its id."""
        self[table, row["id"]] = row


def fold(event: Event, state: State) -> None:
    """Bring `event` into `state`.

    Raises
    ------
    RefusedError
        If what it asks for is not possible in this state.
    """
    table, _, ident = event.subject.partition("/")
    match table:
        case "cases":
            _case(event, ident, state)
        case "records":
            _record(event, ident, state)
        case "journal":
            pass  # about the journal itself: it changes nothing
        case _:
            raise RefusedError(_UNKNOWN.fill(what=event.subject))


def _case(event: Event, ident: str, state: State) -> None:
    row = state.find("cases", ident)
    if event.action in BY_ACTION:
        if row is None:
            raise RefusedError(_NO_CASE.fill(id=ident))
        values = _timed(event.values)
        if original := values.get("original"):
            _may_repeat(original, state)
        after = take(case_of(row), event.action, event.by, event.moment, values)
        state.put("cases", row_of(after, event.seq))
    elif event.action not in _BEGINS:
        raise RefusedError(_UNKNOWN.fill(what=event.action))
    elif row is None:
        state.put("cases", row_of(from_body(event.values["case"]), event.seq))
    else:
        raise RefusedError(
            Text("编号 {id} 已有案件。", "There is a case {id} already.").fill(id=ident)
        )


def _may_repeat(ident: str, state: State) -> None:
    """Raise unless there is such a case, and it stands for itself."""
    row = state.find("cases", ident)
    if row is None:
        raise RefusedError(_NO_CASE.fill(id=ident))
    if row["original"]:
        told = Text(
            "案件 {id} 自己已并入 {other}：请并入 {other}。",
            "Case {id} was itself merged into {other}: choose {other}.",
        )
        raise RefusedError(told.fill(id=ident, other=row["original"]))


def _record(event: Event, ident: str, state: State) -> None:
    if event.action not in _RECORDS:
        raise RefusedError(_UNKNOWN.fill(what=event.action))
    body = event.values
    state.put(
        "records",
        {
            "id": ident,
            "kind": body["kind"],
            "about": body["about"],
            "at": event.at,
            "actor": event.actor,
            "body": canonical(body["body"]),
            "gone": int(event.action == "drop"),
            "last_event": event.seq,
        },
    )


def _timed(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: moment(value) if name == "due_at" and isinstance(value, str) else value
        for name, value in values.items()
    }
