"""Which cases are asked for, as it stands in the address of the page, and which these are.

``?tab=overdue&kind=old_wiring&grid=G5&q=楼道&case=Z007&show=map``.  One pure function reads it; a
wrong part falls back and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wangge.analysis.deadlines import case_state
from wangge.analysis.worklist import searched, worklist
from wangge.community import Community
from wangge.domain.roles import Role
from wangge.domain.terms import HAZARD_KINDS, HAZARD_STATUSES, SEVERITIES, Terms
from wangge.text import Text

TABS: Final[Mapping[str, Text]] = {
    "mine": Text("我的", "Mine"),
    "grid": Text("本网格", "My grid"),
    "overdue": Text("超期", "Overdue"),
    "today": Text("今天到期", "Due today"),
    "open": Text("未结", "Open"),
    "all": Text("全部", "All"),
}
FACETS: Final[Mapping[str, Text]] = {
    "kind": Text("类型", "Kind"),
    "severity": Text("等级", "Severity"),
    "state": Text("状态", "State"),
    "grid": Text("网格", "Grid"),
    "compound": Text("小区", "Compound"),
}
SHOWS: Final[Mapping[str, Text]] = {"board": Text("看板", "Board"), "map": Text("地图", "Map")}
_WORDS: Final[Mapping[str, Terms]] = {
    "kind": HAZARD_KINDS,
    "severity": SEVERITIES,
    "state": HAZARD_STATUSES,
}
_COLUMNS: Final = {
    "kind": "kind",
    "severity": "severity",
    "state": "status",
    "grid": "grid_id",
    "compound": "compound_id",
}
_LONGEST: Final = 60  # characters of a search
_SHOWN: Final = 40  # characters of a wrong part that is shown back
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases are asked for.

    ``tab`` is one of `TABS`; ``kind``, ``severity``, ``state``, ``grid`` and ``compound`` narrow
    it (empty: any), and so does ``q``, words to be found.  ``page`` is the page of the list, from
    1; ``case`` the one selected; ``show`` one of `SHOWS`.
    """

    tab: str
    kind: str = ""
    severity: str = ""
    state: str = ""
    grid: str = ""
    compound: str = ""
    q: str = ""
    page: int = 1
    case: str = ""
    show: str = "board"

    def narrowed(self, **facets: str) -> Wanted:
        """Return it with other facets, on the first page, nothing selected."""
        return replace(self, **{"page": 1, "case": "", **facets})  # type: ignore[arg-type]  # names of facets

    def params(self, usual: str) -> dict[str, str]:
        """Return the query parameters that read back to it; `usual` is the tab of no word."""
        found = {name: getattr(self, name) for name in (*FACETS, "q", "case")}
        found["tab"] = self.tab if self.tab != usual else ""
        found["page"] = str(self.page) if self.page > 1 else ""
        found["show"] = self.show if self.show != "board" else ""
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class Post:
    """Who works through the list: the post, its role, and the grid of a worker (empty: none)."""

    name: str = ""
    role: Role = "secretary"
    grid: str = ""

    @property
    def tabs(self) -> tuple[str, ...]:
        """The tabs that mean something to this post."""
        return tuple(name for name in TABS if name != "grid" or self.grid)

    @property
    def usual(self) -> str:
        """The tab shown first: a worker's own cases, anybody else all that are open."""
        return "mine" if self.role == "worker" else "open"


def from_params(
    params: Mapping[str, str], community: Community, post: Post
) -> tuple[Wanted, tuple[Text, ...]]:
    """Read what is asked for from query parameters.

    Parameters
    ----------
    params
        Query parameters; unknown ones are none of our business.
    community
        Where grids, compounds and cases must exist.
    post
        Who asks.

    Returns
    -------
    tuple
        What is asked for, and one sentence for each part that could not be followed.
    """
    allowed = {
        "tab": post.tabs,
        **{name: tuple(words) for name, words in _WORDS.items()},
        "grid": tuple(community.grids.index),
        "compound": tuple(community.compounds.index),
        "show": tuple(SHOWS),
    }
    found: dict[str, str] = {}
    notices = []
    for name, words in allowed.items():
        given = params.get(name, "")
        if given in words:
            found[name] = given
        elif given:
            notices.append(_unknown(given))
    if given := params.get("case", ""):
        if given in community.cases.index:
            found["case"] = given
        else:
            notices.append(
                Text("没有编号为 {it} 的案件。", "There is no case {it}.").fill(it=_short(given))
            )
    page = params.get("page", "")
    wanted = Wanted(
        **{"tab": post.usual, **found},
        q=params.get("q", "")[:_LONGEST].strip(),
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,  # noqa: PLR2004 - digits
    )
    return wanted, tuple(notices)


@dataclass(frozen=True, slots=True)
class Found:
    """The cases of a `worklist` that are asked for, in its order.

    ``rows`` are listed; ``board`` are those of any state, for the columns of a board; ``state``
    is their standing (see `case_state`), of all cases; ``tabs`` says how many each tab would list.
    """

    rows: pd.DataFrame
    board: pd.DataFrame
    state: pd.DataFrame
    tabs: Mapping[str, int]


def find(community: Community, wanted: Wanted, post: Post, now: datetime) -> Found:
    """Return the cases of `community` that are asked for: by whom, and when."""
    listed = community.derive(worklist)
    state = case_state(listed, now=now)
    narrow = _narrow(community, listed, wanted)
    of_state = np.ones(len(listed), bool)
    if wanted.state:
        of_state = (listed["status"] == wanted.state).to_numpy(bool)
    tabs = {name: _tab(name, listed, state, wanted, post) & narrow for name in post.tabs}
    board = tabs[wanted.tab]
    return Found(
        rows=listed[board & of_state],
        board=listed[board],
        state=state,
        tabs={name: int((mask & of_state).sum()) for name, mask in tabs.items()},
    )


def _narrow(community: Community, listed: pd.DataFrame, wanted: Wanted) -> Mask:
    """Return which cases have every facet asked for except the state, and the words."""
    kept = np.ones(len(listed), bool)
    for name, column in _COLUMNS.items():
        if name != "state" and (value := getattr(wanted, name)):
            kept &= (listed[column] == value).fillna(value=False).to_numpy(bool)
    if wanted.q:
        said = community.memo("searched cases", lambda: searched(listed))
        for word in wanted.q.lower().split():
            kept &= said.str.contains(word, regex=False).to_numpy(bool)
    return kept


def _tab(name: str, listed: pd.DataFrame, state: pd.DataFrame, wanted: Wanted, post: Post) -> Mask:
    """Return which cases a tab means; who asks for a state by name gets settled ones too."""
    waits = listed["open"].to_numpy(bool)
    if wanted.state:
        waits = waits | (listed["status"] == wanted.state).to_numpy(bool)
    match name:
        case "mine":
            own = (listed["assignee"] == post.name) | (listed["reported_by"] == post.name)
            return waits & own.to_numpy(bool)
        case "grid":
            return waits & (listed["grid_id"] == post.grid).fillna(value=False).to_numpy(bool)
        case "overdue" | "today":
            return state[name].to_numpy(bool)
        case "open":
            return waits
    return np.ones(len(listed), bool)


def _unknown(given: str) -> Text:
    return Text(
        "地址里的“{it}”不认识，已略去。", "“{it}” in the address is not known; it was left out."
    ).fill(it=_short(given))


def _short(given: str) -> str:
    return given if len(given) <= _SHOWN else given[:_SHOWN] + "…"
