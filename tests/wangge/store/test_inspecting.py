"""An inspection and its cases are one wish: all of it once, or nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wangge.domain.workdays import PLACE
from wangge.errors import RefusedError
from wangge.store import inspecting
from wangge.store.desk import Draft
from wangge.store.inspecting import AGAIN, Finding, inspect
from wangge.store.overlay import as_it_stands

SHOP = "shops/P01"
HOSE = Finding(Draft(113.05, 36.05, "other", "重大", note="燃气软管老化", asset=SHOP))
WIRES = Finding(Draft(113.05, 36.05, "old_wiring", "较大", note="电线裸露", asset=SHOP))


def actions(office):
    return [(row["id"], row["kind"]) for row in office.journal.rows("cases")]


def test_what_is_in_order_opens_no_case(office):
    done = inspect(office.at("甲"), SHOP, "ok", key="a")
    assert (done.id, done.result, dict(done.cases)) == ("a", "ok", {})
    assert office.journal.version() == 1
    assert actions(office) == []


def test_each_finding_is_a_case_of_its_own(office, folder):
    done = inspect(office.at("甲"), SHOP, "found", {"hose": HOSE, "wiring": WIRES}, key="a")
    assert dict(done.cases) == {"hose": "261125-01", "wiring": "261125-02"}
    assert actions(office) == [("261125-01", "other"), ("261125-02", "old_wiring")]
    stands = as_it_stands(folder.read().community, office.journal)
    assert list(stands.cases["reported_by"]) == ["甲", "甲"]
    assert list(stands.cases["asset"]) == [SHOP, SHOP]
    kept = stands.inspections.loc["a"]
    assert (kept["about"], kept["by"], kept["result"]) == (SHOP, "甲", "found")
    assert kept["case"] == "261125-01"
    assert kept["inspected_on"].date() == office.now.astimezone(PLACE).date()
    assert office.journal.verify() == 3


def test_a_double_tap_is_one_inspection_with_one_case(office):
    first = inspect(office.at("甲"), SHOP, "found", {"hose": HOSE}, key="a")
    before = office.journal.version()
    assert (
        inspect(office.at("甲"), SHOP, "found", {"hose": HOSE, "wiring": WIRES}, key="a") == first
    )
    assert inspect(office.at("甲"), SHOP, "ok", key="a") == first
    assert office.journal.version() == before == 2
    other = inspect(office.at("甲"), SHOP, "ok", key="b")
    assert other.cases == {}


def test_a_day_begins_at_midnight_of_the_place(office):
    office.now = office.now.replace(hour=16, minute=0)  # 00:00 in Shanghai, the next day
    inspect(office.at("甲"), SHOP, "ok", key="a")
    (row,) = office.journal.records("inspection")
    assert '"inspected_on":"2026-11-26"' in row["body"]


def test_nothing_is_kept_if_anything_fails(office, monkeypatch):
    far = Finding(replace(WIRES.draft, lon=float("nan")))
    with pytest.raises(RefusedError, match="not a number"):
        inspect(office.at("甲"), SHOP, "found", {"hose": HOSE, "wiring": far}, key="a")
    assert office.journal.version() == 0
    whole, made = inspecting.filed, []

    def breaks(book, draft, *, key):
        made.append(key)
        if len(made) > 1:
            raise OSError(made)
        return whole(book, draft, key=key)

    monkeypatch.setattr(inspecting, "filed", breaks)
    with pytest.raises(OSError, match="wiring"):
        inspect(office.at("甲"), SHOP, "found", {"hose": HOSE, "wiring": WIRES}, key="a")
    assert len(made) == 2
    assert (office.journal.version(), actions(office)) == (0, [])
    monkeypatch.undo()
    assert len(inspect(office.at("甲"), SHOP, "found", {"hose": HOSE}, key="a").cases) == 1


def test_what_is_open_already_is_not_opened_twice(office):
    first = inspect(office.at("甲"), SHOP, "found", {"hose": HOSE}, key="a").cases["hose"]
    seen = replace(HOSE, repeats=first)
    again = inspect(office.at("乙"), SHOP, "found", {"hose": seen}, key="b")
    assert again.cases == {"hose": first}
    assert len(actions(office)) == 1
    *_, said = office.journal.events(f"cases/{first}")
    assert (said.action, said.actor, said.values["reason"]) == ("say", "乙", AGAIN)
    office.step(replace(office.report(), id=first), "书记", "decline", reason="已更换")
    anew = inspect(office.at("甲"), SHOP, "found", {"hose": seen}, key="c")
    assert anew.cases["hose"] not in {"", first}
    assert office.journal.verify() == office.journal.version()


def test_found_without_an_item_opens_no_case(office):
    assert inspect(office.at("甲"), SHOP, "found", key="a").cases == {}
    (row,) = office.journal.records("inspection")
    assert '"case":""' in row["body"]


def test_one_that_was_taken_back_may_be_kept_again(office):
    desk = office.at("甲")
    inspect(desk, SHOP, "ok", key="a")
    desk.drop("a")
    assert office.journal.records("inspection") == []
    assert inspect(desk, SHOP, "found", key="a").result == "found"


def test_who_may_not_and_what_makes_no_sense(office):
    with pytest.raises(RefusedError, match="visitor"):
        inspect(office.at("访客"), SHOP, "ok", key="a")
    with pytest.raises(ValueError, match="not ok"):
        inspect(office.at("甲"), SHOP, "ok", {"hose": HOSE}, key="a")
    with pytest.raises(ValueError, match="key"):
        inspect(office.at("甲"), SHOP, "ok", key="")
    assert office.journal.version() == 0
