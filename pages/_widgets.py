"""Pieces several pages share: the map, cards of figures, chips, downloads.

Text of residents and files goes through `escape` before any HTML; nothing here runs script.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from html import escape
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

import pandas as pd
import streamlit as st

from layers import Layer
from layers._folium import Drawing, compose, describe, export_html
from layers._words import WORDS
from pages import _press
from pages._card import Chip, Figure
from pages._excel import MIME, workbook
from pages._map import Picked, show
from pages._page import View
from wangge.text import Text

EXCEL: Final = Text("Excel", "Excel")
PRINT: Final = Text("打印", "Print")
SYNTHETIC: Final = WORDS["synthetic"]


class Form(NamedTuple):
    """A form of file that is offered: how its name ends, its media type, the button's icon."""

    suffix: str
    mime: str
    icon: str = ":material/download:"


PDF: Final = Form("pdf", "application/pdf", ":material/print:")
XLSX: Final = Form("xlsx", MIME)
HTML: Final = Form("html", "text/html")
GEOJSON: Final = Form("geojson", "application/geo+json")
_ALL: Final[Mapping[str, Collection[str]]] = MappingProxyType({})


def drawing(
    view: View,
    layers: Iterable[Layer],
    shown: Collection[str] | None = None,
    only: Mapping[str, Collection[str]] = _ALL,
) -> Drawing:
    """Return what the live map draws of `layers`, in drawing order; see `compose`."""
    canvas = compose(layers, view.community, view.lang, today=view.today, shown=shown, only=only)
    return describe(canvas)


def show_map(
    view: View,
    drawn: Drawing,
    *,
    key: str,
    selected: tuple[str, str] = ("", ""),
    on_pick: Callable[[Picked], None],
    switches: Sequence[tuple[str, int | None]] = (),
    on_switch: Callable[[tuple[str, ...]], None] | None = None,
    title: str = "",
) -> None:
    """Show the map down to the lower edge of the window; the page decides what is selected.

    With `switches` (layer id, how many things it holds) a row of layer switches stands above it.
    """
    show(
        drawn,
        key=key,
        selected=Picked(*selected) if selected[0] else None,
        on_pick=on_pick,
        switches=switches,
        on_switch=on_switch,
        theme=view.theme,
        chip=view.t(SYNTHETIC) if view.community.synthetic else "",
        title=title,
        role=view.role,
    )


def small_map(
    view: View,
    drawn: Drawing,
    *,
    key: str,
    at: tuple[str, str],
    height: int = 280,
    on_pick: Callable[[Picked], None] = lambda _: None,
) -> None:
    """Show a map of `height` pixels that has flown to the feature `at`, if there is one."""
    here = Picked(*at) if at[0] else None
    show(
        drawn,
        key=key,
        selected=here,
        focus=here,
        on_pick=on_pick,
        theme=view.theme,
        height=height,
        legend=False,
        chip=view.t(SYNTHETIC) if view.community.synthetic else "",
        role=view.role,
    )


def heading(
    view: View,
    name: Text,
    chips: Iterable[Chip] = (),
    facts: Text | None = None,
    *,
    level: Literal[1, 2] = 1,
    sign: tuple[str, str] = ("", ""),
) -> None:
    """Show a name with its chips, and one line of facts; `level` 2 is of a thing within a page.

    A `sign`, and the colour token it is written in, stand before the name.
    """
    spans = "".join(
        f'<span class="w-chip {chip.tone}">{escape(view.t(chip.label))}</span>' for chip in chips
    )
    line = f'<p class="w-facts">{escape(view.t(facts))}</p>' if facts else ""
    mark = f'<i class="{sign[1]}">{sign[0]}</i> ' if sign[0] else ""
    st.html(
        f'<div class="w-title w-level{level}" role="heading" aria-level="{level}"'
        f' data-testid="{"heading" if level == 1 else "subject"}">'
        f"<b>{mark}{escape(view.t(name))}</b>{spans}</div>{line}"
    )


def figures(view: View, shown: Iterable[Figure]) -> None:
    """Show figures in cards, three in a row; the unit smaller than the figure."""
    cards = "".join(
        f'<div class="w-card"><div class="k">{escape(view.t(one.label))}</div>'
        f'<div class="v">{escape(one.value)}<small>{escape(view.t(one.unit))}</small></div>'
        f'<div class="s {one.tone}">{escape(view.t(one.note)) or "&nbsp;"}</div></div>'
        for one in shown
    )
    st.html(f'<div class="w-grid" data-testid="figures">{cards}</div>')


def rows(view: View, shown: Iterable[tuple[Text, Text]]) -> None:
    """Show labels with their values, one a line."""
    lines = "".join(
        f'<tr><th scope="row">{escape(view.t(label))}</th><td>{escape(view.t(value))}</td></tr>'
        for label, value in shown
    )
    st.html(f'<table class="w-rows">{lines}</table>')


def picks(key: str, rows: pd.DataFrame, go: Callable[[str], None]) -> Callable[[], None]:
    """Return what the table `key` calls on a selection: `go` with the id of the row pressed.

    The table selects single cells, so that a press anywhere in a row counts.
    """

    def picked(told: Mapping[str, Any]) -> None:
        if told["cells"]:
            go(str(rows.index[told["cells"][0][0]]))

    return _press.selects(key, picked)


def empty(view: View, fact: Text) -> None:
    """Say in one sentence that there is nothing, in place of the content."""
    st.html(f'<p class="w-empty">{escape(view.t(fact))}</p>')


def said(view: View, text: Text) -> None:
    """Show a sentence of the page's own."""
    st.html(f'<p class="w-facts">{escape(view.t(text))}</p>')


def note(view: View, text: Text) -> None:
    """Show a small remark under a table or chart."""
    st.html(f'<p class="w-note">{escape(view.t(text))}</p>')


def excel(
    view: View,
    make: Callable[[], pd.DataFrame],
    *,
    name: Text,
    key: str,
    label: Text = EXCEL,
) -> None:
    """Offer the table that `make` returns as an Excel file, written when it is asked for."""
    made_on = Text("{day} 导出。{note}", "Exported {day}. {note}").fill(
        day=view.today.isoformat(), note=SYNTHETIC if view.community.synthetic else Text("", "")
    )

    def content() -> bytes:
        return workbook(make(), title=view.t(name), notes=[view.t(made_on).strip()])

    offer(view, content, XLSX, name=name, key=key, label=label)


def map_file(
    view: View, layers: Iterable[Layer], shown: Collection[str] | None, *, title: Text, key: str
) -> None:
    """Offer the map as one HTML file that opens without a network."""

    def content() -> str:
        canvas = compose(layers, view.community, view.lang, today=view.today, shown=shown)
        return export_html(canvas, lang=view.lang, theme=view.theme, title=view.t(title))

    label = Text("地图文件（HTML，离线可看）", "Map file (HTML, works offline)")
    offer(view, content, HTML, name=title, key=key, label=label)


def offer(
    view: View,
    make: Callable[[], bytes | str],
    form: Form,
    *,
    name: Text,
    key: str,
    label: Text = PRINT,
    day: date | None = None,
    main: bool = False,
) -> None:
    """Offer what `make` returns as a file of a `form`, written when it is asked for.

    It is named after `name` and the `day`, today unless said; `main` makes it the button of its
    place.
    """
    st.download_button(
        view.t(label),
        data=make,
        file_name=f"{view.t(name)}-{day or view.today:%Y%m%d}.{form.suffix}",
        mime=form.mime,
        key=key,
        on_click="ignore",
        type="primary" if main else "tertiary",
        icon=None if main else form.icon,
    )
