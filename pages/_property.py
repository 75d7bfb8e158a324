"""What the property page lists: compounds by who manages them, and the companies on offer."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pandas as pd

from layers._tokens import TOKENS, Mode
from pages._card import Figure
from pages._chart import bars
from pages._facts import residents
from pages._format import UNKNOWN, number
from wangge.analysis.management import compound_management
from wangge.community import Community
from wangge.domain.rules import rule
from wangge.domain.terms import MANAGER_KINDS
from wangge.text import Lang, Text

LABELS: Final = {
    "name": Text("小区", "Compound"),
    "grid": Text("网格", "Grid"),
    "households": Text("住户", "Homes"),
    "state": Text("状态", "Managed by"),
    "days": Text("天数", "Days"),
    "manager": Text("管理单位", "Manager"),
    "contract_end": Text("合同到期", "Contract ends"),
    "ends_in_days": Text("还剩（天）", "Days left"),
}
COMPANY_LABELS: Final = {
    "name": Text("物业企业", "Company"),
    "offers": Text("服务菜单", "Menu"),
    "fee_yuan_m2": Text("收费（元/m²·月）", "Yuan/m²/month"),
    "takes_old": Text("接老旧小区", "Takes old"),
    "compounds_now": Text("在管小区", "Compounds"),
}
_URGENT: Final = ("none", "community")
_ORDER: Final = ("none", "community", "ending", "unit", "property")


def ledger(community: Community, today: date) -> pd.DataFrame:
    """Return one row a compound, by id, what needs somebody first, the longest first.

    Columns ``name, grid, households, state, days, manager, contract_end, ends_in_days, urgent``:
    `state` is the stored word, `households` text with ``<5`` where hidden, `urgent` whether nobody,
    or only the community, looks after it, or its contract runs out within rule
    ``contract_notice_days``.
    """
    frame = community.compounds
    held = community.derive(compound_management, today=today)
    ending = held["ending"]
    table = pd.DataFrame(
        {
            "name": frame["name"],
            "grid": frame["grid_id"].map(community.grids["name"]),
            "households": [
                residents(community, "compound", at, "households") for at in frame.index
            ],
            "state": held["state"],
            "days": held["days"],
            "manager": frame["manager_name"],
            "contract_end": pd.to_datetime(frame["contract_end"], errors="coerce").dt.date,
            "ends_in_days": held["ends_in_days"],
            "urgent": held["state"].isin(_URGENT) | ending,
        },
        index=frame.index,
    )
    rank = held["state"].where(~ending, "ending").map({name: at for at, name in enumerate(_ORDER)})
    order = pd.DataFrame(
        {
            "rank": rank.fillna(len(_ORDER)),
            "days": -held["days"].fillna(-1),
            "left": held["ends_in_days"].fillna(1_000_000),
            "name": frame["name"],
        }
    )
    return table.loc[order.sort_values(["rank", "days", "left", "name"]).index]


def figures(table: pd.DataFrame) -> tuple[Figure, ...]:
    """Return the three figures of the page from the ledger."""
    none, covered = table[table["state"] == "none"], table[table["state"] == "community"]
    ending = table[table["urgent"] & ~table["state"].isin(_URGENT)]
    notice = int(rule("contract_notice_days").value)
    unit = Text("个小区", "compounds")
    return (
        Figure(
            Text("无物业", "Unmanaged"),
            number(len(none)),
            unit,
            _longest(none, Text("最久 {n} 天", "longest {n} days")),
            "gap" if len(none) else "",
        ),
        Figure(
            Text("社区兜底", "Community-run fallback"),
            number(len(covered)),
            unit,
            _longest(covered, Text("最久 {n} 天", "longest {n} days")),
        ),
        Figure(
            Text("{n} 天内合同到期", "Contract ends within {n} days").fill(n=notice),
            number(len(ending)),
            unit,
            Text("最近还剩 {n} 天", "next in {n} days").fill(n=ending["ends_in_days"].min())
            if len(ending)
            else Text("", ""),
        ),
    )


def since(table: pd.DataFrame, lang: Lang, mode: Mode) -> tuple[dict[str, Any], str]:
    """Return a bar of days a compound nobody manages, the longest on top, and the same in words."""
    held = table[table["days"].notna()].sort_values("days")
    days = [int(value) for value in held["days"]]
    kinds = [MANAGER_KINDS[kind].in_(lang) for kind in held["state"]]
    names = [str(name) for name in held["name"]]
    unit = Text("天", "d").in_(lang)
    title = Text("无人管理多少天", "Days without a manager").in_(lang)
    option = bars(names, {unit: days}, mode=mode, title=title)
    option["xAxis"], option["yAxis"] = option["yAxis"], option["xAxis"]
    option["grid"] = {"left": 4, "right": 120, "top": 26, "bottom": 4, "containLabel": True}
    option["legend"] = {"show": False}
    option["xAxis"]["axisLabel"] = {"show": False}  # each bar carries its figure
    option["xAxis"]["splitLine"] = {"show": False}
    tokens = TOKENS[mode]
    option["series"][0]["data"] = [
        {
            "value": value,
            "itemStyle": {"color": tokens["gap" if kind == "none" else "unsurveyed"]},
            "label": {
                "formatter": f"{value} {unit}・{word}"
                if lang == "zh"
                else f"{value} {unit} · {word}"
            },
        }
        for value, kind, word in zip(days, held["state"], kinds, strict=True)
    ]
    option["series"][0]["label"] = {
        "show": True,
        "position": "right",
        "color": tokens["text2"],
        "fontSize": 12,
    }
    told = "；".join(f"{name} {n} {unit}" for name, n in zip(names, days, strict=True))
    return option, f"{title}：{told}"


def companies(community: Community) -> pd.DataFrame:
    """Return the companies of the property market as they registered, those for old ones first."""
    held = community.property_companies[list(COMPANY_LABELS)]
    return held.sort_values(["takes_old", "fee_yuan_m2", "name"], ascending=[False, True, True])


def sheet(table: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """Return the ledger for a spreadsheet: labelled columns, words for codes, the id first."""
    own = table.drop(columns="urgent")
    own["state"] = [_word(kind, lang) for kind in own["state"]]
    plain = own["households"].str.replace(",", "")
    own["households"] = [int(text) if text.isdigit() else text for text in plain]
    own = own.rename(columns={name: text.in_(lang) for name, text in LABELS.items()})
    own.insert(0, Text("编号", "Id").in_(lang), own.index)
    return own


def _word(kind: object, lang: Lang) -> str:
    known = MANAGER_KINDS.get(str(kind))
    return known.in_(lang) if known else UNKNOWN


def _longest(rows: pd.DataFrame, says: Text) -> Text:
    most = rows["days"].max() if len(rows) else pd.NA
    return Text("", "") if pd.isna(most) else says.fill(n=int(most))
