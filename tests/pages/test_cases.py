"""The list of cases: counts, list, board and address agree; a step on many is accounted for."""

from __future__ import annotations

import json
from io import BytesIO

import openpyxl
import pytest

from pages import _bulk
from pages._case_list import MOST, sheet, table
from pages._excel import workbook
from pages._format import limit
from tests.made_cases import cases, row
from tests.pages import journaled
from tests.pages.journaled import again, said
from wangge.analysis.deadlines import case_state
from wangge.analysis.worklist import worklist
from wangge.domain.terms import OPEN_STATUSES
from wangge.errors import JournalError
from wangge.store.desk import Draft
from wangge.store.home import journal_at
from wangge.text import LANGS, Text

NOW = journaled.NOW


def start(where, lang="zh", role="secretary", own="", **address):
    return journaled.start("cases", where, lang, role, own=own, **address)


def board(run):
    (sent,) = [
        one.proto for one in run.get("bidi_component") if "board" in one.proto.component_name
    ]
    return {one["id"]: one for one in json.loads(sent.json)["columns"]}


def param(run, name):
    value = run.query_params.get(name, "")
    return value[0] if isinstance(value, list) else value


@pytest.mark.parametrize("role", ["worker", "planner", "secretary"])
@pytest.mark.parametrize("lang", LANGS)
def test_every_role_sees_its_list_in_both_languages(where, lang, role):
    run = start(where, lang, role, own="G5" if role == "worker" else "", tab="open")
    held = journaled.view(where).community.cases
    waiting = int(held["status"].isin(OPEN_STATUSES).sum())
    assert sum(int(one["count"]) for one in board(run).values()) == waiting
    assert len(run.dataframe[0].value) == min(20, waiting)
    assert not any(bad in said(run) for bad in ("nan", "NaT", "None"))


def test_the_most_urgent_stand_first_and_the_rest_on_further_pages(where):
    first, second = start(where, tab="open"), start(where, tab="open", page="2")
    limits = first.dataframe[0].value["limit"].tolist()
    assert limits[0].startswith("超期")
    shown = len(first.dataframe[0].value) + len(second.dataframe[0].value)
    assert shown == sum(int(one["count"]) for one in board(first).values())
    assert len(start(where, tab="open", page="99").dataframe[0].value) == len(
        second.dataframe[0].value
    )


def test_a_tab_and_a_facet_are_kept_in_the_address(where):
    run = start(where, lang="zh")
    run.segmented_control(key="cases_tab").set_value("overdue").run()
    assert param(run, "tab") == "overdue"
    late = len(run.dataframe[0].value)
    run.selectbox(key="cases_kind").set_value("old_wiring").run()
    assert (param(run, "tab"), param(run, "kind")) == ("overdue", "old_wiring")
    assert 0 < len(run.dataframe[0].value) < late
    assert set(run.dataframe[0].value["kind"]) == {"线路老化"}
    run.text_input(key="cases_q").set_value("没有这样的").run()
    assert "没有符合条件" in said(run)
    assert not run.dataframe


def test_a_compound_is_one_of_the_grid_chosen(where):
    options = start(where, grid="G5").selectbox(key="cases_compound").options
    every = start(where).selectbox(key="cases_compound").options
    assert 0 < len(options) < len(every) == 39


def test_a_column_of_the_board_may_be_the_state_listed(where):
    run = start(where, tab="all", state="closed")
    columns = board(run)
    assert columns["closed"]["chosen"]
    assert int(columns["closed"]["count"]) == 86
    assert len(columns["closed"]["cards"]) == 12
    assert columns["closed"]["more"] == "还有 74 件"
    assert int(columns["reported"]["count"]) == 3
    assert set(run.dataframe[0].value["status"]) == {"结案"}


def test_the_selected_case_is_one_in_list_board_and_above(where):
    ident = journaled.view(where).community.derive(worklist).index[3]
    run = start(where, case=ident)
    chosen = [
        one["id"] for column in board(run).values() for one in column["cards"] if one["chosen"]
    ]
    assert chosen == [ident]
    assert ident in said(run)
    run.button(key="cases_clear").click().run()
    assert param(run, "case") == ""


def test_the_map_shows_the_cases_listed_and_nothing_else(where):
    run = start(where, show="map", tab="overdue")
    (sent,) = [
        one.proto for one in run.get("bidi_component") if one.proto.component_name.endswith("map")
    ]
    from layers._body import SHELF  # noqa: PLC0415

    drawn = {one["id"]: one["hash"] for one in json.loads(sent.json)["layers"]}
    body = SHELF.get("secretary", drawn["hazards"])
    shown = {feature["id"] for feature in body.collection["features"]}
    listed = journaled.view(where).community.derive(worklist)
    assert shown == set(listed.index[case_state(listed, now=NOW)["overdue"]])
    assert "closed_hazards" not in drawn
    assert "households" not in drawn


def test_a_worker_finds_what_was_sent_to_them(where):
    empty = start(where, role="worker", own="G5")
    assert "您没有未结的案件" in said(empty)
    ident = journaled.view(where).community.cases.query("status == 'opened'").index[0]
    sent = {"assignee": journaled.POSTS["worker"]}
    journaled.desk(where).step(ident, "dispatch", values=sent, key="a")
    run = start(where, role="worker", own="G5")
    assert run.dataframe[0].value["status"].tolist() == ["派遣"]
    assert [tab for tab in run.segmented_control(key="cases_tab").options if "本网格" in tab]


def test_a_wrong_link_says_so(where):
    assert "Z999" in start(where, case="Z999").warning[0].value


def test_hostile_words_stay_words(where):
    evil = '<img src=x onerror=alert(1)>{{7*7}}"'
    held = Draft(113.0494, 36.0502, "other", "低", note=evil, place=evil)
    case = journaled.desk(where).report(held, key="evil")
    run = start(where, case=case.id)
    assert "<img" not in said(run)
    assert "&lt;img" in said(run)


def marked(where, n=3):
    held = journaled.view(where).community.cases
    opened = [*held.index[held["status"] == "opened"]]
    return [*opened, *held.index[held["status"] == "handling"]][: len(opened) + n - 2]


def test_a_step_on_many_says_what_was_done_and_what_was_refused(where):
    run = start(where, tab="open")
    chosen = marked(where)
    run.session_state[_bulk.MARKED] = chosen
    again(run)
    run.selectbox(key="bulk_assignee").set_value("区城管局").run()
    (press,) = [one for one in run.button if str(one.key).startswith("bulk_do_")]
    assert press.label == "派遣 3 件"
    press.click().run()
    assert not run.exception
    assert "已派遣 2 件。1 件没有办成" in said(run)
    assert "处置中" in said(run)
    after = journaled.view(where).community.cases.loc[chosen]
    assert after["status"].tolist() == ["dispatched", "dispatched", "handling"]
    assert after["assignee"].tolist() == ["区城管局", "区城管局", ""]
    assert run.session_state[_bulk.MARKED] == chosen[2:]
    run.button(key="bulk_read").click().run()
    assert "没有办成" not in said(run)


def test_a_step_on_many_needs_somebody_to_send_them_to(where):
    told = _bulk.carry_out(journaled.desk(where), marked(where), "dispatch", {}, token="t")
    assert told.done == ()
    assert told.refused[0][1].zh == "请选择派给谁。"


def test_the_same_wish_moves_no_case_twice(where):
    desk, chosen = journaled.desk(where), marked(where)
    values = {"assignee": "区城管局"}
    first = _bulk.carry_out(desk, chosen, "dispatch", values, token="t")
    seq = journal_at(where).version()
    assert _bulk.carry_out(desk, chosen, "dispatch", values, token="t") == first
    assert journal_at(where).version() == seq


def test_when_the_journal_fails_the_rest_is_not_tried():
    class Broken:
        def __init__(self):
            self.asked = []

        def step(self, ident, action, **_):
            self.asked.append(ident)
            if len(self.asked) == 2:
                raise JournalError(Text("磁盘已满。", "The disk is full."))

    desk = Broken()
    told = _bulk.carry_out(desk, ["a", "b", "c"], "open", {}, token="t")
    assert told.done == ("a",)
    assert [(ident, why.zh) for ident, why in told.refused] == [
        ("b", "磁盘已满。"),
        ("c", "磁盘已满。"),
    ]
    assert desk.asked == ["a", "b"]


@pytest.mark.parametrize("role", ["worker"])
def test_a_worker_takes_no_step_on_many(where, role):
    run = start(where, role=role, own="G5", tab="open")
    run.session_state[_bulk.MARKED] = marked(where)
    again(run)
    assert not any(str(one.key).startswith("bulk") for one in run.button)


@pytest.mark.parametrize("lang", LANGS)
def test_the_sheet_holds_every_case_listed_in_words(where, lang):
    community = journaled.view(where).community
    listed = community.derive(worklist)
    own = sheet(listed, case_state(listed, now=NOW), community.grids["name"], lang)
    held = openpyxl.load_workbook(BytesIO(workbook(own, title="案件"))).active
    assert held.max_row == len(listed) + 1
    head = [cell.value for cell in held[1]]
    first = dict(zip(head, [cell.value for cell in held[2]], strict=True))
    assert listed.index[0] in first.values()
    assert first["超期" if lang == "zh" else "Overdue"] is True
    assert MOST >= 10_000


def test_what_has_no_limit_says_how_long_it_waits():
    names = journaled.files()
    listed = worklist(
        cases([row("a"), row("b", status="closed", closed_at=NOW)]), names.compounds, names.grids
    )
    assert table(listed, NOW, "zh")["limit"].tolist() == ["3 天前上报", "2026-11-23"]
    assert limit(None, NOW).zh == "–"
