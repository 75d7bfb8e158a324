"""The page contract, and the view every page is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from layers._tokens import Mode
from wangge.community import Community
from wangge.domain.roles import ROLES, Role
from wangge.store.desk import Desk
from wangge.store.problems import Problem
from wangge.text import Lang, Text


@dataclass(frozen=True, slots=True)
class View:
    """What one session sees: the community as its role may see it, language, clock and theme.

    ``community`` has been cut to the role before a View is built; a page never hides anything.
    ``now`` is the moment the page runs (Asia/Shanghai), ``as_of`` when the data was read.
    ``desk`` writes to the journal as the post that looks; None: this page only reads.
    ``grid`` is the own grid of a worker, empty for whoever has none.
    """

    community: Community
    lang: Lang
    role: Role
    now: datetime
    as_of: datetime
    theme: Mode = "light"
    problems: tuple[Problem, ...] = ()
    desk: Desk | None = None
    grid: str = ""

    @property
    def today(self) -> date:
        """The day of `now`."""
        return self.now.date()

    def t(self, text: Text) -> str:
        """Return `text` in this session's language."""
        return text.in_(self.lang)


@dataclass(frozen=True, slots=True)
class Page:
    """A screen: its place in the menu and the function that fills it.

    A page not in the `menu` is reached from others, such as a single case.
    `bare` pages show no menu and take the whole window, such as the wall.
    `sees` is the role whose cut the page is given whoever looks; None: that of the session.
    A `live` page is filled anew, alone, whenever the data changes; another keeps to its own time.
    """

    id: str
    title: Text
    order: int
    body: Callable[[View], None]
    roles: tuple[Role, ...] = ROLES
    menu: bool = True
    bare: bool = False
    sees: Role | None = None
    live: bool = True
