"""The week of inspections: its figures, its round, and each stop kept once with its cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

import pages
from pages import _inspection_list, _inspection_scene, _inspection_take
from pages._excel import workbook
from pages._inspection_scene import read
from pages._inspection_wish import note_of
from tests.pages import journaled
from tests.pages.journaled import again, said
from wangge.analysis.inspection import TO_DO, week
from wangge.analysis.inspection_round import grid_round
from wangge.domain.checklists import checklist, item
from wangge.store.inspecting import AGAIN, inspect

FRAME = str(Path(pages.__file__).with_name("_frame.py"))
TODAY = date(2026, 11, 23)
SHOP = "shops/P40"  # a training school in grid G7, missed
COMPOUND = "compounds/C26"


@pytest.fixture
def where(tmp_path):
    return str(tmp_path / "journal.gpkg")


def start(where, lang="zh", role="worker", grid="G7", **address):
    return journaled.start("inspection", where, lang, role, own=grid, **address)


def answer(run, name):
    (found,) = [one for one in run.button if one.key.startswith(f"inspection_{name}_")]
    return found


def tick(run, name):
    (found,) = [one for one in run.checkbox if one.key.startswith(f"inspection_{name}_")]
    found.check()
    return again(run)


def stop_of(run):
    return run.query_params.get("stop", "")


def kept(where):
    return journaled.journal_at(where).records("inspection")


def cases(where):
    return journaled.journal_at(where).rows("cases")


def scene(where, **params):
    view = journaled.view(where, role="worker", grid="G7")
    return read(view, params)[0]


def test_a_worker_begins_at_the_own_grid_in_the_order_of_its_round(where):
    run = start(where)
    listed = run.dataframe[0].value
    walk = grid_round(journaled.view(where).community, grid="G7", today=TODAY)
    assert listed["number"].dropna().tolist() == list(range(1, len(walk.order) + 1))
    assert len(listed) == 12
    assert "11-23 至 11-29" in said(run)
    assert "1,068 米" in said(run)
    run.button(key="inspection_start").click()
    assert stop_of(again(run)) == walk.order[0]


def test_a_secretary_sees_every_grid_in_its_own_order(where):
    run = start(where, role="secretary", grid="")
    grids, listed = run.dataframe
    assert grids.value["name"].tolist() == journaled.files().grids["name"].tolist()
    assert len(listed.value) == len(journaled.files().shops) + len(journaled.files().compounds)
    assert not [one for one in run.button if one.key == "inspection_start"]


def test_figures_against_the_tables(where):
    found = week(*(getattr(journaled.view(where).community, name) for name in TABLES), today=TODAY)
    mine = found[found["grid_id"] == "G7"]
    done, missed, to_do = _inspection_list.figures(scene(where))
    state = mine["state"]
    assert done.value == f"{(state == 'done').sum()}/{(state != 'later').sum()}"
    assert missed.value == str((state == "missed").sum())
    assert str(mine["days_late"].max()) in missed.note.zh
    now = (state == "missed") | (state == "never") | (mine["due_on"].dt.date <= TODAY)
    assert to_do.value == str((now & state.isin(TO_DO)).sum())


TABLES = ("shops", "compounds", "grids", "inspections")


def test_ok_is_one_press_and_leads_on(where):
    run = start(where, stop=SHOP)
    order = scene(where).walk.order
    answer(run, "ok").click()
    again(run)
    assert stop_of(run) == order[order.index(SHOP) + 1]
    (row,) = kept(where)
    assert (row["about"], '"result":"ok"' in row["body"]) == (SHOP, True)
    assert cases(where) == []
    assert "已登记：托管班 合格" in said(run)
    assert scene(where).rows.loc[SHOP, "state"] == "done"
    assert scene(where).walk.order == order


def test_each_tick_is_a_case_at_the_place_and_the_double_press_makes_no_second(where):
    run = start(where, stop=SHOP)
    tick(run, "exits")
    tick(run, "children")
    assert answer(run, "ok").disabled
    button = answer(run, "found")
    assert "2" in button.label
    (note,) = run.text_input
    note.set_value("后门上锁")
    wish = button.key
    button.click()
    again(run)
    found = journaled.view(where).community.cases
    assert sorted(found["kind"]) == sorted([item("exits").kind, item("children").kind])
    assert set(found["asset"]) == {SHOP}
    assert set(found["grid_id"]) == {"G7"}
    assert sorted(found["note"]) == sorted(
        f"{note_of(item(one))}后门上锁" for one in ("exits", "children")
    )
    shop = journaled.files().shops.geometry["P40"]
    assert found.geometry.distance(shop).max() < 0.1
    (row,) = kept(where)
    assert wish.endswith(row["id"])  # a second press would be the same wish
    assert len(run.session_state["inspection_told"].cases) == 2


def test_ok_pressed_while_something_is_ticked_is_refused_in_words(where):
    run = start(where, stop=SHOP)
    button = answer(run, "ok")
    next(one for one in run.checkbox).check()
    button.click()  # both arrive together: the button was not yet disabled
    again(run)
    assert kept(where) == []
    assert any("已勾选" in warning.value for warning in run.warning)


def test_what_is_open_already_is_said_and_not_opened_twice(where):
    run = start(where, stop=SHOP)
    tick(run, "exits")
    answer(run, "found").click()
    again(run)
    (case,) = cases(where)
    once_more = start(where, stop=SHOP)
    labels = [one.label for one in once_more.checkbox]
    assert any(case["id"] in label for label in labels)
    tick(once_more, "exits")
    answer(once_more, "found").click()
    again(once_more)
    assert len(cases(where)) == 1
    assert len(kept(where)) == 2
    events = journaled.journal_at(where).events(f"cases/{case['id']}")
    assert events[-1].values["reason"] == AGAIN


def test_a_slip_is_taken_back(where):
    run = start(where, stop=SHOP)
    answer(run, "ok").click()
    again(run)
    run.button(key="inspection_undo").click()
    again(run)
    assert kept(where) == []
    assert stop_of(run) == SHOP
    answer(run, "ok").click()
    again(run)
    assert len(kept(where)) == 1


def test_the_round_comes_to_its_end(where):
    order = scene(where).walk.order
    for about in order[:-1]:
        inspect(journaled.desk(where, "worker"), about, "ok", key=about)
    run = start(where, stop=order[-1])
    answer(run, "ok").click()
    again(run)
    assert stop_of(run) == ""
    assert "这一轮都查完了" in said(run)


def test_a_stop_can_be_skipped_and_left(where):
    order = scene(where).walk.order
    run = start(where, stop=order[2])
    run.button(key="inspection_skip").click()
    assert stop_of(again(run)) == order[3]
    run.button(key="inspection_back").click()
    assert stop_of(again(run)) == ""
    assert kept(where) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("role", ["planner", "secretary", "worker"])
def test_a_compound_has_the_list_of_its_kind(where, lang, role):
    run = start(where, lang, role, "", stop=COMPOUND)
    kind = journaled.files().compounds.loc["C26", "kind"]
    wanted = [one.asks.in_(lang) for one in checklist("compounds", kind)]
    assert [one.label for one in run.checkbox] == wanted
    answer(run, "found").click()
    again(run)
    assert '"result":"found"' in kept(where)[0]["body"]
    assert cases(where) == []


def test_last_week_shows_what_was_missed_and_next_week_what_is_due(where):
    over = start(where, week="-1")
    assert "11-16 至 11-22" in said(over)
    assert not [one for one in over.button if one.key == "inspection_start"]
    words = {word for state in over.dataframe[0].value["state"] for word in state}
    assert any(word.startswith("漏检") for word in words)
    assert "待查" not in words
    coming = start(where, week="1")
    assert "11-30 至 12-06" in said(coming)
    assert "待查" in {word for state in coming.dataframe[0].value["state"] for word in state}
    chosen = start(where, week="1", stop=SHOP)
    assert not chosen.checkbox
    chosen.button(key="inspection_now").click()
    again(chosen)
    assert "week" not in chosen.query_params
    assert chosen.checkbox


def test_a_shop_inspected_this_week_was_missed_last_week_all_the_same(where):
    before = scene(where, week="-1").places["state"]
    inspect(journaled.desk(where, "worker"), SHOP, "ok", key="a")
    after = scene(where, week="-1").places["state"]
    assert after.to_dict() == before.to_dict()
    assert before[SHOP] == "missed"
    listed = start(where, week="-1").dataframe[0].value
    made_up = listed.loc[SHOP, "since"]
    assert made_up == "11-23"
    assert listed["since"].tolist().count("") > 5


def test_the_address_keeps_the_state_and_wrong_parts_are_said(where):
    run = start(where, grid="G7", week="1")
    run.selectbox(key="inspection_grid").set_value("G3")
    again(run)
    assert dict(run.query_params) == {"grid": "G3", "week": "1"}
    wrong = start(where, role="secretary", grid="", stop="shops/none")
    assert any("shops/none" in warning.value for warning in wrong.warning)
    elsewhere = scene(where, stop="shops/P54")  # a link leads out of the own grid
    assert elsewhere.grid == "G8"
    view = journaled.view(where, role="worker", grid="G7")
    lost, notices = read(view, {"grid": "G99"})
    assert (lost.grid, len(notices)) == ("", 1)


def test_the_sheet_of_the_week(where):
    own = _inspection_take.sheet(scene(where), "zh")
    sheet = openpyxl.load_workbook(BytesIO(workbook(own, title="检查"))).active
    header = [cell.value for cell in sheet[1]]
    first = dict(zip(header, [cell.value for cell in sheet[2]], strict=True))
    assert (first["序号"], first["编号"]) == (1, scene(where).walk.order[0])
    assert first["上次检查"].date() == date(2026, 11, 3)
    assert sheet.max_row == 13


def test_the_printed_round_has_every_stop_in_order(where):
    held = scene(where)
    pages = PdfReader(BytesIO(_inspection_take.paper(held))).pages
    text = "".join(page.extract_text() for page in pages).replace("\n", "")
    assert "第七网格每周消防检查" in text
    names = [held.places["name"][about] for about in held.walk.order]
    at = 0
    for name in names:
        at = text.index(name, at) + 1
    assert "1,068" in text


def test_the_overview_leads_from_a_shop_to_its_inspection():
    run = AppTest.from_file(FRAME, default_timeout=60)
    run.query_params["pick"] = SHOP
    again(run)
    (link,) = [one.proto for one in run.get("page_link") if "检查" in one.proto.label]
    assert "stop=shops" in link.query_string


def test_what_no_way_leads_to_is_named_and_comes_last(where, monkeypatch):
    walk = scene(where).walk
    lost = replace(walk, order=walk.order[1:], unreached=walk.order[:1], metres=1900.0)
    monkeypatch.setattr(_inspection_scene, "grid_round", lambda *_, **__: lost)
    run = start(where)
    name = journaled.files().shops.loc["P43", "name"]
    assert walk.order[0] == "shops/P43"
    assert f"没有通路可以走到：{name}" in said(run)
    held = scene(where)
    assert held.next_stop() == lost.order[0]
    assert held.next_stop(lost.order[-1]) == "shops/P43"
