"""The table of steps: every state has a way on, every step its people, nothing else is possible."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from wangge.domain.actors import Actor
from wangge.domain.cases import Case
from wangge.domain.roles import ROLES
from wangge.domain.steps import BY_ACTION, STEPS, offered, refusal, take
from wangge.domain.terms import HAZARD_STATUSES, OPEN_STATUSES
from wangge.errors import RefusedError

AT = datetime(2026, 11, 25, 1, tzinfo=UTC)
NEEDS = {"reason": "缘由", "assignee": "电工", "due_at": AT + timedelta(days=9), "original": "0"}
CASE = Case("1", 113.0, 36.0, "old_wiring", "一般", "reported", AT, "甲", handled_by="甲")
HEAD = Actor("书记", "secretary")


def at(status):
    return replace(CASE, status=status)


def test_states_and_steps_are_those_of_the_field():
    told = {state for step in STEPS for state in (*step.starts, step.ends) if state}
    assert told == set(HAZARD_STATUSES)
    assert len(BY_ACTION) == len(STEPS)


def test_every_open_case_can_be_closed_and_no_settled_one_moves():
    reached, grown = {"closed"}, True
    while grown:
        grown = {
            state
            for step in STEPS
            if step.ends in reached
            for state in step.starts
            if state not in reached
        }
        reached |= grown
    assert reached == {*OPEN_STATUSES, "closed"}
    settled = set(HAZARD_STATUSES) - set(OPEN_STATUSES)
    assert not [step for step in STEPS if settled & set(step.starts)]


@pytest.mark.parametrize("state", OPEN_STATUSES)
def test_an_open_case_has_one_next_step_and_it_comes_first(state):
    steps = offered(at(state), HEAD)
    assert [step.main for step in steps].count(True) == 1
    assert steps[0].main


@pytest.mark.parametrize("state", HAZARD_STATUSES)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.action)
def test_only_what_the_table_says(step, role, state):
    actor = Actor("乙", role)
    possible = state in step.starts and role in step.roles
    assert (refusal(step, at(state), actor) is None) == possible
    if not possible:
        with pytest.raises(RefusedError):
            take(at(state), step.action, actor, AT, NEEDS)
        return
    after = take(at(state), step.action, actor, AT, NEEDS)
    assert after.status == (step.ends or state)
    for need in step.needs:
        with pytest.raises(RefusedError):
            take(at(state), step.action, actor, AT, {**NEEDS, need: ""})


def test_a_visitor_may_do_nothing():
    visitor = Actor("访客", "anonymous")
    assert not [state for state in HAZARD_STATUSES if offered(at(state), visitor)]


def test_whose_step_it_is_is_said_where_it_is_refused():
    why = refusal(BY_ACTION["close"], at("rechecked"), Actor("乙", "worker"))
    assert why.zh == "结案由书记、规划专干办理。"
    assert why.en == "“Close” is for the secretary or the planner to take."


@pytest.mark.parametrize("action", ["recheck", "return"])
@pytest.mark.parametrize("role", ["worker", "secretary"])
def test_whoever_handled_it_may_not_judge_it(action, role):
    with pytest.raises(RefusedError, match="somebody else"):
        take(at("handled"), action, Actor("甲", role), AT, NEEDS)
    assert take(at("handled"), action, Actor("乙", role), AT, NEEDS).status != "handled"


def test_what_each_step_brings():
    handled = take(at("handling"), "handle", Actor("乙", "worker"), AT, {"cause": "老化"})
    assert (handled.handled_at, handled.handled_by, handled.cause) == (AT, "乙", "老化")
    back = take(handled, "return", HEAD, AT, NEEDS)
    assert (back.returned, back.handled_at, back.handled_by) == (1, None, "乙")
    later = take(at("opened"), "extend", HEAD, AT, NEEDS)
    assert (later.extended, later.due_at, later.status) == (1, NEEDS["due_at"], "opened")
    for action, state in (("close", "rechecked"), ("decline", "opened"), ("duplicate", "opened")):
        assert take(at(state), action, HEAD, AT, NEEDS).closed_at == AT
    sent = take(at("opened"), "dispatch", HEAD, AT, NEEDS)
    assert (sent.assignee, sent.due_at) == ("电工", NEEDS["due_at"])
    said = take(at("opened"), "say", Actor("乙", "worker"), AT, NEEDS)
    assert replace(said, assignee="", original="") == at("opened")


def test_no_case_repeats_itself():
    with pytest.raises(RefusedError, match="itself"):
        take(at("opened"), "duplicate", HEAD, AT, {"original": CASE.id})
