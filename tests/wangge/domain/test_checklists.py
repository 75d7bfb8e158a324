"""Check lists: every item can open a case, and is said in both languages."""

from __future__ import annotations

import pytest

from wangge.demo import names
from wangge.domain.checklists import checklist, item
from wangge.domain.terms import COMPOUND_KINDS, HAZARD_KINDS, SEVERITIES

TRADES = [trade for trade, _ in names.TRADES]
LISTS = [("shops", trade) for trade in (*TRADES, "花店", "")]
LISTS += [("compounds", kind) for kind in (*COMPOUND_KINDS, "")]


@pytest.mark.parametrize(("place", "kind"), LISTS)
def test_every_item_can_open_a_case(place, kind):
    held = checklist(place, kind)
    assert 5 <= len(held) <= 10  # a person walks it in a few minutes
    assert len({one.id for one in held}) == len(held)
    for one in held:
        assert one.kind in HAZARD_KINDS
        assert one.severity in SEVERITIES
        assert one.asks.zh.endswith("。")
        assert one.asks.en.endswith(".")
        assert not set(one.asks.zh) & set(",.;:!?()")
        assert one.source
        assert item(one.id) is one


def test_nothing_is_said_to_be_verified_that_nobody_read():
    assert not any(one.verified for place, kind in LISTS for one in checklist(place, kind))


@pytest.mark.parametrize("trade", TRADES)
def test_trades_of_the_demo_ask_for_more_than_the_common_list(trade):
    common = {one.id for one in checklist("shops")}
    assert common < {one.id for one in checklist("shops", trade)}
