"""The lighting page: its sentence, its lists, a scenario in the address, and what it saves."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages import _lighting_rows as rows
from pages import _lighting_scene as scenes
from pages._address import State
from pages._excel import workbook
from pages._lighting_letter import Asked, request_of
from pages._lighting_nights import fault_of
from pages._lighting_plan import _between
from pages._page import View
from pages._plan import MOST, written
from pages._plan import read as read_plan
from pages._profile import chart, profile
from pages.lighting import _counts, _drawing
from wangge.analysis.alongside import lamps_along
from wangge.analysis.doors import dark_paths
from wangge.analysis.edits import Add, Break, Repair, tried
from wangge.analysis.lighting import alley_lighting, unlit_stretches
from wangge.analysis.plan_spots import spots_of
from wangge.analysis.reach import unlit_households
from wangge.domain.actors import Actor
from wangge.domain.rules import rule
from wangge.sight import see
from wangge.store.desk import Desk
from wangge.store.engine import engine_of
from wangge.store.files import read
from wangge.store.journal import Journal
from wangge.store.overlay import as_it_stands

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 13, 42, tzinfo=ZoneInfo("Asia/Shanghai"))
STORY, MAN, GRID = "A21", "B090", "G3"


@pytest.fixture(scope="session")
def planner(full):
    return see(full, "planner")


@pytest.fixture(scope="session")
def lamps(full):
    spots = [full.alleys.geometry[STORY].interpolate(m) for m in (44, 73, 101)]
    return tuple(Add("solar", 6.0, round(p.x, 1), round(p.y, 1)) for p in spots)


def test_the_sentence_a_secretary_repeats(full, planner):
    light = full.derive(alley_lighting)
    unlit = light[light["state"] == "unlit"]
    said, more = rows.headline(planner)
    for number in (len(unlit), f"{unlit['unlit_m'].sum():,.0f}", full.derive(unlit_households)):
        assert str(number) in said.zh
        assert str(number) in said.en
    assert str((light["state"] == "unsurveyed").sum()) in more.zh


def test_the_sentence_of_a_grid_counts_that_grid(planner):
    """Summed over the grids, alleys and homes are those of the community, each counted once."""
    whole = [int(part) for part in _numbers(rows.headline(planner)[0].zh)]
    parts = [
        [int(part) for part in _numbers(rows.headline(planner, grid)[0].zh)] or [0, 0, 0]
        for grid in planner.grids.index
    ]
    assert sum(part[0] for part in parts) == whole[0]
    assert sum(part[2] for part in parts) == whole[2]


def _numbers(text):
    return "".join(c if c.isdigit() else " " for c in text.replace(",", "")).split()


def test_the_list_holds_every_alley_with_something_dark_or_unknown(planner):
    table = rows.alleys(planner, planner)
    dark = unlit_stretches(planner.alleys, planner.streetlights, min_length_m=10)
    unknown = planner.alleys.index[planner.alleys["surveyed_on"].isna()]
    assert sorted(table.index) == sorted({*dark["alley_id"], *unknown})
    assert table.index[0] == STORY
    assert table.index.is_unique
    weight = (table["people"].astype(float) * table["unlit_m"].astype(float).fillna(0)).tolist()
    assert weight[:3] == sorted(weight[:3], reverse=True)
    assert set(table["state"].tail(len(unknown))) == {"unsurveyed"}
    assert table["unlit_m"].tail(len(unknown)).isna().all()


def test_small_counts_of_sensitive_facts_are_never_numbers(full, planner):
    for column in ("alone", "disabled"):
        shown = rows.alleys(planner, planner)[column]
        assert all(text in {"<5", "0"} or int(text) >= 5 for text in shown)
        walked = rows.alleys(planner, planner)["doors"] > 0
        assert (shown[walked] != "0").all()


def test_a_scenario_moves_only_the_column_after(planner, lamps):
    then = tried(planner, lamps)
    table = rows.alleys(planner, then)
    before = rows.alleys(planner, planner)
    pd.testing.assert_frame_equal(table.drop(columns="after_m"), before.drop(columns="after_m"))
    assert table.loc[STORY, "after_m"] == 0
    rest = table.index != STORY
    assert (table["after_m"] == table["unlit_m"]).loc[rest].fillna(value=True).all()


def test_doors_against_the_ways_home(full, planner, lamps):
    ways = full.derive(dark_paths)
    homes = full.households["building_id"].unique()
    dark = ways.index[(ways["longest_dark_m"] >= 10) & ways.index.isin(homes)]
    table = rows.doors(planner, planner)
    assert sorted(table.index) == sorted(dark)
    assert set(table["outcome"]) == {"dark"}
    then = rows.doors(planner, tried(planner, lamps), alley=STORY)
    assert then.loc[MAN, "outcome"] == "lit"
    assert set(then.index) < set(dark)
    assert set(rows.doors(planner, planner, grid=GRID).index) == {
        at for at in dark if at in rows.buildings_of(planner, GRID)
    }


def test_lamps_out_longest_first_and_each_by_its_alley(planner):
    table = rows.lamps_out(planner, TODAY)
    out = planner.streetlights[~planner.streetlights["working"]]
    assert sorted(table.index) == sorted(out.index)
    days = table["days"].tolist()
    assert days == sorted(days, reverse=True)
    nearest = {
        lamp: planner.alleys.loc[planner.alleys.distance(spot).idxmin(), "name"]
        for lamp, spot in out.geometry.items()
    }
    assert table["alley"].to_dict() == nearest


def test_the_sheets_have_numbers_words_and_no_formula(planner, lamps):
    then = tried(planner, lamps)
    for table, labels in (
        (rows.alleys(planner, then), rows.ALLEY_LABELS),
        (rows.doors(planner, then), rows.DOOR_LABELS),
        (rows.lamps_out(planner, TODAY), rows.LAMP_LABELS),
    ):
        own = rows.sheet(table, labels, "zh")
        sheet = openpyxl.load_workbook(BytesIO(workbook(own, title="照明"))).active
        assert sheet.max_row == len(table) + 1
        assert sheet["A1"].value == "编号"
        assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [
            str(at) for at in table.index
        ]
    first = dict(zip(*(own.columns, own.iloc[0]), strict=True))
    assert first["灯型"] in {"市电灯", "太阳能灯"}


def test_the_chart_says_what_the_profile_holds(planner, lamps):
    now, then = (profile(held, STORY) for held in (planner, tried(planner, lamps)))
    option, told = chart(now, then, "zh", "dark")
    lines = [one for one in option["series"] if one["type"] == "line"]
    assert [one["name"] for one in lines] == ["现状", "方案后"]
    assert lines[0]["data"] == now.samples.round(2).to_numpy().tolist()
    assert len(option["series"][-1]["data"]) == len(then.lamps)
    assert sum(one["symbolSize"] == 12 for one in option["series"][-1]["data"]) == 3
    assert f"{then.average:.1f}" in told
    assert then.average > now.average
    alone, _ = chart(now, None, "en", "light")
    assert [one["type"] for one in alone["series"]] == ["line", "scatter"]
    shade = alone["series"][0]["markArea"]["data"]
    assert [(a["xAxis"], b["xAxis"]) for a, b in shade] == [
        (round(a, 1), round(b, 1)) for a, b in now.dark[["from_m", "to_m"]].to_numpy()
    ]


def test_a_level_asked_for_is_the_one_held_to(planner):
    dues = [profile(planner, STORY, level).average_due for level in (1, 2, 3, 4)]
    assert dues == [rule(f"pedestrian_{level}_average_lx").value for level in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("held", "zh"),
    [((0, 4), "<5"), ((0, 0), "0"), ((12, 12), "12"), ((0, 12), "至多 12"), ((5, 9), "5 至 9")],
)
def test_counts_between_two_are_written_honestly(held, zh):
    assert _between(held).zh == zh


def _body(view):
    from pages.lighting import PAGE  # noqa: PLC0415 - this runs as a script of its own

    PAGE.body(view)


def start(community, lang="zh", desk=None, **address):
    view = View(community, lang, "planner", NOW, NOW, desk=desk)
    run = AppTest.from_function(_body, args=(view,), default_timeout=60)
    for name, value in address.items():
        run.query_params[name.strip("_")] = value
    run.run()
    assert not run.exception
    return run


def html(run):
    return " ".join(one.proto.body for one in run.get("html"))


def plan_of(run, community):
    held = run.query_params.get("plan", "")
    return read_plan(held[0] if isinstance(held, list) else held, community)[0]


def test_it_opens_on_the_whole_community(planner):
    run = start(planner)
    assert rows.headline(planner)[0].zh in html(run)
    assert len(run.dataframe[0].value) == len(rows.alleys(planner, planner))


def test_a_grid_narrows_everything(planner):
    run = start(planner, grid=GRID)
    assert rows.headline(planner, GRID)[0].zh in html(run)
    assert len(run.dataframe[0].value) == len(rows.alleys(planner, planner, GRID))
    run.selectbox(key="lighting_grid").select("").run()
    assert "grid" not in run.query_params


def test_a_link_shows_the_door_become_lit(planner, lamps):
    before = start(planner, pick=f"alleys/{STORY}", building=MAN)
    assert "回家要走暗路" in html(before)
    after = start(planner, pick=f"alleys/{STORY}", building=MAN, plan=written(lamps))
    assert "方案后照亮到门口" in html(after)
    assert "独居老人 &lt;5 户" in html(after)


def test_undo_takes_back_the_last_and_clear_all(planner, lamps):
    run = start(planner, plan=written(lamps), pick=f"alleys/{STORY}")
    run.button(key="lighting_undo").click().run()
    assert plan_of(run, planner) == lamps[:-1]
    run.button(key="lighting_clear").click().run()
    assert "plan" not in run.query_params
    assert run.query_params["pick"] == f"alleys/{STORY}"


def test_a_lamp_is_broken_and_taken_back_from_its_card(planner):
    run = start(planner, pick="streetlights/L094")
    run.button(key="lighting_flip").click().run()
    assert plan_of(run, planner) == (Break("L094"),)
    run.button(key="lighting_flip").click().run()
    assert plan_of(run, planner) == ()


def test_three_lamps_are_proposed_along_the_chosen_alley(planner):
    run = start(planner, pick=f"alleys/{STORY}", building=MAN)
    run.button(key="lighting_propose_go").click().run()
    assert not run.exception
    edits = plan_of(run, planner)
    assert len(edits) == 3
    assert all(isinstance(edit, Add) for edit in edits)
    assert "方案后照亮到门口" in html(run)
    assert "已证明最优" in run.toast[0].value


def test_spots_beyond_what_a_scenario_holds_are_said_to_be_left_out(planner):
    held = tuple(Break(str(lamp)) for lamp in planner.streetlights.index[: MOST - 1])
    run = start(planner, pick=f"alleys/{STORY}", plan=written(held))
    run.button(key="lighting_propose_go").click().run()
    edits = plan_of(run, planner)
    assert edits[:-1] == held
    assert len(edits) == MOST
    assert "另有 2 处没有放进去" in run.toast[0].value


def test_what_makes_no_sense_in_the_address_is_said(planner):
    run = start(planner, plan="x-L999", pick="alleys/A99", list="nonsense", level="9")
    told = " ".join(one.value for one in run.warning)
    assert "L999" in told
    assert "A99" in told


@pytest.mark.parametrize("shown", scenes.LISTS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_list_runs_in_both_languages(planner, lamps, shown, lang):
    start(planner, lang, list=shown, plan=written((*lamps, Repair("L001"))), pick=f"alleys/{STORY}")


@pytest.fixture
def desk(tmp_path):
    journal = Journal(engine_of(tmp_path / "journal.gpkg"))
    yield Desk(journal, Actor("规划专干", "planner"), lambda: NOW)
    journal.close()


def test_a_scenario_is_saved_opened_and_dropped(planner, lamps, desk):
    run = start(planner, desk=desk, plan=written(lamps), list="plans")
    run.text_input(key="lighting_plan_name").input("槐树巷三盏灯")
    run.button(key="lighting_save_it").click().run()
    assert not run.exception
    (held,) = desk.journal.records("scenario")
    other = start(planner, desk=desk, list="plans")
    assert any("槐树巷三盏灯" in one.label for one in other.button)
    other.button(key=f"open_{held['id']}").click().run()
    assert plan_of(other, planner) == lamps
    other.button(key=f"drop_{held['id']}").click().run()
    assert desk.journal.records("scenario") == []
    assert planner.streetlights["working"].sum() == 280


def test_a_name_is_asked_for(planner, lamps, desk):
    run = start(planner, desk=desk, plan=written(lamps), list="plans")
    run.button(key="lighting_save_it").click().run()
    assert "名称" in run.toast[0].value
    assert desk.journal.records("scenario") == []


def test_an_empty_community_has_nothing_dark(tmp_path):
    empty = see(read(tmp_path).community.at(NOW), "planner")
    run = start(empty, lang="en", plan="s60_1_1")
    assert "Every alley walked at night is lit" in html(run)


def enter(run, result, out=None):
    wish = run.session_state["lighting_night_wish"]
    alley = run.session_state["lighting_night_alley"]
    if out is not None:
        run.multiselect(key=f"lighting_night_out_{alley}_{wish}").set_value(out)
    run.segmented_control(key="lighting_night_result").set_value(result)
    run.button(key="lighting_night_go").click().run()
    assert not run.exception
    return run


def standing(full, desk):
    return see(as_it_stands(full, desk.journal), "planner")


def test_a_night_check_is_entered_and_shows(full, desk):
    """A22 was never walked; found unlit it counts, found lit it does not."""
    before = rows.headline(standing(full, desk))
    run = start(standing(full, desk), desk=desk, list="nights", pick="alleys/A22")
    enter(run, "unlit", out=list(run.multiselect[0].options))
    now = standing(full, desk)
    light = now.derive(alley_lighting).loc["A22"]
    assert light["state"] == "unlit"
    assert rows.headline(now) != before
    assert rows.alleys(now, now).loc["A22", "result"] == "unlit"
    later = start(now, desk=desk, list="nights", pick="alleys/A22")
    assert "无灯" in html(later)
    assert "规划专干" in html(later)


def test_a_lamp_found_out_becomes_a_case_once(full, desk):
    held = standing(full, desk)
    lamp = held.derive(lamps_along, alley="A43").query("nearest and works").index[0]
    run = start(held, desk=desk, list="nights", pick="alleys/A43")
    wish = run.session_state["lighting_night_wish"]
    known = run.multiselect[0].value
    enter(run, "partly", out=[*known, lamp])
    (case,) = desk.journal.rows("cases")
    assert case["asset"] == f"streetlights/{lamp}"
    assert "已上报" in run.toast[0].value
    now = standing(full, desk)
    assert not now.streetlights.loc[lamp, "working"]
    assert lamp in rows.lamps_out(now, TODAY).index
    assert rows.lamps_out(now, TODAY).loc[lamp, "days"] == 0
    assert run.session_state["lighting_night_wish"] != wish


@pytest.mark.parametrize(
    ("result", "out", "says"),
    [(None, [], "结果"), ("unlit", [], "勾为不亮"), ("lit", ["L2"], "部分有灯"), ("lit", [], None)],
)
def test_what_contradicts_the_records_is_asked_about(result, out, says):
    lamps = pd.DataFrame({"works": [False, True]}, index=["L1", "L2"])
    why = fault_of(result, TODAY, out, lamps, TODAY)
    assert (why is None) if says is None else says in why.zh


def test_no_check_is_of_tomorrow():
    none = pd.DataFrame({"works": []})
    assert fault_of("lit", date(2026, 11, 24), [], none, TODAY) is not None
    assert fault_of("lit", None, [], none, TODAY) is not None


def test_the_sheet_of_a_grid_is_offered(planner):
    run = start(planner, grid=GRID, list="nights")
    assert any(
        "夜" in one.proto.label or "网格" in one.proto.label for one in run.get("download_button")
    )


def test_the_letter_says_what_the_scenario_is(planner, lamps):
    scene = scenes.Scene(
        State(layer="alleys", thing=STORY),
        lamps,
        planner,
        tried(planner, lamps),
        "alleys",
        4,
    )
    found = spots_of(planner, lamps)
    asked = request_of(scene, found, Asked("上党区市政管理部门", "", "规划专干", "EPSG:4547"))
    assert asked.on == (STORY,)
    assert asked.doors == int(planner.walkers.loc[STORY, "doors"])
    assert asked.people == int(planner.walkers.loc[STORY, "people"])
    assert (asked.alone, asked.disabled) == (None, None), "too few to tell"
    several = dataclasses.replace(scene, state=State())
    wide = request_of(several, found, Asked("办公室", "", "", "EPSG:4490"))
    assert wide.on == (STORY,)
    broken = planner.streetlights.index[~planner.streetlights["working"]][0]
    more = (*lamps, Repair(broken))
    both = dataclasses.replace(several, edits=more, then=tried(planner, more))
    two = request_of(both, spots_of(planner, more), Asked("办公室", "", "", "EPSG:4490"))
    assert len(two.on) == 2
    assert (two.alone, two.disabled) == (0, 0), "of several alleys they are left out"


def test_a_dark_alley_becomes_one_case(full, desk, lamps):
    address = {"pick": f"alleys/{STORY}", "plan": written(lamps)}
    run = start(standing(full, desk), desk=desk, **address)
    run.button(key="lighting_case").click().run()
    assert not run.exception
    (case,) = desk.journal.rows("cases")
    assert (case["kind"], case["asset"]) == ("unlit_alley", f"alleys/{STORY}")
    assert "85" in case["note"]
    assert case["grid_id"] == GRID
    again = start(standing(full, desk), desk=desk, **address)
    assert not [one for one in again.button if one.key == "lighting_case"], "it leads there instead"


def test_an_alley_shows_the_door_deepest_in_the_dark_before_and_after(planner, lamps):
    before = start(planner, pick=f"alleys/{STORY}")
    assert "37号院" in html(before)
    assert "走暗路最长的门" in html(before)
    assert "回家要走暗路" in html(before)
    after = start(planner, pick=f"alleys/{STORY}", plan=written(lamps))
    assert "方案后照亮到门口" in html(after)
    assert "方案后有灯" in html(after)
    chosen = start(planner, pick=f"alleys/{STORY}", building=MAN)
    assert "走暗路最长的门" not in html(chosen)


def test_a_button_beside_the_alley_begins_trying(planner):
    run = start(planner, pick=f"alleys/{STORY}")
    assert not run.toggle(key=scenes.TRYING).value
    run.button(key="lighting_begin").click().run()
    assert run.toggle(key=scenes.TRYING).value
    assert "在地图上点一下就装一盏" in html(run)


def test_what_is_off_is_drawn_anew_once_it_is_switched_on(planner, lamps):
    view = View(planner, "zh", "planner", NOW, NOW)

    def drawn(lit, layers):
        scene = scenes.Scene(State(layers=layers), lamps, planner, lit, "alleys", 4)
        drawing = _drawing(view, scene, lit)
        hashes = {row["id"]: row["hash"] for row in drawing.head["layers"]}
        return hashes, dict(_counts(lit, drawing))

    then = tried(planner, lamps)
    (now, before), (off, counted) = drawn(planner, None), drawn(then, None)
    on, _ = drawn(then, ("illuminance", "unlit_people"))
    changed = {name for name in now if now[name] != off[name]}
    assert {"unlit", "lit", "streetlights", "homes_at_night", "lamp_changes"} <= changed
    assert not changed & {"illuminance", "unlit_people", "lamp_reach"}
    assert on["illuminance"] != now["illuminance"]
    assert on["unlit_people"] != now["unlit_people"]
    assert on["unlit"] == now["unlit"]
    assert (before["unlit_people"], before["lamp_reach"]) == (16, 280)
    assert (counted["unlit_people"], counted["lamp_reach"]) == (15, 283)
