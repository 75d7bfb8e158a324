"""The walking network at night: where a walk home ends, what is closed, what is dark or unknown.

`doors` asks the questions, `walks` walks; this is the ground.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from wangge.analysis.chainage import chain_of
from wangge.analysis.darkness import darkness
from wangge.analysis.network import Floats, Ints, Network, Ways
from wangge.analysis.night_state import seen_lit, walked
from wangge.analysis.runs import runs
from wangge.analysis.walkable import Walkable
from wangge.domain.tables import Alleys, Streetlights
from wangge.domain.terms import STREETS

Flags = NDArray[np.bool_]
TOUCH = 1e-6  # m; darkness that ends nearer than this to an edge's end reaches it


@dataclass(frozen=True, slots=True)
class Hops:
    """What leads from one place to another: of open edges that join the same two the shortest.

    A place is a node of the network, or nodes that open edges of no length join; ``place`` (nodes,)
    numbers them.  A hop (h,) leads from ``leaves`` to ``enters`` along ``edge``, against the edge's
    own direction where ``back``; each way is a hop.  ``graph`` (places, places) has their metres,
    in their order.
    """

    place: Ints
    leaves: Ints
    enters: Ints
    edge: Ints
    back: Flags
    graph: csr_array


@dataclass(frozen=True, slots=True)
class Night:
    """A walkable ``ground`` with m edges as it is at night.

    ``closed`` (m,) are the edges along an alley whose gate has closed; one of no length stays open,
    for a door at a corner has both ways.  ``hops`` is what is left to walk.  ``goal`` (places,)
    numbers the alley, or after all alleys the station, where a walk ends, -1 elsewhere.  ``meets``
    (m,) marks the links by which ways meet, which are no darkness of their own and break none,
    ``steps`` (m,) those from doors and stations to their way; ``seen`` (m,) says whether an edge
    lies on an alley somebody has walked at night, ``sure`` (m,) whether that was found lit.  Lamps
    change none of these.

    ``dark`` and ``unknown`` (m,) are metres of each edge; ``light`` (6, h) has for each hop the
    dark and the unknown metres, the dark ones at its beginning, those at its end, the longest
    anywhere on it, and 1 where the dark before it lasts: where it is dark all along, or ways meet.
    """

    ground: Walkable
    closed: Flags
    hops: Hops
    goal: Ints
    meets: Flags
    steps: Flags
    seen: Flags
    sure: Flags
    dark: Floats
    unknown: Floats
    light: Floats

    def tree(self) -> tuple[Floats, Ints, Ints]:
        """Walk from all goals at once.

        Returns
        -------
        array, array, array
            For each place metres to the nearest goal (infinite: none), the next place on the way
            there and the place of that goal (both below 0: none).
        """
        goals = np.flatnonzero(self.goal >= 0)
        if not len(goals):
            none = np.full(len(self.goal), -1)
            return np.full(len(self.goal), np.inf), none, none
        far, following, goal = dijkstra(
            self.hops.graph, indices=goals, min_only=True, return_predecessors=True
        )
        return far, following, goal

    def reachable_by_day(self, alleys: Alleys) -> Flags:
        """Return which nodes have a way to a goal where no gate of `alleys` is closed (nodes,)."""
        part = _parts(self.ground.net, self.ground.net.edges)
        goal = _goals(self.ground, alleys, np.zeros(len(alleys), dtype=bool), self.hops)
        return np.isin(part, part[goal[self.hops.place] >= 0])


def night_of(ground: Walkable, alleys: Alleys, streetlights: Streetlights, closed: Flags) -> Night:
    """Return `ground` at night; of the same `alleys` it is made of those `closed` (n,) are shut."""
    net = ground.net
    shut = np.append(closed, [False])[ground.alley] & (net.metres > TOUCH)
    placed = net.door[net.door >= 0]
    steps = (net.way < 0) & np.isin(net.edges, placed).any(axis=1)
    hops = _hops_of(net, ~shut)
    none = np.zeros(len(net.metres))
    dim = Night(
        ground,
        shut,
        hops,
        _goals(ground, alleys, closed, hops),
        ((net.way < 0) & ~steps) | (net.metres <= TOUCH),
        steps,
        np.append(walked(alleys), [False])[ground.alley],
        np.append(seen_lit(alleys), [False])[ground.alley],
        none,
        none,
        none,
    )
    return relit(dim, streetlights)


def _goals(ground: Walkable, alleys: Alleys, closed: Flags, hops: Hops) -> Ints:
    """Return where walks end, see `Night`; where several might, the first alley, then station."""
    goal = np.full(hops.place.max(initial=-1) + 1, -1, dtype=np.intp)
    there = np.flatnonzero(ground.station >= 0)[::-1]
    goal[hops.place[ground.station[there]]] = len(alleys) + there
    wide = np.append(alleys["kind"].isin(STREETS).to_numpy(bool) & ~closed, [False])
    street = np.flatnonzero(wide[ground.alley])
    street = street[np.argsort(-ground.alley[street], kind="stable")]
    goal[hops.place[ground.net.edges[street]]] = ground.alley[street][:, None]
    return goal


def _hops_of(net: Network, on: Flags) -> Hops:
    """Return what leads from place to place by the edges `on`."""
    place = _parts(net, net.edges[on & (net.metres <= TOUCH)])
    edge = np.tile(np.flatnonzero(on), 2)
    back = np.arange(len(edge)) >= len(edge) // 2
    ends = place[net.edges[edge]]
    leaves, enters = np.where(back, ends.T[::-1], ends.T)
    order = np.lexsort((net.metres[edge], enters, leaves))
    order = order[leaves[order] != enters[order]]
    key = leaves[order] * (place.max(initial=-1) + 1) + enters[order]
    order = order[np.diff(key, prepend=-1) > 0]  # the first of each pair is its shortest
    leaves, enters, edge, back = leaves[order], enters[order], edge[order], back[order]
    places = int(place.max(initial=-1)) + 1
    begin = np.searchsorted(leaves, np.arange(places + 1))
    graph = csr_array((net.metres[edge], enters, begin), shape=(places, places))
    return Hops(place, leaves, enters, edge, back, graph)


def _parts(net: Network, edges: Ints) -> Ints:
    """Return which part of `net` each node lies in, were there no edges but `edges`."""
    if not net.nodes:
        return np.zeros(0, np.intp)
    graph = coo_array((np.ones(len(edges)), edges.T), shape=(net.nodes, net.nodes))
    parts: Ints = connected_components(graph, directed=False)[1].astype(np.intp)
    return parts


def relit(night: Night, streetlights: Streetlights) -> Night:
    """Return `night` as `streetlights` light it; the network and the ways home stay."""
    net, hops = night.ground.net, night.hops
    ways = night.ground.ways
    sure = np.zeros(len(ways.lines), dtype=bool)
    sure[net.way[night.sure & (net.way >= 0)]] = True
    dark, first, last, inside = _darkness(ways, net, streetlights, sure)
    known = night.seen
    unknown = np.where(night.steps, net.metres, np.where(night.seen, 0.0, dark))
    dark, first, last, inside = (np.where(known, of, 0.0) for of in (dark, first, last, inside))
    lasts = night.meets | (dark >= net.metres - TOUCH)
    ahead = np.stack([dark, unknown, first, last, inside, lasts])[:, hops.edge]
    light = np.where(hops.back, ahead[[0, 1, 3, 2, 4, 5]], ahead)
    return replace(night, dark=dark, unknown=unknown, light=light)


def _darkness(
    ways: Ways, net: Network, streetlights: Streetlights, sure: Flags
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return what is dark of each edge: in all, at its two ends, and the longest (m,).

    `sure` (n,) are the ways found lit.
    """
    m = len(net.metres)
    dark, first, last, inside = (np.zeros(m) for _ in range(4))
    laid = chain_of(ways.lines)
    night, _ = darkness(laid, streetlights, sure)
    on = np.flatnonzero(net.way >= 0)
    if not len(night) or not len(on):
        return dark, first, last, inside
    low = laid.first[net.way[on]] + net.at[on]
    high = low + net.metres[on]
    begin = np.searchsorted(night[:, 1], low + TOUCH, side="right")
    end = np.searchsorted(night[:, 0], high - TOUCH, side="left")
    edge, k = runs(begin, np.maximum(end - begin, 0))
    a, b = np.maximum(night[k, 0], low[edge]), np.minimum(night[k, 1], high[edge])
    np.add.at(dark, on[edge], b - a)
    np.maximum.at(inside, on[edge], b - a)
    at_first, at_last = a <= low[edge] + TOUCH, b >= high[edge] - TOUCH
    first[on[edge[at_first]]] = (b - a)[at_first]
    last[on[edge[at_last]]] = (b - a)[at_last]
    return dark, first, last, inside
