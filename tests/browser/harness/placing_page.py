"""See ``placing_app.py``."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import streamlit as st
from shapely import Point

import layers
from layers._folium import compose, describe
from pages._map import Placed, Placing, show
from wangge.domain.crs import place
from wangge.domain.workdays import PLACE
from wangge.sight import see
from wangge.store.files import read

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 13, 42, tzinfo=PLACE)
KEPT = st.session_state


@st.cache_resource
def full():
    """Read the demo community once."""
    return see(read(ROOT / "data" / "geo").community.at(NOW), "secretary")


def community():
    """Return the community with the lamps that were added here."""
    added = KEPT.get("added", [])
    lamps = full().streetlights
    if not added:
        return full()
    more = lamps.iloc[[0] * len(added)].set_axis([f"NEW{at}" for at in range(len(added))])
    held = pd.concat([lamps, more.set_geometry(added)])
    return replace(full(), streetlights=held, _memo={})


def placed(one: Placed) -> None:
    """Remember a placing, and where it is if it may be taken; the state changes last."""
    at = place(one.lon, one.lat, full().community.union_all())
    KEPT.setdefault("heard", []).append(one)
    if isinstance(at, Point):
        KEPT.setdefault("added", []).append(at)
        KEPT["pin"] = one


params = st.query_params
mode = params.get("mode", "pin")
lang = params.get("lang", "zh")
st.set_page_config(layout="wide", page_icon=str(ROOT / "pages" / "_icon.svg"))
time.sleep(float(params.get("slow", 0)))
pin = KEPT.get("pin")
if pin is None and "pin" in params:
    pin = Placed(*(float(part) for part in params["pin"].split(",")))
known = pin is not None and pin.accuracy_m == pin.accuracy_m
placing = Placing(
    mode=mode,
    pin=(pin.lon, pin.lat) if pin and mode == "pin" else None,
    accuracy_m=pin.accuracy_m if known else None,
    locate=True,
)
found = layers.offered("overview", "secretary")
usual = [one.id for one in found if one.shown and not one.base]


def drawing(of):
    """Return what the map draws of a community."""
    shown = [*usual, "streetlights"]
    return describe(compose(found, of, lang, today=TODAY, shown=shown))


compares = params.get("compare") and not st.checkbox("alone")
picked = show(
    drawing(community() if mode == "add" else full()),
    key="m",
    before=drawing(full()) if compares else None,
    placing=None if params.get("off") else placing,
    on_place=placed,
    theme=st.context.theme.type or "light",
    height=int(params.get("height", 600)),
    legend="height" not in params,
)
st.text(f"picked {picked.layer}/{picked.id}" if picked else "picked nothing")
st.text(f"placed {len(KEPT.get('heard', []))}")
for one in KEPT.get("heard", []):
    st.text(f"{one.lon:.6f} {one.lat:.6f} {one.accuracy_m} {one.how} {one.layer}/{one.id}.")
for _ in range(40 if params.get("tall") else 0):
    st.text("more")
