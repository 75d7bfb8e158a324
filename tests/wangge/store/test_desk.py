"""One wish, carried out once: reporting, stepping, keeping, and every refusal in a sentence."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from shapely import Polygon

from tests.naughty import NAUGHTY as KNOWN
from wangge.domain.crs import place
from wangge.domain.limits import due_of
from wangge.domain.rules import rule
from wangge.domain.workdays import Workdays
from wangge.errors import RefusedError
from wangge.store.case_rows import body_of
from wangge.store.desk import Draft, fault_of
from wangge.store.events import clean

NAUGHTY = sorted(
    {
        *KNOWN,
        "\x00",
        "a\ud800b",
        "\U0010ffff",
        "\u2028",
        "{} {note} %s %(a)s :a",
        "'; DROP TABLE events; --",
    },
    key=repr,
)
SIGHT = Draft(113.05, 36.05, "old_wiring", "一般", note="楼道电线老化")


def test_the_whole_way(office):
    case = office.report("甲", compound_id="C05", grid_id="G5", answers={"burnt": "yes"})
    assert (case.id, case.status, case.reported_by) == ("261125-01", "reported", "甲")
    assert (case.lon, case.lat, case.note) == (113.05, 36.05, "楼道电线老化")
    assert (case.compound_id, case.grid_id, case.answers) == ("C05", "G5", {"burnt": "yes"})
    opened = office.step(case, "书记", "open")
    assert opened.due_at == due_of("old_wiring", "一般", office.now, Workdays())
    office.step(case, "书记", "dispatch", assignee="电工班")
    office.step(case, "甲", "start")
    office.step(case, "甲", "handle", cause="私拉乱接")
    with pytest.raises(RefusedError, match="somebody else"):
        office.step(case, "甲", "recheck")
    office.step(case, "乙", "return", reason="还有一根")
    office.step(case, "专干", "dispatch", assignee="电工班")
    office.step(case, "甲", "start")
    office.step(case, "甲", "handle")
    office.step(case, "乙", "recheck")
    closed = office.step(case, "书记", "close")
    assert (closed.status, closed.returned, closed.cause) == ("closed", 1, "私拉乱接")
    assert (closed.closed_at, closed.handled_by) == (office.now, "甲")
    assert office.journal.verify() == 11


def test_a_wish_sent_twice_is_one(office):
    desk, before = office.at("甲"), office.report()
    first = desk.report(SIGHT, key="same", photos=[b"\xff\xd81"])
    again = desk.report(replace(SIGHT, note="又一次"), key="same", photos=[b"\xff\xd82"])
    assert first == again
    office.at("书记").step(first.id, "open", key="open")
    once = office.journal.version()
    assert office.at("书记").step(first.id, "open", key="open").status == "opened"
    assert office.journal.version() == once == 3
    assert [row["id"] for row in office.journal.rows("cases")] == [before.id, first.id]


def test_a_wish_needs_a_name(office):
    case = office.report()
    desk = office.at("书记")
    for attempt in (
        lambda: desk.report(SIGHT, key=""),
        lambda: desk.step(case.id, "open", key=""),
        lambda: desk.keep("note", "", {}, key=""),
        lambda: desk.drop(""),
    ):
        with pytest.raises(ValueError, match="key"):
            attempt()
    assert office.journal.version() == 1


def test_numbers_begin_anew_each_day_of_the_place(office):
    office.now = datetime(2026, 11, 25, 15, 57, tzinfo=UTC)  # 23:57 in Shanghai
    assert [office.report().id for _ in range(3)] == ["261125-01", "261125-02", "261126-01"]


def test_a_number_taken_by_an_import_is_passed_over(office):
    taken = replace(office.report(), id="261125-03")
    with office.journal.writing(office.at("书记").actor, office.now) as book:
        book.add("import", "cases/261125-03", {"case": body_of(taken)})
        book.add("import", "cases/261125-x", {"case": body_of(replace(taken, id="261125-x"))})
    assert [office.report().id for _ in range(3)] == ["261125-02", "261125-04", "261125-05"]


def test_more_than_a_hundred_a_day(office):
    ids = [office.report().id for _ in range(101)]
    assert ids[-2:] == ["261125-100", "261125-101"]
    assert len(set(ids)) == 101


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"kind": "fire"}, "what it is"),
        ({"severity": "严重"}, "grave"),
        ({"lon": math.nan}, "not a number"),
        ({"lat": math.inf}, "not a number"),
        ({"lat": -math.inf}, "not a number"),
        ({"lon": 181}, "off the map"),
        ({"lat": 113.05}, "off the map"),
        ({"note": "长" * 501}, "too long"),
        ({"place": "长" * 501}, "too long"),
        ({"answers": {"q": "长" * 501}}, "too long"),
    ],
)
def test_what_cannot_be_a_case(office, changed, word):
    with pytest.raises(RefusedError, match=word) as caught:
        office.report(**changed)
    assert caught.value.why.zh
    assert office.journal.version() == 0


def test_far_from_the_community(office):
    block = place(113.05, 36.05, Polygon()).buffer(400)
    near = replace(office.at("甲"), near=block)
    assert near.report(SIGHT, key="near").status == "reported"
    for lon, lat in ((113.05, 36.5), (36.05, 113.05), (0.0, 0.0)):
        with pytest.raises(RefusedError):
            near.report(replace(SIGHT, lon=lon, lat=lat), key="far")
    assert office.journal.version() == 1


def test_the_longest_note_is_taken(office):
    longest = "长" * int(rule("note_longest").value)
    assert office.report(note=longest).note == longest


def test_a_visitor_writes_nothing(office):
    case, visitor = office.report(), office.at("访客")
    for attempt in (
        lambda: visitor.report(SIGHT, key="a"),
        lambda: visitor.step(case.id, "say", values={"reason": "喂"}, key="b"),
        lambda: visitor.keep("note", "", {}, key="c"),
        lambda: visitor.drop("c"),
    ):
        with pytest.raises(RefusedError):
            attempt()
    assert fault_of(SIGHT, visitor.actor)
    assert office.journal.version() == 1


def test_steps_that_are_refused(office):
    case, other = office.report(), office.report()
    for post, action, values in (
        ("书记", "close", {}),
        ("甲", "open", {}),
        ("书记", "decline", {"reason": " "}),
        ("书记", "decline", {"reason": "长" * 501}),
        ("书记", "duplicate", {"original": "nothing"}),
        ("书记", "duplicate", {"original": case.id}),
    ):
        with pytest.raises(RefusedError):
            office.step(case, post, action, **values)
    with pytest.raises(RefusedError, match="no case"):
        office.step(replace(case, id="nothing"), "书记", "open")
    office.step(case, "书记", "duplicate", original=other.id)
    with pytest.raises(RefusedError, match="itself merged"):
        office.step(other, "书记", "duplicate", original=case.id)
    assert office.journal.verify() == 3


def test_limits(office):
    case = office.report(severity="重大")
    own = office.now + timedelta(days=30)
    assert office.step(case, "书记", "open", due_at=own).due_at == own
    assert office.step(case, "书记", "dispatch", assignee="甲").due_at == own
    later = own + timedelta(days=1)
    after = office.step(case, "书记", "extend", reason="等材料", due_at=later)
    assert (after.due_at, after.extended) == (later, 1)
    assert office.journal.verify() == 4


def test_records_are_kept_replaced_and_dropped(office):
    desk = office.at("甲")
    assert desk.keep("night_check", "alleys/A1", {"result": "lit", "n": 1.5}, key="a") == "a"
    desk.keep("night_check", "alleys/A1", {"n": 1.5, "result": "lit"}, key="a")
    assert office.journal.version() == 1
    desk.keep("night_check", "alleys/A1", {"result": "unlit"}, key="a")
    (row,) = office.journal.records("night_check")
    assert (json.loads(row["body"]), row["actor"]) == ({"result": "unlit"}, "甲")
    desk.drop("a")
    desk.drop("a")
    desk.drop("never")
    assert office.journal.records("night_check") == []
    desk.keep("night_check", "alleys/A1", {"result": "unlit"}, key="a")
    assert len(office.journal.records("night_check")) == 1
    actions = [event.action for event in office.journal.events("records/a")]
    assert actions == ["keep", "keep", "drop", "keep"]
    assert office.journal.verify() == 4


def test_hostile_words_go_there_and_back(office):
    """Every naughty string, in every field a person can fill."""
    assert len(NAUGHTY) > 500
    longest = int(rule("note_longest").value)
    words = [word for word in NAUGHTY if len(word) <= longest]
    assert len(words) > 500
    desk, boss = office.at("甲"), office.at("书记")
    for number, word in enumerate(words):
        drawn = replace(SIGHT, note=word, place=word, asset=word, answers={word: word})
        case = desk.report(drawn, key=f"{number}")
        kept = clean(word)
        assert (case.note, case.place, case.asset) == (clean(word.strip()), kept, kept)
        assert dict(case.answers) == {kept: kept}
        if word.strip():
            boss.step(case.id, "decline", values={"reason": word}, key=f"declined {number}")
            (*_, declined) = office.journal.events(f"cases/{case.id}")
            assert declined.values == {"reason": clean(word.strip())}
        desk.keep("note", word, {word: [word]}, key=f"note {word}")
    rows = office.journal.records("note")
    assert {row["about"] for row in rows} == {clean(word) for word in words}
    assert all(json.loads(row["body"]) == {row["about"]: [row["about"]]} for row in rows)
    assert office.journal.verify()


def test_hostile_words_of_a_message(office):
    longest = int(rule("note_longest").value)
    words = [word for word in NAUGHTY if word.strip() and len(word.strip()) <= longest]
    assert len(words) > 500
    boss, case = office.at("书记"), office.report()
    for number, word in enumerate(words):
        boss.step(case.id, "say", values={"reason": word}, key=f"said {number}")
    told = [event.values["reason"] for event in office.journal.events(f"cases/{case.id}")[1:]]
    assert told == [clean(word.strip()) for word in words]
    assert office.journal.verify() == 1 + len(words)
