"""The way of each door over the network at night, and how dark it is: all doors at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely.ops import substring

from wangge.analysis.chainage import chain_of
from wangge.analysis.darkness import darkness
from wangge.analysis.network import Floats, Ints, Objects
from wangge.analysis.night_walk import TOUCH, Flags, Hops, Night
from wangge.domain.tables import Streetlights


@dataclass(frozen=True, slots=True)
class Routes:
    """The way of each of n doors to its goal, whatever the light.

    ``goal`` (n,) is as in `Night`, -1 where not ``reached``; ``metres`` (n,) is how far.  ``door``
    and ``hop`` (k,) list which door takes which of ``hops``, door by door in the order of walking.
    """

    reached: Flags
    goal: Ints
    metres: Floats
    door: Ints
    hop: Ints
    hops: Hops

    @property
    def edge(self) -> Ints:
        """Return the edge that each hop runs along (k,)."""
        return self.hops.edge[self.hop]

    @property
    def back(self) -> Flags:
        """Return which hops run against the own direction of their edge (k,)."""
        return self.hops.back[self.hop]


@dataclass(frozen=True, slots=True)
class Walks:
    """The `Routes` of n doors by one light: ``dark``, ``unknown`` and ``longest`` dark metres (n,).

    The longest dark stretch goes on where ways meet; an unknown one ends it.
    """

    routes: Routes
    dark: Floats
    unknown: Floats
    longest: Floats


def walks_of(night: Night, routes: Routes | None = None) -> Walks:
    """Return the way of each door at `night`; along `routes`, where they are known already."""
    routes = routes or routes_of(night)
    n, door = len(routes.reached), routes.door
    if not len(door):
        return Walks(routes, np.zeros(n), np.zeros(n), np.zeros(n))
    light = night.light.take(routes.hop, axis=1)
    first = np.flatnonzero(door[1:] != door[:-1]) + 1
    first = np.concatenate([[0], first])
    sums = np.zeros((2, n))
    sums[:, door[first]] = np.add.reduceat(light[:2], first, axis=1)
    longest = np.zeros(n)
    longest[door[first]] = np.maximum.reduceat(_stretches(light[2:], first), first)
    return Walks(routes, sums[0], sums[1], longest)


def _stretches(light: Floats, first: Ints) -> Floats:
    """Return how long the dark is that lasts into each hop of all ways, or lies inside it (k,).

    Hops have the last four rows of `Night.light` (4, k); those of a way begin with one of `first`.
    The dark lasts through a hop that is dark from end to end, and where ways meet; after any other
    it begins anew with the dark at that hop's end.  Running sums since such a beginning find it.
    """
    enter, leave, inside, lasts = light
    so_far = np.cumsum(enter * lasts)
    before = so_far - enter * lasts
    anew = np.zeros(len(enter), dtype=np.intp)  # the hop before which the dark began anew
    start = np.zeros(len(enter))
    ends = np.flatnonzero(lasts[:-1] == 0) + 1
    anew[ends], start[ends] = ends, leave[ends - 1]
    anew[first], start[first] = first, 0.0
    begin = np.maximum.accumulate(anew)
    lasting = (start - before)[begin] + before + enter
    longest: Floats = np.maximum(lasting, inside)
    return longest


def routes_of(night: Night) -> Routes:
    """Return the shortest way of each door: one walk from all goals, followed back by all doors."""
    door, hops = night.ground.door, night.hops
    far, following, source = night.tree()
    joined = np.flatnonzero(door >= 0)
    start = hops.place[door[joined]]
    home = np.isfinite(far[start])
    who, start = joined[home], start[home]
    reached = np.zeros(len(door), dtype=bool)
    reached[who] = True
    goal, metres = np.full(len(door), -1, dtype=np.intp), np.zeros(len(door))
    goal[who], metres[who] = night.goal[source[start]], far[start]
    onward = np.where(following < 0, np.arange(len(following)), following)
    path = [start]
    while (onward[path[-1]] != path[-1]).any():
        path.append(onward[path[-1]])
    on = np.flatnonzero(following[hops.leaves] == hops.enters)
    taken = np.full(len(following), -1)
    taken[hops.leaves[on]] = on
    hop = taken[np.stack(path, axis=1)].ravel()
    some = np.flatnonzero(hop >= 0)
    return Routes(reached, goal, metres, who[some // len(path)], hop[some], hops)


def pieces_of(
    night: Night, walks: Walks, door: int, streetlights: Streetlights
) -> tuple[Objects, Ints]:
    """Return the way of one `door` as lines in the order they are walked (k,), and their light.

    Light is 0 where a lamp reaches or people have seen it lit, 1 where it is dark, 2 where nobody
    knows.  What is no way (a step to the door, a link by which ways meet) has no line.
    """
    net, routes = night.ground.net, walks.routes
    mine = routes.door == door
    shapes: list[shapely.Geometry] = []
    light: list[int] = []
    for edge, back in zip(routes.edge[mine], routes.back[mine], strict=True):
        if net.way[edge] < 0:
            continue
        way = night.ground.ways.lines[net.way[edge]]
        low, high = net.at[edge], net.at[edge] + net.metres[edge]
        laid = chain_of(np.array([way], dtype=object))
        dark, _ = darkness(laid, streetlights, night.sure[[edge]])
        cuts = np.unique(np.clip([low, high, *dark.ravel()], low, high))
        cuts = cuts[np.diff(cuts, prepend=-1.0) > TOUCH]
        middle = (cuts[1:] + cuts[:-1]) / 2
        inside = ((dark[:, 0] <= middle[:, None]) & (middle[:, None] <= dark[:, 1])).any(axis=1)
        worst = 1 if night.seen[edge] else 2
        turn = -1 if back else 1
        shapes += [substring(way, *ends) for ends in pairwise(cuts)][::turn]
        light += np.where(inside, worst, 0).tolist()[::turn]
    return np.array(shapes, dtype=object), np.array(light, dtype=np.intp)
