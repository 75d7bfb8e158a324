"""The wall's scenes: for each, what the right column says and what the map shows.

Everything is counted from an anonymous cut: no household, no name, no figure under five.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from pages._format import UNKNOWN, days, known, length, length_parts, number, people, rate
from pages._wall_blocks import BLANK, Block, Figures, Hero, Line, Note, Row, Sign, Signs
from wangge.analysis.coverage import walk_to_station
from wangge.analysis.hazards import hazard_state
from wangge.analysis.lighting import alley_lighting
from wangge.analysis.management import compound_management
from wangge.analysis.pace import pace
from wangge.analysis.places import ALL, counts, of_points
from wangge.community import Community
from wangge.domain.rules import rule
from wangge.domain.terms import HAZARD_KINDS, HAZARD_STATUSES, SEVERITIES
from wangge.text import Text

_SIGNS: Final[tuple[Sign, ...]] = ("重大", "较大", "一般", "低")
_WORST: Final = 2  # hazards named on the overview
_OLDEST: Final = 8  # hazards named on their own scene
_LISTED: Final = 9  # compounds, alleys and stations named on theirs
_BASE: Final = ("grids", "compounds", "buildings")


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture of the wall: its name, the layers on, and what the right column says."""

    id: str
    title: Text
    shown: tuple[str, ...]
    blocks: Callable[[Community, date, str], tuple[Block, ...]]


def risks(community: Community, today: date, grid: str = "") -> Block:
    """Return what burns: worst first, how many are late."""
    state = community.derive(hazard_state, today=today)
    frame = _open(community, today, grid)
    per = frame["severity"].value_counts()
    late = int(state.loc[frame.index, "overdue"].sum())
    rows: list[Row] = [
        Hero(
            number(int(per.get("重大", 0))),
            SEVERITIES["重大"],
            "risk" if per.get("重大", 0) else "plain",
            "重大",
            second=number(late),
            after=Text("超期", " overdue"),
        )
    ]
    rows += [_case(community, frame, state, at) for at in frame.index[:_WORST]]
    if frame.empty:
        rows.append(Note(Text("没有未结隐患。", "No open hazards.")))
    rows.append(Signs(tuple((s, SEVERITIES[s], number(int(per.get(s, 0)))) for s in _SIGNS[1:])))
    note = Text("未结 {n} 处", "{n} open").fill(n=len(frame))
    return Block(Text("险情", "Hazards"), "risk", tuple(rows), note)


def gaps(community: Community, today: date, grid: str = "") -> Block:  # noqa: ARG001 - one shape
    """Return what is uncovered: unmanaged compounds, unlit alleys, homes far from a station."""
    lighting = community.derive(alley_lighting)
    metres = float(record(community.derive(counts, today=today), ("community", ALL))["unlit_m"])
    figure, unit = length_parts(metres)
    far = Text("{n} 户", "{n} households").fill(n=_figure(community, "beyond_10min_households"))
    dark = Text("沿线 {n} 户", "{n} households").fill(n=_figure(community, "unlit_households"))
    unknown = int((lighting["state"] == "unsurveyed").sum())
    return Block(
        Text("盲区", "Gaps"),
        "gap",
        (
            _unmanaged(community, today),
            Line(Text("无灯巷", "Unlit alleys"), dark, figure=figure, unit=unit),
            Line(Text("服务站 10 分钟外", "Over 10 min to a station"), far),
            Line(Text("未夜查街巷", "Not walked at night"), Text("{n} 条", "{n}").fill(n=unknown)),
        ),
    )


def work(community: Community, today: date) -> Block:
    """Return how the week goes."""
    held = community.derive(pace, today=today)
    on_time = rate(held.in_time, held.limited)
    return Block(
        Text("近 7 天", "Last 7 days"),
        "work",
        (
            Figures(
                (
                    (number(held.reported), Text("上报", "reported")),
                    (number(held.closed), Text("结案", "closed")),
                    (number(held.inspected), Text("查商铺", "shops checked")),
                )
            ),
            Line(
                Text("7 天内到期", "Due within 7 days"),
                Text("{n} 处", "{n}").fill(n=held.due),
            ),
        ),
        Text("按期结案 {it}", "on time {it}").fill(it=on_time),
    )


def overview(community: Community, today: date, grid: str) -> tuple[Block, ...]:
    """Return what burns, what is uncovered, what moves."""
    return risks(community, today, grid), gaps(community, today), work(community, today)


def lighting(community: Community, today: date, grid: str) -> tuple[Block, ...]:  # noqa: ARG001
    """Return how many metres are unlit, and which alleys."""
    state = community.derive(alley_lighting)
    dark = state[state["state"] == "unlit"].sort_values("unlit_m", ascending=False)
    here = record(community.derive(counts, today=today), ("community", ALL))
    figure, unit = length_parts(float(here["unlit_m"]))
    rows: list[Row] = [
        Hero(
            figure,
            Text("{unit}无灯", "{unit} unlit").fill(unit=unit),
            "gap",
            second=number(len(dark)),
            after=Text("条巷", " alleys"),
        )
    ]
    names = _names(community.alleys)
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
    note = Text("沿线 {n} 户", "{n} households").fill(n=_figure(community, "unlit_households"))
    return (
        Block(Text("照明盲区", "Unlit"), "gap", tuple(rows), note),
        Block(Text("路灯", "Lamps"), "work", (more,)),
    )


def property_(community: Community, today: date, grid: str) -> tuple[Block, ...]:  # noqa: ARG001
    """Return the compounds nobody manages, with days, and the contracts about to end."""
    state = community.derive(compound_management, today=today)
    names = _names(community.compounds)
    rows: list[Row] = [_unmanaged(community, today)]
    for kind, label in (("none", BLANK), ("community", Text("社区兜底", "community-run"))):
        held = state[state["state"] == kind].sort_values("days", ascending=False)
        rows += [
            Line(
                names[at],
                Text("{kind} {days}", "{kind} {days}").fill(
                    kind=label, days=_days(record(held, at)["days"])
                ),
            )
            for at in held.index[: _LISTED - 4 if kind == "none" else 4]
        ]
    ending = state[state["ending"]].sort_values("ends_in_days")
    notice = int(rule("contract_notice_days").value)
    soon: list[Row] = [
        Line(
            names[at],
            Text("还剩 {n}", "{n} left").fill(n=_days(record(ending, at)["ends_in_days"])),
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


def stations(community: Community, today: date, grid: str) -> tuple[Block, ...]:  # noqa: ARG001
    """Return how many households walk more than ten minutes, and the stations."""
    held = community.stations
    main = held[held["kind"] == "党群服务站"].sort_values("grid_id")
    metres = community.derive(walk_to_station)["metres"]
    hero = Hero(
        _figure(community, "beyond_10min_households"),
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


def hazards(community: Community, today: date, grid: str) -> tuple[Block, ...]:
    """Return the worst count and the eight oldest open hazards."""
    state = community.derive(hazard_state, today=today)
    block = risks(community, today, grid)
    oldest = _open(community, today, grid)
    oldest = oldest.loc[state.loc[oldest.index, "days_open"].sort_values(ascending=False).index]
    rows = tuple(_case(community, oldest, state, at) for at in oldest.index[:_OLDEST])
    first = tuple(row for row in block.rows if isinstance(row, Hero | Signs | Note))
    return (
        Block(block.title, "risk", first, block.note),
        Block(Text("最久未结", "Open longest"), "work", rows or (Note(BLANK),)),
    )


def each_grid(community: Community, today: date, grid: str) -> tuple[Block, ...]:
    """Return one grid's number and its four figures; no names of people."""
    here = community.derive(counts, today=today)
    if ("grid", grid) not in here.index:
        return (Block(Text("网格", "Grid"), "work", (Note(Text("没有网格。", "No grid.")),)),)
    row, names = record(here, ("grid", grid)), _names(community.grids)
    digits = "".join(char for char in grid if char.isdigit()) or grid
    figure, unit = length_parts(float(row["unlit_m"]))
    top = Block(
        names[grid],
        "work",
        (
            Hero(digits, Text("网格", "grid")),
            Figures(
                (
                    (number(int(row["compounds"])), Text("小区", "compounds")),
                    (_residents(community, "grid", grid), Text("住户", "households")),
                )
            ),
            Figures(
                (
                    (number(int(row["hazards_open"])), Text("未结隐患", "open hazards")),
                    (figure, Text("{unit}无灯", "{unit} unlit").fill(unit=unit)),
                )
            ),
        ),
    )
    return top, risks(community, today, grid)


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
                ("grids", "compounds", "alleys", "lit", "streetlights"),
                lighting,
            ),
            Scene("property", Text("物业", "Property"), (*_BASE, "contracts"), property_),
            Scene("stations", Text("站点", "Stations"), (*_BASE, "reach", "stations"), stations),
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
        (_residents(community, "community", whole), Text("住户", "households")),
        (number(len(community.party_groups)), Text("党小组", "party groups")),
        (number(main), Text("服务站", "stations")),
        (number(int(members)), Text("党员", "members")),
        (number(len(community.streetlights)), Text("路灯", "lamps")),
    )


def _open(community: Community, today: date, grid: str) -> pd.DataFrame:
    """Return open hazards (of a grid), the worst first, among equals the oldest."""
    state = community.derive(hazard_state, today=today)
    held = community.hazards[state["open"]]
    if grid:
        held = held[of_points(held, community.grids) == grid]
    rank = held["severity"].map({name: at for at, name in enumerate(_SIGNS)})
    order = pd.DataFrame({"rank": rank, "age": -state.loc[held.index, "days_open"].astype("Int64")})
    return held.loc[order.sort_values(["rank", "age"]).index]


def _case(community: Community, frame: pd.DataFrame, state: pd.DataFrame, at: str) -> Line:
    row = record(frame, at)
    place = where(community, row["compound_id"])
    kind = HAZARD_KINDS.get(row["kind"], Text(str(row["kind"]), str(row["kind"])))
    status = HAZARD_STATUSES[row["status"]]
    severity: Sign = next((name for name in _SIGNS if name == row["severity"]), "")
    return Line(
        Text("{place}・{kind}", "{place} · {kind}").fill(place=place, kind=kind),
        Text("{status} {days}", "{status} {days}").fill(
            status=status, days=_days(record(state, at)["days_open"])
        ),
        severity,
    )


def record(frame: pd.DataFrame, at: object) -> dict[str, Any]:
    """Return one row by its index as plain values."""
    row = frame.loc[[at]].astype(object).to_dict("records")[0]
    return {str(name): value for name, value in row.items()}


def where(community: Community, compound: object) -> Text:
    """Return the compound's name, or that it is on the street."""
    if isinstance(compound, str) and compound in community.compounds.index:
        name = str(community.compounds.loc[compound, "name"])
        return Text(name, name)
    return Text("街面", "Street")


def _unmanaged(community: Community, today: date) -> Hero:
    state = community.derive(compound_management, today=today)
    none = state[state["state"] == "none"]
    longest = none["days"].max() if len(none) else pd.NA
    return Hero(
        number(len(none)),
        Text("无物业小区", "unmanaged"),
        "gap" if len(none) else "plain",
        before=Text("最久 ", "longest "),
        second="" if pd.isna(longest) else number(int(longest)),
        after=Text("天", " d"),
    )


def _figure(community: Community, name: str) -> str:
    if name not in community.figures:
        return UNKNOWN
    return people(community.figures[name])


def _residents(community: Community, level: str, place: str) -> str:
    held = community.residents
    if (level, place) not in held.index or "households" not in held.columns:
        return UNKNOWN
    value = record(held, (level, place))["households"]
    return people(None if pd.isna(value) else int(value))


def _days(count: object) -> Text:
    if not known(count):
        return Text(UNKNOWN, UNKNOWN)
    number_of = int(str(count))
    return days(number_of) if number_of else Text("今天", "today")


def _names(frame: pd.DataFrame) -> dict[str, Text]:
    return {str(at): Text(str(name), str(name)) for at, name in frame["name"].items()}


def _words(column: pd.Series) -> list[str]:
    return [str(value)[:5] if pd.notna(value) and value else "" for value in column]
