"""Since when everything stands as it does: at that moment a case is late exactly if it is now."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from wangge.analysis.deadlines import case_state
from wangge.domain.workdays import PLACE
from wangge.store import present
from wangge.store.desk import Desk, Draft
from wangge.store.overlay import as_it_stands
from wangge.store.since import standing_since
from wangge.store.stamp import stamp_now

TICK = timedelta(microseconds=1)
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=PLACE)


@pytest.fixture
def limits(office):
    office.now = NOW
    for n, kind in enumerate(("fire_load", "old_wiring", "lamp_out", "subsidence")):
        case = office.report(kind=kind, severity=("重大", "较大", "一般", "低")[n])
        office.step(case, "书记", "open")
    return office.journal.limits()


def test_nothing_changes_between_then_and_now(office, limits, folder, where):
    cases = as_it_stands(folder.read().community, office.journal).cases
    assert limits == sorted(cases["due_at"])
    version, seen = office.journal.version(), set()
    moments = [limit + step for limit in limits for step in (-TICK, 0 * TICK, TICK)]
    for now in (*moments, NOW, NOW + timedelta(days=60)):
        since = standing_since(str(where), version, now)
        assert since <= now
        assert since.astimezone(PLACE).date() == now.astimezone(PLACE).date()
        then, there = case_state(cases, now=since), case_state(cases, now=now)
        assert then.equals(there)
        seen.add(int(there["overdue"].sum()))
    assert len(seen) == len(set(limits)) + 1


def test_an_empty_journal_has_stood_since_midnight(journal, where):
    assert standing_since(str(where), journal.version(), NOW) == NOW.replace(hour=0)


def test_a_limit_that_passes_changes_the_stamp_and_the_community(tmp_path):
    environment = {
        "WANGGE_DATA": str(tmp_path / "nothing"),
        "WANGGE_HOME": str(tmp_path / "home"),
        "WANGGE_NOW": NOW.isoformat(),
    }
    reading, _ = present.present(environment)
    actor = present.acting(environment, "secretary", reading)
    desk = Desk(present.journal(environment), actor, lambda: NOW)
    case = desk.report(Draft(113.05, 36.05, "fire_load", "重大"), key="once")
    limit = desk.step(case.id, "open", key="open").due_at
    told = []
    for now in (limit - TICK, limit, limit + TICK, limit + 2 * TICK):
        moment = environment | {"WANGGE_NOW": now.isoformat()}
        held, stamp = present.present(moment)
        assert stamp_now(moment) == stamp
        late = case_state(held.community.cases, now=held.community.now)["overdue"].sum()
        told.append((held.community, stamp, int(late)))
    assert [late for *_, late in told] == [0, 0, 1, 1]
    assert told[0][0] is told[1][0]
    assert told[2][0] is told[3][0]
    assert told[0][1] == told[1][1] != told[2][1] == told[3][1]
