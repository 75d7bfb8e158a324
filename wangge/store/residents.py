"""Counts the people of every place, and hides the counts too small to show."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from wangge.community import Community
from wangge.domain.rules import rule
from wangge.store.suppress import SHOWN, WITHHELD, Tree, suppress

COUNTS: Final = ("households", "people", "members", "alone", "disabled", "care")
CARE: Final = ("alone", "disabled", "care")  # counts of sensitive facts
_ALONE: Final = "独居老人"
_DISABLED: Final = "残疾"
_AT_LEAST_ONE: Final = ("households", "people")  # of a place where anyone lives

Place = tuple[str, str]  # level, id


@dataclass(frozen=True, slots=True)
class Census:
    """True counts by place, a parent before its children, and each place's parent."""

    counts: pd.DataFrame
    parents: dict[Place, Place]

    def within(self, place: Place) -> set[Place]:
        """Return `place` and every place in it."""
        held = {place}
        for child, parent in self.parents.items():  # parents come first
            if parent in held:
                held.add(child)
        return held


def census(community: Community) -> Census:
    """Count `COUNTS` of the whole community, each grid, compound and building.

    A household counts where its building stands; without a building, in its own compound.
    """
    return community.memo("residents.census", lambda: _census(community))


def _census(community: Community) -> Census:
    root: Place = ("community", community.community.index[0] if len(community.community) else "")
    parents: dict[Place, Place] = {("grid", i): root for i in community.grids.index}
    for level, frame, column, above in (
        ("compound", community.compounds, "grid_id", "grid"),
        ("building", community.buildings, "compound_id", "compound"),
    ):
        for ident, key in frame[column].items():
            parents[level, str(ident)] = root if pd.isna(key) else (above, str(key))
    facts = _facts(community)
    homes = _homes(community, root)
    counts = facts.groupby(homes).sum()
    rows = {root: np.zeros(len(COUNTS), int)} | {
        place: np.zeros(len(COUNTS), int) for place in parents
    }
    for home, row in zip(counts.index, counts.to_numpy(int), strict=True):
        place: Place | None = home
        while place is not None:
            rows[place] = rows[place] + row
            place = parents.get(place)
    index = pd.MultiIndex.from_tuples(list(rows), names=["level", "id"])
    return Census(pd.DataFrame(list(rows.values()), index, list(COUNTS)).astype("Int64"), parents)


def _facts(community: Community) -> pd.DataFrame:
    """Return one row of `COUNTS` for each household."""
    held = community.households
    care = held["care"]
    return pd.DataFrame(
        {
            "households": 1,
            "people": held["people"].fillna(0).astype(int),
            "members": held["member"].fillna(value=False).astype(int),
            "alone": care.map(lambda tags: int(_ALONE in tags)).astype(int),
            "disabled": care.map(lambda tags: int(_DISABLED in tags)).astype(int),
            "care": care.map(lambda tags: int(bool(tags))).astype(int),
        },
        index=held.index,
        columns=list(COUNTS),
    )


def _homes(community: Community, root: Place) -> pd.Series:
    """Return for each household the smallest place known to hold it."""
    held = community.households
    return pd.Series(
        [
            ("building", b) if not pd.isna(b) else (("compound", c) if not pd.isna(c) else root)
            for b, c in zip(held["building_id"], held["compound_id"], strict=True)
        ],
        held.index,
        dtype=object,
    )


def masked(
    census: Census, columns: Collection[str], known: Collection[Place]
) -> tuple[pd.DataFrame, frozenset[tuple[str, str, str]]]:
    """Return the counts with those of `columns` hidden that are too few, or would tell of such.

    Parameters
    ----------
    census
        The true counts.
    columns
        Those of sensitive facts for the viewer.
    known
        Places whose counts the viewer may see whatever they are.

    Returns
    -------
    counts, withheld
        The counts, NA where hidden; and the (level, id, column) hidden only to protect another.
    """
    counts = census.counts.copy()
    smallest = int(rule("smallest_count").value)
    places: list[Place] = list(counts.index)
    number = {place: i for i, place in enumerate(places)}
    parents = [number[census.parents[p]] if p in census.parents else -1 for p in places]
    homes = counts["households"].tolist()
    withheld: set[tuple[str, str, str]] = set()
    for column in columns:
        values, above, extra = _with_rest(counts[column].tolist(), parents)
        n = len(places)
        fixed = [places[i] in known or homes[i] == 0 for i in range(n)] + [True] * extra
        least = int(column in _AT_LEAST_ONE)
        tree = Tree(
            values,
            above,
            [least * (h > 0) for h in homes] + [0] * extra,
            [1 << 40 if column in _AT_LEAST_ONE else h for h in homes] + [1 << 40] * extra,
            fixed,
        )
        states = np.array(suppress(tree, smallest)[:n])
        counts[column] = counts[column].mask(states != SHOWN)
        withheld.update((*places[i], column) for i in np.flatnonzero(states == WITHHELD))
    return counts, frozenset(withheld)


def _with_rest(values: list[int], parents: list[int]) -> tuple[list[int], list[int], int]:
    """Add a child to each place whose children do not add up to it: what no child holds."""
    sums: dict[Hashable, int] = {}
    for value, parent in zip(values, parents, strict=True):
        sums[parent] = sums.get(parent, 0) + value
    rests = [(i, values[i] - sums[i]) for i in range(len(values)) if i in sums]
    rests = [(i, rest) for i, rest in rests if rest]
    return (
        values + [rest for _, rest in rests],
        parents + [i for i, _ in rests],
        len(rests),
    )
