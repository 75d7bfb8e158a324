"""The bar on top of a page: name, age of the data, language, role; and what is wrong with it."""

from __future__ import annotations

import os
from collections import Counter
from html import escape
from pathlib import Path
from typing import Final

import pandas as pd
import streamlit as st

from layers._tokens import TOKENS
from pages import _press
from pages._page import View
from pages._pulse import pulse
from pages._session import Session
from pages._theme import mixed
from wangge.community import Community
from wangge.domain.registers import REGISTERS
from wangge.domain.roles import ROLE_NAMES
from wangge.domain.tables import TABLES
from wangge.store.stamp import brief, folder
from wangge.text import Lang, Text

STYLE: Final = Path(__file__).with_name("_style.css")
_LISTED: Final = 200  # problems listed on the page; the command lists them all
_ROLE_HAN, _ROLE_LATIN = 14, 9  # px of a letter of the role
_WIDE, _NARROW, _HAN = 17, 9.5, 0x2E80  # px of a letter of the brand; where Han begins


def brand(community: Community) -> Text:
    """Return the product's name with the community's, if it has one."""
    own = next((str(name) for name in community.community["name"] if name), "")
    return Text(f"{own or '社区'}网格图", f"{own} grid map" if own else "Community grid map")


def style(view: View, *, bare: bool) -> None:
    """Give the page the colours of the tokens and the rules the theme cannot say."""
    fault = mixed(TOKENS[view.theme]["general"], TOKENS[view.theme]["page"], 0.14)
    held = ";".join(f"--{name}:{value}" for name, value in TOKENS[view.theme].items())
    name = view.t(brand(view.community))
    room = 96 + sum(_WIDE if ord(char) > _HAN else _NARROW for char in name)
    rules = "" if bare else STYLE.read_text("utf-8")
    letter = _ROLE_HAN if view.lang == "zh" else _ROLE_LATIN
    role = letter * len(view.t(ROLE_NAMES[view.role]))
    more = view.t(Text("更多", "More"))
    sizes = f"--brand:{room}px;--role:{role}px;--more:'{more}'"
    own = f":root{{{held};--fault:{fault};{sizes}}} .st-key-revive{{display:none}}"
    st.html(f"<style>{own}\n{rules}</style>")


def header(view: View, now: Session) -> None:
    """Show the product's name, how old the data is, the other language and who looks."""
    name = escape(view.t(brand(view.community)))
    mark = "data:image/svg+xml;utf8," + _quoted(Path(__file__).with_name("_icon.svg"))
    st.html(f'<div class="w-brand"><img src="{mark}" alt=""><span>{name}</span></div>')
    with st.container(key="frame_right", horizontal=True):
        pulse(brief(now.stamp), now.now, now.lang, fixed="WANGGE_NOW" in os.environ)
        other: Lang = "en" if view.lang == "zh" else "zh"
        st.button(
            "中文 / EN",
            key="language",
            type="tertiary",
            help=Text("Switch to English", "切换为中文").in_(view.lang),
            on_click=_speak,
            args=(other,),
        )
        st.html(f'<span class="w-age">{escape(view.t(ROLE_NAMES[now.role]))}</span>')


def failures(view: View) -> None:
    """Say what is wrong with the data, and that the rest is shown; details folded."""
    if not view.problems:
        return
    per_table = Counter(problem.table for problem in view.problems)
    sentence = Text(
        "{what}有问题，其余照常显示。查看", "Problems in {what}; all else is shown. Look"
    ).fill(
        what=Text(
            "、".join(f"{_label(name).zh} {n} 处" for name, n in per_table.items()),
            ", ".join(f"{_label(name).en} ({n})" for name, n in per_table.items()),
        )
    )
    with st.container(key="faults"), st.expander(view.t(sentence)):
        rows = [
            {
                view.t(Text("图层", "Layer")): view.t(_label(problem.table)),
                view.t(Text("要素", "Feature")): problem.feature,
                view.t(Text("列", "Column")): problem.column,
                view.t(Text("问题", "Problem")): view.t(problem.message),
                view.t(Text("怎么办", "What to do")): view.t(problem.advice),
            }
            for problem in view.problems[:_LISTED]
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, height=260)
        if len(view.problems) > _LISTED:
            more = Text(
                "只列出前 {n} 处；全部见命令 python -m wangge check。",
                "Only the first {n} are listed; python -m wangge check lists them all.",
            )
            st.caption(view.t(more.fill(n=_LISTED)))


def missing(view: View) -> bool:
    """Say what to do where there is no community to show; return whether that is so."""
    if len(view.community.grids) or len(view.community.compounds):
        return False
    st.header(view.t(Text("还没有社区数据", "There is no community data yet")))
    told = Text(
        "在 `{folder}` 里没有读到网格和小区。",
        "No grids and no compounds were found in `{folder}`.",
    )
    todo = Text(
        "运行 `make demo` 生成演示社区，或把 GeoJSON 文件放进这个文件夹，再刷新页面。",
        "Run `make demo` to make the demo community, or put GeoJSON files into that folder, "
        "then reload the page.",
    )
    st.markdown(view.t(told.fill(folder=str(folder()).replace("`", "'"))))
    st.markdown(view.t(todo))
    return True


def _speak(lang: Lang) -> None:
    _press.go({**_press.address(), "lang": lang})
    st.session_state["lang"] = lang


def _label(table: str) -> Text:
    known = {**TABLES, **REGISTERS}
    return known[table].label if table in known else Text(table, table)


def _quoted(path: Path) -> str:
    return path.read_text("utf-8").replace("#", "%23").replace('"', "'").strip()
