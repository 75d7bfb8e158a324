"""Text fit to print, against what a reader would accept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers._letters import BOX, lines, printable, shorten

HELD = set("网格巷道灯，。（）“”ab c12-/.…□")


def one(_):
    return 1.0


@given(st.text())
def test_only_what_is_held_is_printed(text):
    assert set(printable(text, HELD)) <= HELD | {"\n", BOX}


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a\x00\x07b", "ab"),
        ("a\u202eb\u200d\ufeffc", "abc"),
        ("a\r\nb\x85c\u2028a", "a\nb\nc\na"),
        ("a\tb\u3000c", "a b c"),
        ("😀\ud800", BOX * 2),
        ("ａ①", "a1"),
        ("b̴̵̜c", "bc"),
    ],
)
def test_what_becomes_of_strange_characters(text, printed):
    assert printable(text, HELD) == printed


@given(st.text(alphabet="网格巷灯，。（）ab c-", max_size=60), st.integers(1, 9))
def test_nothing_is_lost_and_nothing_is_too_wide(text, width):
    found = lines(text, width, one)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= width for line in found)


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("网格巷道，网格", ["网格巷", "道，网格"]),
        ("网格巷（道）", ["网格巷", "（道）"]),
        ("网格 abc abc", ["网格", "abc", "abc"]),
        ("abcabcab", ["abca", "bcab"]),
        ("a2-2 1/1", ["a2-2", "1/1"]),
        ("网\n\n格", ["网", "", "格"]),
        ("", [""]),
    ],
)
def test_lines_break_where_a_printer_would_break_them(text, broken):
    assert lines(text, 4, one) == broken


@given(st.text(alphabet="网格ab \n", max_size=30), st.integers(2, 9))
def test_a_shortened_text_fits_and_says_that_it_was_cut(text, width):
    short = shorten(text, width, one)
    whole = text.replace("\n", " ").strip()
    assert len(short) <= width
    assert short == whole or (len(whole) > width and short.endswith("…"))
