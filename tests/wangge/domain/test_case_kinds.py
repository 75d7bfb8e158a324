"""The questions of each kind: short, answered by one tap, and no answer that was not offered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.naughty import NAUGHTY
from wangge.domain.case_kinds import QUESTIONS, YES_NO, answers_of, told, usual_kind
from wangge.domain.tables import TABLES
from wangge.domain.terms import HAZARD_KINDS
from wangge.errors import RefusedError

ALL = [(kind, question) for kind, asked in QUESTIONS.items() for question in asked]


def test_every_kind_says_what_it_asks_and_asks_little():
    assert set(QUESTIONS) == set(HAZARD_KINDS)
    for asked in QUESTIONS.values():
        assert len(asked) <= 3
        assert len({question.id for question in asked}) == len(asked)


@pytest.mark.parametrize(("kind", "question"), ALL, ids=[f"{k}-{q.id}" for k, q in ALL])
def test_a_question_can_be_answered_and_read_back(kind, question):
    assert question.asks.zh and question.asks.en and question.says.zh and question.says.en  # noqa: PT018 - one fact
    assert len(question.asks.zh) <= 16
    if question.form == "number":
        answers = [f"{question.low:g}", f"{question.high:g}"]
    else:
        answers = list(question.options)
        assert (question.form == "yes_no") == (question.options is YES_NO)
    for answer in answers:
        stored = answers_of(kind, {question.id: answer})
        assert answers_of(kind, stored) == stored
        ((label, words),) = told(kind, stored)
        assert label == question.says
        assert words.zh


@pytest.mark.parametrize(("kind", "question"), ALL, ids=[f"{k}-{q.id}" for k, q in ALL])
def test_only_what_was_offered_is_an_answer(kind, question):
    wrong = ["nan", "inf", "-1", "1e999", "二", *NAUGHTY[::2]]
    if question.form == "number":
        wrong.append(str(question.high + 1))
    for value in wrong:
        if not value.strip() or (question.form == "number" and _fits(question, value)):
            continue
        with pytest.raises(RefusedError) as refused:
            answers_of(kind, {question.id: value})
        assert question.asks.zh in refused.value.why.zh


def _fits(question, value):
    try:
        return question.low <= float(value) <= question.high
    except ValueError:
        return False


@given(st.floats(0, 30))
def test_a_number_is_stored_to_two_places(width):
    stored = answers_of("blocked_lane", {"width_m": str(width)})["width_m"]
    assert float(stored) == pytest.approx(width, abs=0.006)
    assert len(stored) <= 6


def test_floors_are_whole():
    with pytest.raises(RefusedError, match="whole number"):
        answers_of("stray_charging", {"floor": "2.5"})


def test_what_is_not_asked_or_not_answered_is_left_out():
    assert answers_of("other", {"floor": "2"}) == {}
    assert answers_of("stray_charging", {"floor": " ", "charging": ["yes"]}) == {}


def test_an_answer_no_longer_asked_is_still_read():
    read = told("stray_charging", {"colour": "red", "floor": "3"})
    assert [(label.en, words.en) for label, words in read] == [
        ("From floor", "3 floor"),
        ("colour", "red"),
    ]


def test_usual_kinds_are_kinds_of_known_tables():
    for table in TABLES:
        assert usual_kind(table) in {"", *HAZARD_KINDS}
    assert usual_kind("streetlights") == "lamp_out"
