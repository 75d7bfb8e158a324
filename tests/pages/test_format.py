"""How numbers, dates and ages are written: the table of the design, cell by cell."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages import _format as write
from wangge.text import LANGS

NOW = datetime(2026, 11, 23, 13, 42, tzinfo=UTC)
TODAY = NOW.date()


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (write.length(64), "64 米", "64 m"),
        (write.length(1017.4), "1,017 米", "1,017 m"),
        (write.length(1999.4), "1,999 米", "1,999 m"),
        (write.length(2400), "2.4 公里", "2.4 km"),
        (write.length(0), "0 米", "0 m"),
        (write.length(None), "–", "–"),
        (write.length(float("nan")), "–", "–"),
        (write.share(48, 50), "96 %", "96%"),
        (write.share(19, 24), "79 %", "79%"),
        (write.share(15, 19), "15/19", "15/19"),
        (write.share(0, 0), "–", "–"),
        (write.share(1, 2000), "1 %", "1%"),
        (write.share(1999, 2000), "99 %", "99%"),
        (write.share(0, 50), "0 %", "0%"),
        (write.share(50, 50), "100 %", "100%"),
        (write.rate(47, 50), "94 %（47/50）", "94% (47/50)"),
        (write.moment(NOW), "2026 年 11 月 23 日 星期一 13:42", "Mon 23 Nov 2026 13:42"),
        (write.age(NOW, NOW), "刚刚", "just now"),
        (write.age(NOW - timedelta(seconds=59), NOW), "刚刚", "just now"),
        (write.age(NOW - timedelta(minutes=5), NOW), "5 分钟前", "5 min ago"),
        (write.age(NOW - timedelta(hours=3), NOW), "3 小时前", "3 h ago"),
        (write.age(NOW - timedelta(days=2), NOW), "2 天前", "2 d ago"),
        (write.age(NOW + timedelta(hours=1), NOW), "刚刚", "just now"),
        (write.due(2), "还剩 2 天", "2 d left"),
        (write.due(0), "今天到期", "due today"),
        (write.due(-3), "超期 3 天", "3 d overdue"),
        (write.days(217), "217 天", "217 d"),
        (write.walk(1), "老人步行约 1 分钟", "about 1 min for an elder"),
    ],
)
def test_text(text, zh, en):
    assert [text.in_(lang) for lang in LANGS] == [zh, en]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (2333, "2,333"),
        (12345, "12,345"),
        (0, "0"),
        (None, "–"),
        (float("nan"), "–"),
        (pd.NA, "–"),
    ],
)
def test_number(value, shown):
    assert write.number(value) == shown


@pytest.mark.parametrize(("value", "shown"), [(84, "84"), (0, "0"), (None, "<5"), (pd.NA, "<5")])
def test_people(value, shown):
    assert write.people(value) == shown


def test_zero_unknown_and_few_never_look_alike():
    assert len({write.number(0), write.number(None), write.people(None)}) == 3


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2026-11-03", "11-03"),
        ("2025-11-03", "2025-11-03"),
        (date(2026, 1, 2), "01-02"),
        (pd.Timestamp("2026-01-02"), "01-02"),
        (pd.NaT, "–"),
        (None, "–"),
        ("soon", "–"),
    ],
)
def test_day(value, shown):
    assert write.day(value, TODAY) == shown


@given(st.integers(0, 10**9))
def test_number_reads_back(value):
    assert int(write.number(value).replace(",", "")) == value


@given(st.integers(20, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_share_is_whole_only_when_all_are_in_it(pair):
    part, whole = pair
    shown = write.share(part, whole).en
    assert (shown == "100%") == (part == whole)
    assert (shown == "0%") == (part == 0)
