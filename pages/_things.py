"""What a picked thing is (alley, lamp, hazard, station, facility, shop), read from its schema."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pages._card import Chip
from pages._format import day, due, known, length, number
from pages._row import name_of, row_of
from wangge.analysis.deadlines import case_state
from wangge.analysis.lighting import alley_lighting
from wangge.analysis.places import of_points
from wangge.community import Community
from wangge.domain.schema import Column
from wangge.domain.tables import TABLES
from wangge.domain.terms import SEVERITIES
from wangge.text import Text

YES: Final = Text("是", "Yes")
NO: Final = Text("否", "No")
_LATE: Final = Text("今天已超期", "overdue since today")
_LIGHT: Final = {
    "lit": Chip(Text("有灯", "Lit")),
    "unlit": Chip(Text("无灯", "Unlit"), "gap"),
    "unsurveyed": Chip(Text("未夜查", "Not walked at night"), "edge"),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """What the panel shows of a thing: name, state, rows of label and value, where it lies."""

    name: Text
    chips: tuple[Chip, ...]
    rows: tuple[tuple[Text, Text], ...]
    places: tuple[tuple[str, str, str], ...]  # (layer, id, name), grid before compound


def thing(community: Community, layer: str, feature: str, today: date) -> Thing:
    """Return what there is to say about `feature` of `layer`; private columns never among it."""
    row = row_of(getattr(community, layer), feature)
    table = TABLES[layer]
    rows = tuple(
        (column.label, written(column, row[column.name], today))
        for column in table.columns
        if not column.private
        and column.name not in {"name", "grid_id", "compound_id"}
        and column.name in row
        and known(row[column.name])
    )
    if layer == "alleys":
        rows = (*rows, *_light_rows(community, feature))
    named = row.get("name")
    return Thing(
        name=Text(str(named), str(named)) if known(named) else _numbered(layer, row, feature),
        chips=_chips(community, layer, feature),
        rows=rows,
        places=_places(community, layer, feature),
    )


def written(  # noqa: PLR0911 - one line a kind of value
    column: Column, value: object, today: date
) -> Text:
    """Write `value` as its column says: a term, a date, a length, a number, yes or no."""
    if isinstance(value, str) and value in column.terms:
        return column.terms[value]
    if column.kind == "bool":
        return YES if value else NO
    if column.kind == "date":
        shown = day(value, today)
        return Text(shown, shown)
    if column.kind == "list" and isinstance(value, list | tuple):
        return Text("、".join(map(str, value)), ", ".join(map(str, value)))
    if column.unit == "m" and isinstance(value, int | float):
        return Text(f"{value:g} 米", f"{value:g} m")
    if column.kind in {"int", "float"} and isinstance(value, int | float):
        plain = str(int(value)) if "year" in column.name else number(value)
        unit = {"lm": Text("流明", "lm")}.get(column.unit, Text(column.unit, ""))
        return Text(f"{plain} {unit.zh}".strip(), f"{plain} {unit.en}".strip())
    return Text(str(value), str(value))


def _chips(community: Community, layer: str, feature: str) -> tuple[Chip, ...]:
    if layer == "alleys":
        light = _LIGHT.get(row_of(community.derive(alley_lighting), feature)["state"])
        return (light,) if light else ()
    if layer == "streetlights":
        broken = not row_of(community.streetlights, feature)["working"]
        return (Chip(Text("不亮", "Broken"), "gap"),) if broken else ()
    return _burning(community, feature) if layer == "hazards" else ()


def _burning(community: Community, feature: str) -> tuple[Chip, ...]:
    """Return how severe a hazard is, and how its limit stands while it is open."""
    state = row_of(community.derive(case_state, now=community.now), feature)
    severity = str(row_of(community.hazards, feature)["severity"])
    label = SEVERITIES.get(severity, Text(severity, severity))
    chips = [Chip(label, "major" if severity == "重大" and state["open"] else "")]
    if state["open"] and known(state["days_left"]):
        late, left = bool(state["overdue"]), int(state["days_left"])
        told = _LATE if late and not left else due(left)
        chips.append(Chip(told, "major" if late else ""))
    return tuple(chips)


def _light_rows(community: Community, feature: str) -> tuple[tuple[Text, Text], ...]:
    row = row_of(community.derive(alley_lighting), feature)
    whole = (Text("长度", "Length"), length(row["length_m"]))
    if row["state"] == "unsurveyed":
        return (whole, (Text("无灯记录", "No lamp recorded"), length(row["unsurveyed_m"])))
    return (
        whole,
        (Text("无灯", "Unlit"), length(row["unlit_m"])),
        (Text("最长暗段", "Longest dark stretch"), length(row["longest_dark_m"])),
    )


def _numbered(layer: str, row: dict[str, Any], feature: str) -> Text:
    """Name a thing without a name by its kind and number."""
    column = TABLES[layer].column("kind")
    kind = column.terms.get(str(row.get("kind", "")), TABLES[layer].label)
    return Text("{kind} {id}", "{kind} {id}").fill(kind=kind, id=feature)


def _places(community: Community, layer: str, feature: str) -> tuple[tuple[str, str, str], ...]:
    """Return the grid and compound a thing lies in, by its own words or by its position."""
    frame = getattr(community, layer)
    here = frame.loc[[feature]]
    if here.geometry.iloc[0] is None:
        return ()
    spot = here.set_geometry(here.geometry.representative_point())
    found = []
    for table, column in (("grids", "grid_id"), ("compounds", "compound_id")):
        areas = getattr(community, table)
        own = here[column].iloc[0] if column in here else None
        place = own if known(own) else of_points(spot, areas).iloc[0]
        if isinstance(place, str) and place in areas.index:
            found.append((table, place, name_of(areas, place)))
    return tuple(found)
