"""The table of compounds and the table of grids: one row a place, as shown and as downloaded."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from pages._facts import residents
from pages._format import known
from wangge.analysis.management import compound_management
from wangge.analysis.places import counts
from wangge.community import Community
from wangge.domain import terms
from wangge.text import Text

SIGNS: Final = {"重大": "▲", "较大": "◆", "一般": "■", "低": "●"}
ORDER: Final = ("none", "community", "unit", "property")
LABELS: Final = {
    "name": Text("小区", "Compound"),
    "grid": Text("网格", "Grid"),
    "households": Text("住户", "Homes"),
    "manager": Text("物业", "Management"),
    "days": Text("天数", "Days"),
    "hazards": Text("未结隐患", "Hazards"),
    "unlit_m": Text("无灯（米）", "Unlit (m)"),
    "compounds": Text("小区", "Compounds"),
    "unmanaged": Text("无物业", "Unmanaged"),
    "lamps_broken": Text("坏灯", "Lamps out"),
    "stations": Text("服务站", "Stations"),
}
MANAGED: Final = {  # `MANAGER_KINDS` as short as the table wants them
    "property": Text("物业公司", "Company"),
    "unit": Text("单位自管", "Work unit"),
    "community": Text("社区兜底", "Community"),
    "none": Text("无物业", "Unmanaged"),
}


def compounds(community: Community, today: date) -> pd.DataFrame:
    """Return one row a compound, by id: what burns and what is uncovered first.

    Columns ``name, grid, households, manager, days, hazards, worst, unlit_m``; `manager` is the
    stored word, `households` text with ``<5`` where hidden, `hazards` signs with counts.
    """
    frame = community.compounds
    state = community.derive(compound_management, today=today)
    held = _held(community, "compound").reindex(frame.index)
    table = pd.DataFrame(
        {
            "name": frame["name"],
            "grid": frame["grid_id"].map(community.grids["name"]),
            "households": [
                residents(community, "compound", place, "households") for place in frame.index
            ],
            "manager": frame["manager_kind"],
            "days": state["days"].reindex(frame.index),
            "hazards": [signs(row) for _, row in held.iterrows()],
            "worst": [worst(row) for _, row in held.iterrows()],
            "unlit_m": held["unlit_m"].round().astype("Int64"),
        },
        index=frame.index,
    )
    rank = table["manager"].map({kind: n for n, kind in enumerate(ORDER)}).fillna(len(ORDER))
    days = table["days"].fillna(-1)
    order = pd.DataFrame({"rank": rank, "days": -days, "name": table["name"]})
    return table.loc[order.sort_values(["rank", "days", "name"]).index]


def grids(community: Community, today: date) -> pd.DataFrame:
    """Return one row a grid, by id, in the order of the grids.

    Columns ``name, compounds, households, unmanaged, hazards, worst, unlit_m, lamps_broken,
    stations``.
    """
    frame = community.grids
    held = _held(community, "grid").reindex(frame.index)
    state = community.derive(compound_management, today=today)["state"]
    none = community.compounds.loc[state.index[state == "none"], "grid_id"].value_counts()
    return pd.DataFrame(
        {
            "name": frame["name"],
            "compounds": held["compounds"],
            "households": [
                residents(community, "grid", place, "households") for place in frame.index
            ],
            "unmanaged": none.reindex(frame.index, fill_value=0),
            "hazards": [signs(row) for _, row in held.iterrows()],
            "worst": [worst(row) for _, row in held.iterrows()],
            "unlit_m": held["unlit_m"].round().astype("Int64"),
            "lamps_broken": held["lamps_broken"],
            "stations": held["stations"],
        },
        index=frame.index,
    )


def _held(community: Community, level: str) -> pd.DataFrame:
    """Return what the places of one level hold, by id; none where there are no such places."""
    table = community.derive(counts, now=community.now)
    return table[table.index.get_level_values("level") == level].droplevel("level")


def sheet(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return `table` for a spreadsheet: labelled columns, words for codes, numbers as numbers."""
    own = table.drop(columns="worst")
    own["hazards"] = [text or 0 for text in own["hazards"]]
    if "manager" in own:
        own["manager"] = [_word(kind, lang) for kind in own["manager"]]
    own["households"] = [
        int(text.replace(",", "")) if text.replace(",", "").isdigit() else text
        for text in own["households"]
    ]
    names = dict(LABELS)
    if "compounds" in own:
        names["name"] = LABELS["grid"]
    own = own.rename(
        columns={key: text.zh if lang == "zh" else text.en for key, text in names.items()}
    )
    number = Text("编号", "Id")
    own.insert(0, number.zh if lang == "zh" else number.en, own.index)
    return own


def signs(row: pd.Series) -> str:
    """Return open hazards by severity, worst first.

    Examples
    --------
    >>> signs(pd.Series({"open_重大": 1, "open_较大": 0, "open_一般": 2, "open_低": 0}))
    '▲1 ■2'
    """
    return " ".join(
        f"{sign}{int(row[f'open_{name}'])}"
        for name, sign in SIGNS.items()
        if known(row[f"open_{name}"]) and row[f"open_{name}"] > 0
    )


def worst(row: pd.Series) -> str:
    """Return the worst severity open at a place, or nothing."""
    return next((name for name in SIGNS if row[f"open_{name}"] > 0), "")


def _word(kind: object, lang: str) -> str:
    text = terms.MANAGER_KINDS.get(str(kind))
    return (text.zh if lang == "zh" else text.en) if text else ""
