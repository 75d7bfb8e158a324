"""The night-check sheet: every way of the grid once, in order, with room to write."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from shapely import LineString, MultiLineString, Point, box

from papers.night_check import _spots, night_check
from wangge.analysis.night_round import night_round


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_way_of_the_grid_is_listed_in_order(community, today, opened, lang):
    found = opened(night_check(community, "G6", today=today, lang=lang)).flat
    listed = found[found.index("在册路灯" if lang == "zh" else "Lampsonrecord") :]
    walk = community.derive(night_round, grid="G6", today=today)
    at = [listed.index(name) for name in community.alleys["name"][walk.index]]
    assert at == sorted(at)
    assert listed.count("部分有灯" if lang == "zh" else "Partlylit") == len(walk)
    assert ("从未夜查" if lang == "zh" else "Nevercheckedatnight") in listed


def test_what_was_seen_last_is_told(community, today, opened):
    ways = community.alleys.assign(night_result="partly", name=None)
    strange = replace(community, alleys=ways, _memo={})
    found = opened(night_check(strange, "G5", today=today, lang="zh")).flat
    assert "上次2026-10-01部分有灯" in found
    assert "A26" in found  # a way without a name is called by its id
    assert "nan" not in found.lower()


def test_lamps_out_on_record_are_marked(community, today, opened):
    found = opened(night_check(community, "G9", today=today, lang="zh")).flat
    out = community.streetlights.index[~community.streetlights["working"].astype(bool)]
    walk = community.derive(night_round, grid="G9", today=today)
    mine = {lamp for lamps in walk["lamps"] for lamp in lamps}
    for lamp in mine:
        assert (f"{lamp}×" in found) == (lamp in set(out))


def test_each_grid_fits_few_pages(community, today, opened):
    for grid, pages in (("G6", 1), ("G8", 2)):
        found = opened(night_check(community, grid, today=today, lang="zh"))
        assert found.pages == pages
        assert "演示数据，均为合成" in found.text


def test_each_number_stands_on_its_way_clear_of_the_others(community):
    """Two ways cross in their middles; the third has a long part and a short one."""
    lines = [LineString([(0, 50), (100, 50)]), LineString([(50, 0), (50, 100)])]
    lines += [MultiLineString([[(0, 5), (4, 5)], [(60, 5), (100, 5)]])]
    held = community.alleys.iloc[:3].set_geometry(lines)
    ways = replace(community, alleys=held, _memo={})
    walk = pd.DataFrame(index=held.index)
    found = _spots(ways, box(0, 0, 100, 100), walk, (0, 0, 100, 100), 300.0, 300.0)
    places = [Point(spot.x, spot.y) for spot in found]
    assert [spot.number for spot in found] == ["1", "2", "3"]
    assert all(line.distance(at) < 1e-9 for line, at in zip(lines, places, strict=True))
    assert places[0].distance(places[1]) > 10
    assert places[2].x > 50


def test_no_lamps_no_stations_is_a_sheet_all_the_same(community, today, opened):
    bare = replace(
        community,
        streetlights=community.streetlights.iloc[:0],
        stations=community.stations.iloc[:0],
        _memo={},
    )
    assert "无记录" in opened(night_check(bare, "G5", today=today, lang="zh")).text


def test_a_grid_without_ways_says_so(community, today, opened):
    bare = replace(community, alleys=community.alleys.iloc[:0], _memo={})
    assert "没有街巷记录" in opened(night_check(bare, "G5", today=today, lang="zh")).text


def test_another_grid_is_an_error(community, today):
    with pytest.raises(KeyError, match="G77"):
        night_check(community, "G77", today=today, lang="zh")


def test_hostile_names(community, today, naughty, opened):
    ways = community.alleys
    names = pd.Series(naughty[-len(ways) :], ways.index, dtype=object)
    strange = replace(community, alleys=ways.assign(name=names), _memo={})
    assert opened(night_check(strange, "G9", today=today, lang="zh")).pages >= 2


def test_the_same_day_gives_the_same_sheet(community, today):
    first = night_check(community, "G5", today=today, lang="zh")
    assert first == night_check(replace(community, _memo={}), "G5", today=today, lang="zh")


def test_nobody_lives_on_the_sheet(community, today, opened):
    """Lamps and ways only: a sheet that lies about tells nothing of residents."""
    text = opened(night_check(community, "G5", today=today, lang="zh")).text
    assert not any(word in text for word in ("独居", "残疾", "户", "人口"))
