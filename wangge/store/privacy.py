"""Cuts a community to what a role may see, before any page or layer is built.

`SIGHT` is the whole policy.  Private columns a role may not see do not exist in what it is given;
counts below rule `smallest_count` are `NA`, and so is any count that would give such a one away
(see `wangge.store.suppress`).  A place where nobody lives shows 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Literal, cast

import numpy as np
import pandas as pd
import shapely

from wangge.community import Community
from wangge.domain.roles import Role
from wangge.domain.rules import rule
from wangge.domain.schema import Table
from wangge.domain.tables import HAZARDS, HOUSEHOLDS, Hazards, Households, PartyGroups
from wangge.store.residents import CARE, COUNTS, Place, census, masked

_NO_FIGURES: Final[Mapping[str, int | None]] = MappingProxyType({})
_SPACING_M: Final = 5.0  # between hazards of one compound, so that their symbols stay apart
_GOLDEN: Final = np.pi * (3 - 5**0.5)  # turn of a sunflower's seeds
_TRIES: Final = 400


@dataclass(frozen=True, slots=True)
class Sight:
    """What a role sees of people.

    ``households``: no rows, the rows without private columns, or also those columns for the own
    grid.  ``hazards``: moved to somewhere in their compound, or where they are.  ``notes``: whether
    hazards keep their note, and cases and inspections are seen at all.  ``masked``: the counts
    that are hidden when small.
    """

    households: Literal["none", "places", "own grid"]
    hazards: Literal["compound", "exact"]
    notes: bool
    masked: tuple[str, ...]


SIGHT: Final[Mapping[Role, Sight]] = MappingProxyType(
    {
        "anonymous": Sight("none", "compound", notes=False, masked=COUNTS),
        "worker": Sight("own grid", "exact", notes=True, masked=CARE),
        "planner": Sight("places", "exact", notes=True, masked=CARE),
        "secretary": Sight("places", "exact", notes=True, masked=CARE),
    }
)


def cut(
    community: Community,
    role: Role,
    *,
    figures: Mapping[str, int | None] = _NO_FIGURES,
    walkers: pd.DataFrame | None = None,
    grid: str = "",
) -> Community:
    """Return `community` with only what `role` may see.

    Parameters
    ----------
    community
        The whole, as read.
    role
        Who looks.
    figures
        Counts of people made on the whole, by name.
    walkers
        Counts by alley made on the whole: households (``doors``), ``people``, ``alone``,
        ``disabled``; always the same for the same community.
    grid
        The grid of a worker; without one a worker sees what a planner sees.

    Returns
    -------
    Community
        With `residents`, `walkers`, `figures` and `withheld` filled.  The same object for the same
        question.

    Examples
    --------
    >>> from pathlib import Path
    >>> from wangge.store.files import read
    >>> whole = read(Path("/nowhere")).community
    >>> "holder" in cut(whole, "planner").households.columns
    False
    """
    counted = pd.DataFrame() if walkers is None else walkers
    key = ("privacy.cut", role, grid, tuple(sorted(figures.items())), counted.empty)
    return community.memo(key, lambda: _cut(community, role, figures, counted, grid))


def _cut(
    community: Community,
    role: Role,
    figures: Mapping[str, int | None],
    walkers: pd.DataFrame,
    grid: str,
) -> Community:
    sight = SIGHT[role]
    counted = census(community)
    own: set[Place] = set()
    if sight.households == "own grid" and grid in community.grids.index:
        own = counted.within(("grid", grid))
    residents, withheld = masked(counted, sight.masked, own)
    groups = community.party_groups
    if "members" in sight.masked:
        groups = PartyGroups(groups.assign(members=_few_as_na(groups["members"])))
    return replace(
        community,
        households=_households(community, sight, own),
        hazards=_hazards(community, sight),
        party_groups=groups,
        cases=community.cases if sight.notes else community.cases.iloc[:0],
        inspections=community.inspections if sight.notes else community.inspections.iloc[:0],
        residents=residents,
        withheld=withheld,
        walkers=_walkers(walkers, sight),
        figures=MappingProxyType({name: _figure(name, n, sight) for name, n in figures.items()}),
        _memo={},
    )


def _private(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.private]


def _households(community: Community, sight: Sight, own: set[Place]) -> Households:
    held = community.households
    private = _private(HOUSEHOLDS)
    if sight.households == "none":
        return Households(held.iloc[:0].drop(columns=private))
    if not own:
        return Households(held.drop(columns=private))
    buildings = {ident for level, ident in own if level == "building"}
    compounds = {ident for level, ident in own if level == "compound"}
    mine = held["building_id"].isin(buildings) | (
        held["building_id"].isna() & held["compound_id"].isin(compounds)
    )
    hidden = {name: held[name].where(mine) for name in private if name != "care"}
    care = np.empty(len(held), object)
    care[:] = [
        tags if shown else () for tags, shown in zip(held["care"], mine.to_numpy(bool), strict=True)
    ]
    return Households(held.assign(**hidden, care=care))


def _hazards(community: Community, sight: Sight) -> Hazards:
    held = community.hazards
    if not sight.notes:
        held = held.drop(columns=_private(HAZARDS))
    if sight.hazards == "compound":
        held = held.set_geometry(_moved(community), crs=held.crs)
    return Hazards(held)


def _moved(community: Community) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Return for each hazard a point that tells its compound and nothing more.

    Hazards in the street stay; the others stand on a spiral from the compound's middle, in the
    order of their ids.
    """
    held, compounds = community.hazards, community.compounds
    moved = np.asarray(held.geometry.array, object).copy()
    found, of = compounds.sindex.query(held.geometry, predicate="intersects")
    home = held["compound_id"].astype(object).to_numpy().copy()
    for hazard, compound in zip(found, of, strict=True):
        if pd.isna(home[hazard]):
            home[hazard] = compounds.index[compound]
    ids = np.asarray(held.index, object)
    for compound in dict.fromkeys(c for c in home if not pd.isna(c)):
        mine = np.flatnonzero(home == compound)
        mine = mine[np.argsort(ids[mine])]
        moved[mine] = _spread(compounds.geometry[compound], len(mine))
    return moved


def _spread(area: shapely.Geometry, n: int) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Return `n` points inside `area`, on a spiral from its middle."""
    centre = shapely.point_on_surface(area)
    seeds = np.arange(_TRIES + n)
    away, turn = _SPACING_M * np.sqrt(seeds), seeds * _GOLDEN
    points = shapely.points(
        shapely.get_x(centre) + away * np.cos(turn), shapely.get_y(centre) + away * np.sin(turn)
    )
    shapely.prepare(area)
    inside = points[shapely.contains(area, points)]
    if len(inside) < n:
        inside = np.resize(np.array([*inside, centre], object), n)
    return cast("np.ndarray[tuple[int], np.dtype[np.object_]]", inside[:n])


def _walkers(counted: pd.DataFrame, sight: Sight) -> pd.DataFrame:
    """Return `counted` with what `sight` masks hidden where few; of nobody at all 0 is shown.

    That none of some households is disabled is as telling as that one is, so a 0 is hidden too.
    """
    if counted.empty:
        return counted
    shown = counted.copy()
    nobody = counted["doors"] == 0
    for name, one in (("doors", "households"), ("people", "people"), *((c, c) for c in CARE)):
        if name in shown and one in sight.masked:
            shown[name] = _few_as_na(counted[name]).mask(nobody, 0)
    return shown


def _few_as_na(counts: pd.Series) -> pd.Series:
    return counts.mask(counts < rule("smallest_count").value)


def _figure(name: str, n: int | None, sight: Sight) -> int | None:
    """Return a figure, or None when it is small and tells of people `sight` must not single out.

    Nobody at all is no small group: 0 stays 0.
    """
    told = "households" in sight.masked or any(word in name for word in sight.masked)
    return None if n is None or (told and 0 < n < rule("smallest_count").value) else n
