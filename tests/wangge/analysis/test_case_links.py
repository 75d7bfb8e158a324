"""What else was at the place of a case, against a walk over all of them."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from tests.made_cases import NOW, cases, row
from wangge.analysis.case_links import case_links
from wangge.domain.rules import rule
from wangge.domain.terms import OPEN_STATUSES

KINDS = ("old_wiring", "fire_load")


def many(seed):
    made = np.random.default_rng(seed)
    found = []
    for n in range(60):
        status = made.choice(["closed", "opened", "handled", "declined"])
        began = NOW - timedelta(days=float(made.uniform(0, 200)))
        found.append(
            row(
                f"Z{n:02}",
                kind=str(made.choice(KINDS)),
                status=str(status),
                reported_at=began,
                closed_at=began + timedelta(days=float(made.uniform(0, 20)))
                if status == "closed"
                else None,
                x=float(made.uniform(0, 150)),
                y=float(made.uniform(0, 150)),
                original=f"Z{made.integers(60):02}" if made.random() < 0.1 else "",
            )
        )
    return found


def related(one, other):
    """Say how `other` has to do with `one`, by the definitions alone."""
    metres = np.hypot(one["x"] - other["x"], one["y"] - other["y"])
    same = one["kind"] == other["kind"]

    def repeats(later, earlier):
        if earlier["status"] != "closed" or later["status"] == "declined":
            return False
        gap = later["reported_at"] - earlier["closed_at"]
        in_time = timedelta(0) <= gap <= timedelta(days=rule("recurrence_days").value)
        began = later["reported_at"] > earlier["reported_at"]
        return bool(same and in_time and began and metres <= rule("recurrence_m").value)

    if repeats(one, other):
        return "earlier"
    if repeats(other, one):
        return "later"
    if other["id"] == one["original"] or one["id"] == other["original"]:
        return "duplicate"
    near = same and metres <= rule("nearby_case_m").value
    return "near" if near and other["status"] in OPEN_STATUSES else ""


@pytest.mark.parametrize("seed", range(3))
def test_each_other_case_is_related_as_defined(seed):
    rows = many(seed)
    held = cases(rows)
    for one in rows[::5]:
        found = case_links(held, case=one["id"])["relation"].to_dict()
        told = {
            other["id"]: how
            for other in rows
            if other["id"] != one["id"] and (how := related(one, other))
        }
        assert found == told


def test_what_repeats_nothing_has_no_links():
    held = cases([row("a"), row("b", kind="fire_load"), row("c", x=400.0)])
    found = case_links(held, case="a")
    assert found.empty
    assert list(found.columns) == ["relation", "metres", "days"]


def test_an_unknown_case_is_an_error():
    with pytest.raises(KeyError):
        case_links(cases([row("a")]), case="b")
