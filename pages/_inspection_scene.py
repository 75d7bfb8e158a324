"""What the page of inspections looks at: a week, a grid, a stop; all of it stands in the address.

``?grid=G5&week=-1&stop=shops/P43``; ``grid=all`` for whoever has a grid of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import pandas as pd

from pages import _press
from pages._page import View
from pages._row import row_of
from wangge.analysis.inspection import TO_DO, week
from wangge.analysis.inspection_round import grid_round
from wangge.analysis.rounds import Round
from wangge.text import Text

ALL: Final = "all"
WEEKS: Final = {
    -1: Text("上周", "Last week"),
    0: Text("本周", "This week"),
    1: Text("下周", "Next week"),
}
_LONGEST: Final = 40  # of a wrong word that is shown back


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A week (``weeks`` from this one) of a grid (empty: all of them), and the stop chosen.

    ``places`` has a row for each place of the whole community, most urgent first; ``rows`` those
    listed, a grid's in the order of its round, with ``number`` (Int64; NA: not a stop of it).
    """

    view: View
    grid: str
    weeks: int
    stop: str
    places: pd.DataFrame
    rows: pd.DataFrame
    walk: Round | None

    @property
    def monday(self) -> date:
        """The first day of the week."""
        today = self.view.today
        return today + timedelta(days=7 * self.weeks - today.weekday())

    @property
    def now(self) -> bool:
        """Whether it is the week of today, in which inspections are recorded."""
        return self.weeks == 0

    def next_stop(self, after: str = "") -> str:
        """Return the next stop of the round still to do behind `after`, empty if there is none."""
        if self.walk is None:
            return ""
        order = [*self.walk.order, *self.walk.unreached]
        at = order.index(after) + 1 if after in order else 0
        left = self.rows["state"].isin(TO_DO)
        turned = [*order[at:], *order[:at]]
        return next((one for one in turned if left.get(one, False) and one != after), "")

    def params(self, **changed: str) -> dict[str, str]:
        """Return the address of this scene with what is changed; the usual needs no word."""
        held = {"grid": self.grid or ALL, "week": str(self.weeks), "stop": self.stop} | changed
        usual = {"grid": self.view.grid or ALL, "week": "0", "stop": ""}
        return {name: value for name, value in held.items() if value != usual[name]}

    def go(self, **changed: str) -> None:
        """Change the address as it is now: a call may come after another has changed it."""
        now, _ = read(self.view, _press.address())
        if not changed.get("stop", now.stop) and now.stop != self.stop:
            del changed["stop"]  # a stop chosen since, in the same moment, stays
        _press.go(now.params(**changed))


def read(view: View, params: Mapping[str, str]) -> tuple[Scene, tuple[Text, ...]]:
    """Return the scene an address names, and a sentence for each part that was not followed."""
    notices: list[Text] = []
    weeks = _weeks(params.get("week", ""))
    places = view.community.derive(week, today=view.today, weeks=weeks)
    grid = params.get("grid") or view.grid or ALL
    if grid != ALL and grid not in view.community.grids.index:
        told = Text(
            "没有编号为 {it} 的网格，已显示全社区。",
            "There is no grid {it}; the whole community is shown.",
        )
        notices.append(told.fill(it=grid[:_LONGEST]))
        grid = ALL
    stop = params.get("stop", "")
    if stop and stop not in places.index:
        told = Text("没有名为 {it} 的检查对象。", "There is no place {it} to inspect.")
        notices.append(told.fill(it=stop[:_LONGEST]))
        stop = ""
    own = row_of(places, stop)["grid_id"] if stop else None
    if grid != ALL and stop and own != grid:  # a link leads to the grid of its place
        grid = own if isinstance(own, str) else ALL
    grid = "" if grid == ALL else grid
    walk = None
    if grid and weeks >= 0:
        walk = grid_round(view.community, grid=grid, today=view.today, weeks=weeks)
    return Scene(view, grid, weeks, stop, places, _listed(places, grid, walk), walk), (*notices,)


def _weeks(given: str) -> int:
    return next((weeks for weeks in WEEKS if str(weeks) == given), 0)


def _listed(places: pd.DataFrame, grid: str, walk: Round | None) -> pd.DataFrame:
    """Return the places of a grid as its round goes, then the others; all as they stand."""
    mine = places[places["grid_id"] == grid] if grid else places
    order = [*walk.order, *walk.unreached] if walk else []
    rows = pd.concat([mine.loc[order], mine.drop(index=order)])
    numbers = {about: k for k, about in enumerate(walk.order, start=1)} if walk else {}
    number = pd.array([numbers.get(str(about)) for about in rows.index], dtype="Int64")
    return rows.assign(number=number)
