"""What may happen to a case, and who may do it: one table.

`take` is the whole state machine, a pure function: the journal replays it to prove that what is
stored is what happened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal

from wangge.domain.actors import Actor
from wangge.domain.cases import Case
from wangge.domain.roles import ROLE_NAMES, Role
from wangge.domain.terms import HAZARD_STATUSES
from wangge.errors import RefusedError
from wangge.text import Text

Need = Literal["reason", "assignee", "due_at", "original"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: from which states, to which one (empty: it stays), who may, what it needs.

    ``other_hand``: whoever handled the case may not take it.  ``main``: offered as the one next
    step of its states; the others are side doors.
    """

    action: str
    label: Text
    starts: tuple[str, ...]
    ends: str
    roles: tuple[Role, ...]
    needs: tuple[Need, ...] = ()
    other_hand: bool = False
    main: bool = False


_LEAD: Final[tuple[Role, ...]] = ("secretary", "planner")
_ALL: Final[tuple[Role, ...]] = ("secretary", "planner", "worker")
_LIVE: Final = ("reported", "opened", "dispatched", "handling", "handled", "returned", "rechecked")

STEPS: Final[tuple[Step, ...]] = (
    Step("open", Text("立案", "Open a case"), ("reported",), "opened", _LEAD, main=True),
    Step(
        "dispatch",
        Text("派遣", "Dispatch"),
        ("opened", "returned"),
        "dispatched",
        _LEAD,
        needs=("assignee",),
        main=True,
    ),
    Step("start", Text("开始处置", "Start"), ("dispatched",), "handling", _ALL, main=True),
    Step(
        "handle",
        Text("处置完成，反馈", "Done, report back"),
        ("handling",),
        "handled",
        _ALL,
        main=True,
    ),
    Step(
        "recheck",
        Text("核查通过", "Recheck: passed"),
        ("handled",),
        "rechecked",
        _ALL,
        other_hand=True,
        main=True,
    ),
    Step(
        "return",
        Text("核查不通过，返工", "Recheck: send back"),
        ("handled", "rechecked"),
        "returned",
        _ALL,
        needs=("reason",),
        other_hand=True,
    ),
    Step("close", Text("结案", "Close"), ("rechecked",), "closed", _LEAD, main=True),
    Step(
        "decline",
        Text("不予受理", "Decline"),
        ("reported", "opened"),
        "declined",
        _LEAD,
        needs=("reason",),
    ),
    Step(
        "duplicate",
        Text("并入重复案件", "Mark as duplicate"),
        ("reported", "opened"),
        "duplicate",
        _LEAD,
        needs=("original",),
    ),
    Step(
        "extend",
        Text("延期", "Extend"),
        ("opened", "dispatched", "handling", "returned"),
        "",
        ("secretary",),
        needs=("reason", "due_at"),
    ),
    Step("say", Text("留言", "Leave a message"), _LIVE, "", _ALL, needs=("reason",)),
)
BY_ACTION: Final = {step.action: step for step in STEPS}
_NEEDED: Final[dict[Need, Text]] = {
    "reason": Text("请写明原因或内容。", "Write the reason."),
    "assignee": Text("请选择派给谁。", "Choose who it is sent to."),
    "due_at": Text("请给出新的期限。", "Give the new limit."),
    "original": Text("请选择它重复的案件。", "Choose the case it repeats."),
}


def offered(case: Case, actor: Actor) -> tuple[Step, ...]:
    """Return the steps `actor` may take on `case` now, the main one first."""
    may = [step for step in STEPS if refusal(step, case, actor) is None]
    return tuple(sorted(may, key=lambda step: not step.main))


def refusal(step: Step, case: Case, actor: Actor) -> Text | None:
    """Return why `actor` may not take `step` on `case`, or None: they may.

    Examples
    --------
    >>> from datetime import UTC
    >>> case = Case("1", 113.0, 36.0, "fire_load", "一般", "handled",
    ...     datetime(2026, 11, 25, tzinfo=UTC), "书记", handled_by="第五网格网格员")
    >>> refusal(BY_ACTION["recheck"], case, Actor("第五网格网格员", "worker")).en
    'Whoever handled a case may not recheck it: somebody else must look.'
    >>> refusal(BY_ACTION["recheck"], case, Actor("第三网格网格员", "worker")) is None
    True
    """
    if case.status not in step.starts:
        return Text(
            "案件现在是“{state}”，不能{step}。请刷新后再看。",
            "The case is now “{state}”: {step} is not possible. Reload and look again.",
        ).fill(state=HAZARD_STATUSES[case.status], step=step.label)
    if actor.role not in step.roles:
        return Text("{step}由{roles}办理。", "“{step}” is for the {roles} to take.").fill(
            step=step.label, roles=_either(step.roles)
        )
    if step.other_hand and actor.post == case.handled_by:
        return Text(
            "谁处置的案件，不能由谁核查：请另一位同事去看。",
            "Whoever handled a case may not recheck it: somebody else must look.",
        )
    return None


def _either(roles: tuple[Role, ...]) -> Text:
    """Return `roles` in words, any of whom will do."""
    names = [ROLE_NAMES[role] for role in roles]
    return Text("、".join(n.zh for n in names), " or the ".join(n.en.lower() for n in names))


def take(case: Case, action: str, actor: Actor, at: datetime, values: Mapping[str, Any]) -> Case:
    """Return `case` after `actor` has taken the step `action` at the moment `at`.

    Parameters
    ----------
    case
        As it stands.
    action
        One of `BY_ACTION`.
    actor, at
        Who, and when (UTC).
    values
        What the step needs (``reason``, ``assignee``, ``due_at``, ``original``) and what it may
        bring: ``due_at`` on ``open`` and ``dispatch``, ``cause`` on ``handle``, ``recheck``.

    Raises
    ------
    RefusedError
        If the step is not possible, not for this actor, or lacks what it needs.

    Examples
    --------
    >>> from datetime import UTC
    >>> seen = datetime(2026, 11, 25, tzinfo=UTC)
    >>> case = Case("1", 113.0, 36.0, "fire_load", "一般", "reported", seen, "书记")
    >>> take(case, "open", Actor("书记", "secretary"), seen, {}).status
    'opened'
    """
    step = BY_ACTION[action]
    if why := refusal(step, case, actor):
        raise RefusedError(why)
    for need in step.needs:
        if not values.get(need):
            raise RefusedError(_NEEDED[need])
    if values.get("original") == case.id:
        raise RefusedError(Text("案件不能并入它自己。", "A case cannot be a duplicate of itself."))
    told: dict[str, Any] = {
        name: values[name]
        for name in ("assignee", "due_at", "original", "cause")
        if values.get(name) and (name != "due_at" or action in ("open", "dispatch", "extend"))
    }
    if step.ends:
        told["status"] = step.ends
    match action:
        case "handle":
            told |= {"handled_at": at, "handled_by": actor.post}
        case "return":
            told |= {"returned": case.returned + 1, "handled_at": None}
        case "extend":
            told["extended"] = case.extended + 1
        case "close" | "decline" | "duplicate":
            told["closed_at"] = at
        case _:
            pass
    return replace(case, **told)
