"""The Python half of the live map: what crosses the websocket, and what a click gives back."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from layers._body import SHELF, Body, of_sheet
from layers._folium import Drawing
from pages import _map
from pages._map import host

SHEET = of_sheet({"words": {name: f"{name}!" for name in (*host.EARLY, "fit")}})
GRIDS = Body("g1", b'{"features":[]}', {"features": []})
HEAD = {
    "sheet": SHEET.digest,
    "layers": [{"id": "grids", "hash": "g1", "shown": True}],
    "bounds": [[36.0, 113.0], [36.1, 113.1]],
    "maxZoom": 21,
}


def script(drawing, options):
    import streamlit as st  # noqa: PLC0415 (the source of this function is a script of its own)

    from pages import _map  # noqa: PLC0415

    given = dict(options)
    if given.pop("decides", False):
        given["on_pick"] = lambda picked: st.session_state.setdefault("told", []).append(picked)
    st.session_state["answer"] = _map.show(drawing, key="m", **given)


def run(kept=None, **options):
    at = AppTest.from_function(script, args=(Drawing(HEAD, (SHEET, GRIDS)), options))
    if kept:
        at.session_state["m picked"] = kept
    at.run(timeout=20)
    assert not at.exception
    (sent,) = at.get("bidi_component")
    return at, json.loads(sent.proto.json), sent.proto


def test_only_digests_words_and_colours_cross_the_websocket():
    _, data, proto = run()
    assert {key: data[key] for key in HEAD} == HEAD
    assert set(data["words"]) == set(host.EARLY)
    assert len(proto.SerializeToString()) < 4000
    assert SHEET.content.decode() not in proto.json


def test_bodies_are_on_the_shelf_for_this_role_only(monkeypatch):
    monkeypatch.setenv("WANGGE_ROLE", "worker")
    run()
    assert SHELF.get("worker", "g1") is GRIDS
    run(role="planner")
    assert SHELF.get("planner", "g1") is GRIDS


def test_what_was_picked_stays_picked():
    at, data, _ = run(kept=_map.Picked("grids", "G5"))
    assert data["selected"] == ["grids", "G5"]
    assert at.session_state["answer"] == _map.Picked("grids", "G5")


def test_a_page_that_listens_decides_what_is_selected():
    _, data, _ = run(kept=_map.Picked("grids", "G5"), decides=True)
    assert data["selected"] is None
    _, data, _ = run(decides=True, selected=_map.Picked("compounds", "C07"))
    assert data["selected"] == ["compounds", "C07"]


def hear(monkeypatch, *messages):
    """Show a map with two switches, let the browser say `messages`; return all that was told."""
    mounted, state, heard = {}, {}, []
    monkeypatch.setattr(host, "_mount", lambda **given: mounted.update(given))
    monkeypatch.setattr(host.st, "session_state", state)
    for message in (None, *messages):
        if message:
            state["m"] = {"told": message}
            mounted["on_told_change"]()
        _map.show(
            Drawing(HEAD, (SHEET, GRIDS)),
            key="m",
            on_pick=heard.append,
            switches=[("shops", 63), ("grids", None)],
            on_switch=heard.append,
            placing=_map.Placing(),
            on_place=heard.append,
        )
    return heard, mounted["data"]


def test_switches_reach_the_browser_in_the_order_of_the_page(monkeypatch):
    heard, data = hear(monkeypatch)
    assert heard == []
    assert data["switches"] == [("shops", 63), ("grids", None)]
    assert data["turn"] == 0


def test_the_page_hears_of_known_switches_only_and_says_which_message_it_took(monkeypatch):
    message = {"turn": 7, "picked": None, "shown": ["grids", "shops", "secrets"]}
    heard, data = hear(monkeypatch, message)
    assert heard == [("shops", "grids")]
    assert data["turn"] == 7


def test_one_message_may_hold_a_pick_and_the_switches(monkeypatch):
    picked = {"layer": "grids", "id": "G5", "reason": ""}
    heard, data = hear(
        monkeypatch,
        {"turn": 7, "picked": None, "shown": []},
        {"turn": 9, "picked": picked, "shown": ["shops"]},
        {"turn": 11, "picked": picked, "shown": None},
    )
    five = _map.Picked("grids", "G5")
    assert heard == [(), ("shops",), five, five]
    assert data["turn"] == 11


def test_two_states_share_the_sheet_and_name_their_own_bodies(monkeypatch):
    other = Body("g2", b'{"features":[]}', {"features": []})
    row = {"id": "grids", "hash": "g2", "shown": True}
    before = Drawing({**HEAD, "layers": [row]}, (SHEET, other))
    _, data, _ = run(before=before, role="planner")
    assert data["before"] == {"layers": [row]}
    assert data["layers"] == HEAD["layers"]
    assert SHELF.get("planner", "g2") is other
    assert run()[1]["before"] is None
    monkeypatch.setattr(host, "_mount", lambda **_: None)
    with pytest.raises(ValueError, match="compared"):
        _map.show(
            Drawing(HEAD, (SHEET, GRIDS)), key="m", before=Drawing({**HEAD, "sheet": "x"}, ())
        )


def tap(turn, **more):
    return {"turn": turn, "lon": 113.05, "lat": 36.05, "accuracy": None, "how": "tap"} | more


def test_what_is_placed_is_told_once_however_often_it_is_said(monkeypatch):
    first, second = tap(100, layer="alleys", id="A12"), tap(105, lon=113.06)
    heard, data = hear(
        monkeypatch,
        {"turn": 101, "placed": [first]},
        {"turn": 102, "placed": [first]},
        {"turn": 106, "placed": [second, first, second]},  # the first was not answered in time
        {"turn": 107, "placed": []},
    )
    assert [(one.lon, one.layer, one.id) for one in heard] == [
        (113.05, "alleys", "A12"),
        (113.06, "", ""),
    ]
    assert math.isnan(heard[0].accuracy_m)
    assert data["placed"] == 105


def test_a_located_place_says_how_well_it_is_known(monkeypatch):
    heard, _ = hear(monkeypatch, {"turn": 2, "placed": [tap(1, accuracy=8.5, how="located")]})
    assert heard == [_map.Placed(113.05, 36.05, 8.5, "located")]


@pytest.mark.parametrize(
    "row",
    [
        tap(1, lon="113.05"),
        tap(1, lon=None),
        tap(1, lat=math.nan),
        tap(1, lat=96),
        tap(1, lon=-math.inf),
        tap(1, how="guessed"),
        tap(1, lat=True),
    ],
)
def test_what_is_no_place_is_answered_but_never_told(monkeypatch, row):
    heard, data = hear(monkeypatch, {"turn": 2, "placed": [row]})
    assert (heard, data["placed"]) == ([], 1)


@pytest.mark.parametrize(
    "sent", [None, 7, "x", {}, [None], [[]], [{}], [{"turn": "9"}], [{"turn": math.nan}]]
)
def test_a_message_out_of_shape_places_nothing(monkeypatch, sent):
    heard, data = hear(monkeypatch, {"turn": 2, "placed": sent})
    assert (heard, data["placed"]) == ([], 0)


def test_the_browser_is_told_what_a_tap_means():
    _, data, _ = run(placing=_map.Placing(pin=(113.05, 36.05), accuracy_m=8, locate=True))
    assert data["placing"]["pin"] == [113.05, 36.05]
    assert data["placing"]["accuracy"] == 8
    assert data["placing"]["limit"] == 1500
    assert run()[1]["placing"] is None


@pytest.mark.parametrize(
    "how", [{"pin": (math.nan, 36.05)}, {"pin": (113.0, math.inf)}, {"accuracy_m": math.nan}]
)
def test_a_pin_the_browser_cannot_read_is_refused(how):
    with pytest.raises(ValueError, match="finite"):
        _map.Placing(**how)


@pytest.mark.parametrize("background", [_map.Picked("", ""), _map.Picked("", "", "back")])
def test_the_background_selects_nothing(background):
    assert run(selected=background)[1]["selected"] is None


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_ground_has_the_colours_of_the_theme(theme):
    assert run(theme=theme)[1]["ground"]["m_out"] == host.TOKENS[theme]["m_out"]


def test_the_callers_words_win():
    assert run(words={"failed": "没有"})[1]["words"]["failed"] == "没有"


def test_the_address_of_the_scripts_names_their_content(tmp_path, monkeypatch):
    before = host.version()
    for path in host.ENGINE.glob("*.js"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(host, "ENGINE", tmp_path)
    assert host.version() == before
    (tmp_path / "app.js").write_text("// changed")
    assert host.version() != before


def test_the_address_of_the_scripts_names_those_of_the_host_too(tmp_path, monkeypatch):
    before = host.version()
    for path in host.HERE.glob("*.js"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(host, "HERE", tmp_path)
    assert host.version() == before
    (tmp_path / "bodies.js").write_text("// changed")
    assert host.version() != before


SCRIPTS = [*sorted(host.ENGINE.glob("*.js")), *sorted(host.HERE.glob("*.js"))]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_writes_html_or_runs_text(path: Path):
    code = path.read_text("utf-8")
    for sink in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
    ):
        assert sink not in code


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_no_longer_than_three_hundred_lines(path: Path):
    assert len(path.read_text("utf-8").splitlines()) <= 300
