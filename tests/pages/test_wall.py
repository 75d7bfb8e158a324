"""The wall: what it says is counted from an anonymous cut, fits, turns, and raises alarms."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import geopandas as gpd
import pytest
from streamlit.testing.v1 import AppTest

from pages import _wall_alarm, wall
from pages._wall_alarm import Alarms
from pages._wall_blocks import Block, Hero, Line, Note, column
from pages._wall_scenes import SCENES, totals
from tests.pages.journaled import NOW
from wangge.sight import see
from wangge.store.files import read
from wangge.text import LANGS, Text

TODAY = NOW.date()
CSS = wall.STYLE.read_text("utf-8")


@pytest.fixture(scope="session")
def public(full):
    return see(full, "anonymous")


@pytest.fixture(scope="session")
def nothing(tmp_path_factory):
    return see(read(tmp_path_factory.mktemp("empty")).community.at(NOW), "anonymous")


def heroes(blocks):
    return [row for block in blocks for row in block.rows if isinstance(row, Hero)]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("scene", SCENES.values(), ids=lambda scene: scene.id)
def test_every_scene_speaks_with_data_and_without(public, nothing, scene, lang):
    for community, grid in ((public, "G5"), (nothing, "")):
        said = column(scene.blocks(community, grid), lang)
        assert said.count("<section") >= 1
        assert not re.search(r"nan|None|&lt;NA|NaT", said)


def test_the_overview_counts_what_the_tables_hold(public):
    risk, gap = heroes(SCENES["overview"].blocks(public, ""))
    open_now = ["reported", "opened", "dispatched", "handling", "handled", "returned"]
    hazards = public.hazards[public.hazards["status"].isin(open_now)]
    assert risk.figure == str((hazards["severity"] == "重大").sum())
    assert risk.second == str(sum(str(due)[:10] < "2026-11-23" for due in hazards["due_on"]))
    none = public.compounds[public.compounds["manager_kind"] == "none"]
    assert gap.figure == str(len(none))
    since = min(date.fromisoformat(str(day)[:10]) for day in none["manager_since"])
    assert gap.second == str((TODAY - since).days)


def test_a_grid_shows_its_own(public):
    first, second = SCENES["grids"].blocks(public, "G5")
    assert heroes([first])[0].figure == "5"
    mine = [row for row in second.rows if isinstance(row, Line)]
    inside = public.compounds[public.compounds["grid_id"] == "G5"]["name"].tolist()
    assert mine
    assert all(row.left.zh.split("・")[0] in [*inside, "街面"] for row in mine)


def test_totals_are_the_published_ones(public):
    said = {label.zh: figure for figure, label in totals(public)}
    assert (said["网格"], said["小区"], said["住户"]) == ("9", "39", "2,333")
    assert (said["党小组"], said["服务站"]) == ("55", "9")


def test_no_word_of_a_household_and_no_note(full, public):
    assert public.households.empty
    said = "".join(column(scene.blocks(public, "G5"), "zh") for scene in SCENES.values()) + "".join(
        figure + label.zh for figure, label in totals(public)
    )
    notes = full.hazards["note"].dropna()
    assert len(notes)
    assert not any(note in said for note in notes if len(note) > 4)


def test_text_of_files_is_escaped():
    evil = '<img src=x onerror=alert(1)>{{ 7*191 }}"'
    row = Line(Text(evil, evil), Text(evil, evil))
    said = column([Block(Text(evil, evil), "gap", (row, Note(Text(evil, evil))))], "zh")
    assert "<img" not in said
    assert said.count("&lt;img") == 4


def test_turning_shows_every_scene_and_every_grid_once(public):
    place, seen = wall.place_of(public, {}), []
    while (key := (place.scene.id, place.grid)) not in seen:
        seen.append(key)
        place = wall.place_of(public, wall.after(public, place))
    assert place.scene.id == "overview"
    assert [grid for scene, grid in seen if scene == "grids"] == list(public.grids.index)
    assert {scene for scene, _ in seen} == set(SCENES)


@pytest.mark.parametrize("params", [{"scene": "nonsense"}, {"scene": ""}, {"grid": "G5"}])
def test_an_unknown_scene_is_the_overview(public, params):
    assert wall.place_of(public, params) == wall.Place(SCENES["overview"], "")


def test_an_unknown_grid_is_the_first(public, nothing):
    assert wall.place_of(public, {"scene": "grids", "grid": "G99"}).grid == public.grids.index[0]
    assert wall.place_of(nothing, {"scene": "grids"}).grid == ""


def test_what_was_open_before_raises_no_alarm():
    assert Alarms().look(["Z1", "Z2"], 0).queue == ()


def test_new_ones_queue_up_and_make_room(monkeypatch):
    stay = _wall_alarm.rule("alarm_seconds").value
    alarms = Alarms().look(["Z1"], 0).look(["Z1", "Z3", "Z2"], 10)
    assert (alarms.queue, alarms.place) == (("Z2", "Z3"), (1, 2))
    assert alarms.look(["Z1", "Z2", "Z3"], 9 + stay).queue == ("Z2", "Z3")
    later = alarms.look(["Z1", "Z2", "Z3"], 10 + stay)
    assert (later.queue, later.place) == (("Z3",), (2, 2))
    assert later.look(["Z1", "Z2", "Z3"], 11 + stay).queue == ("Z3",)
    done = later.look(["Z1", "Z2", "Z3"], 10 + 2 * stay)
    assert done.queue == ()
    assert done.look(["Z1", "Z2", "Z3"], 999 + stay).queue == ()


def test_a_closed_one_leaves_the_queue_and_the_next_has_its_full_time():
    stay = _wall_alarm.rule("alarm_seconds").value
    alarms = Alarms().look([], 0).look(["Z1", "Z2"], 0).look(["Z2"], stay - 1)
    assert alarms.queue == ("Z2",)
    assert alarms.look(["Z2"], stay + 1).queue == ("Z2",)


def test_nothing_is_smaller_than_the_table_of_type_allows():
    sizes = [float(size) for size in re.findall(r"font-size: calc\((\d+) \* var\(--u\)\)", CSS)]
    assert min(sizes) >= 22
    assert not re.search(r"font-size:\s*[\d.]+(px|rem|em)", CSS)


def _wall_page(view):
    from pages.wall import PAGE  # noqa: PLC0415 - this runs as a script of its own

    PAGE.body(view)


def _view(community, lang):
    from datetime import datetime  # noqa: PLC0415
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    from pages._page import View  # noqa: PLC0415

    now = datetime(2026, 11, 23, 13, 42, tzinfo=ZoneInfo("Asia/Shanghai"))
    return View(community, lang, "anonymous", now, now)


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_button_goes_there(public, scene):
    run = AppTest.from_function(_wall_page, args=(_view(public, "zh"),), default_timeout=60).run()
    run.button(key=f"wall_{scene}").click().run()
    assert not run.exception
    if scene != "grids":
        assert run.query_params["scene"] in (scene, [scene])
    pressed = [b.key for b in run.button if b.proto.type == "primary"]
    assert pressed == [f"wall_{scene}"]


def test_a_new_major_hazard_turns_the_header_and_shows_one_card(full, monkeypatch):
    calm = see(full, "anonymous")
    low = full.hazards[(full.hazards["severity"] == "低") & (full.hazards["status"] == "handling")]
    worse = full.hazards.copy()
    worse.loc[low.index[:1], "severity"] = "重大"
    burning = see(
        replace(full, version="worse", hazards=gpd.GeoDataFrame(worse), _memo={}), "anonymous"
    )
    now = {"community": calm}
    monkeypatch.setattr(wall, "seen_by", lambda *_: (now["community"], "stamp"))
    run = AppTest.from_function(_wall_page, args=(_view(calm, "zh"),), default_timeout=60).run()
    assert "wall-title wall-alarm" not in "".join(str(html.proto.body) for html in run.get("html"))
    now["community"] = burning
    run.run()
    said = "".join(str(html.proto.body) for html in run.get("html"))
    assert "wall-title wall-alarm" in said
    assert "1/1" in said
    assert said.count('<section class="wall-block') == 1
