"""What a browser sends in: one case of each wish, nothing believed, nothing lost without a word."""

from __future__ import annotations

import base64
import json
import os
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from PIL import Image

from server import report as served
from server.intake import AGAIN, CHANGED, OTHER_POST, TOO_MANY, UNREADABLE
from tests.naughty import NAUGHTY
from wangge.domain.actors import Actor, tag_of
from wangge.domain.crs import lonlat
from wangge.domain.limits import limit_words
from wangge.domain.rules import rule
from wangge.errors import JournalError
from wangge.store import photos as safe
from wangge.store import present
from wangge.store.journal import Journal
from wangge.text import Text

WORKER = Actor("第五网格网格员", "worker")


@pytest.fixture
def client(reporting):
    return reporting


def jpeg(colour="teal"):
    held = BytesIO()
    Image.new("RGB", (64, 48), colour).save(held, "JPEG")
    return base64.b64encode(held.getvalue()).decode()


def cases():
    return {row["id"]: row for row in present.journal(os.environ).rows("cases")}


def send(client, wish, **headers):
    return client.post("/report/send", json=wish, headers=headers)


def test_a_report_becomes_a_case_of_its_place(client, community, wish):
    before = set(cases())
    answer = send(client, wish)
    told = answer.json()
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    gate = community.gates.iloc[0]
    name = community.compounds.at[gate["compound_id"], "name"]
    assert (told["kind"], told["added"], told["remarks"]) == ("飞线充电", False, [])
    assert f"{name}门口" in told["place"]
    assert told["due"] == f"立案后 {limit_words('stray_charging', '一般').zh}内办结"
    (new,) = set(cases()) - before
    row = cases()[new]
    assert (told["id"], row["status"], row["reported_by"]) == (new, "reported", WORKER.post)
    assert row["grid_id"] in community.grids.index
    assert json.loads(row["answers"]) == wish["answers"]
    english = client.post("/report/send?lang=en", json=wish).json()
    assert (english["kind"], english["due"]) == (
        "Stray-cable charging",
        f"To be settled within {limit_words('stray_charging', '一般').en} of being opened",
    )


def test_however_often_and_at_once_it_comes_it_is_one_case(client, wish):
    before = len(cases())
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: send(client, wish), range(16)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(cases()) == before + 1


def test_what_was_changed_after_it_came_in_is_not_lost_without_a_word(client, wish):
    first = send(client, wish).json()
    again = send(client, {**wish, "note": "三楼也拉线"}).json()
    assert again["id"] == first["id"]
    assert again["remarks"] == [CHANGED.zh]
    assert cases()[first["id"]]["note"] == "二楼拉线"


def test_a_lamp_lends_its_own_position(client, community, wish):
    lamp = community.streetlights.index[3]
    lon, lat = lonlat(community.streetlights.geometry[lamp])
    near = {**wish, "lon": lon + 1e-4, "lat": lat, "asset": f"streetlights/{lamp}"}
    told = send(client, {**near, "kind": "lamp_out", "answers": {}}).json()
    row = cases()[told["id"]]
    assert row["asset"] == f"streetlights/{lamp}"
    assert (row["geom"].x, row["geom"].y) == pytest.approx((lon, lat), abs=1e-6)
    assert told["place"].startswith(f"路灯 {lamp}・")
    assert not present.present(os.environ)[0].community.streetlights.at[lamp, "working"]


@pytest.mark.parametrize("asset", ["streetlights/L999", "households/H0001", "x", "/", "a/b/c"])
def test_a_thing_that_is_not_there_is_left_out(client, wish, asset):
    told = send(client, {**wish, "asset": asset}).json()
    assert cases()[told["id"]]["asset"] == ""


def test_the_hazards_of_the_files_come_first_even_before_any_page(
    client, monkeypatch, tmp_path, wish
):
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path / "new"))
    told = send(client, wish).json()
    reading, _ = present.present(os.environ)
    assert len(reading.community.cases) == len(cases()) > 1
    assert next(reversed(cases())) == told["id"]


def test_adding_to_a_case_says_it_there_once(client, wish):
    first = send(client, wish).json()
    more = {**wish, "key": "m" * 22, "to": first["id"], "note": "", "photos": [jpeg()]}
    before = len(cases())
    for _ in range(2):
        told = send(client, more).json()
        assert (told["id"], told["added"], told["photos"]) == (first["id"], True, 1)
    said = [
        event
        for event in present.journal(os.environ).events(f"cases/{first['id']}")
        if event.action == "say"
    ]
    assert len(cases()) == before
    assert [event.values["reason"] for event in said] == [
        f"{AGAIN.zh}；拉线楼层：2 楼；正在充电：是"
    ]
    assert len(said[0].values["photos"]) == 1


def test_adding_to_no_case_or_too_long_is_refused(client, wish):
    assert "没有编号为" in send(client, {**wish, "to": "261123-99"}).json()["why"]
    first = send(client, wish).json()["id"]
    more = {**wish, "key": "n" * 22, "to": first}
    assert send(client, {**more, "note": "长" * 501}).status_code == 422
    assert send(client, {**more, "note": "长" * 490}).status_code == 200
    said = present.journal(os.environ).events(f"cases/{first}")[-1].values["reason"]
    assert said == "长" * 490 + "；拉线楼层：2 楼"


def test_photos_are_drawn_anew_and_each_refused_one_is_explained(client, wish):
    text = base64.b64encode(b"not a photo").decode()
    sent = [jpeg(), text, "%%%", jpeg("red")]
    told = send(client, {**wish, "photos": sent}).json()
    assert told["photos"] == 1
    assert told["remarks"] == [
        f"第 2 张照片没有收下：{safe.NO_PHOTO.zh}",
        f"第 3 张照片没有收下：{safe.NOTHING.zh}",
        TOO_MANY.fill(n=3).zh,
    ]
    (event,) = present.journal(os.environ).events(f"cases/{told['id']}")
    kept = present.journal(os.environ).photo(event.values["photos"][0])
    assert kept
    assert kept != base64.b64decode(sent[0])


def test_one_that_comes_late_says_when_it_was_written(client, wish):
    hour = 3_600_000
    late = send(client, {**wish, "written": wish["written"] - hour}).json()["id"]
    assert json.loads(cases()[late]["answers"])["written_at"] == "2026-11-23 12:42"
    for number, written in enumerate((wish["written"] + hour, 0, None, "x", True, 10**400, -1e14)):
        told = send(client, {**wish, "key": f"{number:022}", "written": written}).json()
        assert "written_at" not in json.loads(cases()[told["id"]]["answers"])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": "murder"}, "请选择是什么问题"),
        ({"severity": "很大"}, "请选择轻重"),
        ({"lon": None}, "不是有效的数字"),
        ({"lon": "113.05"}, "不是有效的数字"),
        ({"lat": 10**400}, "不是有效的数字"),
        ({"lon": 0.0, "lat": 0.0}, "没有采用"),
        ({"lon": 36.05, "lat": 113.05}, "似乎写反了"),
        ({"note": "长" * 501}, "最多 500 字"),
        ({"answers": {"floor": "99"}}, "从几楼拉线"),
        ({"key": "short"}, UNREADABLE.zh),
        ({"key": "k" * 65}, UNREADABLE.zh),
        ({"key": ["k"] * 22}, UNREADABLE.zh),
        ({"by": tag_of(Actor("书记", "secretary"))}, OTHER_POST.zh),
        ({"by": None}, OTHER_POST.zh),
    ],
)
def test_what_cannot_be_a_case_is_refused_in_words(client, wish, change, sentence):
    before = cases()
    answer = send(client, wish | change)
    assert answer.status_code == 422
    assert sentence in answer.json()["why"]
    assert cases() == before


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_wish_is_refused_in_words(client, body):
    answer = client.post(
        "/report/send?lang=en", content=body, headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["why"]) == (422, UNREADABLE.en)


def test_naughty_strings_come_back_as_they_were_sent(client, wish):
    for number, text in enumerate(NAUGHTY[::8]):
        sent = {**wish, "key": f"{number:022}", "note": text, "answers": {"floor": "2", text: text}}
        answer = send(client, sent)
        assert answer.status_code == 200, text
        row = cases()[answer.json()["id"]]
        assert row["note"] == text.strip().replace("\x00", "\ufffd")
        assert json.loads(row["answers"]) == {"floor": "2"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "http://testserver:81"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
    ],
)
def test_another_site_cannot_send(client, wish, headers):
    before = cases()
    sent = {"Content-Type": "application/json", **headers}
    answer = client.post("/report/send", content=json.dumps(wish), headers=sent)
    assert (answer.status_code, answer.content) == (403, b"")
    assert "access-control-allow-origin" not in answer.headers
    assert cases() == before


def test_without_an_origin_nothing_is_taken(client, wish):
    del client.headers["Origin"]
    assert send(client, wish).status_code == 403


def test_behind_a_proxy_the_address_the_browser_knows_counts(client, wish):
    outside = {"Origin": "https://wangge.example", "X-Forwarded-Host": "wangge.example"}
    assert send(client, wish, **outside).status_code == 200


def test_only_a_post_is_taken(client):
    assert client.get("/report/send").status_code == 405


@pytest.mark.parametrize("role", ["anonymous", "mayor"])
def test_a_visitor_cannot_report(client, monkeypatch, wish, role):
    monkeypatch.setenv("WANGGE_ROLE", role)
    answer = send(client, wish)
    assert (answer.status_code, answer.json()["why"]) == (403, "访客不能上报。")


def test_too_large_a_report_is_not_taken(client, wish):
    most = int(rule("report_upload_mb").value * 1e6)
    answer = send(client, {**wish, "note": "x" * most})
    assert answer.status_code == 413
    assert "12 MB" in answer.json()["why"]


def test_a_journal_that_cannot_write_asks_to_be_sent_again(client, monkeypatch, wish):
    def locked(*_):
        raise JournalError(Text("日志正被占用。", "The journal is locked."))

    monkeypatch.setattr(Journal, "writing", locked)
    answer = send(client, wish)
    assert (answer.status_code, answer.json()["why"]) == (503, "日志正被占用。")


def test_the_route_stands_under_the_path_the_app_is_served_at(monkeypatch):
    monkeypatch.setattr(served.st, "get_option", lambda _: "/wangge/")
    assert {route.path.split("{")[0] for route in served.routes()} == {
        "/wangge/report/send",
        "/wangge/report/form/",
    }


@pytest.mark.parametrize("name", sorted(path.stem for path in served.FORM.glob("*.js")))
def test_the_scripts_of_the_form_are_served_for_good(client, name):
    answer = client.get(f"/report/form/abc/{name}.js")
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (
        200,
        "text/javascript",
    )
    assert "immutable" in answer.headers["cache-control"]
    assert client.get("/report/form/abc/words.py.js").status_code == 404
