"""What was written stands, once, in order, on both engines; what was refused left no trace."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from wangge.domain.actors import Actor
from wangge.errors import RefusedError
from wangge.store.events import FIRST, written

AT = datetime(2026, 11, 25, 1, tzinfo=UTC)
BY = Actor("书记", "secretary")
NOTE = {"kind": "note", "about": "", "body": {}}


def write(journal, *idents, at=AT):
    with journal.writing(BY, at) as book:
        return [book.add("keep", f"records/{ident}", NOTE) for ident in idents]


def test_events_are_numbered_and_chained(journal):
    first, second = write(journal, "a", "b")
    (third,) = write(journal, "c")
    assert [first.seq, second.seq, third.seq] == [1, 2, 3]
    assert [first.previous, second.previous, third.previous] == [FIRST, first.hash, second.hash]
    assert journal.events("records/c") == [third]
    assert journal.version() == journal.verify() == 3
    assert (third.moment, third.by, third.at) == (AT, BY, written(AT))


def test_an_empty_journal_is_whole(journal):
    assert journal.version() == journal.verify() == 0
    assert journal.rows("cases") == journal.rows("records") == journal.events("cases/1") == []
    assert journal.row("cases", "1") is None
    assert journal.photo("0" * 64) is None


def test_a_broken_block_leaves_nothing(journal):
    write(journal, "a")

    def broken():
        with journal.writing(BY, AT) as book:
            book.add("keep", "records/b", NOTE)
            book.add("keep", "records/c", {**NOTE, "body": {"at": AT}})  # not JSON

    with pytest.raises(TypeError):
        broken()
    assert journal.version() == journal.verify() == 1
    assert [row["id"] for row in journal.rows("records")] == ["a"]


@pytest.mark.parametrize("subject", ["case/1", "houses/1", ""])
def test_only_known_subjects(journal, subject):
    with pytest.raises(RefusedError), journal.writing(BY, AT) as book:
        book.add("keep", subject, NOTE)
    assert journal.version() == 0


@pytest.mark.parametrize("subject", ["cases/1", "records/1"])
def test_only_known_actions(journal, subject):
    with pytest.raises(RefusedError), journal.writing(BY, AT) as book:
        book.add("burn", subject, NOTE)
    assert journal.version() == 0


def test_a_number_that_is_none_is_the_callers_error(journal):
    with pytest.raises(ValueError), journal.writing(BY, AT) as book:
        book.add("keep", "records/a", {**NOTE, "body": {"metres": float("nan")}})
    assert journal.version() == 0


def test_a_photo_is_kept_with_its_event(office):
    case = office.report()
    jpegs = [b"\xff\xd8one", b"\xff\xd8two", b"\xff\xd8one"]
    office.at("书记").step(case.id, "open", key="k", photos=jpegs)
    *_, event = office.journal.events(f"cases/{case.id}")
    assert [office.journal.photo(one) for one in event.values["photos"]] == jpegs[:2]
    office.at("书记").step(case.id, "open", key="k", photos=jpegs)
    assert office.journal.verify() == 2


def test_records_come_in_order_without_the_dropped(office):
    desk = office.at("甲")
    for ident, kind in (("a", "inspection"), ("b", "inspection"), ("c", "night_check")):
        desk.keep(kind, f"shops/{ident}", {"n": ident}, key=ident)
    desk.drop("a")
    assert [row["id"] for row in office.journal.records("inspection")] == ["b"]
    assert [row["gone"] for row in office.journal.rows("records")] == [1, 0, 0]
    assert office.journal.verify() == 4


def test_a_reader_sees_one_moment(journal):
    """Verify stands on one snapshot, so that a writer in between cannot make it doubt."""
    write(journal, "a")
    seen = []

    def tell(seq):
        if not seen:
            write(journal, "b")
        seen.append(seq)

    assert journal.verify(tell) == 1
    assert seen == [1]
    assert journal.verify() == 2


def test_writers_queue(journal, opened, where):
    """Eight writers on two handles: every event is there, none twice, the chain is whole."""
    handles = [journal, opened(where)]
    together = threading.Barrier(8)

    def work(number):
        together.wait()
        for turn in range(5):
            write(handles[number % 2], f"{number}-{turn}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert journal.version() == journal.verify() == 40


def test_opening_again_finds_everything(journal, opened, where):
    write(journal, "a", at=AT + timedelta(microseconds=999))
    again = opened(where)
    assert again.events("records/a") == journal.events("records/a")
    assert again.verify() == 1
