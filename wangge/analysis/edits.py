"""Edits of the streetlights: lamps added, broken or repaired, tried without touching the data."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wangge.community import Community
from wangge.domain.rules import rule
from wangge.domain.tables import Streetlights

CHANGE: Final = "change"  # the column `applied` adds: empty, or one of `CHANGES`
CHANGES: Final = ("added", "broken", "repaired")
_KEPT: Final = 16  # scenarios kept of a community; each holds its own lighting and layers
_BEFORE: Final = "edits.before"


@dataclass(frozen=True, slots=True)
class Add:
    """A new lamp of `kind`, `height_m` high, at (`x`, `y`) in the metric system of the tables."""

    kind: str
    height_m: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Break:
    """The working lamp `lamp` goes out."""

    lamp: str


@dataclass(frozen=True, slots=True)
class Repair:
    """The broken lamp `lamp` shines again."""

    lamp: str


Edit = Add | Break | Repair
Edits = tuple[Edit, ...]


def applied(streetlights: Streetlights, edits: Edits) -> Streetlights:
    """Return `streetlights` with `edits` made in order.

    Parameters
    ----------
    streetlights
        Points, m >= 0 rows, unique index, CRS in metres.
    edits
        What is tried; the last edit of a lamp decides.

    Returns
    -------
    GeoDataFrame
        The lamps, then the added ones under ids N1, N2, … that no other lamp has, with column
        ``change``: ``added``, ``broken``, ``repaired``, or empty where a lamp is as it was.  An
        added lamp reaches as far as the rule of its kind says and has the lumens of rule
        ``new_lamp_lumens``.

    Raises
    ------
    KeyError
        If there is no lamp of an id to break or repair.

    Examples
    --------
    >>> from shapely import Point
    >>> lamp = gpd.GeoDataFrame({"kind": ["mains"], "height_m": [6.0], "lumens": [3000.0],
    ...     "reach_m": [18.0], "working": [True]}, geometry=[Point(0, 0)], index=["L1"], crs=4547)
    >>> tried = applied(lamp, (Break("L1"), Add("solar", 6.0, 30.0, 0.0)))
    >>> tried[["working", "change"]].to_dict("index")
    {'L1': {'working': False, 'change': 'broken'}, 'N1': {'working': True, 'change': 'added'}}
    """
    held = streetlights.assign(**{CHANGE: ""})
    worked = streetlights["working"].fillna(value=False).astype(bool)
    working = worked.copy()
    for edit in edits:
        if not isinstance(edit, Add):
            if edit.lamp not in working.index:
                msg = f"There is no streetlight {edit.lamp!r}."
                raise KeyError(msg)
            working[edit.lamp] = isinstance(edit, Repair)
    moved = working != worked
    held.loc[moved, CHANGE] = np.where(working[moved], "repaired", "broken")
    held["working"] = streetlights["working"].where(~moved, working)
    fresh = [edit for edit in edits if isinstance(edit, Add)]
    if not fresh:
        return Streetlights(held)
    return Streetlights(pd.concat([held, _added(held, fresh)]))


def _added(held: gpd.GeoDataFrame, fresh: list[Add]) -> gpd.GeoDataFrame:
    """Return the new lamps as rows like those of `held`."""
    known = {
        "kind": [edit.kind for edit in fresh],
        "height_m": [edit.height_m for edit in fresh],
        "lumens": rule("new_lamp_lumens").value,
        "working": True,
        CHANGE: "added",
    }
    index = pd.Index(new_ids(held.index, len(fresh)), name=held.index.name)
    frame = gpd.GeoDataFrame(
        known, index=index, geometry=shapely.points([(e.x, e.y) for e in fresh]), crs=held.crs
    )
    for name in held.columns.difference(frame.columns):
        frame[name] = pd.Series(None, index=index, dtype=held[name].dtype)
    alike: gpd.GeoDataFrame = frame[held.columns].astype(
        {name: held[name].dtype for name in held.columns if name not in {"geometry", "working"}}
    )
    return alike


def new_ids(taken: Collection[str], count: int) -> list[str]:
    """Return `count` ids N1, N2, … for added lamps, leaving out those `taken`.

    Examples
    --------
    >>> new_ids(["L1", "N2"], 2)
    ['N1', 'N3']
    """
    numbers = (f"N{k}" for k in range(1, len(taken) + count + 1))
    return [name for name in numbers if name not in taken][:count]


def flipped(streetlights: Streetlights, edits: Edits, lamp: str) -> Edits:
    """Return `edits` after a click on `lamp`: it breaks or is repaired, an added one goes.

    What an earlier edit did to the lamp is taken back rather than undone by another edit.

    Raises
    ------
    KeyError
        If no lamp, standing or added, has that id.
    """
    added = [edit for edit in edits if isinstance(edit, Add)]
    names = dict(zip(new_ids(streetlights.index, len(added)), added, strict=True))
    if lamp in names:
        gone = added.index(names[lamp])
        at = [k for k, edit in enumerate(edits) if isinstance(edit, Add)][gone]
        return (*edits[:at], *edits[at + 1 :])
    left = tuple(edit for edit in edits if isinstance(edit, Add) or edit.lamp != lamp)
    if lamp not in streetlights.index:
        msg = f"There is no streetlight {lamp!r}."
        raise KeyError(msg)
    now = applied(streetlights, edits).loc[lamp]
    works = bool(now["working"]) if pd.notna(now["working"]) else False
    if now[CHANGE]:
        return left
    return (*left, Break(lamp) if works else Repair(lamp))


def tried(community: Community, edits: Edits) -> Community:
    """Return `community` with the edited streetlights; the last scenarios asked for are kept.

    It is a community like any other: every analysis and layer takes it.  What the cut has counted
    of people (``residents``, ``figures``, ``walkers``) stays that of the community as it is.
    """
    if not edits:
        return community
    kept: _Kept = community.memo("edits", _Kept)
    return kept.get(community, edits)


def undone(community: Community) -> Community:
    """Return the community before the edits that `tried` made; itself where none were made."""
    return community.memo(_BEFORE, lambda: community)


class _Kept:
    """The scenarios of one community, those longest unused dropped."""

    def __init__(self) -> None:
        self._held: OrderedDict[Edits, Community] = OrderedDict()
        self._lock = Lock()

    def get(self, community: Community, edits: Edits) -> Community:
        with self._lock:
            if edits not in self._held:
                lamps = applied(community.streetlights, edits)
                scenario = replace(community, streetlights=lamps, _memo={})
                scenario.memo(_BEFORE, lambda: community)
                self._held[edits] = scenario
            self._held.move_to_end(edits)
            while len(self._held) > _KEPT:
                self._held.popitem(last=False)
            return self._held[edits]


def costs(streetlights: Streetlights) -> pd.Series:
    """Return what each lamp that was put up or repaired costs in yuan, by the rules.

    Parameters
    ----------
    streetlights
        As `applied` returns them; one that is as it was costs nothing, nor does one broken.

    Returns
    -------
    Series
        Yuan, by the ids of the lamps put up or repaired.

    Examples
    --------
    >>> lamps = pd.DataFrame({"kind": ["solar", "mains"], "change": ["added", "broken"]})
    >>> costs(lamps).to_dict() == {0: rule("new_lamp_yuan").value}
    True
    """
    some = streetlights[streetlights[CHANGE].isin(["added", "repaired"])]
    new = np.where(some["kind"] == "solar", "new_lamp_yuan", "new_mains_yuan")
    names = np.where(some[CHANGE] == "added", new, "lamp_repair_yuan")
    return pd.Series([rule(name).value for name in names.tolist()], index=some.index, dtype=float)
