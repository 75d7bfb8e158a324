"""What is worth saying about a community, grid, compound or building."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, cast

import pandas as pd

from pages._address import State
from pages._card import NOTHING, Card, Chip, Figure, Tone, joined
from pages._format import UNKNOWN, days, due, known, length_parts, number, people, walk
from pages._row import name_of, row_of
from wangge.analysis.coverage import walk_to_station
from wangge.analysis.management import compound_management
from wangge.analysis.places import counts
from wangge.community import Community
from wangge.domain import terms
from wangge.text import Text

__all__ = ["Card", "Chip", "Figure", "card", "held", "joined", "management", "residents"]
PIECES: Final = Text("处", "")


def card(community: Community, state: State, today: date) -> Card:
    """Return the card of the place `state` stands at: community, grid, compound or building."""
    layer, place = state.place
    if layer == "buildings":
        return _building(community, place)
    if layer == "compounds":
        return _compound(community, place, today)
    if layer == "grids":
        return _grid(community, place, today)
    return _community(community, today)


def held(community: Community, layer: str, place: str) -> dict[str, Any]:
    """Return what a grid, a compound or (no `layer`) the community holds, see `places.counts`."""
    table = community.derive(counts, now=community.now)
    level = {"grids": "grid", "compounds": "compound"}.get(layer, "community")
    rows = table[table.index.get_level_values("level") == level].droplevel("level")
    if level == "community":
        place = str(rows.index[0]) if len(rows) else ""
    if place not in rows.index:
        return dict.fromkeys(map(str, table.columns), 0)
    return row_of(rows, place)


def residents(community: Community, level: str, place: str, column: str) -> str:
    """Write a count of people at a place: ``<5`` where few, ``–`` where withheld or unknown."""
    frame = community.residents
    if frame.empty or column not in frame:
        return UNKNOWN
    if level == "community":
        place = next((one for of, one in frame.index if of == level), "")
    if (level, place) not in frame.index or (level, place, column) in community.withheld:
        return UNKNOWN
    value = cast("Any", frame[column].loc[(level, place)])
    return people(int(value) if known(value) else None)


def management(kind: str, gone: object) -> Chip:
    """Return the chip of how a compound is managed; `gone` days without a manager.

    Examples
    --------
    >>> management("none", 217).label.zh
    '无物业 217 天'
    """
    label = terms.MANAGER_KINDS.get(kind, Text(UNKNOWN, UNKNOWN))
    if kind in {"none", "community"} and isinstance(gone, int):
        label = Text("{kind} {days}", "{kind} {days}").fill(kind=label, days=days(gone))
    tone: Tone = "gap" if kind == "none" else "edge" if kind == "community" else ""
    return Chip(label, tone)


def _community(community: Community, today: date) -> Card:
    row = (
        row_of(community.community, community.community.index[0])
        if len(community.community)
        else None
    )
    name = str(row["name"]) if row is not None else "社区"
    around = (
        tuple(Text(str(row[key]), str(row[key])) for key in ("district", "subdistrict"))
        if row is not None
        else ()
    )
    has = held(community, "", "")
    figures = (
        _households(community, "community", ""),
        *_common(has, _figure(community, "unlit_households")),
        _unmanaged(community, None, today),
        _stations(has),
    )
    facts = (
        *around,
        Text(f"{len(community.grids)} 个网格", f"{len(community.grids)} grids"),
        Text(f"{len(community.compounds)} 个小区", f"{len(community.compounds)} compounds"),
        Text(
            f"{len(community.party_groups)} 个党小组", f"{len(community.party_groups)} party groups"
        ),
    )
    return Card(Text(name, name), (), facts, figures)


def _grid(community: Community, place: str, today: date) -> Card:
    row = row_of(community.grids, place)
    has = held(community, "grids", place)
    facts = (
        Text(str(row["branch"]), str(row["branch"])),
        Text("{n} 个小区", "{n} compounds").fill(n=number(has["compounds"])),
        Text("{n} 栋楼", "{n} buildings").fill(n=number(has["buildings"])),
    )
    figures = (
        _households(community, "grid", place),
        *_common(has),
        _unmanaged(community, place, today),
        _stations(has),
    )
    return Card(_own(row), (), facts, figures)


def _compound(community: Community, place: str, today: date) -> Card:
    row = row_of(community.compounds, place)
    has = held(community, "compounds", place)
    state = row_of(community.derive(compound_management, today=today), place)
    gone = int(state["days"]) if known(state["days"]) else None
    chips = [management(str(row["manager_kind"]), gone)]
    if bool(state["ending"]) and known(state["ends_in_days"]):
        left = due(int(state["ends_in_days"]))
        chips.append(Chip(Text("合同{left}", "contract {left}").fill(left=left), "edge"))
    facts = (
        _name_of(community, "grids", row["grid_id"]),
        terms.COMPOUND_KINDS.get(str(row["kind"]), Text(UNKNOWN, UNKNOWN)),
        Text(f"{row['built_year']:.0f} 年建", f"built {row['built_year']:.0f}"),
        Text("{n} 栋", "{n} buildings").fill(n=number(has["buildings"])),
        Text("有大门", "gated") if row["gated"] else Text("无大门", "open"),
    )
    figures = (
        _households(community, "compound", place),
        *_common(has),
        _way(community, community.buildings["compound_id"] == place),
        _groups(community, place),
    )
    return Card(_own(row), tuple(chips), facts, figures)


def _building(community: Community, place: str) -> Card:
    row = row_of(community.buildings, place)
    facts = [
        _name_of(community, "compounds", row["compound_id"]),
        terms.BUILDING_KINDS.get(str(row["kind"]), Text(UNKNOWN, UNKNOWN)),
    ]
    if known(row["built_year"]):
        facts.append(Text(f"{row['built_year']:.0f} 年建", f"built {row['built_year']:.0f}"))
    units = Text("{n} 个单元", "{n} units").fill(n=number(row["units"]))
    if known(row["units"]) and row["units"] == 0:  # a courtyard has houses, no stairwells
        units = NOTHING
    figures = [
        Figure(Text("层数", "Floors"), number(row["floors"]), Text("层", ""), units),
        _way(community, community.buildings.index.to_series() == place),
    ]
    if known(row["compound_id"]):
        figures.insert(0, _households(community, "building", place))
    return Card(_own(row), (), tuple(fact for fact in facts if fact.zh != UNKNOWN), tuple(figures))


def _common(has: dict[str, Any], along: str = "") -> tuple[Figure, ...]:
    """Return hazards, dark alleys and lamps of a place; `along` households live on the dark."""
    major, late = int(has["open_重大"]), int(has["hazards_overdue"])
    burning = Text(f"{late} 处超期", f"{late} overdue") if late else NOTHING
    if major:
        burning = Text(f"{major} 处重大", f"{major} major")
    metres, unit = length_parts(has["unlit_m"])
    touched = (
        Text("沿线 {n} 户", "{n} homes along").fill(n=along)
        if along
        else Text("墙外 12 米内的巷道", "of alleys within 12 m")
    )
    broken, lamps = int(has["lamps_broken"]), int(has["lamps"])
    return (
        Figure(
            Text("未结隐患", "Open hazards"),
            number(has["hazards_open"]),
            PIECES,
            burning,
            "major" if major else "",
        ),
        Figure(
            Text("无灯巷段", "Unlit alley"),
            metres,
            unit,
            touched if has["unlit_m"] else NOTHING,
            "gap" if has["unlit_m"] and along else "",
        ),
        Figure(
            Text("路灯", "Streetlights"),
            f"{lamps - broken:,}/{lamps:,}" if lamps else "0",
            Text("盏", "lit"),
            Text(f"{broken} 盏不亮", f"{broken} broken") if broken else NOTHING,
            "gap" if broken else "",
        ),
    )


def _figure(community: Community, name: str) -> str:
    """Write a figure of the whole community; nothing where the cut has none."""
    return people(community.figures[name]) if name in community.figures else ""


def _households(community: Community, level: str, place: str) -> Figure:
    alone = residents(community, level, place, "alone")
    note = Text("独居老人 {n} 人", "{n} elders alone").fill(n=alone)
    return Figure(
        Text("住户", "Households"),
        residents(community, level, place, "households"),
        Text("户", ""),
        note if alone != UNKNOWN else NOTHING,
    )


def _unmanaged(community: Community, grid: str | None, today: date) -> Figure:
    state = community.derive(compound_management, today=today)["state"]
    if grid is not None:
        state = state[community.compounds["grid_id"] == grid]
    none, fallback = int((state == "none").sum()), int((state == "community").sum())
    return Figure(
        Text("无物业小区", "Unmanaged compounds"),
        number(none),
        Text("个", ""),
        Text(f"社区兜底 {fallback} 个", f"{fallback} run by the community"),
        "gap" if none else "",
    )


def _stations(has: dict[str, Any]) -> Figure:
    return Figure(
        Text("服务站", "Stations"),
        number(has["stations"]),
        PIECES,
        Text("设施 {n} 处", "{n} facilities").fill(n=number(has["facilities"])),
    )


def _way(community: Community, rows: pd.Series[bool]) -> Figure:
    """Return the walk to the nearest station from the homes in `rows`, the middle one."""
    walks = community.derive(walk_to_station)["metres"][rows]
    metres = walks.median() if len(walks) else float("nan")
    value, unit = length_parts(metres)
    note = (
        walk(float(metres)) if known(float(metres)) else Text("没有通路记录", "no way is recorded")
    )
    return Figure(Text("到服务站", "To a station"), value, unit, note)


def _groups(community: Community, place: str) -> Figure:
    groups = community.party_groups
    mine = groups[groups["compound_id"] == place]
    members = int(mine["members"].sum())
    return Figure(
        Text("党小组", "Party groups"),
        number(len(mine)),
        Text("个", ""),
        Text(f"党员 {members} 人", f"{members} members") if members else NOTHING,
    )


def _own(row: dict[str, Any]) -> Text:
    return Text(str(row["name"]), str(row["name"]))


def _name_of(community: Community, table: str, place: object) -> Text:
    name = name_of(getattr(community, table), place) or UNKNOWN
    return Text(name, name)
