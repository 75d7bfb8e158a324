"""Report: what somebody saw becomes a case in two taps, on a phone, with or without a network."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import streamlit as st

import layers
from pages import _links, _press, _report, _widgets
from pages._map import Picked, Placed, Placing
from pages._map import show as show_map
from pages._map.host import base_path
from pages._page import Page, View
from pages._report import around
from pages._report.opening import Opening, address, opening
from wangge.domain.actors import tag_of
from wangge.text import Text

STYLE: Final = Path(__file__).with_name("_report") / "page.css"
MAP: Final = "report"
_HEIGHT: Final = "var(--report-map)"
_SEEN: Final = ("streetlights", "shops", "facilities")  # beside the usual layers: to be pointed at
_ACCURACY: Final = "report accuracy"
_FOCUS: Final = "report focus"
_LISTED: Final = 20
TITLE: Final = Text("上报隐患", "Report a hazard")


def body(view: View) -> None:
    """Show the map with its pin and the form; where the pin stands is in the address."""
    st.html(f"<style>{STYLE.read_text('utf-8')}</style>")
    found = opening(st.query_params.to_dict(), view.community)
    with st.container(key="report_top", horizontal=True, vertical_alignment="center"):
        _top(view)
    for notice in found.notices:
        st.warning(view.t(notice))
    with st.container(key="split"):
        left, right = st.columns([1240, 616], gap="medium")
        with left, st.container(key="report_place"):
            _map(view, found)
        with right, st.container(key="report_side"):
            _form(view, found)


def _top(view: View) -> None:
    """Show the way back, what this is, and what of mine is still open."""
    with st.container(key="report_back"):
        _links.link(view, "overview", Text("返回", "Back"))
    st.html(f'<h1 class="report">{view.t(TITLE)}</h1>')
    if view.desk is None:
        return
    own = around.mine(view)
    label = view.t(Text("我的 {n}", "Mine {n}").fill(n=len(own)))
    with st.popover(label, key="report_mine", type="tertiary"):
        if not own:
            _widgets.empty(view, Text("您上报的都已办结。", "All you reported is settled."))
        for ident, line in own[:_LISTED]:
            if _links.leads("case"):
                _links.link(view, "case", Text(f"{ident} {line}", f"{ident} {line}"), id=ident)
            else:
                st.text(f"{ident} {line}")


def _map(view: View, found: Opening) -> None:
    shown = [one for one in layers.find_all() if view.role in one.roles and not one.page]
    on = [one.id for one in shown if one.shown or one.id in _SEEN]
    spot = found.spot
    known = _accuracy(found)
    show_map(
        _widgets.drawing(view, shown, on),
        key=MAP,
        placing=Placing(
            pin=(spot.lon, spot.lat) if spot else None,
            accuracy_m=known if math.isfinite(known) else None,
            locate=True,
        ),
        on_place=_placed,
        focus=_focus(view, found),
        theme=view.theme,
        height=_HEIGHT,
        legend=False,
        chip=view.t(_widgets.SYNTHETIC) if view.community.synthetic else "",
        title=view.t(TITLE),
        role=view.role,
    )


def _form(view: View, found: Opening) -> None:
    if view.desk is None:
        _widgets.empty(
            view, Text("按权限，这里不能上报。", "For your role nothing can be reported here.")
        )
        return
    link = f"{base_path()}/case?id={{id}}" if _links.leads("case") else ""
    if link and view.lang != "zh":
        link += f"&lang={view.lang}"
    _report.form(
        view.lang,
        post=tag_of(view.desk.actor),
        at=around.place(view, found, _accuracy(found)),
        opened=_opened(),
        near=around.same(view, found.spot, link=link),
        case_link=link,
        on_moved=_moved,
    )


def _focus(view: View, found: Opening) -> Picked | None:
    """Return where the map looks first: at the own grid, unless it opens on a pin.

    It stays what it was, for a map whose focus changes flies there.
    """
    first = Picked("grids", view.grid) if view.grid and not found.spot else None
    held: Picked | None = st.session_state.setdefault(_FOCUS, first)
    return held


def _placed(placed: Placed) -> None:
    """Somebody pointed at the map, or the device told where it is."""
    asset = f"{placed.layer}/{placed.id}" if placed.layer in _report.NAMED else ""
    _write(placed.lon, placed.lat, asset, placed.accuracy_m)


def _moved(told: Mapping[str, Any]) -> None:
    """Put the pin where the form wants it: where a draft from before is, or nowhere."""
    if told.get("clear"):
        _keep({})
        return
    lon, lat, accuracy = (told.get(name) for name in ("lon", "lat", "accuracy"))
    if isinstance(lon, int | float) and isinstance(lat, int | float):
        known = float(accuracy) if isinstance(accuracy, int | float) else math.nan
        _write(float(lon), float(lat), str(told.get("asset") or ""), known)


def _write(lon: float, lat: float, asset: str, accuracy_m: float) -> None:
    held = address(lon, lat, asset)
    st.session_state[_ACCURACY] = (held["place"], accuracy_m)
    _keep(held)


def _keep(params: Mapping[str, str]) -> None:
    _press.go(params)


def _opened() -> str:
    return "|".join(st.query_params.get(name, "") for name in ("place", "asset"))


def _accuracy(found: Opening) -> float:
    """Return how well the place is known, m; NaN for what somebody pointed at."""
    place, accuracy = st.session_state.get(_ACCURACY, ("", math.nan))
    return float(accuracy) if found.spot and place == st.query_params.get("place") else math.nan


PAGE = Page(
    id="report",
    title=Text("上报", "Report"),
    order=45,
    body=body,
    roles=("worker", "planner", "secretary"),
)
