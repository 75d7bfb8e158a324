"""The file of the year: every usable row counts, every other one is named."""

from __future__ import annotations

from datetime import date

import pytest

from wangge.domain.workdays import Workdays
from wangge.store.faults import Findings
from wangge.store.files import read
from wangge.store.workdays import FILE, read_workdays


def held(tmp_path, text, encoding="utf-8"):
    (tmp_path / FILE).write_bytes(text.encode(encoding))
    findings = Findings()
    return read_workdays(tmp_path, findings), [(p.code, p.feature) for p in findings.found]


def test_a_sound_file(tmp_path):
    text = "date,kind,note\n2027-02-14,work,调休\n2027-02-05,off,\n\n2027-02-05,off,再写一次\n"
    days, problems = held(tmp_path, text)
    assert days == Workdays(frozenset([date(2027, 2, 5)]), frozenset([date(2027, 2, 14)]))
    assert problems == []
    assert days.knows(2027)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("2027-02-30,off,", ("wrong-value", "2")),
        ("2027-02-05,holiday,", ("unknown-word", "2")),
        (",off,", ("missing-value", "2")),
        ("2027-02-05,,", ("missing-value", "2")),
        ("2027-02-05,off", ("ragged-row", "2027-02-05")),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_others_count(tmp_path, row, problem):
    days, problems = held(tmp_path, f"date,kind,note\n{row}\n2027-05-08,work,\n")
    assert days == Workdays(work=frozenset([date(2027, 5, 8)]))
    assert problems == [problem]


def test_a_day_both_off_and_worked_is_neither(tmp_path):
    days, problems = held(tmp_path, "date,kind,note\n2027-05-08,work,\n2027-05-08,off,\n")
    assert days == Workdays()
    assert problems == [("day-twice", "3")]


def test_as_a_spreadsheet_writes_it(tmp_path):
    """Excel saves GBK or a byte order mark, and dates with strokes."""
    for encoding in ("gbk", "utf-8-sig"):
        days, problems = held(tmp_path, "date,kind,note\r\n2027/5/8,work,调休\r\n", encoding)
        assert days.work == {date(2027, 5, 8)}
        assert ("loose-value", "2") in problems
        assert all(code in {"loose-value", "not-utf8"} for code, _ in problems)


@pytest.mark.parametrize("text", ["", "\n", "day,what\n1,2\n", "date,kind,note\n", "\x00\x01,,"])
def test_what_holds_no_day_leaves_the_library(tmp_path, text):
    assert held(tmp_path, text)[0] == Workdays()


def test_a_folder_in_its_place_is_named(tmp_path):
    (tmp_path / FILE).mkdir()
    findings = Findings()
    assert read_workdays(tmp_path, findings) == Workdays()
    assert [p.code for p in findings.found] == ["unreadable"]


def test_read_with_the_community(folder):
    folder.write()
    (folder.register / FILE).write_text("date,kind,note\n2027-05-08,work,\n2027-05-09,x,\n")
    found = read(folder.geo)
    assert found.workdays.works_on(date(2027, 5, 8))
    assert [p.code for p in found.problems] == ["unknown-word"]
