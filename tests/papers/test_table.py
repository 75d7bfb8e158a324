"""Tables over pages: nothing is lost, heads come again, cells longer than a page go on."""

from __future__ import annotations

import pytest

from papers._sheet import Sheet
from papers._table import Band, Column, Line, facts, table

COLUMNS = [Column("序号", 10, "center"), Column("街巷", 60), Column("金额", 30, "right")]


@pytest.fixture
def sheet(today):
    return Sheet("表", lang="zh", day=today)


def test_heads_are_written_again_and_no_row_is_lost(sheet, opened):
    table(sheet, COLUMNS, [(f"n{k}", "影剧院后巷", "9,600") for k in range(120)])
    found = opened(sheet.finish())
    assert found.pages > 2
    assert all(text.count("序号") == 1 for text in found.texts)
    words = found.text.split()
    assert [word for word in words if word[0] == "n"] == [f"n{k}" for k in range(120)]


def test_a_cell_longer_than_a_page_goes_on(sheet, opened):
    letters = "影剧院后巷油坊粮站" * 700
    table(sheet, COLUMNS, [("1", letters, "2")])  # each head holds one more of these letters
    found = opened(sheet.finish())
    assert found.pages > 2
    assert sum(char in set(letters) for char in found.text) == len(letters) + found.pages


def test_a_band_never_stands_alone_at_the_foot(sheet, opened):
    rows = [row for k in range(40) for row in (Band(f"组{k}组"), (f"行{k}行", "巷", "1"))]
    table(sheet, COLUMNS, rows, least=11)
    for text in opened(sheet.finish()).texts:
        found = text.split()
        last = max(k for k, word in enumerate(found) if "行" in word or "组" in word)
        assert "行" in found[last]


def test_hostile_cells_and_heads(sheet, naughty, opened):
    columns = [Column(text[:3000], 20) for text in naughty[-14:-9]]
    table(sheet, columns, [[text] * 5 for text in naughty])
    assert opened(sheet.finish()).pages > 3


def test_boxes_to_tick_are_drawn(sheet):
    before = len(sheet.paper.pages[1].contents)
    table(sheet, COLUMNS, [("1", [Line("有灯", tick=True), Line("无灯", tick=True)], "")])
    drawn = bytes(sheet.paper.pages[1].contents)[before:]
    assert drawn.count(b"0.70 w") == 2


def test_no_rows_are_a_table_of_heads(sheet, opened):
    table(sheet, COLUMNS, [])
    assert "街巷" in opened(sheet.finish()).text


def test_short_facts_stand_two_a_row_and_long_ones_alone(sheet, opened):
    start = sheet.y
    facts(sheet, [("类型", "线路老化"), ("等级", "较大")])
    one_row = sheet.y - start
    facts(sheet, [("位置", "供销小区" * 30), ("岗位", "综治岗")])
    assert sheet.y - start - one_row > 2 * one_row
    text = opened(sheet.finish()).flat
    assert text.index("类型") < text.index("线路老化") < text.index("等级") < text.index("岗位")
