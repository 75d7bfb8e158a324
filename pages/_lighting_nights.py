"""Night checks: the sheet to walk with, the form its result is entered in, what was entered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final
from uuid import uuid4

import pandas as pd
import streamlit as st
from shapely import Point

from pages import _lighting_rows as rows
from pages import _widgets
from pages._format import as_date, day
from pages._lighting_scene import SAID, Scene
from pages._page import View
from pages._row import name_of
from pages._trail import plain
from papers.night_check import TITLE, night_check
from wangge.analysis.alongside import lamps_along
from wangge.domain.crs import lonlat
from wangge.domain.terms import NIGHT_RESULTS
from wangge.errors import RefusedError
from wangge.store.desk import Desk, Draft
from wangge.text import Text

KIND: Final = "night_check"
SHOWN: Final = 6  # records listed
_ALLEY, _DAY, _RESULT, _OUT, _WISH = (
    f"lighting_night_{name}" for name in ("alley", "day", "result", "out", "wish")
)


def nights(view: View, scene: Scene) -> None:
    """Offer the sheet of a grid, and the form for what was seen."""
    _sheet(view, scene)
    if view.desk is None:
        _widgets.empty(view, Text("按权限，这里不能登记。", "Your role cannot record here."))
        return
    _form(view, scene)
    _recent(view, view.desk)


def _sheet(view: View, scene: Scene) -> None:
    """Offer the printed sheet of the grid looked at or of the chosen alley, or of each."""
    grids = view.community.grids
    at = rows.alley_grids(scene.now)[scene.alley] if scene.alley else scene.state.grid
    mine = [at] if at in grids.index else [str(one) for one in grids.index]
    _widgets.said(
        view,
        Text(
            "打印一张夜查表，天黑后照着走，回来在下面登记。",
            "Print a sheet, walk it after dark, and enter below what was seen.",
        ),
    )
    with st.container(key="lighting_sheets", horizontal=True, gap="xsmall"):
        for grid in mine:
            name = name_of(grids, grid)
            _widgets.offer(
                view,
                partial(night_check, view.community, grid, today=view.today, lang=view.lang),
                _widgets.PDF,
                name=TITLE.fill(grid=name),
                key=f"night_sheet_{grid}",
                label=Text(plain(name), plain(name)),
            )


def _form(view: View, scene: Scene) -> None:
    alleys = view.community.alleys
    listed = list(rows.alleys(scene.now, scene.now, scene.state.grid).index)
    mine = [*listed, *(at for at in alleys.index if at not in listed)]
    if scene.state.grid:
        mine = [at for at in mine if rows.alley_grids(scene.now)[at] == scene.state.grid]
    if scene.alley and scene.alley in mine:
        st.session_state[_ALLEY] = scene.alley
    elif st.session_state.get(_ALLEY) not in mine:
        st.session_state.pop(_ALLEY, None)
    if not mine:
        return
    chosen = st.selectbox(
        view.t(Text("街巷", "Alley")),
        mine,
        format_func=lambda at: plain(name_of(alleys, at) or str(at)),
        key=_ALLEY,
    )
    lamps = view.community.derive(lamps_along, alley=str(chosen))
    lamps = lamps[lamps["nearest"]]
    wish = st.session_state.setdefault(_WISH, uuid4().hex)
    with st.form("lighting_night", border=False):
        left, right = st.columns([2, 3])
        with left:
            st.date_input(
                view.t(Text("夜查日期", "Walked on")),
                value=view.today,
                max_value=view.today,
                key=_DAY,
                format="YYYY-MM-DD",
            )
        with right:
            st.segmented_control(
                view.t(Text("结果", "Seen")),
                list(NIGHT_RESULTS),
                format_func=lambda one: view.t(NIGHT_RESULTS[one]),
                key=_RESULT,
            )
        st.multiselect(
            view.t(Text("不亮的灯", "Lamps that are out")),
            [str(at) for at in lamps.index],
            default=[str(at) for at in lamps.index[~lamps["works"]]],
            key=f"{_OUT}_{chosen}_{wish}",
            placeholder=view.t(Text("都亮", "All shine")),
        )
        st.form_submit_button(
            view.t(Text("登记这次夜查", "Record this check")),
            key="lighting_night_go",
            type="primary",
            on_click=_enter,
            args=(view, str(chosen), wish),
        )


def _enter(view: View, alley: str, wish: str) -> None:
    """Record a night check, and a case for each lamp found out that was not known to be."""
    held, desk = st.session_state, view.desk
    result, walked = held.get(_RESULT), as_date(held.get(_DAY))
    out = [str(lamp) for lamp in held.get(f"{_OUT}_{alley}_{wish}") or ()]
    lamps = view.community.derive(lamps_along, alley=alley)
    lamps = lamps[lamps["nearest"]]
    why = fault_of(result, walked, out, lamps, view.today)
    if why is not None or desk is None or walked is None:
        held[SAID] = why or Text("按权限，这里不能登记。", "Your role cannot record here.")
        return
    body = {"checked_on": walked.isoformat(), "result": str(result), "lamps_out": sorted(out)}
    fresh = [lamp for lamp in out if lamps.loc[lamp, "works"]]
    try:
        desk.keep(KIND, f"alleys/{alley}", body, key=wish)
        for lamp in fresh:
            desk.report(_draft(view, alley, lamp), key=f"{wish}-{lamp}")
    except RefusedError as refused:
        held[SAID] = refused.why
        return
    held[_WISH] = uuid4().hex
    held[_RESULT] = None  # the next one is chosen anew
    name = name_of(view.community.alleys, alley)
    held[SAID] = _done(name, str(result), lamps, fresh)


def fault_of(
    result: object, walked: date | None, out: Sequence[str], lamps: pd.DataFrame, today: date
) -> Text | None:
    """Return why a night check cannot be recorded as entered, or None.

    Parameters
    ----------
    result
        A word of `NIGHT_RESULTS`.
    walked
        The day.
    out
        Lamps said to be out.
    lamps
        Those of the alley, with ``works`` as recorded.
    today
        No check is of a later day.
    """
    if result not in NIGHT_RESULTS:
        return Text("请选择看到的结果。", "Choose what was seen.")
    if walked is None or walked > today:
        return Text("请选择夜查的日期，不晚于今天。", "Choose a day, not after today.")
    if result == "lit" and any(lamps.loc[lamp, "works"] for lamp in out):
        return Text(
            "有不亮的灯，就不是全部有灯：请选“部分有灯”。",
            "With a lamp out it is not all lit: choose “partly lit”.",
        )
    left = [str(lamp) for lamp in lamps.index[lamps["works"]] if str(lamp) not in set(out)]
    if result == "unlit" and left:
        told = Text(
            "记录里 {n} 盏灯是亮的（{ids}）。整条无灯请把它们勾为不亮，否则选“部分有灯”。",
            "{n} lamps are on record as shining ({ids}). Tick them as out, or choose “partly lit”.",
        )
        return told.fill(n=len(left), ids="、".join(left[:4]))
    return None


def _done(name: str, result: str, lamps: pd.DataFrame, fresh: Sequence[str]) -> Text:
    told = Text("已登记：{name} {result}。", "Recorded: {name}, {result}.").fill(
        name=name, result=NIGHT_RESULTS[result]
    )
    known = [str(lamp) for lamp in lamps.index[~lamps["works"]]]
    if fresh:
        more = Text(" {n} 盏坏灯已上报。", " {n} lamps reported as out.").fill(n=len(fresh))
        return Text(told.zh + more.zh, told.en + more.en)
    if result == "lit" and known:
        more = Text(
            " 记录里 {ids} 仍不亮，它照的那段仍按无灯计；修好请结案。",
            " {ids} is still on record as out and its stretch counts as dark; close its case.",
        ).fill(ids="、".join(known[:4]))
        return Text(told.zh + more.zh, told.en + more.en)
    return told


def _draft(view: View, alley: str, lamp: str) -> Draft:
    spot = view.community.streetlights.geometry[lamp]
    lon, lat = lonlat(spot if isinstance(spot, Point) else spot.centroid)
    return Draft(
        lon=lon,
        lat=lat,
        kind="lamp_out",
        severity="一般",
        note=view.t(Text("夜查发现不亮", "Found out on a night check")),
        asset=f"streetlights/{lamp}",
        place=name_of(view.community.alleys, alley),
        grid_id=rows.grid_of(view.community, alley),
    )


def _recent(view: View, desk: Desk) -> None:
    """List the last checks entered."""
    held = [
        (str(one["about"]).removeprefix("alleys/"), json.loads(one["body"]), str(one["actor"]))
        for one in desk.journal.records(KIND)
    ]
    held = sorted(held, key=lambda one: str(one[1]["checked_on"]), reverse=True)[:SHOWN]
    if not held:
        _widgets.empty(view, Text("还没有登记过夜查。", "No night check has been recorded yet."))
        return
    _widgets.rows(
        view,
        [
            (
                Text("{day}　{name}", "{day} {name}").fill(
                    day=day(body["checked_on"], view.today),
                    name=name_of(view.community.alleys, alley) or alley,
                ),
                Text("{result}・{by}", "{result} · {by}").fill(
                    result=NIGHT_RESULTS.get(str(body["result"]), Text("–", "–")), by=by
                ),
            )
            for alley, body, by in held
        ],
    )
