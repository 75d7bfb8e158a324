"""The week to take away: as a spreadsheet, and the round of a grid as a printed sheet."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from pages import _widgets
from pages._format import as_date, day
from pages._inspection_list import GRID_LABELS, LABELS, state_of, written
from pages._inspection_scene import WEEKS, Scene
from papers.inspection_round import InspectionRound, Stop, inspection_round
from wangge.analysis.rounds import inspection_stops
from wangge.domain.checklists import checklist
from wangge.text import Lang, Text

ROUND: Final = Text("{grid}每周消防检查", "Weekly fire inspection, {grid}")


def take_away(scene: Scene) -> None:
    """Offer the week as a spreadsheet, and the round of a grid as a printed sheet."""
    view = scene.view
    with st.container(horizontal=True, horizontal_alignment="right", key="inspection_take"):
        if scene.walk is not None:
            title = ROUND.fill(grid=str(view.community.grids["name"][scene.grid]))
            _widgets.offer(
                view,
                lambda: paper(scene),
                _widgets.PDF,
                name=title,
                key="inspection_pdf",
                label=Text("清单 PDF", "Round (PDF)"),
                day=scene.monday,
            )
        _widgets.excel(
            view,
            lambda: sheet(scene, view.lang),
            name=Text("消防检查{week}", "Fire inspections, {week}").fill(week=WEEKS[scene.weeks]),
            key="excel_inspection",
        )


def sheet(scene: Scene, lang: Lang) -> pd.DataFrame:
    """Return the week for a spreadsheet: labelled columns, words for codes, days as days."""
    rows, view = scene.rows, scene.view
    own = written(scene)
    for name in ("last_on", "due_on"):
        own[name] = [as_date(at) for at in rows[name]]
    own["number"] = rows["number"].astype(object).where(rows["number"].notna(), None)
    own = own.drop(columns=["since"] if scene.weeks >= 0 else [])
    own = own.rename(columns={name: text.in_(lang) for name, text in LABELS.items()})
    grids = rows["grid_id"].map(view.community.grids["name"].to_dict())
    own.insert(1, GRID_LABELS["name"].in_(lang), grids)
    own.insert(0, Text("编号", "Id").in_(lang), rows.index)
    return own


def paper(scene: Scene) -> bytes:
    """Return the printed sheet of the round, numbered as on the screen."""
    view, walk = scene.view, scene.walk
    at = view.community.derive(inspection_stops).get_coordinates()
    where = {str(about): (float(x), float(y)) for about, x, y in at.itertuples()}
    title = ROUND.fill(grid=str(view.community.grids["name"].get(scene.grid, "")))
    legs = walk.legs.get_coordinates() if walk else pd.DataFrame()
    listed = scene.rows.loc[[*walk.order, *walk.unreached]] if walk else scene.rows.iloc[:0]
    stops = [
        Stop(
            name=str(row["name"]),
            told=_told(scene, row),
            checks=[view.t(one.asks) for one in checklist(row["table"], str(row["kind"]))],
            place=where.get(str(about)),
        )
        for about, row in listed.iterrows()
    ]
    ways = [
        [*zip(leg["x"].tolist(), leg["y"].tolist(), strict=True)]
        for _, leg in (legs.groupby(level=0) if walk else ())
    ]
    walked = InspectionRound(view.t(title), stops, walk.metres if walk else 0.0, ways)
    return inspection_round(view.community, walked, today=view.today, lang=view.lang)


def _told(scene: Scene, row: pd.Series) -> list[str]:
    view = scene.view
    last = Text("上次 {day}", "Last {day}").fill(day=day(as_date(row["last_on"]), view.today))
    home = view.community.compounds["name"].get(row["compound_id"], "")
    where = [str(home)] if row["table"] == "shops" and home else []
    return [str(row["kind"]), *where, view.t(state_of(row)), view.t(last)]
