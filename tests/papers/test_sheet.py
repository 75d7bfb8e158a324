"""The furniture of every sheet, and text that has broken programs before."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from papers._paper import FONTS, MARGIN, Font, Paper
from papers._sheet import Sheet
from tools.fonts import gb2312, written


@pytest.fixture
def sheet(today):
    return Sheet("夜查表", lang="zh", day=today, note="演示数据，均为合成")


@pytest.mark.parametrize("weight", [400, 700])
def test_every_character_we_write_is_in_the_typeface(weight):
    font = TTFont(FONTS / f"noto-sans-sc-{weight}.woff", lazy=True)
    held = set(map(chr, font.getBestCmap()))
    assert written() - held <= {"\N{REPLACEMENT CHARACTER}"}, "make vendor cuts the typeface anew"
    assert set(gb2312(range(16, 88))) <= held


def test_every_page_says_what_it_is(sheet, opened):
    sheet.title("夜查表")
    while sheet.paper.pages_count < 3:
        sheet.paragraph("天黑以后沿下列次序步行。" * 9)
    found = opened(sheet.finish())
    assert found.pages == 3
    for number, text in enumerate(found.texts, start=1):
        assert f"第 {number} 页，共 3 页" in text
        assert "演示数据，均为合成" in text
        assert "2026年11月23日" in text
        assert "夜查表" in text


def test_no_letter_leaves_the_margins(sheet, naughty):
    for text in naughty:
        sheet.paragraph(text)
    beyond = []

    def visit(_text, _cm, tm, _font, _size):
        if tm[4] and not MARGIN - 0.01 <= tm[4] <= MARGIN + sheet.inner + 0.01:
            beyond.append(tm[4])

    for page in PdfReader(io.BytesIO(sheet.finish())).pages:
        page.extract_text(visitor_text=visit)
    assert beyond == []


def test_hostile_text_is_printed_as_it_is(sheet, opened):
    for text in ("{nb}", "{{ 7*7 }}", "\\) Tj (", "<script>", "100%"):
        sheet.paragraph(text)
    found = opened(sheet.finish()).text
    for text in ("{nb}", "{{ 7*7 }}", "\\) Tj (", "<script>", "100%"):
        assert text in found


def test_a_long_title_is_cut(today, opened):
    sheet = Sheet("题" * 10_000, lang="zh", day=today)
    sheet.title("题" * 10_000, under=["小" * 10_000])
    found = opened(sheet.finish())
    assert found.pages == 1
    assert "…" in found.text


def test_the_same_gives_the_same_bytes(today):
    def made():
        sheet = Sheet("夜查表", lang="zh", day=today)
        sheet.title("夜查表")
        sheet.paragraph("天黑以后步行。")
        return sheet.finish()

    assert made() == made()


def test_the_file_says_its_language_and_title(today, opened):
    sheet = Sheet("Night check", lang="en", day=today)
    reader = opened(sheet.finish()).reader
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert reader.metadata.title == "Night check"
    assert reader.metadata.creation_date.date() == today


def test_chinese_lines_fill_the_width(today):
    sheet = Sheet("", lang="zh", day=today)
    line = sheet.paper.lines("天黑以后，沿下列次序步行（abc）" * 9, sheet.inner, Font(16))[0]
    spread = sheet._spread(line, Font(16))
    wide = sheet.paper.wide(line, Font(16)) + spread * (len(line) - 1)
    assert wide == pytest.approx(sheet.inner)


def test_a_character_the_typeface_lacks_is_a_box(today):
    assert Paper("", lang="zh", day=today).clean("喆😀") == "□□"
