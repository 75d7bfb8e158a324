"""The wall's scenes: for each, what the right column says and what the map shows.

Everything is counted from an anonymous cut: no household, no name, no figure under five.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pandas as pd

from pages._format import length, length_parts, number
from pages._wall_blocks import BLANK, Block, Figures, Hero, Line, Note, Row, Signs
from pages._wall_parts import (
    case,
    days_of,
    figure,
    gaps,
    names_of,
    open_hazards,
    record,
    residents,
    risks,
    unmanaged,
    work,
)
from wangge.analysis.coverage import walk_to_station
from wangge.analysis.deadlines import case_state
from wangge.analysis.lighting import alley_lighting
from wangge.analysis.management import compound_management
from wangge.analysis.places import ALL, counts
from wangge.community import Community
from wangge.domain.rules import rule
from wangge.text import Text

_OLDEST: Final = 8  # hazards named on their own scene
_LISTED: Final = 9  # compounds, alleys and stations named on theirs
_BASE: Final = ("grids", "compounds", "buildings")


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture of the wall: its name, the layers on, and what the right column says."""

    id: str
    title: Text
    shown: tuple[str, ...]
    blocks: Callable[[Community, str], tuple[Block, ...]]


def overview(community: Community, grid: str) -> tuple[Block, ...]:
    """Return what burns, what is uncovered, what moves."""
    return risks(community, grid), gaps(community), work(community)


def lighting(community: Community, grid: str) -> tuple[Block, ...]:  # noqa: ARG001
    """Return how many metres are unlit, and which alleys."""
    state = community.derive(alley_lighting)
    dark = state[state["state"] == "unlit"].sort_values("unlit_m", ascending=False)
    here = record(community.derive(counts, now=community.now), ("community", ALL))
    metres, unit = length_parts(float(here["unlit_m"]))
    rows: list[Row] = [
        Hero(
            metres,
            Text("{unit}无灯", "{unit} unlit").fill(unit=unit),
            "gap",
            second=number(len(dark)),
            after=Text("条巷", " alleys"),
        )
    ]
    names = names_of(community.alleys)
    rows += [Line(names[at], length(record(dark, at)["unlit_m"])) for at in dark.index[:_LISTED]]
    if dark.empty:
        rows.append(Note(Text("走过的街巷都有灯。", "Every alley walked at night is lit.")))
    unknown = int((state["state"] == "unsurveyed").sum())
    lamps, broken = int(here["lamps"]), int(here["lamps_broken"])
    more = Figures(
        (
            (f"{number(lamps - broken)}/{number(lamps)}", Text("路灯完好", "lamps work")),
            (number(unknown), Text("未夜查街巷", "not walked")),
        )
    )
    note = Text("沿线 {n} 户", "{n} households").fill(n=figure(community, "unlit_households"))
    return (
        Block(Text("照明盲区", "Unlit"), "gap", tuple(rows), note),
        Block(Text("路灯", "Lamps"), "work", (more,)),
    )


def property_(community: Community, grid: str) -> tuple[Block, ...]:  # noqa: ARG001
    """Return the compounds nobody manages, with days, and the contracts about to end."""
    state = community.derive(compound_management, today=community.today)
    names = names_of(community.compounds)
    rows: list[Row] = [unmanaged(community)]
    for kind, label in (("none", BLANK), ("community", Text("社区兜底", "community-run"))):
        held = state[state["state"] == kind].sort_values("days", ascending=False)
        rows += [
            Line(
                names[at],
                Text("{kind} {days}", "{kind} {days}").fill(
                    kind=label, days=days_of(record(held, at)["days"])
                ),
            )
            for at in held.index[: _LISTED - 4 if kind == "none" else 4]
        ]
    ending = state[state["ending"]].sort_values("ends_in_days")
    notice = int(rule("contract_notice_days").value)
    soon: list[Row] = [
        Line(
            names[at],
            Text("还剩 {n}", "{n} left").fill(n=days_of(record(ending, at)["ends_in_days"])),
        )
        for at in ending.index[:3]
    ] or [Note(Text("没有将到期的合同。", "No contract is about to end."))]
    title = Text("{n} 天内到期", "Ending within {n} days").fill(n=notice)
    covered = Text("社区兜底 {n}", "{n} community-run").fill(
        n=int((state["state"] == "community").sum())
    )
    return (
        Block(Text("物业", "Property"), "gap", tuple(rows), covered),
        Block(title, "work", tuple(soon), Text("{n} 个", "{n}").fill(n=len(ending))),
    )


def stations(community: Community, grid: str) -> tuple[Block, ...]:  # noqa: ARG001
    """Return how many households walk more than ten minutes, and the stations."""
    held = community.stations
    main = held[held["kind"] == "党群服务站"].sort_values("grid_id")
    metres = community.derive(walk_to_station)["metres"]
    hero = Hero(
        figure(community, "beyond_10min_households"),
        Text("户在 10 分钟外", "households over 10 min"),
        "gap",
    )
    lines = tuple(
        Line(Text(name, name), Text(f"{opens}–{closes}", f"{opens}–{closes}") if opens else BLANK)
        for name, opens, closes in zip(
            main["name"], _words(main["opens"]), _words(main["closes"]), strict=True
        )
    )
    typical = Text("楼栋步行中位 {m}", "median walk {m}").fill(m=length(metres.median()))
    kinds = held["kind"].value_counts()
    others = Figures(
        (
            (number(len(main)), Text("党群服务站", "service")),
            (number(int(kinds.get("暖心驿站", 0))), Text("暖心驿站", "warm")),
            (number(int(kinds.get("幸福驿站", 0))), Text("幸福驿站", "happiness")),
        )
    )
    return (
        Block(Text("服务半径", "Reach"), "gap", (hero,), typical),
        Block(Text("服务站", "Stations"), "work", (*lines[:_LISTED], others)),
    )


def hazards(community: Community, grid: str) -> tuple[Block, ...]:
    """Return the worst count and the eight oldest open hazards."""
    state = community.derive(case_state, now=community.now)
    block = risks(community, grid)
    oldest = open_hazards(community, grid)
    oldest = oldest.loc[state.loc[oldest.index, "days_open"].sort_values(ascending=False).index]
    rows = tuple(case(community, oldest, state, at) for at in oldest.index[:_OLDEST])
    first = tuple(row for row in block.rows if isinstance(row, Hero | Signs | Note))
    return (
        Block(block.title, "risk", first, block.note),
        Block(Text("最久未结", "Open longest"), "work", rows or (Note(BLANK),)),
    )


def each_grid(community: Community, grid: str) -> tuple[Block, ...]:
    """Return one grid's number and its four figures; no names of people."""
    here = community.derive(counts, now=community.now)
    if ("grid", grid) not in here.index:
        return (Block(Text("网格", "Grid"), "work", (Note(Text("没有网格。", "No grid.")),)),)
    row, names = record(here, ("grid", grid)), names_of(community.grids)
    digits = "".join(char for char in grid if char.isdigit()) or grid
    metres, unit = length_parts(float(row["unlit_m"]))
    top = Block(
        names[grid],
        "work",
        (
            Hero(digits, Text("网格", "grid")),
            Figures(
                (
                    (number(int(row["compounds"])), Text("小区", "compounds")),
                    (residents(community, "grid", grid), Text("住户", "households")),
                )
            ),
            Figures(
                (
                    (number(int(row["hazards_open"])), Text("未结隐患", "open hazards")),
                    (metres, Text("{unit}无灯", "{unit} unlit").fill(unit=unit)),
                )
            ),
        ),
    )
    return top, risks(community, grid)


SCENES: Final[Mapping[str, Scene]] = MappingProxyType(
    {
        scene.id: scene
        for scene in (
            Scene(
                "overview",
                Text("总览", "Overview"),
                (*_BASE, "alleys", "stations", "hazards"),
                overview,
            ),
            Scene(
                "lighting",
                Text("照明", "Lighting"),
                ("grids", "alleys", "lit", "streetlights"),
                lighting,
            ),
            Scene("property", Text("物业", "Property"), (*_BASE, "contracts"), property_),
            Scene(
                "stations",
                Text("站点", "Stations"),
                ("grids", "buildings", "reach", "stations"),
                stations,
            ),
            Scene("hazards", Text("隐患", "Hazards"), (*_BASE, "hazards"), hazards),
            Scene(
                "grids",
                Text("逐网格", "By grid"),
                (*_BASE, "alleys", "stations", "hazards"),
                each_grid,
            ),
        )
    }
)


def totals(community: Community) -> tuple[tuple[str, Text], ...]:
    """Return the footer's totals: only what the data holds."""
    main = int((community.stations["kind"] == "党群服务站").sum())
    members = community.party_groups["members"].sum() if len(community.party_groups) else 0
    whole = next(iter(community.community.index), "")
    return (
        (number(len(community.grids)), Text("网格", "grids")),
        (number(len(community.compounds)), Text("小区", "compounds")),
        (residents(community, "community", whole), Text("住户", "households")),
        (number(len(community.party_groups)), Text("党小组", "party groups")),
        (number(main), Text("服务站", "stations")),
        (number(int(members)), Text("党员", "members")),
        (number(len(community.streetlights)), Text("路灯", "lamps")),
    )


def _words(column: pd.Series) -> list[str]:
    return [str(value)[:5] if pd.notna(value) and value else "" for value in column]
