"""A round of inspections on paper: every stop in order, every box, the way on the map."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from papers import _map
from papers._frame import framed
from papers._furniture import Furniture, _meet
from papers._signs import Spot, spot_box
from papers.inspection_round import InspectionRound, Stop, inspection_round

CHECKS = ("灭火器在有效期内", "疏散通道畅通")


@pytest.fixture(scope="module")
def walk(community):
    shops = community.shops.iloc[:7]
    stops = [
        Stop(f"{k}号{row['name']}", (str(row["trade"]),), CHECKS, (row.geometry.x, row.geometry.y))
        for k, (_, row) in enumerate(shops.iterrows())
    ]
    legs = [list(community.alleys.geometry["A12"].coords)]
    return InspectionRound("每周消防检查", stops, 1240.0, legs)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_stop_is_listed_in_order_with_its_boxes(community, walk, today, opened, lang):
    found = opened(inspection_round(community, walk, today=today, lang=lang)).flat
    at = [found.index(stop.name) for stop in walk.stops]
    assert at == sorted(at)
    assert found.count(CHECKS[0]) == 7
    assert found.count("未能检查" if lang == "zh" else "Notdone") == 7
    assert "1,240" in found
    assert found.rindex("日期：" if lang == "zh" else "Date:") > at[-1]


def test_stops_without_a_place_are_listed_only(community, walk, today, opened):
    lost = replace(walk, stops=[replace(stop, place=None) for stop in walk.stops], legs=())
    found = opened(inspection_round(community, lost, today=today, lang="zh"))
    assert walk.stops[6].name in found.flat
    assert "检查序号" not in found.text  # no map, no legend


def test_nothing_to_inspect(nothing, today, opened):
    empty = InspectionRound("检查", [])
    assert (
        "没有要检查的地方" in opened(inspection_round(nothing, empty, today=today, lang="zh")).text
    )


def test_the_way_is_drawn(community, walk, today, monkeypatch):
    drawn = []
    monkeypatch.setattr(_map, "_route", lambda _paper, _window, lines: drawn.extend(lines))
    inspection_round(community, walk, today=today, lang="zh")
    assert np.array_equal(drawn[0], np.array(walk.legs[0]))


def test_hostile_words(community, walk, today, naughty, opened):
    for text in naughty[-18::5]:
        stop = Stop(text, (text,), (text[:500], ""), walk.stops[0].place)
        asked = InspectionRound(text, [stop, stop], 1.0, [[(0, 0)], []])
        assert opened(inspection_round(community, asked, today=today, lang="en")).pages >= 1


@pytest.mark.parametrize("corner", [(0.03, 0.03), (0.97, 0.03), (0.97, 0.97), (0.03, 0.97)])
def test_scale_and_arrow_give_way_to_a_spot(corner):
    window = framed((0, 0, 300, 200), 70, 70, 450, 300)
    west, south, east, north = window.ground
    x, y = west + corner[0] * (east - west), south + corner[1] * (north - south)
    spot = spot_box(window, Spot("1", x, y))
    stand = Furniture.of(window, [spot])
    assert not _meet(stand.bar, spot)
    assert not _meet(stand.arrow, spot)
    assert not _meet(stand.bar, stand.arrow)
