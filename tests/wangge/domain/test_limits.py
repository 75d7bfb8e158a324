"""How long a case may take."""

from __future__ import annotations

from datetime import datetime

import pytest

from wangge.domain import limits
from wangge.domain.limits import due_of, limit_of
from wangge.domain.rules import Rule
from wangge.domain.terms import HAZARD_KINDS, SEVERITIES
from wangge.domain.workdays import PLACE, Workdays
from wangge.errors import RuleError
from wangge.text import Text

FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=PLACE)


@pytest.mark.parametrize("kind", HAZARD_KINDS)
def test_the_graver_the_sooner(kind):
    due = [due_of(kind, severity, FRIDAY, Workdays()) for severity in SEVERITIES]
    assert due == sorted(due)
    assert due[0] > FRIDAY


def test_a_major_hazard_waits_for_no_weekend_and_a_serious_one_does():
    assert due_of("fire_load", "重大", FRIDAY, Workdays()) == FRIDAY.replace(day=21)
    assert due_of("fire_load", "较大", FRIDAY, Workdays()) == FRIDAY.replace(day=25)


def test_the_offices_own_holidays_move_the_limit():
    closed = Workdays(off=frozenset([FRIDAY.date().replace(day=23)]))
    assert due_of("fire_load", "较大", FRIDAY, closed) == FRIDAY.replace(day=26)


def test_a_kind_with_a_rule_of_its_own_follows_it():
    assert limit_of("lamp_out", "重大").name == "limit_lamp_out"


def test_a_rule_in_no_known_unit_is_named(monkeypatch):
    held = Rule("limit_x", Text("", ""), 1.0, "moons", "", "", verified=False)
    monkeypatch.setattr(limits, "limit_of", lambda *_: held)
    with pytest.raises(RuleError, match="moons"):
        due_of("other", "低", FRIDAY, Workdays())
