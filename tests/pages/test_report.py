"""The report page: what its address opens, what its form is told, and what it makes of that."""

from __future__ import annotations

import math
import os
import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from pages import report as page
from pages._map import Placed
from pages._page import View
from pages._report import around, words
from pages._report import here as here_module
from pages._report import host as form_module
from pages._report import sender as sender_module
from pages._report.opening import address, opening
from tests.pages.params import Params
from wangge.domain.actors import Actor, tag_of
from wangge.domain.crs import lonlat
from wangge.domain.terms import HAZARD_KINDS, SEVERITIES
from wangge.sight import see
from wangge.store import present
from wangge.store.desk import Desk, Draft
from wangge.text import LANGS

NOW = datetime(2026, 11, 23, 13, 42, tzinfo=ZoneInfo("Asia/Shanghai"))
WORKER = Actor("第五网格网格员", "worker")
LAMP = "streetlights/L012"


@pytest.fixture
def worker(monkeypatch):
    monkeypatch.setenv("WANGGE_ROLE", "worker")
    monkeypatch.setenv("WANGGE_GRID", "G5")


@pytest.fixture
def desk(worker):
    present.files(os.environ)
    return Desk(present.journal(os.environ), WORKER, lambda: present.clock(os.environ))


def view_of(lang="zh", desk=None):
    community = see(present.present(os.environ)[0].community, "worker", grid="G5")
    return View(community, lang, "worker", NOW, NOW, desk=desk, grid="G5")


def mounted(monkeypatch, view, **params):
    """Run the page's body under AppTest and return what the form was given."""
    given = {}
    monkeypatch.setattr(form_module, "_mount", lambda **data: given.update(data))

    def body(shown, where):
        import streamlit as st  # noqa: PLC0415 - AppTest runs this text alone

        from pages import report  # noqa: PLC0415

        st.query_params.from_dict(where)
        report.body(shown)

    app = AppTest.from_function(body, args=(view, params), default_timeout=60).run()
    assert not app.exception, app.exception
    return app, given.get("data", {})


def test_an_address_opens_on_a_thing_a_place_or_both(community):
    lamp = community.streetlights.geometry["L012"]
    lon, lat = lonlat(lamp)
    by_name = opening({"asset": LAMP}, community)
    assert by_name.spot.asset == LAMP
    assert by_name.pointed == (by_name.spot.lon, by_name.spot.lat)
    both = opening(address(lon + 1e-4, lat, LAMP), community)
    assert both.spot.asset == LAMP
    assert both.pointed == pytest.approx((lon + 1e-4, lat), abs=1e-7)
    assert (both.spot.lon, both.spot.lat) == pytest.approx((lon, lat), abs=1e-7)
    plain = opening(address(lon, lat, ""), community)
    assert (plain.spot.asset, plain.notices) == ("", ())
    assert opening({}, community).spot is None


@pytest.mark.parametrize(
    ("params", "told"),
    [
        ({"asset": "streetlights/L999"}, "地图上没有 streetlights/L999。"),
        ({"asset": "households/H0001"}, "地图上没有 households/H0001。"),
        ({"place": "here"}, "“here”不是经纬度，已略去。"),
        ({"place": "113.05,36.05,1"}, "不是经纬度"),
        ({"place": "nan,nan"}, "不是有效的数字"),
        ({"place": "36.05,113.05"}, "似乎写反了"),
        ({"place": "0,0"}, "没有采用"),
        ({"asset": "<b>" * 40}, "<b>"),
    ],
)
def test_a_wrong_address_says_so_and_sets_no_pin(community, params, told):
    found = opening(params, community)
    assert found.spot is None
    assert told in found.notices[0].zh
    assert len(found.notices[0].zh) < 80
    assert found.notices[0].en


@pytest.mark.parametrize("lang", LANGS)
def test_the_form_is_told_all_it_needs_in_the_language(monkeypatch, desk, lang):
    _, told = mounted(monkeypatch, view_of(lang, desk), asset=LAMP)
    assert [kind["id"] for kind in told["kinds"]] == list(HAZARD_KINDS)
    assert [one["id"] for one in told["severities"]] == ["低", "一般", "较大", "重大"]
    assert {one["id"] for one in told["severities"]} == set(SEVERITIES)
    assert told["severity"] == "一般"
    assert told["words"]["send"] == words.WORDS["send"].in_(lang)
    assert told["send"] == f"/report/send?lang={lang}"
    assert told["post"] == tag_of(WORKER)
    assert (told["at"]["asset"], told["at"]["kind"]) == (LAMP, "lamp_out")
    assert told["at"]["says"].startswith(("路灯 L012", "Lamp L012"))
    assert told["opened"] == f"|{LAMP}"
    filled = {name: text for name, text in told["words"].items() if isinstance(text, str)}
    assert not any(re.search(r"\{(most|days)\}", text) for text in filled.values())


def test_no_name_of_a_resident_is_in_what_the_browser_keeps(monkeypatch, desk, full):
    _, told = mounted(
        monkeypatch, view_of("zh", desk), asset=f"buildings/{full.buildings.index[0]}"
    )
    text = str(told)
    for name in full.households["holder"].dropna().unique()[:200]:
        assert name not in text


def test_open_cases_of_the_kind_nearby_are_listed_nearest_first(desk, community):
    lon, lat = lonlat(community.streetlights.geometry["L012"])
    step = 1 / 111_000  # degrees a metre
    near = [
        desk.report(
            Draft(lon, lat + metres * step, "subsidence", "较大", place=f"井盖旁 {metres}"),
            key=f"near-{metres}",
        ).id
        for metres in (40, 10, 20, 30, 60)
    ]
    desk.report(Draft(lon, lat, "other", "低"), key="other-kind")
    view = view_of("zh", desk)
    found = opening({"asset": LAMP}, view.community)
    told = around.same(view, found.spot, link="/case?id={id}")
    mine = [one for one in told if one["kind"] == "subsidence"]
    assert [one["id"] for one in mine] == [near[1], near[2], near[3]]
    assert mine[0]["title"] == "井盖旁 10"
    assert mine[0]["line"] == "10 米・上报・刚刚"
    assert mine[0]["href"] == f"/case?id={near[1]}"
    assert {one["kind"] for one in told} >= {"subsidence", "other"}
    assert around.same(view, None, link="") == []


def test_a_case_without_words_of_its_place_is_still_named(desk):
    view = view_of("zh", desk)
    cases = view.community.cases
    row = cases[cases["status"].eq("handling")].iloc[0]
    lon, lat = lonlat(row.geometry)
    found = opening(address(lon, lat, ""), view.community)
    told = around.same(view, found.spot, link="")
    assert all(one["title"] for one in told)
    assert row.name in {one["id"] for one in told}


def test_mine_are_those_this_post_reported_and_still_open(desk):
    first = desk.report(Draft(113.05, 36.052, "fire_load", "一般", place="一处"), key="mine-1").id
    later = replace(desk, clock=lambda: present.clock(os.environ).replace(hour=14))
    second = later.report(Draft(113.05, 36.052, "other", "一般"), key="mine-2").id
    other = replace(later, actor=Actor("书记", "secretary"))
    other.report(Draft(113.05, 36.052, "other", "一般"), key="theirs")
    view = view_of("zh", desk)
    assert [ident for ident, _ in around.mine(view)] == [second, first]
    assert around.mine(view)[1][1] == "堆物堵道・一处・上报"
    other.step(first, "decline", values={"reason": "不属实"}, key="no")
    assert [ident for ident, _ in around.mine(view_of("zh", desk))] == [second]
    assert around.mine(view_of("zh")) == []


@pytest.mark.parametrize("lang", LANGS)
def test_how_many_are_mine_stands_at_the_top(monkeypatch, desk, lang):
    desk.report(Draft(113.05, 36.052, "fire_load", "一般", place="<b>一处</b>"), key="mine-3")
    app, _ = mounted(monkeypatch, view_of(lang, desk))
    label = {"zh": "我的 1", "en": "Mine 1"}[lang]
    assert label in [block.proto.popover.label for block in app.get("popover")]
    title = "\n".join(node.proto.body for node in app.get("html"))
    assert page.TITLE.in_(lang) in title
    assert "<b>一处" not in title


def test_who_may_not_report_is_told_so(monkeypatch, worker):
    app, told = mounted(monkeypatch, view_of("zh"))
    assert told == {}
    assert any("不能上报" in node.proto.body for node in app.get("html"))


@pytest.fixture
def state(monkeypatch):
    params = Params(lang="en")
    held = {}
    monkeypatch.setattr(page.st, "query_params", params)
    monkeypatch.setattr(page.st, "session_state", held)
    return params


def test_where_somebody_points_goes_into_the_address(state):
    page._placed(Placed(113.05, 36.05, 8.0, "located"))
    assert state == {"lang": "en", "place": "113.0500000,36.0500000"}
    page._placed(Placed(113.05, 36.05, math.nan, "tap", "streetlights", "L012"))
    assert state["asset"] == LAMP
    for layer in ("grids", "compounds", "alleys", "hazards", ""):  # a place in it, not the thing
        page._placed(Placed(113.05, 36.05, math.nan, "tap", layer, "X1"))
        assert "asset" not in state


def test_the_form_moves_the_pin_and_takes_it_off(state):
    page._moved({"lon": 113.05, "lat": 36.05, "accuracy": None, "asset": LAMP})
    assert state["asset"] == LAMP
    page._moved({"lon": "x", "lat": None})
    page._moved({})
    assert state["asset"] == LAMP
    page._moved({"clear": True})
    assert state == {"lang": "en"}


def test_what_is_selected_can_be_reported(monkeypatch, community):
    shown = []
    monkeypatch.setattr(here_module._links, "link", lambda *_, **params: shown.append(params))
    view = View(community, "zh", "worker", NOW, NOW)
    for layer, ident in (
        ("streetlights", "L012"),
        ("compounds", "C05"),
        ("hazards", "Z001"),
        ("", ""),
    ):
        here_module.report_here(view, layer, ident)
    assert shown == [{"asset": LAMP}, {"asset": "compounds/C05"}]


def test_what_waits_is_sent_from_every_page_of_who_may_report(monkeypatch, desk):
    given = {}
    monkeypatch.setattr(sender_module, "_mount", lambda **data: given.update(data["data"]))
    monkeypatch.setattr(sender_module._links, "leads", lambda _: True)
    sender_module.sender(view_of("zh"))
    assert given == {}
    sender_module.sender(view_of("en", desk))
    assert given["post"] == tag_of(WORKER)
    assert given["send"] == "/report/send?lang=en"
    assert given["href"] == "/report?lang=en"
    assert given["limits"] == form_module.limits()


def test_the_address_of_the_scripts_names_their_content(monkeypatch, tmp_path):
    first = form_module.version()
    assert first in form_module.boot("form")
    monkeypatch.setattr(form_module, "HERE", tmp_path)
    assert form_module.version() != first
