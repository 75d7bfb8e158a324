"""A scenario in the address: what is written reads back, and what anybody writes is survived."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages._plan import MOST, read, written
from wangge.analysis.edits import Add, Break, Repair


@pytest.fixture(scope="module")
def middle(full):
    west, south, east, north = full.community.total_bounds
    return (west + east) / 2, (south + north) / 2


def test_what_is_written_reads_back(full, middle):
    x, y = (round(value, 1) for value in middle)
    edits = (
        Add("solar", 6.0, x, y),
        Break("L094"),
        Add("mains", 8.5, round(x + 3.2, 1), round(y - 0.1, 1)),
        Repair("L001"),
    )
    assert read(written(edits), full) == (edits, ())
    assert read("", full) == ((), ())


def test_an_id_may_hold_any_character(full):
    names = ["灯~1", "a-b_c", "%7E", "x y/z?&="]
    lamps = full.streetlights.iloc[: len(names)].set_axis(names)
    held = type("Any", (), {"streetlights": lamps, "community": full.community})()
    edits = tuple(Break(name) for name in names)
    assert read(written(edits), held)[0] == edits


@pytest.mark.parametrize(
    "wrong",
    ["x-L999", "q-L001", "xL001", "s60_1_2", "s00_{x}_{y}", "s999_{x}_{y}", "s60_{x}", "<script>"],
)
def test_what_cannot_be_followed_is_left_out_and_said(full, middle, wrong):
    x, y = (f"{value * 10:.0f}" for value in middle)
    text = wrong.format(x=x, y=y) if "{" in wrong else wrong
    edits, notices = read(f"x-L094~{text}", full)
    assert edits == (Break("L094"),)
    assert len(notices) == 1
    assert text[:20] in notices[0].zh


def test_a_scenario_is_no_construction_project(full):
    edits, notices = read("~".join(["x-L094"] * (MOST + 5)), full)
    assert len(edits) == MOST
    assert str(MOST) in notices[-1].zh


def test_many_faults_make_few_sentences(full):
    _, notices = read("~".join(f"bad{k}" for k in range(500)), full)
    assert len(notices) == 3


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=80))
def test_no_text_is_a_crash(full, text):
    edits, _ = read(text, full)
    assert read(written(edits), full)[0] == edits
