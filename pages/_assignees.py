"""Whom a case can be sent to: posts and units that the data knows, the likely ones first."""

from __future__ import annotations

from collections.abc import Iterator

from pages._row import name_of, row_of
from wangge.community import Community
from wangge.domain.actors import actor_of
from wangge.domain.cases import Case
from wangge.domain.tables import TABLES

_LIKELY = {  # trade of a partner unit, by kind of case
    "fire_load": "消防",
    "old_wiring": "供电",
    "blocked_lane": "消防",
    "stray_charging": "供电",
    "subsidence": "市政",
    "lamp_out": "市政",
    "unlit_alley": "市政",
}


def assignees(community: Community, case: Case | None = None) -> list[str]:
    """Return posts and units a case can be sent to, each once.

    With a `case` those come first that look after its place, the thing it is about, or its kind;
    then every grid's post, property companies, partner units, and whoever was sent a case before.
    """
    found = [
        *(_own(community, case) if case else ()),
        *(post(community, str(grid)) for grid in community.grids.index),
        *map(str, community.property_companies["name"]),
        *map(str, community.partners["name"]),
        *map(str, community.cases["assignee"].unique()),
    ]
    return [name for name in dict.fromkeys(found) if name]


def post(community: Community, grid: str) -> str:
    """Return the post of the worker of `grid`."""
    return actor_of("worker", grid=name_of(community.grids, grid)).post


def _own(community: Community, case: Case) -> Iterator[str]:
    if case.grid_id in community.grids.index:
        yield post(community, case.grid_id)
    if case.compound_id in community.compounds.index:
        compound = row_of(community.compounds, case.compound_id)
        if compound["manager_kind"] == "property" and isinstance(compound["manager_name"], str):
            yield compound["manager_name"]
    table, _, ident = case.asset.partition("/")
    if table in TABLES and ident in getattr(community, table).index:
        owner = row_of(getattr(community, table), ident).get("owner")
        if isinstance(owner, str):
            yield owner
    partners = community.partners
    yield from map(str, partners["name"][partners["trade"] == _LIKELY.get(case.kind)])
