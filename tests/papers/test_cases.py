"""A case on paper, and lists of cases: what was given, all of it, and nothing else."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from layers._tokens import TOKENS
from papers import _listing
from papers._photos import Picture
from papers._sheet import Sheet
from papers.case_list import case_list
from papers.case_sheet import CaseFile, case_sheet
from wangge.domain.rules import rule


def jpeg(width=64, height=48, **more):
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#886644").save(file, "JPEG", **more)
    return file.getvalue()


@pytest.fixture(scope="module")
def case(community):
    at = community.buildings.geometry.iloc[3].centroid
    steps = pd.DataFrame(
        {
            "时间": pd.to_datetime(["2026-11-20 09:12", "2026-11-22 00:00"]),
            "步骤": ["上报", "派遣"],
            "岗位": ["网格岗", "综治岗"],
        }
    )
    facts = [("编号", "261120-03"), ("等级", "较大"), ("情况", "楼道电线外露。" * 20)]
    return CaseFile("线路老化 261120-03", facts, steps, (at.x, at.y), "较大")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_case_is_told_in_order(community, case, today, opened, lang):
    found = opened(case_sheet(community, case, today=today, lang=lang)).flat
    steps = "经过" if lang == "zh" else "Whatwasdone"
    parts = ["线路老化261120-03", "编号", "较大", "楼道电线外露", steps, "2026-11-2009:12", "派遣"]
    at = [found.index(part) for part in parts]
    assert at == sorted(at)
    assert "2026-11-2200:00" not in found  # midnight is a day


def test_the_place_is_marked_by_severity(community, case, today, monkeypatch):
    monkeypatch.setattr("papers._sheet.Paper.output", lambda paper: b"".join(drawn(paper)))

    def drawn(paper):
        return [bytes(page.contents) for page in paper.pages.values()]

    def orange(code):
        return " ".join(f"{int(code[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5)).encode()

    code = TOKENS["light"]["serious"]
    marked = case_sheet(community, case, today=today, lang="zh")
    plain = case_sheet(community, replace(case, severity=""), today=today, lang="zh")
    nowhere = case_sheet(community, replace(case, place=None), today=today, lang="zh")
    assert orange(code) in marked
    assert orange(code) not in plain
    assert len(nowhere) < len(plain)


def test_photos_are_printed_without_what_hides_in_them(community, case, today, opened):
    exif = Image.Exif()
    exif[0x010E] = "SECRET-POSITION"
    pictures = [Picture(f"照片{k}", jpeg(640, 480, exif=exif, comment=b"HIDDEN")) for k in range(4)]
    content = case_sheet(community, replace(case, pictures=pictures), today=today, lang="zh")
    assert b"SECRET-POSITION" not in content
    assert b"HIDDEN" not in content
    found = opened(content)
    assert sum(len(page.images) for page in found.reader.pages) >= 1
    assert all(f"照片{k}" in found.text for k in range(4))


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff broken", b"PK\x03\x04", jpeg()[:200]])
def test_a_broken_photo_leaves_a_frame(community, case, today, opened, data):
    asked = replace(case, pictures=[Picture("坏", data), Picture("好", jpeg())])
    assert "照片无法读取" in opened(case_sheet(community, asked, today=today, lang="zh")).text


def test_four_photos_are_printed_and_the_rest_counted(community, case, today, opened):
    asked = replace(case, pictures=[Picture("图", jpeg()) for _ in range(6)])
    assert "还有 2 张" in opened(case_sheet(community, asked, today=today, lang="zh")).text


def test_a_case_of_nothing(nothing, today, opened):
    bare = CaseFile("", [], pd.DataFrame(), None)
    assert "还没有办理记录" in opened(case_sheet(nothing, bare, today=today, lang="zh")).text


def test_hostile_words(community, case, today, naughty, opened):
    for text in naughty[-18::5]:
        steps = pd.DataFrame({text[:50]: [text], "b": [None]}, dtype=object)
        asked = replace(
            case,
            title=text,
            facts=[(text, text), ("a", text)],
            steps=steps,
            severity=text,
            pictures=[Picture(text, jpeg())],
        )
        assert opened(case_sheet(community, asked, today=today, lang="zh")).pages >= 1


def test_a_list_has_every_case_and_its_heads_on_every_page(today, opened):
    cases = pd.DataFrame({"编号": [f"Q{k:03}" for k in range(90)], "类型": "线路老化", "天": 3})
    found = opened(case_list("未结案件", cases, today=today, lang="zh", under="第五网格"))
    assert found.pages > 2
    assert all("编号" in text for text in found.texts)
    assert [word for word in found.text.split() if word[0] == "Q"] == cases["编号"].tolist()
    assert "共 90 条" in found.text
    box = found.reader.pages[0].mediabox
    assert box.width > box.height


def test_no_case_is_said_to_be_none(today, opened):
    none = pd.DataFrame({"编号": []})
    assert "没有符合条件的案件" in opened(case_list("案件", none, today=today, lang="zh")).text
    assert "No case" in opened(case_list("Cases", none, today=today, lang="en")).text


def test_a_list_without_end_says_what_is_left_out(today, opened):
    most = int(rule("print_rows").value)
    cases = pd.DataFrame({"编号": range(most + 7)})
    found = opened(case_list("案件", cases, today=today, lang="zh"))
    assert "还有 7 条没有印出" in found.text


def test_a_wide_list_still_fits(today, opened):
    cases = pd.DataFrame({f"列{k}": ["很长的内容" * 9] for k in range(20)})
    assert opened(case_list("案件", cases, today=today, lang="zh")).pages >= 1


def test_values_as_people_write_them():
    values = [1, 2.5, 1e6, None, np.nan, pd.NaT, pd.NA, True, pd.Timestamp("2026-11-03 09:05"), ""]
    written = _listing.written(pd.Series(values, dtype=object))
    assert written == ["1", "2.5", "1,000,000", *"––––", "True", "2026-11-03 09:05", ""]


def test_columns_take_what_they_need(today):
    sheet = Sheet("", lang="zh", day=today)
    narrow = _listing._width(sheet, "号", ["1", "2"])
    wide = _listing._width(sheet, "说明", ["楼道电线外露，三层住户反映"])
    assert narrow < wide <= _listing._WIDTHS[1]
