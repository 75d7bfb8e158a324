"""Scenarios with a name: saved in the journal, opened again, dropped; the data stays as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import streamlit as st

from pages import _lighting_scene as scenes
from pages import _plan, _widgets
from pages._format import as_date, day
from pages._lighting_scene import SAID, Scene
from pages._page import View
from pages._trail import plain
from wangge.analysis.edits import Edits
from wangge.errors import RefusedError
from wangge.text import Text

KIND: Final = "scenario"
ABOUT: Final = "lighting"
LONGEST: Final = 30  # characters of a name
_NAME: Final = "lighting_plan_name"
_WISH: Final = "lighting_plan_wish"


@dataclass(frozen=True, slots=True)
class Saved:
    """A scenario with a name, as somebody saved it."""

    key: str
    name: str
    plan: str
    at: str
    by: str


def saved(view: View) -> tuple[Saved, ...]:
    """Return the saved scenarios, the latest first; none where nobody may write."""
    if view.desk is None:
        return ()
    held = [_of(row) for row in view.desk.journal.records(KIND) if row["about"] == ABOUT]
    return tuple(sorted(held, key=lambda one: one.at, reverse=True))


def keep(view: View, name: str, edits: Edits, wish: str) -> None:
    """Save `edits` under `name`; the same `wish` again replaces what it saved.

    Raises
    ------
    RefusedError
        If this actor may not.
    """
    if view.desk is not None:
        body = {"name": name[:LONGEST], "plan": _plan.written(edits)}
        view.desk.keep(KIND, ABOUT, body, key=wish)


def saved_plans(view: View, scene: Scene) -> None:
    """List the saved scenarios, and offer to save the one that is tried."""
    if view.desk is None:
        _widgets.empty(view, Text("按权限，这里不能保存方案。", "Your role cannot save here."))
        return
    if scene.edits:
        _save(view)
    held = saved(view)
    if not held:
        _widgets.empty(
            view,
            Text(
                "还没有保存的方案。试装几盏灯后在这里起名保存。",
                "No scenario is saved yet. Try some lamps, then name and save them here.",
            ),
        )
    for one in held:
        _row(view, scene, one)


def _save(view: View) -> None:
    wish = st.session_state.setdefault(_WISH, uuid4().hex)
    with st.form("lighting_save", border=False), st.container(horizontal=True):
        st.text_input(
            view.t(Text("方案名称", "Name")),
            key=_NAME,
            max_chars=LONGEST,
            placeholder=view.t(Text("给这个方案起个名", "Name this scenario")),
            label_visibility="collapsed",
        )
        st.form_submit_button(
            view.t(Text("保存", "Save")),
            on_click=_saving,
            args=(view, wish),
            key="lighting_save_it",
        )


def _saving(view: View, wish: str) -> None:
    name = str(st.session_state.get(_NAME) or "").strip()
    if not name:
        st.session_state[SAID] = Text("请先起一个名称。", "Give it a name first.")
        return
    try:
        keep(view, name, scenes.read(view)[0].edits, wish)
    except RefusedError as refused:
        st.session_state[SAID] = refused.why
        return
    st.session_state[_WISH] = uuid4().hex
    st.session_state[_NAME] = ""
    st.session_state[SAID] = Text("已保存“{name}”。", "“{name}” is saved.").fill(name=name)


def _row(view: View, scene: Scene, one: Saved) -> None:
    edits, _ = _plan.read(one.plan, scene.now)
    when = day(as_date(one.at[:10]), view.today)
    facts = Text("{n} 处改动・{when}・{by}", "{n} changes · {when} · {by}").fill(
        n=len(edits), when=when, by=one.by
    )
    with st.container(
        key=f"lighting_saved_{one.key}", horizontal=True, vertical_alignment="center"
    ):
        st.button(
            f"**{plain(one.name)}**　:gray[{plain(view.t(facts))}]",
            key=f"open_{one.key}",
            type="tertiary",
            on_click=_open,
            args=(view, edits),
        )
        st.button(
            view.t(Text("删除", "Delete")),
            key=f"drop_{one.key}",
            type="tertiary",
            on_click=_drop,
            args=(view, one),
        )


def _open(view: View, edits: Edits) -> None:
    scenes.write(scenes.read(view)[0], edits=edits)


def _drop(view: View, one: Saved) -> None:
    if view.desk is not None:
        view.desk.drop(one.key)
        st.session_state[SAID] = Text("已删除“{name}”。", "“{name}” is deleted.").fill(
            name=one.name
        )


def _of(row: Mapping[str, Any]) -> Saved:
    body = json.loads(row["body"])
    return Saved(
        str(row["id"]),
        str(body.get("name", "")),
        str(body.get("plan", "")),
        str(row["at"]),
        str(row["actor"]),
    )
