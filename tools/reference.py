"""The reference pages of docs/, derived from the declarations the product itself runs on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import layers
import pages
from wangge.domain import checklists, terms
from wangge.domain.roles import ROLES
from wangge.domain.rules import rules

FOLDER = Path("docs") / "reference"
NOTE = "<!-- Written by `make docs`; do not edit. -->"


def grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    r"""Return a Markdown table.

    Examples
    --------
    >>> print(grid(["a", "b"], [["1", "x|y"]]))
    | a | b |
    | --- | --- |
    | 1 | x\|y |
    """
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(c.replace('|', chr(92) + '|') for c in r)} |" for r in lines)


def page(title: str, *blocks: str) -> str:
    """Return a generated Markdown page."""
    return "\n\n".join((f"# {title}", NOTE, *blocks)) + "\n"


def thresholds() -> str:
    """Return every rule with its source."""
    head = ("规则 rule", "含义", "Says", "值 value", "单位 unit", "来源 source", "已核实 verified")
    rows = (
        [
            f"`{r.name}`",
            r.says.zh,
            r.says.en,
            f"{r.value:g}",
            r.unit,
            f"{r.source} {r.edition}".strip(),
            "是 yes" if r.verified else "待核实 no",
        ]
        for r in rules().values()
    )
    return page("规则与阈值 / Rules", grid(head, rows))


def legend(layer: layers.Layer) -> list[str]:
    """Return the Chinese legend entries of `layer`: its classes, then its marks."""
    of_classes = [one.label.zh for one in layer.classes if one.legend]
    return of_classes + [one.label.zh for one in layer.marks if one.legend]


def screens() -> str:
    """Return the layers with their legend, and the pages with their roles."""
    drawn = grid(
        ("图层 layer", "名称", "Title", "图例 legend"),
        (
            [
                f"`{one.id}`",
                one.title.zh,
                one.title.en,
                "；".join(legend(one)),
            ]
            for one in layers.find_all()
        ),
    )
    shown = grid(
        ("页面 page", "名称", "Title", "角色 roles"),
        (
            [
                f"`/{one.id}`",
                one.title.zh,
                one.title.en,
                "全部 all" if set(one.roles) == set(ROLES) else "、".join(one.roles),
            ]
            for one in pages.find_all()
        ),
    )
    return page("图层与页面 / Layers and pages", drawn, shown)


def inspections() -> str:
    """Return what a fire inspection looks at: of every place, then more by kind."""
    lists = {
        "商铺 shops": checklists.SHOP,
        **{f"{trade} shops": held for trade, held in checklists.BY_TRADE.items()},
        "小区 compounds": checklists.COMPOUND,
        **{f"{kind} compounds": held for kind, held in checklists.BY_COMPOUND.items()},
    }
    head = (
        "哪里 where",
        "看什么",
        "Looks at",
        "不合格时上报 opens",
        "来源 source",
        "已核实 verified",
    )
    rows = (
        [
            where,
            one.asks.zh,
            one.asks.en,
            f"{terms.HAZARD_KINDS[one.kind].zh}（{one.severity}）",
            one.source,
            "是 yes" if one.verified else "待核实 no",
        ]
        for where, held in lists.items()
        for one in held
    )
    return page("消防检查清单 / Fire inspection check lists", grid(head, rows))


def generated() -> Mapping[Path, str]:
    """Return each reference page by its path from the root."""
    return {
        FOLDER / "checklists.md": inspections(),
        FOLDER / "rules.md": thresholds(),
        FOLDER / "screens.md": screens(),
    }
