"""The wall, the overview, the map, the list of cases and the figures never disagree.

A journal of cases whose limits end inside a day, over a weekend and over a holiday is looked at
just before, at and after those moments, as each screen looks at it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from layers import hazards as layer
from pages import _case_filter, _facts, _figures, _wall_parts
from pages._wall_blocks import Hero
from tests.pages import journaled
from wangge.analysis.case_figures import ALL
from wangge.analysis.pace import pace
from wangge.analysis.places import ALL as WHOLE
from wangge.analysis.places import counts
from wangge.domain.actors import Actor
from wangge.domain.limits import due_of
from wangge.domain.terms import OPEN_STATUSES, SEVERITIES
from wangge.domain.workdays import PLACE, Workdays
from wangge.sight import see
from wangge.store.desk import Desk, Draft
from wangge.store.home import journal_at
from wangge.store.overlay import as_it_stands
from wangge.store.since import standing_since

REPORTED = [
    datetime(2026, 9, 18, 9, 30, tzinfo=PLACE),  # a Friday; the Sunday after is worked
    datetime(2026, 9, 30, 17, 0, tzinfo=PLACE),  # the eve of a week off
    datetime(2026, 10, 16, 16, 20, tzinfo=PLACE),  # a Friday before a plain weekend
    datetime(2026, 10, 20, 8, 10, tzinfo=PLACE),
]
KINDS = ("old_wiring", "fire_load", "blocked_lane", "lamp_out")
SPOTS = {"street": (113.0492, 36.0501), "yard": (113.0500, 36.0510)}
POST = _case_filter.Post("书记", "secretary")
TICK = timedelta(microseconds=1)


def _report(where):
    """Report and open a case of several kinds at each moment, so that its time runs."""
    clock = {"now": REPORTED[0]}
    worker, office = (
        Desk(journal_at(where), Actor(post, role), lambda: clock["now"])
        for post, role in (("网格员", "worker"), ("书记", "secretary"))
    )
    for at in REPORTED:
        for n, kind in enumerate(KINDS):
            clock["now"] = at + timedelta(minutes=7 * n)
            lon, lat = list(SPOTS.values())[n % 2]
            draft = Draft(lon + n * 1e-3, lat, kind, list(SEVERITIES)[n])
            case = worker.report(draft, key=f"{at}{kind}")
            office.step(case.id, "open", key=f"open {case.id}")


def limits():
    """Return the limits of the cases, by the rules."""
    return sorted(
        due_of(kind, list(SEVERITIES)[n], at + timedelta(minutes=7 * n), Workdays())
        for at in REPORTED
        for n, kind in enumerate(KINDS)
    )


def moments():
    """Just before, at and just after limits; a Saturday, a holiday, long after."""
    ends = limits()[::3]
    around = [end + TICK * step for end in ends for step in (-1, 0, 1)]
    plain = [datetime(2026, 10, 3, 12, tzinfo=PLACE), datetime(2026, 10, 17, 20, tzinfo=PLACE)]
    return [*around, *plain, datetime(2026, 11, 20, 23, 59, 59, tzinfo=PLACE), journaled.NOW]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    where = str(tmp_path_factory.mktemp("same") / "journal.gpkg")
    journaled.import_hazards(journal_at(where), journaled.files(), REPORTED[0] - timedelta(days=1))
    _report(where)
    yield where, as_it_stands(journaled.files(), journal_at(where))
    journal_at(where).close()


def standing(book, now):
    where, whole = book
    return whole.at(standing_since(where, journal_at(where).version(), now))


def wall(community):
    block = _wall_parts.risks(community)
    hero = next(row for row in block.rows if isinstance(row, Hero))
    return int(block.note.en.split()[0]), int(hero.second)


def listed(community, now):
    wanted = _case_filter.Wanted(tab="open")
    found = _case_filter.find(community, wanted, POST, now)
    return found.tabs["open"], found.tabs["overdue"]


@pytest.mark.parametrize("now", moments(), ids=str)
def test_every_screen_counts_the_same(book, now):
    whole = standing(book, now)
    full, public = see(whole, "secretary"), see(whole, "anonymous")
    rows = full.cases[full.cases["status"].isin(OPEN_STATUSES)]
    want = (len(rows), int((rows["due_at"] < now).sum()))
    figures = _figures.figures(full, "community", "0", now).loc[ALL]
    assert (figures["open"], figures["overdue"]) == want
    assert listed(full, now) == want
    for seen in (full, public):
        assert wall(seen) == want
        held = _facts.held(seen, "", "")
        assert (held["hazards_open"], held["hazards_overdue"]) == want
        drawn = layer.draw(seen, now.date())
        assert (len(drawn), int(drawn["marks"].str.contains("overdue").sum())) == want


@pytest.mark.parametrize("now", moments()[::4], ids=str)
def test_grids_add_up_and_are_the_same_everywhere(book, now):
    whole = standing(book, now)
    full, public = see(whole, "secretary"), see(whole, "anonymous")
    by_grid = _figures.figures(full, "grid", "0", now)
    table = full.derive(counts, now=full.now)
    for name, of in (("hazards_open", "open"), ("hazards_overdue", "overdue")):
        assert table.loc["grid"][name].sum() == table.loc[("community", WHOLE), name]
        for grid in full.grids.index:
            assert table.loc[("grid", grid), name] == by_grid.loc[grid, of]
            assert _facts.held(public, "grids", grid)[name] == by_grid.loc[grid, of]
    for grid in full.grids.index:
        asked = _case_filter.Wanted(tab="open", grid=grid)
        tabs = _case_filter.find(full, asked, POST, now).tabs
        assert (tabs["open"], tabs["overdue"]) == tuple(by_grid.loc[grid, ["open", "overdue"]])
        assert len(_wall_parts.open_hazards(public, grid)) == by_grid.loc[grid, "open"]


@pytest.mark.parametrize("now", moments()[::4], ids=str)
def test_on_time_is_one_share(book, now):
    whole = standing(book, now)
    figures = _figures.figures(see(whole, "secretary"), "community", "12", now).loc[ALL]
    for role in ("anonymous", "secretary"):
        held = see(whole, role).derive(pace, now=whole.now)
        told = (held.in_time, held.limited)
        assert told == (figures["closed_on_time"], figures["should_close"])


def test_the_moments_tell_apart(book):
    """The cases have the limits the rules give, and these moments lie around them.

    Else the law would hold of screens that never look at the clock.
    """
    known = set(book[1].cases["due_at"].dropna())
    assert known >= {end.replace(microsecond=0) for end in limits()}
    late = [wall(see(standing(book, now), "anonymous"))[1] for now in moments()]
    assert len(set(late)) > 4
    before, at, after = late[:3]
    assert before == at < after
