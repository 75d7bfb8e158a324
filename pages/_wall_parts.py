"""Parts several of the wall's scenes share: the three blocks of the overview, and their lines.

Everything is counted from an anonymous cut: no household, no name of a person, no count under five.
"""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from pages._format import UNKNOWN, days, known, length_parts, number, people, rate
from pages._wall_blocks import Block, Figures, Hero, Line, Note, Row, Sign, Signs
from wangge.analysis.deadlines import case_state
from wangge.analysis.lighting import alley_lighting
from wangge.analysis.management import compound_management
from wangge.analysis.pace import pace
from wangge.analysis.places import ALL, counts
from wangge.community import Community
from wangge.domain.terms import HAZARD_KINDS, HAZARD_STATUSES, SEVERITIES
from wangge.text import Text

SIGNS: Final[tuple[Sign, ...]] = ("重大", "较大", "一般", "低")
_WORST: Final = 2  # hazards named on the overview
_ROOM: Final = 10  # Han characters of a line that leave room for a state beside the age
_SHORT: Final = {  # English words that fit a line of the wall
    "stray_charging": "Stray charging",
    "blocked_lane": "Blocked lane",
}


def risks(community: Community, grid: str = "") -> Block:
    """Return what burns: worst first, how many are late."""
    state = community.derive(case_state, now=community.now)
    frame = open_hazards(community, grid)
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
    rows += [case(community, frame, state, at) for at in frame.index[:_WORST]]
    if frame.empty:
        rows.append(Note(Text("没有未结隐患。", "No open hazards.")))
    rows.append(Signs(tuple((s, SEVERITIES[s], number(int(per.get(s, 0)))) for s in SIGNS[1:])))
    note = Text("未结 {n} 处", "{n} open").fill(n=len(frame))
    return Block(Text("险情", "Hazards"), "risk", tuple(rows), note)


def gaps(community: Community) -> Block:
    """Return what is uncovered: unmanaged compounds, unlit alleys, homes far from a station."""
    lighting = community.derive(alley_lighting)
    metres = float(
        record(community.derive(counts, now=community.now), ("community", ALL))["unlit_m"]
    )
    written, unit = length_parts(metres)
    far = Text("{n} 户", "{n} households").fill(n=figure(community, "beyond_10min_households"))
    dark = Text("沿线 {n} 户", "{n} households").fill(n=figure(community, "unlit_households"))
    unknown = int((lighting["state"] == "unsurveyed").sum())
    return Block(
        Text("盲区", "Gaps"),
        "gap",
        (
            unmanaged(community),
            Line(Text("无灯巷", "Unlit alleys"), dark, figure=written, unit=unit),
            Line(Text("服务站 10 分钟外", "Over 10 min walk"), far),
            Line(Text("未夜查街巷", "Not walked at night"), Text("{n} 条", "{n}").fill(n=unknown)),
        ),
    )


def work(community: Community) -> Block:
    """Return how the week goes."""
    held = community.derive(pace, now=community.now)
    on_time = rate(held.in_time, held.limited)
    return Block(
        Text("近 7 天", "7 days"),
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
        Text("12 个月按期结案 {it}", "12 months on time {it}").fill(it=on_time),
    )


def open_hazards(community: Community, grid: str) -> pd.DataFrame:
    """Return open hazards (of a grid), the worst first, among equals the oldest."""
    state = community.derive(case_state, now=community.now)
    held = community.hazards[state["open"]]
    if grid:
        held = held[held["grid_id"] == grid]
    rank = held["severity"].map({name: at for at, name in enumerate(SIGNS)})
    order = pd.DataFrame({"rank": rank, "age": -state.loc[held.index, "days_open"].astype("Int64")})
    return held.loc[order.sort_values(["rank", "age"]).index]


def case(community: Community, frame: pd.DataFrame, state: pd.DataFrame, at: str) -> Line:
    """Return one hazard as a line: where, what, its state and since when."""
    row = record(frame, at)
    place = where(community, row["compound_id"])
    kind = HAZARD_KINDS.get(row["kind"], Text(str(row["kind"]), str(row["kind"])))
    kind = Text(kind.zh, _SHORT.get(row["kind"], kind.en))
    what = Text("{place}・{kind}", "{place} {kind}").fill(place=place, kind=kind)
    severity: Sign = next((name for name in SIGNS if name == row["severity"]), "")
    return Line(
        what,
        _standing(row["status"], record(state, at)["days_open"], room=len(what.zh) <= _ROOM),
        severity,
    )


def _standing(status: object, age: object, *, room: bool) -> Text:
    """Return how old a hazard is and, where there is room for it, its state."""
    written = days_of(age) if not known(age) or int(str(age)) else Text("今日", "today")
    if not room:
        return written
    return Text("{status} {days}", "{days}").fill(status=HAZARD_STATUSES[str(status)], days=written)


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


def unmanaged(community: Community) -> Hero:
    """Return how many compounds nobody manages, and for how long at most."""
    state = community.derive(compound_management, today=community.today)
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


def figure(community: Community, name: str) -> str:
    """Return a count of people made before the cut, ``<5`` where it is too small to show."""
    if name not in community.figures:
        return UNKNOWN
    return people(community.figures[name])


def residents(community: Community, level: str, place: str) -> str:
    """Return how many households a place has, ``<5`` where too few to show."""
    held = community.residents
    if (level, place) not in held.index or "households" not in held.columns:
        return UNKNOWN
    value = record(held, (level, place))["households"]
    return people(None if pd.isna(value) else int(value))


def days_of(count: object) -> Text:
    """Return a number of days in words."""
    if not known(count):
        return Text(UNKNOWN, UNKNOWN)
    return days(int(str(count)))


def names_of(frame: pd.DataFrame) -> dict[str, Text]:
    """Return the name of each row of `frame` by its id."""
    return {str(at): Text(str(name), str(name)) for at, name in frame["name"].items()}
