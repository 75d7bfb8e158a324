"""What is worth saying about a place or thing: name, chips, facts and six figures, as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import pandas as pd

from pages._address import State
from pages._format import UNKNOWN, days, due, known, length_parts, number, people, walk
from wangge.analysis.coverage import walk_to_station
from wangge.analysis.management import compound_management
from wangge.analysis.places import counts
from wangge.community import Community
from wangge.domain import terms
from wangge.text import Text

Tone = Literal["", "gap", "edge", "major"]
HOUSEHOLDS: Final = Text("户", "households")
PIECES: Final = Text("处", "")


@dataclass(frozen=True, slots=True)
class Chip:
    """A state in a word or two, beside the name."""

    label: Text
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, and a line below that says what is wrong, if anything is."""

    label: Text
    value: str
    unit: Text = Text("", "")
    note: Text = Text("", "")
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What the panel shows of a place."""

    name: Text
    chips: tuple[Chip, ...]
    facts: tuple[Text, ...]
    figures: tuple[Figure, ...]


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


def held(community: Community, layer: str, place: str, today: date) -> pd.Series:
    """Return what a grid, a compound or (no `layer`) the community holds, see `places.counts`."""
    table = community.derive(counts, today=today)
    level = {"grids": "grid", "compounds": "compound"}.get(layer, "community")
    rows = table[table.index.get_level_values("level") == level]
    if level != "community":
        return rows.loc[(level, place), :]
    return rows.iloc[0] if len(rows) else table.sum()


def residents(community: Community, level: str, place: str, column: str) -> str:
    """Write a count of people at a place: ``<5`` where few, ``–`` where withheld or unknown."""
    frame = community.residents
    if frame.empty or column not in frame:
        return UNKNOWN
    if level == "community":
        place = next((one for of, one in frame.index if of == level), "")
    if (level, place) not in frame.index or (level, place, column) in community.withheld:
        return UNKNOWN
    value = frame.at[(level, place), column]
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
    row = community.community.iloc[0] if len(community.community) else None
    name = str(row["name"]) if row is not None else "社区"
    around = (
        tuple(Text(str(row[key]), str(row[key])) for key in ("district", "subdistrict"))
        if row is not None
        else ()
    )
    has = held(community, "", "", today)
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
    row = community.grids.loc[place]
    has = held(community, "grids", place, today)
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
    row = community.compounds.loc[place]
    has = held(community, "compounds", place, today)
    state = community.derive(compound_management, today=today).loc[place]
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
    row = community.buildings.loc[place]
    facts = [
        _name_of(community, "compounds", row["compound_id"]),
        terms.BUILDING_KINDS.get(str(row["kind"]), Text(UNKNOWN, UNKNOWN)),
    ]
    if known(row["built_year"]):
        facts.append(Text(f"{row['built_year']:.0f} 年建", f"built {row['built_year']:.0f}"))
    units = Text("{n} 个单元", "{n} units").fill(n=number(row["units"]))
    figures = [
        Figure(Text("层数", "Floors"), number(row["floors"]), Text("层", ""), units),
        _way(community, community.buildings.index == place),
    ]
    if known(row["compound_id"]):
        figures.insert(0, _households(community, "building", place))
    return Card(_own(row), (), tuple(fact for fact in facts if fact.zh != UNKNOWN), tuple(figures))


def _common(has: pd.Series, along: str = "") -> tuple[Figure, ...]:
    """Return hazards, dark alleys and lamps of a place; `along` households live on the dark."""
    major, late = int(has["open_重大"]), int(has["hazards_overdue"])
    burning = Text(f"{late} 处超期", f"{late} overdue") if late else Text("", "")
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
            touched if has["unlit_m"] else Text("", ""),
            "gap" if has["unlit_m"] and along else "",
        ),
        Figure(
            Text("路灯", "Streetlights"),
            f"{lamps - broken:,}/{lamps:,}" if lamps else "0",
            Text("盏", "lit"),
            Text(f"{broken} 盏不亮", f"{broken} broken") if broken else Text("", ""),
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
        note if alone != UNKNOWN else Text("", ""),
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


def _stations(has: pd.Series) -> Figure:
    return Figure(
        Text("服务站", "Stations"),
        number(has["stations"]),
        PIECES,
        Text("设施 {n} 处", "{n} facilities").fill(n=number(has["facilities"])),
    )


def _way(community: Community, rows: object) -> Figure:
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
        Text(f"党员 {members} 人", f"{members} members") if members else Text("", ""),
    )


def _own(row: pd.Series) -> Text:
    return Text(str(row["name"]), str(row["name"]))


def _name_of(community: Community, table: str, place: object) -> Text:
    frame = getattr(community, table)
    if isinstance(place, str) and place in frame.index:
        name = str(frame.at[place, "name"])
        return Text(name, name)
    return Text(UNKNOWN, UNKNOWN)


def joined(facts: Sequence[Text]) -> Text:
    """Return facts as one line.

    Examples
    --------
    >>> joined([Text("第5网格", "Grid 5"), Text("3 栋", "3 buildings")]).zh
    '第5网格・3 栋'
    """
    return Text("・".join(fact.zh for fact in facts), " · ".join(fact.en for fact in facts))
