"""One case: the next step as one button, each wish carried out once, everything said in words."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from pages._assignees import assignees
from pages._case_log import entries, photo_address
from tests.pages import journaled
from tests.pages.journaled import again, said
from wangge.domain.causes import CAUSES, cause
from wangge.domain.steps import BY_ACTION, STEPS
from wangge.domain.terms import HAZARD_KINDS
from wangge.store.desk import Draft
from wangge.store.dossier import dossier
from wangge.store.home import journal_at

OTHER = "第三网格网格员"
AT = Draft(
    113.0494, 36.0502, "old_wiring", "较大", "三单元电线裸露", compound_id="C19", grid_id="G5"
)


def start(where, ident, lang="zh", role="secretary", post=""):
    return journaled.start("case", where, lang, role, post, id=ident)


def buttons(run):
    return {one.key.split("_")[1]: one for one in run.button if one.key.startswith("take_")}


def field(run, kind, name):
    (found,) = [one for one in getattr(run, kind) if one.key.startswith(f"case_{name}_")]
    return found


def press(run, action):
    buttons(run)[action].click()
    return again(run)


def picture(colour="teal"):
    held = BytesIO()
    Image.new("RGB", (64, 48), colour).save(held, "PNG")
    return held.getvalue()


@pytest.fixture
def case(where):
    return journaled.ticking(where, "worker").report(AT, key="r", photos=[]).id


def status(where, ident):
    return dossier(journal_at(where), ident).case.status


def walk(where, ident, *upto):
    """Bring a case along by the hands that usually do it."""
    boss, worker = journaled.ticking(where), journaled.ticking(where, "worker")
    values = {"dispatch": {"assignee": "区供电公司"}, "handle": {"cause": "线路超期"}}
    for action in upto:
        hand = boss if BY_ACTION[action].roles == ("secretary", "planner") else worker
        hand.step(ident, action, values=values.get(action, {}), key=f"walk-{ident}-{action}")


def test_a_case_is_brought_from_report_to_closing_by_single_buttons(where, case):
    boss = start(where, case)
    assert list(buttons(boss)) == ["open"]
    press(boss, "open")
    assert status(where, case) == "opened"
    field(boss, "selectbox", "assignee").set_value("区供电公司")
    press(boss, "dispatch")
    worker = start(where, case, role="worker")
    press(worker, "start")
    field(worker, "selectbox", "cause").set_value("线路超期")
    field(worker, "text_area", "reason").set_value("换了 12 米线")
    field(worker, "file_uploader", "photos").set_value(("a.png", picture(), "image/png"))
    press(worker, "handle")
    assert buttons(worker) == {}
    assert "请另一位同事去看" in said(worker)
    other = start(where, case, role="worker", post=OTHER)
    assert "核查须由另一人：处置的是第五网格网格员。" in said(other)
    press(other, "recheck")
    press(again(boss), "close")
    assert "案件已结案" in said(boss)
    held = dossier(journal_at(where), case)
    assert [event.action for event in held.events] == [
        *("report", "open", "dispatch", "start", "handle", "recheck", "close"),
    ]
    assert held.case.cause == "线路超期"
    assert len(held.after) == 1
    assert photo_address(held.after[0]) in said(boss)
    assert journal_at(where).verify() > 7


def test_somebody_was_faster_is_said_and_the_new_state_is_shown(where, case):
    mine = start(where, case)
    walk(where, case, "open")
    buttons(mine)["open"].click()
    again(mine)
    assert "案件现在是“立案”，不能立案" in mine.warning[0].value
    assert list(buttons(mine)) == ["dispatch"]


def test_the_same_wish_twice_is_one_step(where, case):
    first = start(where, case)
    buttons(first)["open"].click()
    again(first)
    seq = journal_at(where).version()
    again(first)
    assert journal_at(where).version() == seq
    events = dossier(journal_at(where), case).events
    assert [event.action for event in events].count("open") == 1


def test_a_second_press_of_one_form_takes_no_second_step(where, case):
    from pages import _case_form  # noqa: PLC0415

    view = journaled.view(where)
    held = dossier(journal_at(where), case).case
    one = _case_form.Form(view, view.desk, held, BY_ACTION["open"], "wish")
    for _ in range(2):
        _case_form._take(one)
    assert status(where, case) == "opened"
    assert len(dossier(journal_at(where), case).events) == 2


def test_what_a_step_needs_is_said_when_it_lacks(where, case):
    walk(where, case, "open")
    run = press(start(where, case), "dispatch")
    assert run.warning[0].value == "请选择派给谁。"
    field(run, "text_input", "assignee_own").set_value("临时抢修队")
    press(run, "dispatch")
    assert not run.warning
    assert dossier(journal_at(where), case).case.assignee == "临时抢修队"


def test_a_photo_that_is_none_stops_the_step_and_says_what_to_do(where, case):
    walk(where, case, "open", "dispatch", "start")
    run = start(where, case, role="worker")
    field(run, "file_uploader", "photos").set_value(("a.jpg", b"MZ no photo", "image/jpeg"))
    press(run, "handle")
    assert "不是可以读取的照片" in run.warning[0].value
    assert status(where, case) == "handling"


def open_door(run, action):
    run.menu_button(key="case_doors").set_value(action)
    return again(run)


def test_a_recheck_that_fails_sends_it_back_with_a_reason(where, case):
    walk(where, case, "open", "dispatch", "start", "handle")
    run = open_door(start(where, case, role="worker", post=OTHER), "return")
    assert list(buttons(run)) == ["return"]
    press(run, "return")
    assert run.warning[0].value == "请写明原因或内容。"
    field(run, "text_area", "reason").set_value("套管没有固定")
    press(run, "return")
    assert status(where, case) == "returned"
    assert "返工 1 次" in said(run)
    assert "套管没有固定" in said(run)


def test_a_duplicate_is_chosen_from_what_is_nearby(where, case):
    twin = journaled.ticking(where, "worker", OTHER).report(AT, key="twin").id
    run = open_door(start(where, twin), "duplicate")
    options = field(run, "selectbox", "original").options
    assert options[0].startswith(f"{case} 线路老化")
    field(run, "selectbox", "original").set_value(case)
    press(run, "duplicate")
    assert f"案件已并入 {case}" in said(run)
    assert dossier(journal_at(where), twin).case.original == case


def test_only_who_may_extend_is_offered_it(where, case):
    walk(where, case, "open")
    assert "延期" in start(where, case).menu_button(key="case_doors").options
    assert "延期" not in start(where, case, role="planner").menu_button(key="case_doors").options


def test_a_message_changes_nothing_and_two_are_two(where, case):
    run = start(where, case, role="worker")
    for words in ("已联系供电公司", "周四更换"):
        open_door(run, "say")
        field(run, "text_area", "reason").set_value(words)
        press(run, "say")
    assert status(where, case) == "reported"
    assert said(run).index("周四更换") < said(run).index("已联系供电公司")


@pytest.mark.parametrize(
    ("lang", "role"), [("zh", "secretary"), ("en", "worker"), ("zh", "planner")]
)
def test_every_imported_case_has_a_page(where, lang, role):
    community = journaled.view(where).community
    kept = community.cases.groupby("status").head(1).index
    for ident in kept:
        told = said(start(where, ident, lang, role))
        assert ident in told
        assert not any(bad in told for bad in ("nan", "NaT", "None", "&lt;NA"))


def test_a_place_is_named_once(where):
    there = replace(AT, place="供销小区门口")
    ident = journaled.ticking(where, "worker").report(there, key="once").id
    assert f"{ident}・供销小区门口・第五网格" in said(start(where, ident))


@pytest.mark.parametrize("ident", ["", "Z999", "<script>", "x" * 5000])
def test_no_such_case_is_a_sentence(where, ident):
    run = start(where, ident)
    assert "案件" in said(run)
    assert "<script>" not in said(run)


def test_what_came_back_is_said_and_led_to(where):
    before = journaled.view(where).community.cases
    done = before[(before["status"] == "closed") & before["compound_id"].notna()]
    last = done.sort_values("closed_at").iloc[-1]
    spot = done.loc[[last.name]].to_crs(4490).geometry.iloc[0]
    held = Draft(spot.x, spot.y, last["kind"], "一般", compound_id=last["compound_id"])
    fresh = journaled.desk(where, "worker").report(held, key="again")
    run = start(where, fresh.id)
    assert "复发" in said(run)


def test_hostile_words_stay_words(where):
    evil = '<img src=x onerror=alert(1)>{{7*7}}"'
    desk = journaled.ticking(where, post=evil)
    ident = desk.report(Draft(113.0494, 36.0502, "other", "低", evil, place=evil), key="e").id
    desk.step(ident, "open", key="f")
    desk.step(ident, "dispatch", values={"assignee": evil, "reason": evil}, key="g")
    told = said(start(where, ident))
    assert "<img" not in told
    assert told.count("&lt;img") >= 5


def test_the_log_tells_every_step_in_both_languages(where, case):
    walk(where, case, "open", "dispatch", "start", "handle")
    told = entries(dossier(journal_at(where), case).events, journaled.NOW)
    assert [one.what.zh for one in told] == [
        *("处置完成，反馈", "开始处置", "派遣", "立案", "上报"),
    ]
    assert told[0].told[0].en == "Root cause: Past its service life"
    assert told[2].told[0].zh == "派给 区供电公司"
    assert all(one.when.tzinfo for one in told)
    assert {step.action for step in STEPS} == set(BY_ACTION)


def test_an_address_of_a_photo_holds_nothing_but_its_digest():
    assert photo_address("../../etc/passwd\"'><b>") == "/photos/ecadb.jpg"


def test_likely_hands_come_first_and_each_once(where, case):
    community = journaled.view(where).community
    held = dossier(journal_at(where), case).case
    found = assignees(community, held)
    assert found[:2] == ["第五网格网格员", "区供电公司"]
    assert len(found) == len(set(found))
    assert set(community.partners["name"]) <= set(found)
    assert len(assignees(community)) == len(found)


def test_every_kind_has_causes_in_both_languages():
    assert set(CAUSES) == set(HAZARD_KINDS)
    for terms in CAUSES.values():
        assert len(terms) >= 3
        for word, text in terms.items():
            assert word == text.zh
            assert text.en
            assert cause(word) == text
