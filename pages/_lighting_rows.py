"""What the lighting page lists: alleys with darkness, lamps out, doors with a dark way home."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from layers.broken_lamps import days_out
from pages._format import known, people
from wangge.analysis.alongside import lamps_along
from wangge.analysis.lighting import alley_lighting, unlit_stretches
from wangge.analysis.places import of_lines, of_points
from wangge.analysis.reach import unlit_households
from wangge.analysis.ways_home import doors_at_night, doors_of_alleys, walkers
from wangge.community import Community
from wangge.domain.rules import rule
from wangge.domain.tables import Households
from wangge.domain.terms import LAMP_KINDS, NIGHT_RESULTS
from wangge.text import Lang, Text

STATES: Final = {
    "unlit": Text("无灯", "Unlit"),
    "partly": Text("有暗段", "Dark stretch"),
    "lit": Text("有灯", "Lit"),
    "unsurveyed": Text("未夜查", "Unchecked"),
}
ALLEY_LABELS: Final = {
    "name": Text("街巷", "Alley"),
    "state": Text("状态", "State"),
    "unlit_m": Text("暗段（米）", "Dark (m)"),
    "after_m": Text("方案后", "After"),
    "longest_m": Text("最长", "Longest"),
    "doors": Text("必经户", "Homes"),
    "people": Text("人", "People"),
    "alone": Text("独居", "Alone"),
    "disabled": Text("残疾", "Disabled"),
    "surveyed_on": Text("夜查", "Checked"),
    "result": Text("夜查结果", "Seen"),
}
LAMP_LABELS: Final = {
    "lamp": Text("编号", "Lamp"),
    "kind": Text("灯型", "Kind"),
    "alley": Text("街巷", "Alley"),
    "out_since": Text("不亮自", "Out since"),
    "days": Text("天数", "Days"),
    "owner": Text("权属", "Owner"),
}
DOOR_LABELS: Final = {
    "name": Text("楼栋", "Building"),
    "households": Text("户", "Homes"),
    "people": Text("人", "People"),
    "metres": Text("到街（米）", "To street (m)"),
    "dark_m": Text("暗段（米）", "Dark (m)"),
    "after_m": Text("方案后", "After"),
    "outcome": Text("变化", "Change"),
}
OUTCOMES: Final = {
    "lit": Text("照亮", "Lit"),
    "eased": Text("变短", "Shorter"),
    "darkened": Text("变暗", "Darkened"),
    "worse": Text("更暗", "Darker"),
    "dark": Text("仍暗", "Dark"),
}


def alleys(now: Community, then: Community, grid: str = "") -> pd.DataFrame:
    """Return the alleys with something dark or unknown about them, the heaviest first.

    Parameters
    ----------
    now, then
        The community as it is, and as it is tried.
    grid
        Only the alleys most of which lie in this grid; empty for all.

    Returns
    -------
    DataFrame
        By alley id: ``name``, ``state`` (a key of `STATES`), ``unlit_m`` (in stretches that count,
        NA where nobody knows), ``after_m``, ``longest_m``, ``doors``, ``people``, ``alone``,
        ``disabled`` (the last two text, ``<5`` where hidden), ``surveyed_on``, ``result`` (a key of
        `NIGHT_RESULTS` or empty).  In order: people times dark metres, dark metres, and last what
        nobody has walked at night.
    """
    frame, light, walk = now.alleys, now.derive(alley_lighting), walkers(now)
    was, will = (_dark_metres(one).reindex(frame.index, fill_value=0.0) for one in (now, then))
    unknown = light["state"] == "unsurveyed"
    partly = (light["state"] == "lit") & (was > 0)
    masked = now.walkers.reindex(frame.index) if len(now.walkers) else walk
    table = pd.DataFrame(
        {
            "name": frame["name"],
            "state": light["state"].mask(partly, "partly"),
            "unlit_m": was.round().astype("Int64").mask(unknown),
            "after_m": will.round().astype("Int64").mask(unknown),
            "longest_m": light["longest_dark_m"].round().astype("Int64"),
            "doors": walk["doors"],
            "people": walk["people"],
            "alone": masked["alone"].map(people),
            "disabled": masked["disabled"].map(people),
            "surveyed_on": frame["surveyed_on"],
            "result": frame["night_result"].astype(object).fillna(""),
        },
        index=frame.index,
    )
    order = pd.DataFrame(
        {"weight": -(walk["people"].astype(float) * was), "dark": -was, "name": frame["name"]}
    ).sort_values(["weight", "dark", "name"])
    kept = unknown | (was > 0) | (will > 0)
    if grid:
        kept &= alley_grids(now) == grid
    return table.loc[[at for at in order.index if kept[at]]]


def alley_grids(community: Community) -> pd.Series:
    """Return the grid in which most of each alley lies, by alley id."""
    return community.memo(
        "lighting.alley_grids", lambda: of_lines(community.alleys, community.grids)
    )


def grid_of(community: Community, alley: str) -> str:
    """Return the grid in which most of `alley` lies, empty for none."""
    grid = alley_grids(community)[alley]
    return grid if isinstance(grid, str) else ""


def _dark_metres(community: Community) -> pd.Series:
    dark = community.derive(unlit_stretches, min_length_m=rule("dark_stretch_m").value)
    return dark.groupby("alley_id")["length_m"].sum()


def headline(community: Community, grid: str = "") -> tuple[Text, Text]:
    """Return the sentence a secretary repeats, and what stands behind it."""
    light = community.derive(alley_lighting)
    mine = alley_grids(community) == grid if grid else light["state"].notna()
    unlit = light[(light["state"] == "unlit") & mine]
    unknown = light[(light["state"] == "unsurveyed") & mine]
    homes = along_the_dark(community, grid)
    if len(unlit):
        said = Text(
            "还有 {n} 条巷子 {m:,.0f} 米没有灯，影响 {p} 户",
            "{n} alleys, {m:,.0f} m, have no light: {p} homes along them",
        ).fill(n=len(unlit), m=unlit["unlit_m"].sum(), p=homes)
    else:
        said = Text("夜查过的巷子都有灯", "Every alley walked at night is lit")
    if len(unknown):
        more = Text("{n} 条 {m:,.0f} 米还没有夜查", "{n} more, {m:,.0f} m, nobody has walked")
        return said, more.fill(n=len(unknown), m=unknown["length_m"].sum())
    return said, Text("全部巷道都夜查过", "Every alley has been walked at night")


def along_the_dark(community: Community, grid: str = "") -> str:
    """Write how many households have an unlit alley for their nearest; ``<5`` where hidden."""
    if not grid:
        held = community.figures
        if "unlit_households" in held:
            return people(held["unlit_households"])
    homes = community.households
    if grid:
        homes = homes[homes["building_id"].isin(buildings_of(community, grid))]
    count = community.memo(
        ("lighting.along", grid),
        lambda: unlit_households(
            Households(homes), community.buildings, community.alleys, community.streetlights
        ),
    )
    return people(count)


def buildings_of(community: Community, grid: str) -> pd.Index:
    """Return the ids of the buildings in the compounds of `grid`."""
    homes = community.compounds.index[community.compounds["grid_id"] == grid]
    return community.buildings.index[community.buildings["compound_id"].isin(homes)]


def lamps_out(community: Community, today: date, grid: str = "") -> pd.DataFrame:
    """Return the lamps that are out, the longest first: columns of `LAMP_LABELS`, by lamp id."""
    out = community.streetlights
    out = out[~out["working"].fillna(value=False).astype(bool)]
    if grid:
        out = out[of_points(out, community.grids) == grid]
    beside = community.memo("lighting.beside", lambda: _beside(community))
    table = pd.DataFrame(
        {
            "lamp": out.index.astype(str),
            "kind": out["kind"],
            "alley": beside.reindex(out.index),
            "out_since": pd.to_datetime(out["out_since"], errors="coerce").dt.date,
            "days": days_out(out, today),
            "owner": out["owner"],
        },
        index=out.index,
    )
    return table.sort_values(["days", "lamp"], ascending=[False, True], na_position="last")


def _beside(community: Community) -> pd.Series:
    """Return the name of the alley each lamp stands nearest to."""
    found: dict[object, str] = {}
    for alley, name in community.alleys["name"].items():
        lamps = community.derive(lamps_along, alley=str(alley))
        found |= dict.fromkeys(lamps.index[lamps["nearest"]], str(name))
    return pd.Series(found, dtype=object)


def doors(now: Community, then: Community, *, alley: str = "", grid: str = "") -> pd.DataFrame:
    """Return the homes with a dark gap on their way, now or then, the longest first.

    By building id, columns of `DOOR_LABELS`; `alley` keeps those whose way leads along it.
    """
    was, will = doors_at_night(now), doors_at_night(then)
    least = rule("dark_stretch_m").value
    dark, still = was["longest_dark_m"] >= least, will["longest_dark_m"] >= least
    homes = now.households.groupby("building_id")["people"].agg(["size", "sum"])
    kept = (dark | still) & was.index.isin(homes.index)
    if alley:
        pairs = doors_of_alleys(now)
        kept &= was.index.isin(pairs.loc[pairs["alley_id"] == alley, "building_id"])
    elif grid:
        kept &= was.index.isin(buildings_of(now, grid))
    at = was.index[kept]
    outcome = pd.Series("dark", index=was.index).mask(will["dark_m"] < was["dark_m"] - 1, "eased")
    outcome = outcome.mask(will["dark_m"] > was["dark_m"] + 1, "worse")
    outcome = outcome.mask(dark & ~still, "lit").mask(still & ~dark, "darkened")
    table = pd.DataFrame(
        {
            "name": now.buildings["name"].reindex(at),
            "households": homes["size"].reindex(at),
            "people": homes["sum"].reindex(at),
            "metres": was["metres"].reindex(at).round().astype("Int64"),
            "dark_m": was["dark_m"].reindex(at).round().astype("Int64"),
            "after_m": will["dark_m"].reindex(at).round().astype("Int64"),
            "outcome": outcome.reindex(at),
        },
        index=at,
    )
    return table.sort_values(["dark_m", "name"], ascending=[False, True])


def sheet(table: pd.DataFrame, labels: dict[str, Text], lang: Lang) -> pd.DataFrame:
    """Return a list for a spreadsheet: labelled columns, words for codes, the id first."""
    own = table[[name for name in labels if name in table]].copy()
    words = {"state": STATES, "result": NIGHT_RESULTS, "kind": LAMP_KINDS, "outcome": OUTCOMES}
    for name in own.columns.intersection([*words]):
        own[name] = [
            words[name][one].in_(lang) if one in words[name] else "" for one in table[name]
        ]
    for name in own.columns.intersection(["alone", "disabled"]):
        own[name] = [int(one) if str(one).isdigit() else one for one in own[name]]
    for name in own.columns.intersection(["surveyed_on"]):
        own[name] = [one.date() if known(one) else None for one in pd.to_datetime(own[name])]
    own = own.rename(columns={name: text.in_(lang) for name, text in labels.items()})
    number = Text("编号", "Id").in_(lang)
    if number not in own:
        own.insert(0, number, own.index)
    return own
