"""Laws of the journal under random histories, on both engines.

Whatever posts try, in whatever order: a step that is refused changes nothing, one that is taken
moves along the table of steps, nobody rechecks what they handled, a wish sent again is the same
wish, and the stored rows are what the events make of an empty state.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from wangge.domain.steps import BY_ACTION, STEPS, offered
from wangge.errors import RefusedError
from wangge.store.case_rows import case_of
from wangge.store.desk import Draft
from wangge.store.engine import reading
from wangge.store.events import Event
from wangge.store.fold import Memory, fold
from wangge.store.journal_tables import EVENTS

SIGHT = Draft(113.05, 36.05, "old_wiring", "一般")
POSTS = ("书记", "专干", "甲", "乙", "访客")
WORDS = st.sampled_from(("缘由", "缘由", "缘由", "", "\x00", "长" * 501))
VALUES = st.fixed_dictionaries(
    {"reason": WORDS, "assignee": WORDS},
    optional={"original": st.integers(0, 3), "due_at": st.integers(0, 9)},
)
ACTIONS = st.sampled_from([step.action for step in STEPS])
STEP = st.tuples(
    st.just("step"),
    st.sampled_from(POSTS),
    st.integers(0, 3),
    st.one_of(st.just(0), st.just(0), st.integers(0, 4), ACTIONS),  # one that is offered, or any
    VALUES,
    st.integers(0, 99),
)
WISHES = st.lists(
    st.one_of(
        st.tuples(st.just("report"), st.sampled_from(POSTS), st.integers(0, 3)),
        STEP,
        STEP,
        st.tuples(st.just("advance"), st.integers(0, 3)),
        st.tuples(st.just("keep"), st.sampled_from(POSTS), st.integers(0, 3), WORDS),
        st.tuples(st.just("drop"), st.sampled_from(POSTS), st.integers(0, 3)),
    ),
    min_size=10,
    max_size=40,
)


def everything(journal):
    return journal.version(), journal.rows("cases"), journal.rows("records")


def events(journal):
    with reading(journal.engine) as connection:
        rows = connection.execute(select(EVENTS).order_by(EVENTS.c.seq)).mappings().all()
    return [Event(**row) for row in rows]


def advance(office, case):
    """Take the main step of `case` by the first post that may; a settled case has none."""
    for post in POSTS:
        desk = office.at(post)
        for step in offered(case, desk.actor)[:1]:
            if step.main:
                values = {"assignee": "甲"}
                return desk.step(case.id, step.action, values=values, key=f"{case}")
    return None


def wish(office, mark, first, one):
    """Carry out one random wish on the cases behind the `first` ones; return what it answered."""
    match one:
        case ("report", post, key):
            return office.at(post).report(SIGHT, key=f"report {mark} {key}")
        case ("step", post, number, action, told, key):
            rows = office.journal.rows("cases")[first:]
            ids = [row["id"] for row in rows] or ["none"]
            ident, values = ids[number % len(ids)], dict(told)
            if "original" in values:
                values["original"] = ids[values["original"] % len(ids)]
            if "due_at" in values:
                values["due_at"] = office.now + timedelta(days=values["due_at"])
            desk = office.at(post)
            if isinstance(action, int):
                steps = offered(case_of(rows[number % len(ids)]), desk.actor) if rows else ()
                action = steps[action % len(steps)].action if steps else "close"
            return desk.step(ident, action, values=values, key=f"step {mark} {key}")
        case ("advance", number):
            rows = office.journal.rows("cases")[first:]
            return advance(office, case_of(rows[number])) if number < len(rows) else None
        case ("keep", post, key, word):
            return office.at(post).keep("note", "", {"word": word}, key=f"{mark} {key}")
        case (_, post, key):
            return office.at(post).drop(f"{mark} {key}")


def check_story(journal, told):
    """Check what the events alone tell: every case went along the table, by the right hands."""
    held: dict[str, list[Event]] = {}
    for event in told:
        held.setdefault(event.subject, []).append(event)
    for subject, story in held.items():
        if not subject.startswith("cases/"):
            continue
        status, hand = "reported", ""
        for event in story[1:]:
            step = BY_ACTION[event.action]
            assert status in step.starts
            assert event.role in step.roles
            if event.action in {"recheck", "return"}:
                assert event.actor != hand
            if event.action == "handle":
                hand = event.actor
            status = step.ends or status
        assert journal.row("cases", subject.partition("/")[2])["status"] == status


def tried(office, mark, first, one):
    """Carry out a wish and check what must follow whether or not it is refused."""
    before = everything(office.journal)
    try:
        answer = wish(office, mark, first, one)
    except RefusedError:
        answer = before
    if answer == before:
        assert everything(office.journal) == before
        return
    once = everything(office.journal)
    assert once[0] - before[0] in {0, 1}
    if one[0] in {"report", "step"}:
        assert wish(office, mark, first, one) == answer
    assert everything(office.journal) == once


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_laws(engine, request, tmp_path, opened, office_of):
    file = tmp_path / "journal.gpkg"
    journal = opened(file if engine == "sqlite" else request.getfixturevalue("postgres").fresh())
    marks = count()

    @settings(
        max_examples=25 if engine == "sqlite" else 10,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
    )
    @given(WISHES)
    @example([("report", "甲", 0), *[("advance", 0)] * 7])
    def laws(wishes):
        office, mark = office_of(journal), next(marks)  # all histories in one journal
        office.now += timedelta(days=mark)
        first = len(journal.rows("cases"))
        for one in wishes:
            tried(office, mark, first, one)
        assert journal.verify() == journal.version()

    laws()
    told = events(journal)
    check_story(journal, told)
    assert {event.action for event in told} > {step.action for step in STEPS if step.main}
    state = Memory()
    for event in told:
        fold(event, state)
    for table in ("cases", "records"):
        stored = {row["id"]: {**row, "fid": 0} for row in journal.rows(table)}
        assert stored == {i: {**row, "fid": 0} for (name, i), row in state.items() if name == table}
