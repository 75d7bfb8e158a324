"""One page, two maps of the same layers: ``?way=host`` is ours, ``?way=folium`` is st_folium.

Both return what was clicked, both outline it, both have one switch for the hazards: ours in the
map, theirs on the page.
"""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

import folium
import streamlit as st
from shapely import Point
from streamlit_folium import st_folium

import layers
from layers._folium import Drawing, compose, describe
from layers._tokens import TOKENS
from pages import _map
from wangge.community import Community
from wangge.domain.workdays import PLACE
from wangge.sight import see
from wangge.store.files import read

TODAY: Final = date(2026, 11, 23)
NOW: Final = datetime.combine(TODAY, time(13, 42), PLACE)
FOLDER: Final = Path(__file__).parents[1] / "data" / "geo"
VENDOR: Final = "/map/vendor/leaflet-1.9.4"
COLOURS: Final = TOKENS["light"]


@st.cache_resource
def community() -> Community:
    """Read the demo community once."""
    return see(read(FOLDER).community.at(NOW), "secretary")


def drawing(shown: tuple[str, ...]) -> Drawing:
    """Compose and describe, as every page of the product does."""
    found = layers.find_all()
    return describe(compose(found, community(), "zh", today=TODAY, shown=shown))


def look(classes: dict[str, dict[str, Any]], feature: dict[str, Any]) -> dict[str, Any]:
    """Return Leaflet's style of a feature: first stroke and fill of its class."""
    style = classes[feature["properties"]["class"]]
    stroke = next(iter(style["strokes"]), None)
    fill, symbol = style["fill"], style["symbol"]
    paint = symbol["fill"] if symbol else fill["color"] if fill else ""
    return {
        "color": COLOURS.get(stroke["color"] if stroke else paint, "#888888"),
        "weight": stroke["width"] if stroke else 0,
        "fillColor": COLOURS.get(paint, "#888888"),
        "fillOpacity": (fill["opacity"] if fill else 1) if paint else 0,
    }


def groups(found: Drawing) -> list[folium.FeatureGroup]:
    """Return the shown layers as feature groups, with tooltips where ours have them."""
    bodies = {body.digest: body.collection for body in found.bodies}
    styles = {one["id"]: one for one in bodies[found.head["sheet"]]["layers"]}
    made = []
    for row in found.head["layers"]:
        features = bodies[row["hash"]]["features"]
        if not row["shown"] or not features:
            continue
        classes = {one["key"]: one["style"] for one in styles[row["id"]]["classes"]}
        columns = [
            field["column"]
            for field in styles[row["id"]]["fields"]
            if all(field["column"] in one["properties"] for one in features)
        ]
        group = folium.FeatureGroup(row["id"])
        folium.GeoJson(
            bodies[row["hash"]],
            style_function=lambda feature, classes=classes: look(classes, feature),
            marker=folium.CircleMarker(radius=6),
            tooltip=folium.GeoJsonTooltip(columns) if columns else None,
        ).add_to(group)
        made.append(group)
    return made


def outline(at: dict[str, float] | None) -> list[folium.FeatureGroup]:
    """Return what outlines the compound clicked at."""
    group = folium.FeatureGroup("selected")
    if at:
        compounds = community().compounds.to_crs(4326)
        inside = compounds[compounds.contains(Point(at["lng"], at["lat"]))]
        style = {
            "color": COLOURS["accent"],
            "weight": 4,
            "className": f"selected-{inside.index[0]}",
        }
        folium.GeoJson(inside[["geometry"]], style_function=lambda _: style).add_to(group)
    return [group]


def hazards_on() -> bool:
    """Return whether the hazards are switched on; ours is told by the map, theirs by the page."""
    if st.query_params.get("way") == "folium":
        return st.checkbox("hazards", value=True)
    return bool(st.session_state.get("on", ("hazards",)))


def host_way(found: Drawing) -> str:
    """Show our map with a switch for the hazards; return what was picked and what is on."""
    picked = _map.show(
        found,
        key="host",
        height=900,
        switches=[("hazards", len(community().hazards))],
        on_switch=lambda on: st.session_state.update(on=on),
    )
    return f"{picked} on={','.join(st.session_state.get('on', ('hazards',)))};"


def folium_way(found: Drawing) -> str:
    """Show st_folium; return what was picked."""
    folium.Map.default_js = [("leaflet", f"{VENDOR}/leaflet.js")]
    folium.Map.default_css = [("leaflet", f"{VENDOR}/leaflet.css")]
    base = folium.Map(tiles=None, max_zoom=21)
    base.fit_bounds(found.head["bounds"])
    at = (st.session_state.get("folium") or {}).get("last_clicked")  # known before it is drawn
    st_folium(
        base,
        key="folium",
        height=900,
        use_container_width=True,
        feature_group_to_add=[*groups(found), *outline(at)],
        returned_objects=["last_clicked"],
    )
    return str(at)


st.set_page_config(layout="wide", page_icon=str(Path(__file__).parents[1] / "pages" / "_icon.svg"))
usual = tuple(one.id for one in layers.find_all() if one.shown and not one.base)
without = tuple(name for name in usual if name != "hazards")
held = drawing(usual if hazards_on() else without)
picked = folium_way(held) if st.query_params.get("way") == "folium" else host_way(held)
st.text(f"picked {picked}")
