"""What if: what edits of the streetlights change, by alley and by door, before and after."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wangge.analysis.edits import Edits, costs, tried
from wangge.analysis.lighting import alley_lighting, unlit_stretches
from wangge.analysis.ways_home import doors_at_night, doors_of_alleys, walkers
from wangge.community import Community
from wangge.domain.rules import rule


@dataclass(frozen=True, slots=True)
class Light:
    """How dark it is: unlit alleys, metres of dark stretches, and who must walk one.

    ``metres`` counts stretches from rule ``dark_stretch_m`` on that somebody has walked at night;
    ``doors`` (households) and ``people`` have a dark gap at least that long on their way home.
    """

    alleys: int
    metres: float
    doors: int
    people: int


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What edits change.

    ``alleys`` has a row for each alley whose light changes: ``unlit_before_m``, ``unlit_after_m``,
    ``longest_before_m``, ``longest_after_m`` (metres), ``doors_before``, ``doors_after``
    (households that must walk it in the dark).  ``doors`` has one for each inhabited building whose
    way home changes: ``households``, ``people``, ``dark_before_m``, ``dark_after_m`` and
    ``outcome``: ``lit`` (no dark gap left that counts), ``eased``, ``darkened`` (one that was
    not there) or ``worse``.  ``alone`` and ``disabled`` are the least and the most households of
    elders living alone and of disabled residents among those newly lit; None where not known.
    """

    before: Light
    after: Light
    alleys: pd.DataFrame
    doors: pd.DataFrame
    alone: tuple[int, int] | None
    disabled: tuple[int, int] | None
    cost_yuan: float

    def count(self, *outcomes: str, of: str = "households") -> int:
        """Return how many `of` (``households`` or ``people``) live behind doors of `outcomes`."""
        return int(self.doors.loc[self.doors["outcome"].isin(outcomes), of].sum())


def compare(community: Community, edits: Edits, *, on: Collection[str] | None = None) -> Change:
    """Return what `edits` change in `community`.

    Doors and people are counted from the households `community` holds.  Where those come without
    ``care`` (a cut), nobody is counted by it anew: `Change.alone` and `Change.disabled` follow
    from the counts by alley that the cut brings (``walkers``), made once whatever is tried, for
    answers to questions of one's own choosing would give single doors away by subtraction.

    Parameters
    ----------
    community
        As a role sees it, or whole.
    edits
        What is tried, see ``edits.applied``.
    on
        The alleys whose dark metres count in ``before`` and ``after``, by id; None for all.

    Raises
    ------
    KeyError
        As ``edits.applied``.
    """
    scenario = tried(community, edits)
    lived = community.memo("what_if.lived", lambda: _lived(community))
    doors = _doors(community, scenario, lived)
    alleys = _alleys(community, scenario)
    lit = doors.index[doors["outcome"] == "lit"]
    return Change(
        _light(community, lived, on),
        _light(scenario, lived, on),
        alleys,
        doors,
        _served(community, "alone", lit),
        _served(community, "disabled", lit),
        float(costs(scenario.streetlights).sum()) if edits else 0.0,
    )


def _lived(community: Community) -> pd.DataFrame:
    """Return households and people of each building anyone lives in."""
    held = community.households
    per = pd.DataFrame({"households": 1, "people": held["people"].fillna(0)}, index=held.index)
    counted = per.astype(int).groupby(held["building_id"].astype(object)).sum()
    return counted[counted.index.isin(community.buildings.index)]


def _light(community: Community, lived: pd.DataFrame, on: Collection[str] | None) -> Light:
    least = rule("dark_stretch_m").value
    dark = community.derive(unlit_stretches, min_length_m=least)
    state = community.derive(alley_lighting)["state"] == "unlit"
    if on is not None:
        dark, state = dark[dark["alley_id"].isin(on)], state[state.index.isin(on)]
    ways = doors_at_night(community)["longest_dark_m"].reindex(lived.index)
    walk = lived[ways >= least].sum()
    metres = float(dark["length_m"].sum())
    return Light(int(state.sum()), metres, int(walk["households"]), int(walk["people"]))


def _alleys(before: Community, after: Community) -> pd.DataFrame:
    was, now = (one.derive(alley_lighting) for one in (before, after))
    found = pd.DataFrame(
        {
            f"{short}_{when}_m": held[name]
            for short, name in (("unlit", "unlit_m"), ("longest", "longest_dark_m"))
            for when, held in (("before", was), ("after", now))
        }
    )
    for when, one in (("before", before), ("after", after)):
        found[f"doors_{when}"] = walkers(one)["doors"]
    moved = ~np.isclose(was["lit_m"], now["lit_m"], rtol=0, atol=1e-6)
    return found[moved | (found["doors_before"] != found["doors_after"])]


def _doors(before: Community, after: Community, lived: pd.DataFrame) -> pd.DataFrame:
    was, now = (doors_at_night(one).reindex(lived.index) for one in (before, after))
    found = lived.assign(dark_before_m=was["dark_m"], dark_after_m=now["dark_m"])
    least = rule("dark_stretch_m").value
    dark, still = was["longest_dark_m"] >= least, now["longest_dark_m"] >= least
    less = now["dark_m"] < was["dark_m"] - 1e-6
    more = now["dark_m"] > was["dark_m"] + 1e-6
    found["outcome"] = np.select(
        [dark & ~still, still & ~dark, less, more], ["lit", "darkened", "eased", "worse"], ""
    )
    return found[found["outcome"] != ""]


def _served(community: Community, name: str, lit: pd.Index) -> tuple[int, int] | None:
    """Return the least and most households of `name` behind the doors newly `lit`.

    Of an alley whose walkers in the dark are all lit now, all it counts are; of one where some are,
    at most all.  A door whose dark gap is no alley's own (it goes round a corner) may be any.
    """
    if "care" in community.households and community.walkers.empty:
        tag = {"alone": "独居老人", "disabled": "残疾"}[name]
        mine = community.households[community.households["building_id"].isin(lit)]
        count = sum(isinstance(care, list | tuple) and tag in care for care in mine["care"])
        return count, count
    if community.walkers.empty:
        return None
    lived = community.households["building_id"]
    pairs = doors_of_alleys(community)
    dark = pairs["dark_m"] >= rule("dark_stretch_m").value
    walk = pairs[dark & pairs["building_id"].isin(lived)]
    served = walk["building_id"].isin(lit).groupby(walk["alley_id"]).agg(["any", "all"])
    counted = community.walkers[name].reindex(served.index)
    few = int(rule("smallest_count").value) - 1
    least = max((int(n) for n in counted[served["all"]].dropna()), default=0)
    most = int(counted[served["any"]].fillna(few).sum())
    homes = lived[lived.isin(lit)]
    return least, min(most + int((~homes.isin(walk["building_id"])).sum()), len(homes))
