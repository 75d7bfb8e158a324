"""The page docs/layers.md: what each layer draws and for whom, derived from its declaration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from layers import find_all
from layers._layer import Layer
from wangge.domain.roles import ROLES

FILE = Path("docs") / "layers.md"
HEAD = (
    "| 图层 layer | 名称 title | 图例 classes and marks | 提示 tooltip"
    " | 送出 columns sent | 角色 roles |\n"
    "| --- | --- | --- | --- | --- | --- |"
)
LEAD = (
    "<!-- Written by `make docs`; do not edit. -->\n\n"
    "自下而上的绘制次序。加一个图层就是在 `layers/` 加一个文件。"
    "“送出”以外的列不会离开服务器。\n\n"
    "In drawing order, from the ground up. Adding a layer is adding one file to `layers/`. "
    "No column but those sent ever leaves the server; `base` layers are always drawn."
)


def generated() -> Mapping[Path, str]:
    """Return the text of docs/layers.md by its path from the root."""
    rows = "\n".join(_row(layer) for layer in find_all())
    return {FILE: f"# 图层 / Layers\n\n{LEAD}\n\n{HEAD}\n{rows}\n"}


def _row(layer: Layer) -> str:
    switch = "base" if layer.base else "on" if layer.shown else "off"
    labels = [one.label for one in layer.classes] + [one.label for one in layer.marks]
    everyone = layer.roles == ROLES
    cells = (
        f"`{layer.id}` ({switch})",
        f"{layer.title.zh} {layer.title.en}",
        _listed(f"{label.zh} {label.en}" for label in labels),
        _listed(f"{row.label.zh} {row.label.en}" for row in layer.tooltip),
        _listed(f"`{name}`" for name in layer.sent()),
        "全部 all" if everyone else _listed(layer.roles),
    )
    return f"| {' | '.join(cells)} |"


def _listed(words: Iterable[str]) -> str:
    return "；".join(words) or "–"
