"""Inspections: the week of fire checks, a grid's round on foot, and each stop in a few taps."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

import layers
from layers import inspection_way, inspections
from layers._folium import Drawing
from pages import _inspection_list, _inspection_stop, _inspection_take, _press, _widgets
from pages._format import length
from pages._inspection_scene import ALL, WEEKS, Scene, read
from pages._map import Picked, show
from pages._page import Page, View
from wangge.text import Text

TITLE: Final = Text("检查", "Inspections")
STYLE: Final = Path(__file__).with_name("_inspection.css")
_SHOWN: Final = ("grids", "buildings", "stations", "inspections", "inspection_way")


def body(view: View) -> None:
    """Show the week beside the map; on a phone the stop first; the address says which."""
    st.html(f"<style>{STYLE.read_text('utf-8')}</style>")
    scene, notices = read(view, st.query_params.to_dict())
    for notice in notices:
        st.warning(view.t(notice))
    with st.container(key=f"inspection_of_{'stop' if scene.stop else 'week'}"):
        with st.container(key="inspection_top", horizontal=True, vertical_alignment="center"):
            _top(scene)
        with st.container(key="split"):
            left, right = st.columns([1110, 746], gap="small")
            with left:
                _map(scene)
            with right, st.container(key="panel"):
                _panel(scene)


def _top(scene: Scene) -> None:
    """Show which week it is in words, and switch week and grid."""
    view = scene.view
    first, last = scene.monday, scene.monday.fromordinal(scene.monday.toordinal() + 6)
    said = Text("{week} {first} 至 {last}", "{week}, {first} to {last}").fill(
        week=WEEKS[scene.weeks], first=f"{first:%m-%d}", last=f"{last:%m-%d}"
    )
    with st.container(width="content", key="inspection_when"):
        _widgets.heading(view, said)
    _press.segments(
        "inspection_week",
        view.t(Text("哪一周", "Week")),
        {weeks: view.t(text) for weeks, text in WEEKS.items()},
        scene.weeks,
        lambda weeks: scene.go(week=str(weeks)),
    )
    names = view.community.grids["name"]
    own = [view.grid] if view.grid else []
    order = [*own, *(at for at in names.index if at not in own), ALL]
    _press.choice(
        "inspection_grid",
        view.t(Text("网格", "Grid")),
        {at: view.t(_named(view, at)) for at in order},
        scene.grid or ALL,
        lambda grid: scene.go(grid=grid, stop=""),
        width=190,
    )
    _inspection_take.take_away(scene)


def _named(view: View, grid: str) -> Text:
    if grid == ALL:
        return Text("全社区", "Whole community")
    name = str(view.community.grids["name"].get(grid, grid))
    if grid == view.grid:
        return Text(f"{name}（本网格）", f"{name} (own)")
    return Text(name, name)


def _map(scene: Scene) -> None:
    view = scene.view
    show(
        _drawing(scene),
        key="inspection",
        selected=Picked("inspections", scene.stop) if scene.stop else None,
        focus=Picked("grids", scene.grid) if scene.grid else None,
        on_pick=lambda picked: _picked(scene, picked),
        theme=view.theme,
        chip=view.t(_widgets.SYNTHETIC) if view.community.synthetic else "",
        title=view.t(TITLE),
        role=view.role,
    )


def _drawing(scene: Scene) -> Drawing:
    """Return the map of the week, with the round of the grid where one is looked at."""
    grid = scene.grid if scene.walk else ""
    bound = {
        "inspections": inspections.to(scene.grid, scene.weeks),
        "inspection_way": inspection_way.to(grid, scene.weeks),
    }
    found = [
        bound.get(layer.id, layer)
        for layer in layers.offered(PAGE.id, scene.view.role)
        if layer.base or layer.id in _SHOWN
    ]
    stations = scene.view.community.stations
    near = stations.index[stations["grid_id"] == scene.grid] if grid else stations.index
    return _widgets.drawing(scene.view, found, _SHOWN, {"stations": [*map(str, near)]})


def _picked(scene: Scene, told: Picked) -> None:
    """Choose what was pressed on the map: a stop, a grid, or nothing."""
    if told.layer == "inspections":
        scene.go(stop=told.id)
    elif told.layer == "grids" and told.id != scene.grid:
        scene.go(grid=told.id, stop="")
    elif scene.stop:
        scene.go(stop="")
    elif not told.layer:
        scene.go(grid=ALL)


def _panel(scene: Scene) -> None:
    if not scene.stop:
        with st.container(key="inspection_figures"):
            _widgets.figures(scene.view, _inspection_list.figures(scene))
    _inspection_stop.told(scene)
    if scene.stop:
        _inspection_stop.stop(scene)
    else:
        _round(scene)
    if scene.weeks > 0 and not scene.stop:
        told = Text(
            "按今天的记录推算，查过以后会变。",
            "As recorded today; it changes with each inspection.",
        )
        _widgets.note(scene.view, told)
    if not scene.grid and not scene.stop:
        _inspection_list.by_grid(scene)
    with st.container(key="inspection_places"):
        _inspection_list.places(scene)


def _round(scene: Scene) -> None:
    """Say how long the round of the grid is and how good, name what it misses, and begin it."""
    walk, view = scene.walk, scene.view
    if walk is None:
        return
    first = scene.next_stop()
    if not first:
        done = Text("这一轮都查完了。", "Everything on this round is done.")
        none = Text("这一周没有要检查的。", "Nothing is to be inspected this week.")
        _widgets.empty(view, done if len(walk.order) else none)
        return
    start = (
        Text("，从服务站出发并返回", " from the service station and back")
        if walk.started
        else Text("", "")
    )
    short = (
        Text("比最短的至多长 {gap} %", "at most {gap}% over the shortest").fill(
            gap=f"{max(100 * walk.gap, 0.1):.1f}"
        )
        if walk.gap > _PROVEN
        else Text("没有更短的走法", "no order is shorter")
    )
    said = Text("{n} 处，步行 {m}{start}；{short}。", "{n} stops, {m} on foot{start}; {short}.")
    with st.container(key="inspection_round", horizontal=True, vertical_alignment="center"):
        if scene.now:
            st.button(
                view.t(Text("开始检查", "Start")),
                key="inspection_start",
                type="primary",
                on_click=lambda: scene.go(stop=first),
            )
        told = said.fill(n=len(walk.order), m=length(walk.metres), start=start, short=short)
        st.html(f'<p class="w-facts">{escape(view.t(told))}</p>', width="stretch")
    if walk.unreached:
        names = [str(scene.places["name"][one]) for one in walk.unreached]
        lost = Text(
            "没有通路可以走到：{names}。请核对道路和院门数据。",
            "No way leads to {names}: check the ways and gates in the data.",
        )
        _widgets.note(view, lost.fill(names=Text("、".join(names), ", ".join(names))))


_PROVEN: Final = 1e-4  # a gap below is rounding
PAGE: Final = Page("inspection", TITLE, 40, body, roles=("worker", "planner", "secretary"))
