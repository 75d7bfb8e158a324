"""The letter for streetlights: what it says, what it never says, and the spots where they are."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from papers.lamp_letter import LampRequest, lamp_letter
from wangge.analysis.lamp_sites import Proposal, propose_lamps
from wangge.analysis.lighting import alley_lighting
from wangge.domain.coordinates import SYSTEMS, coordinates


@pytest.fixture(scope="module")
def proposal(community):
    return propose_lamps(community.alleys, community.streetlights, on=["A26"], lamps=3)


@pytest.fixture(scope="module")
def request_(proposal):
    return LampRequest(proposal, ("A26",), "市政中心", 61, 180, 3, None, number="社函2026-3号")


def test_the_letter_has_the_parts_of_a_letter(community, request_, today, opened):
    found = opened(lamp_letter(community, request_, today=today, lang="zh"))
    assert found.pages == 3
    first = "".join(found.texts[0].split())
    order = [
        *("府后街社区居民委员会", "社函2026-3号", "关于协调增设影剧院后巷路灯的函", "市政中心："),
        *(
            "第五网格，长239米",
            "2026年10月1日夜间实地查看",
            "61户、180人",
            "太阳能路灯3盏（灯高6米）",
        ),
        *("9,000元", "待核实", "妥否，请函复", "附件：1.建议灯位图", "2.建议灯位坐标表"),
    ]
    at = [first.index(part) for part in order]
    assert at == sorted(at)
    assert first.rindex("2026年11月23日") > at[-1]
    assert "附件1" in found.texts[1]
    assert "附件2" in found.texts[2]
    assert all("演示数据，均为合成" in text for text in found.texts)


def test_small_and_hidden_counts_are_never_exact(community, request_, today, opened):
    for alone, disabled in ((1, 2), (4, None), (None, None)):
        asked = replace(request_, alone=alone, disabled=disabled)
        text = opened(lamp_letter(community, asked, today=today, lang="zh")).flat
        assert "独居老人不足5户、残疾人家庭不足5户" in text
    english = opened(
        lamp_letter(community, replace(request_, doors=4), today=today, lang="en")
    ).text
    assert "fewer than 5 households" in " ".join(english.split())


def test_nobody_is_not_told_of(community, request_, today, opened):
    asked = replace(request_, alone=0, disabled=0)
    text = opened(lamp_letter(community, asked, today=today, lang="zh")).flat
    assert "独居" not in text
    assert "61户" in text
    nobody = replace(request_, doors=0, people=0)
    assert "摸黑" not in opened(lamp_letter(community, nobody, today=today, lang="zh")).flat


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=lambda system: system.id)
def test_every_spot_is_listed_in_the_system_asked_for(community, request_, today, opened, system):
    asked = replace(request_, system=system.id)
    found = opened(lamp_letter(community, asked, today=today, lang="zh"))
    text = found.texts[2]
    assert "".join(system.title.zh.split()) in "".join(text.split())
    for place in coordinates(request_.proposal.spots.geometry, system).tolist():
        for value in place:
            assert f"{value:.{system.decimals}f}" in text


def test_repairs_are_asked_for_as_repairs(community, today, opened):
    out = community.streetlights.index[~community.streetlights["working"].astype(bool)]
    on = tuple(community.alleys.index)
    held = propose_lamps(
        community.alleys, community.streetlights, on=on, lamps=12, exact=False, every_m=400
    )
    mended = held.spots[held.spots["lamp_id"] != ""].reset_index(drop=True)
    assert len(mended)
    assert set(mended["lamp_id"]) <= set(out)
    only = replace(held, spots=mended, cost_yuan=float(mended["cost_yuan"].sum()))
    asked = LampRequest(only, on, "市政中心", 500, 1500, 30, 20)
    text = opened(lamp_letter(community, asked, today=today, lang="zh")).flat
    assert f"修复不亮的路灯{len(mended)}盏" in text
    assert "新装" not in text.split("附件")[0]
    assert f"修复{mended['lamp_id'].iloc[0]}" in text
    assert "建议修复的灯" in text
    assert "建议新装灯位" not in text


def test_an_alley_nobody_has_walked_is_said_to_be_so(community, proposal, today, opened):
    unseen = LampRequest(proposal, ("A22",), "市政中心", 9, 20, 0, 0)
    text = opened(lamp_letter(community, unseen, today=today, lang="zh")).flat
    assert "尚未实地查看，暗段长度待核实" in text
    assert "没有路灯照到" not in text
    both = replace(unseen, on=("A26", "A22"))
    text = opened(lamp_letter(community, both, today=today, lang="zh")).flat
    assert "182米没有路灯照到（北后巷尚未夜查，未计入）" in text
    assert "影剧院后巷等2条街巷" in text


def test_a_share_is_told_only_of_the_darkness_written_of(community, today, opened):
    """What lamps take away on another alley is no share of what is dark on this one."""
    held = propose_lamps(community.alleys, community.streetlights, on=["A26"], lamps=3)
    asked = LampRequest(held, ("A26",), "市政中心", 61, 180, 9, 9)
    text = opened(lamp_letter(community, asked, today=today, lang="zh")).flat
    dark = community.derive(alley_lighting).loc["A26", "unlit_m"]
    assert f"占现有盲区的{100 * held.removed_m / dark:.0f}%" in text
    other = propose_lamps(community.alleys, community.streetlights, on=["A21"], lamps=1)
    assert 0 < other.removed_m < dark
    text = opened(
        lamp_letter(community, replace(asked, proposal=other), today=today, lang="zh")
    ).flat
    assert "占现有盲区" not in text


def test_of_several_walks_the_last_is_named(community, request_, today, opened):
    days = community.alleys["surveyed_on"].copy()
    days["A21"] = days["A26"] + pd.Timedelta(days=32)
    held = replace(community, alleys=community.alleys.assign(surveyed_on=days), _memo={})
    for on in (("A26", "A21"), ("A21", "A26")):
        asked = replace(request_, on=on)
        text = opened(lamp_letter(held, asked, today=today, lang="zh")).flat
        assert "最近一次为2026年11月2日" in text


def test_no_spot_asks_for_a_survey(community, proposal, today, opened):
    none = replace(proposal, spots=proposal.spots.iloc[:0], removed_m=0.0, cost_yuan=0.0)
    asked = LampRequest(none, ("A26",), "市政中心", 61, 180, 9, 9)
    found = opened(lamp_letter(community, asked, today=today, lang="zh"))
    assert found.pages == 1
    assert "现场勘察，提出照明方案" in found.flat
    assert "附件" not in found.flat


def test_the_signature_stays_with_the_letter(community, today, opened):
    """Four alleys fill the page: lines move together before the signature goes over alone."""
    on = ("A18", "A22", "A41", "A36")
    held = propose_lamps(
        community.alleys, community.streetlights, on=on, budget_yuan=30000, exact=False
    )
    asked = LampRequest(held, on, "上党区市政公用事业服务中心", 161, 480, 23, None)
    found = opened(lamp_letter(community, asked, today=today, lang="zh"))
    assert found.pages == 3
    assert "2026年11月23日" in found.texts[0].split("附件")[1]


def test_what_is_unknown_is_an_error(community, request_, today):
    for wrong in (replace(request_, on=("A99",)), replace(request_, system="EPSG:1")):
        with pytest.raises(KeyError):
            lamp_letter(community, wrong, today=today, lang="zh")


def test_hostile_words(community, request_, today, naughty, opened):
    for text in naughty[-20::4]:
        asked = replace(request_, to=text, sender=text, number=text, contact=text)
        assert opened(lamp_letter(community, asked, today=today, lang="zh")).pages >= 3


def test_an_empty_proposal_on_nothing(nothing, proposal, today, opened):
    none = Proposal(proposal.spots.iloc[:0], 0.0, 0.0, 0.0, 0.0, 0.0)
    asked = LampRequest(none, (), "", None, None, None, None)
    assert opened(lamp_letter(nothing, asked, today=today, lang="en")).pages == 1


def test_the_same_request_gives_the_same_bytes(community, request_, today):
    first = lamp_letter(community, request_, today=today, lang="zh")
    assert first == lamp_letter(replace(community, _memo={}), request_, today=today, lang="zh")
