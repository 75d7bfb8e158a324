"""Generated files are found when missing or changed, and not otherwise."""

from __future__ import annotations

from pathlib import Path

from tools.reference import grid
from tools.stale import stale


def test_missing_changed_and_fresh(tmp_path):
    (tmp_path / "fresh.md").write_text("a", "utf-8")
    (tmp_path / "old.md").write_text("a", "utf-8")
    expected = {Path("fresh.md"): "a", Path("old.md"): "b", Path("gone.md"): "c"}
    assert stale(expected, tmp_path) == [Path("old.md"), Path("gone.md")]


def test_a_cell_cannot_end_its_row():
    assert grid(["h"], [["a|b"]]).splitlines()[-1] == r"| a\|b |"
