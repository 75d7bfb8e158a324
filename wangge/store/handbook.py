"""The two generated pages of docs/: the data dictionary, and what each problem means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from wangge.domain.registers import REGISTERS
from wangge.domain.schema import Column, Table
from wangge.domain.tables import TABLES
from wangge.domain.workdays import WORKDAYS
from wangge.store import catalogue, catalogue_places
from wangge.store.faults import Fault
from wangge.store.values import EXPECTED
from wangge.text import LANGS

DATA: Final = Path("docs") / "data.md"
CHECKING: Final = Path("docs") / "checking.md"

_DATA: Final = """# 数据字典 · Data dictionary

<!-- Written by `python -m wangge dictionary`; do not edit. -->

- 每张空间表是一个 `<表名>.geojson`，默认在 `data/geo/`：UTF-8 的 FeatureCollection，
  每个要素有不重复的文字编号 `id`，坐标为 CGCS2000 经纬度，并在 `crs` 里写明：
  `{"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}`。
- 每张登记表是一个 `<表名>.csv`，默认在 `data/register/`：UTF-8，首行为列名，首列为 `id`。
- `workdays.csv` 是当年的放假调休安排，没有 `id`，可以不放：没有它时用内置的安排。
  写了某年任意一天 `work`，即表示该年的安排已录入。
- 没有的值写 `null`（CSV 留空）。
- 改完运行 `python -m wangge check data/geo`，问题的含义见 [checking.md](checking.md)。
- “不公开”的列只给需要它的角色，其余角色看到的数据里没有这一列。

A spatial table is one UTF-8 FeatureCollection with a text `id` for each feature, in CGCS2000
longitude and latitude, stated in its `crs` member. A register is one UTF-8 CSV whose first column
is `id`. `workdays.csv` holds the holiday arrangement of the year and needs no `id`; without it the
built-in one is used, and one day of `work` says that its year was entered. A value nobody knows is
`null` (CSV: empty). After a change run `python -m wangge check data/geo`;
[checking.md](checking.md) explains each problem. Private columns do not exist in what a role
receives that does not need them.
"""
_CHECKING: Final = """# 数据检查 · Checking the data

<!-- Written by `python -m wangge dictionary`; do not edit. -->

```
python -m wangge check data/geo
```

逐条列出问题：哪张表、哪个要素、哪一列、错在哪里、怎么改。
没有问题时退出码为 0，有问题为 1，命令写错为 2；`--lang en` 看英文，`--json` 供程序读取。
有问题的数据不会让整张地图打不开：好的照样显示，有问题的逐条列出。
“错误”必须改；“提醒”不影响使用，最好改。花括号处会换成实际的值。

Each problem names the table, the feature, the column, what is wrong and what to do. Exit code 0:
clean, 1: problems, 2: wrong usage; `--lang en` for English, `--json` for programs. Bad data never
takes the map down: what is sound is shown, what is not is named. An error must be mended; a warning
should be. Names in braces stand for the actual values.
"""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join([_row(head), _row(["---"] * len(head)), *map(_row, rows)])


def _bounds(column: Column) -> str:
    if column.low is None and column.high is None:
        return ""
    low, high = ("" if one is None else f"{one:g}" for one in (column.low, column.high))
    return f"{low} – {high}"


def _column(column: Column) -> list[str]:
    words = "、".join(
        code if code == text.zh else f"`{code}` {text.zh}" for code, text in column.terms.items()
    )
    marks = [
        "必填 required" if column.required else "",
        "不公开 private" if column.private else "",
        f"→ {column.refers_to}" if column.refers_to else "",
    ]
    return [
        f"`{column.name}`",
        column.label.zh,
        column.label.en,
        EXPECTED[column.kind].zh,
        column.unit,
        _bounds(column),
        words,
        " · ".join(mark for mark in marks if mark),
    ]


def _table(table: Table) -> str:
    kind = " / ".join(table.geometry) or "CSV"
    head = ("列 column", "名称", "label", "类型 type", "单位 unit", "范围 bounds", "取值 words", "")
    title = f"## {table.name} · {table.label.zh} · {table.label.en}\n\n{kind}"
    return f"{title}\n\n{_grid(head, map(_column, table.columns))}" if table.columns else title


def data() -> str:
    """Return the data dictionary: every table and column of the schema."""
    return (
        "\n\n".join(
            [_DATA.strip(), *map(_table, (*TABLES.values(), *REGISTERS.values(), WORKDAYS))]
        )
        + "\n"
    )


def faults() -> tuple[Fault, ...]:
    """Return every fault the checks know, in the order of the catalogue."""
    held = (*vars(catalogue).values(), *vars(catalogue_places).values())
    return tuple({one.code: one for one in held if isinstance(one, Fault)}.values())


def _fault(fault: Fault) -> str:
    level = "错误 error" if fault.level == "error" else "提醒 warning"
    zh, en = (f"{fault.message.in_(x)} → {fault.advice.in_(x)}" for x in LANGS)
    both = f"{zh}\n\n{en}".replace("{{", "{").replace("}}", "}")
    return f"## {fault.code}\n\n{level}\n\n{both}"


def checking() -> str:
    """Return the page that says what each problem means."""
    return "\n\n".join([_CHECKING.strip(), *map(_fault, faults())]) + "\n"


def generated() -> Mapping[Path, str]:
    """Return each page by its path from the root."""
    return {DATA: data(), CHECKING: checking()}
