"""Pages on a journal of their own: what a test writes there, the page shows in its next run."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from streamlit.testing.v1 import AppTest

from pages._page import View
from wangge.domain.actors import Actor
from wangge.store.desk import Desk
from wangge.store.files import read
from wangge.store.first_import import import_hazards
from wangge.store.home import journal_at
from wangge.store.overlay import as_it_stands
from wangge.store.privacy import cut

DATA = Path(__file__).parents[2] / "data" / "geo"
NOW = datetime(2026, 11, 23, 13, 42, tzinfo=ZoneInfo("Asia/Shanghai"))
POSTS = {"secretary": "书记", "planner": "规划专干", "worker": "第五网格网格员"}


@cache
def files():
    return read(DATA).community


def begin(where):
    """Make a journal that holds the hazards of the files."""
    import_hazards(journal_at(where), files(), NOW - timedelta(days=30))


def desk(where, role="secretary", post="", *, now=NOW):
    return Desk(journal_at(where), Actor(post or POSTS[role], role), lambda: now)


def ticking(where, role="secretary", post="", *, start=NOW - timedelta(days=2)):
    """Return a desk at which each look at the clock tells an hour after the last event."""

    def clock():
        return max(start, journal_at(where).last_moment() or start) + timedelta(hours=1)

    return Desk(journal_at(where), Actor(post or POSTS[role], role), clock)


def view(where, lang="zh", role="secretary", post="", grid=""):
    community = cut(as_it_stands(files(), journal_at(where)).at(NOW), role, grid=grid)
    held = desk(where, role, post)
    return View(community, lang, role, NOW, NOW, desk=held, grid=grid)


def _page(name, where, lang, role, post, grid):
    from importlib import import_module  # noqa: PLC0415 - this runs as a script of its own

    from tests.pages import journaled  # noqa: PLC0415

    import_module(f"pages.{name}").PAGE.body(journaled.view(where, lang, role, post, grid))


def start(name, where, lang="zh", role="secretary", post="", own="", **address):
    """Open the page called `name` at an address, for a worker whose grid is `own`."""
    arguments = (name, where, lang, role, post, own)
    run = AppTest.from_function(_page, args=arguments, default_timeout=60)
    for key, value in address.items():
        run.query_params[key] = value
    return again(run)


def again(run):
    run.run()
    assert not run.exception, run.exception
    return run


def said(run):
    return "\n".join(node.proto.body for node in run.get("html"))
