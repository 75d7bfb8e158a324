"""A press changes the address once, as it is by then, and none is lost."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from pages import _press
from pages._board import _presses
from tests.pages import journaled
from tests.pages.params import Params


@pytest.fixture
def st(monkeypatch):
    fake = SimpleNamespace(session_state={}, query_params=Params())
    monkeypatch.setattr(_press, "st", fake)
    return fake


def test_an_address_that_is_older_than_ours_does_not_count_and_one_of_the_whole_app_does(st):
    st.query_params.update(grid="G5", lang="en")
    _press.begin()
    _press.go({"grid": "G6"})
    st.query_params.from_dict({"grid": "G5", "lang": "en"})  # sent before ours arrived
    assert _press.address() == {"grid": "G6", "lang": "en"}
    _press.follow()
    assert st.query_params == {"grid": "G6", "lang": "en"}
    st.query_params.from_dict({"grid": "G5"})  # the way back in the browser
    _press.begin()
    _press.follow()
    assert _press.address() == st.query_params == {"grid": "G5"}


def test_a_language_named_wins_and_another_is_kept(st):
    _press.go({"lang": "en", "tab": "all"})
    _press.go({"tab": "open"})
    assert st.query_params == {"lang": "en", "tab": "open"}
    _press.go({"lang": "zh"})
    assert st.query_params == {"lang": "zh"}


def test_what_a_widget_showed_or_said_before_is_no_press(st):
    told = []
    hear = _press.once("page_0", 1, told.append)
    st.session_state["page_0"] = 1  # said again for a widget the last run took away
    hear()
    st.session_state["page_0"] = 2
    hear()
    hear()
    assert told == [2]
    st.session_state.pop("page_0")
    hear()
    assert told == [2]


def test_a_widget_is_set_only_where_it_must_show_something_else(st):
    words = {"a": "A 1", "b": "B"}
    _press.bound("key", "a", print, words)
    assert st.session_state.pop("key") == "a"
    st.session_state["key"] = "a"
    marked = st.session_state = Recorder(st.session_state)
    _press.bound("key", "a", print, words)
    assert "key" not in marked.written, "what is pressed there meanwhile is not written over"
    _press.bound("key", "a", print, {**words, "a": "A 2"})
    assert "key" in marked.written, "the browser knows a choice by its words"
    marked.written.clear()
    _press.bound("key", "b", print, words)
    assert marked["key"] == "b"


class Recorder(dict):
    def __init__(self, held):
        super().__init__(held)
        self.written = set()

    def __setitem__(self, key, value):
        self.written.add(key)
        super().__setitem__(key, value)


def test_a_word_that_cannot_be_chosen_is_no_press(st):
    told = []
    hear = _press.bound("key", "a", told.append, {"a": "A", "b": "B"})
    for wrong in (None, "c"):
        st.session_state["key"] = wrong
        hear()
    assert told == []


def test_a_table_is_heard_once_for_each_selection(st):
    told = []
    hear = _press.selects("rows", told.append)
    hear()  # it is gone already
    for cells in ([[1, "kind"]], [[1, "kind"]], [[2, "kind"]]):
        st.session_state["rows"] = {"selection": {"rows": [], "cells": cells}}
        hear()
    assert [one["cells"][0][0] for one in told] == [1, 2]


def test_a_table_is_another_one_for_other_rows_and_after_a_press_on_a_cell(st):
    first = _press.table("rows", ["a", "b"])
    assert first == _press.table("rows", ["a", "b"]) != _press.table("rows", ["b", "a"])
    hear = _press.selects(first, lambda _: None)
    st.session_state[first] = {"selection": {"rows": [1], "cells": []}}
    hear()
    assert _press.table("rows", ["a", "b"]) == first, "a tick leaves it as it is"
    st.session_state[first] = {"selection": {"rows": [1], "cells": [[0, "kind"]]}}
    hear()
    assert _press.table("rows", ["a", "b"]) != first


def test_only_so_many_widgets_are_remembered(st):
    for number in range(2 * _press._MOST):
        _press.once(f"table_{number}", 0, print)
    assert len(st.session_state[_press._DRAWN]) == _press._MOST


def _broken_off():
    import streamlit as st  # noqa: PLC0415 - this runs as a script of its own
    from streamlit.runtime.scriptrunner import StopException  # noqa: PLC0415

    from pages import _press  # noqa: PLC0415

    _press.begin()

    def chosen(what):
        if not st.session_state.get("once"):
            st.session_state["once"] = True
            raise StopException  # the whole app is asked for: the browser goes back, or reconnects
        _press.go({**_press.address(), "what": what})

    asked = _press.address().get("what", "a")
    _press.segments("what", "What", {"a": "A", "b": "B"}, asked, chosen)


def test_a_press_whose_callback_was_broken_off_is_heard_in_the_next_run():
    run = AppTest.from_function(_broken_off).run()
    run.segmented_control(key="what").set_value("b").run()
    assert "what" not in run.query_params
    run.run()
    assert run.query_params["what"] in ("b", ["b"])
    assert run.segmented_control(key="what").value == "b"
    assert not run.exception


def param(run, name):
    value = run.query_params.get(name, "")
    return value[0] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("name", "presses", "address"),
    [
        (
            "cases",
            {"cases_tab": "all", "cases_show": "map", "cases_kind": "old_wiring"},
            {"tab": "all", "show": "map", "kind": "old_wiring"},
        ),
        (
            "inspection",
            {"inspection_week": 1, "inspection_grid": "G3"},
            {"week": "1", "grid": "G3"},
        ),
        ("figures", {"figures_by": "kind", "figures_months": "all"}, {"by": "kind"}),
        (
            "lighting",
            {"lighting_list": "doors", "lighting_grid": "G3"},
            {"list": "doors", "grid": "G3"},
        ),
    ],
)
def test_presses_that_come_together_all_count(where, name, presses, address):
    run = journaled.start(name, where)
    for widget in (*run.segmented_control, *run.selectbox):
        if widget.key in presses:
            widget.set_value(presses.pop(widget.key))
    run.run()
    assert not run.exception
    assert {one: param(run, one) for one in address} == address


def test_a_page_of_the_list_that_is_gone_takes_nothing_back(where):
    run = journaled.start("cases", where, tab="open")
    (pages,) = run.get("pagination")
    gone = WidgetState(id=pages.proto.id, int_value=1)
    run.segmented_control(key="cases_tab").set_value("all").run()
    assert param(run, "tab") == "all"
    run.segmented_control(key="cases_show").set_value("map")
    sent = run._tree.get_widget_states()
    sent.widgets.append(gone)  # the browser learns at the end of a run that it is gone
    run._run(sent)
    assert not run.exception
    assert (param(run, "tab"), param(run, "show")) == ("all", "map")


def test_presses_on_the_board_come_in_order_and_what_was_heard_is_left_out():
    told = [
        {"turn": 9, "state": "opened"},
        {"turn": 7, "case": "Z001"},
        {"turn": 8, "case": ""},
        {"turn": "10", "case": "Z002"},
        {"turn": 11},
        "no press",
    ]
    assert _presses(told, 7) == [(8, "case", ""), (9, "state", "opened")]
    assert _presses({"case": "Z001"}, 0) == _presses(None, 0) == []
