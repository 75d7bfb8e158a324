"""The walking network at night: which of its edges are dark, closed or unknown, and the ways home.

`doors` asks the questions; this is the machinery.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from shapely.ops import substring

from wangge.analysis.chainage import chain_of
from wangge.analysis.coverage import thresholds, yard_of
from wangge.analysis.lamp_light import dark_stretches
from wangge.analysis.lamp_reach import lamp_spots_and_reach
from wangge.analysis.network import Network, Objects, Ways, join, ways_of
from wangge.analysis.night_state import seen_lit, walked
from wangge.domain.rules import rule
from wangge.domain.tables import Alleys, Buildings, Gates, Paths, Stations, Streetlights

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]
_TOUCH = 1e-6  # m; darkness that ends nearer than this to an edge's end reaches it


@dataclass(frozen=True, slots=True)
class Night:
    """The network of m edges at night, and its doors.

    ``door`` (n,) is the node of each building, -1 without, ``spot`` (n, 2) where it stands;
    ``goal`` (nodes,) numbers the alley, or after all alleys the station, at whose node a walk ends,
    -1 elsewhere.  ``row_of_edge`` (m,) is the alley an edge runs along, the number of alleys for
    any other; ``closed`` (m,) its gate has closed.  ``dark`` and ``unknown`` are metres (m,),
    ``first``, ``last`` and ``inside`` the dark metres at an edge's beginning and end and the
    longest anywhere on it, ``meets`` (m,) the links by which ways meet, which are no darkness of
    their own and break none.  ``ways`` are what the edges run along, ``seen`` (m,) whether an edge
    lies on an alley somebody has walked at night, ``sure`` (m,) whether that was found lit.
    """

    ways: Ways
    net: Network
    door: Ints
    spot: Floats
    goal: Ints
    row_of_edge: Ints
    closed: Flags
    seen: Flags
    sure: Flags
    dark: Floats
    unknown: Floats
    first: Floats
    last: Floats
    inside: Floats
    meets: Flags

    def graph(self, *, open_all: bool = False) -> coo_array:
        """Return the edges one can walk, weighted by metres."""
        on = np.ones(len(self.closed), dtype=bool) if open_all else ~self.closed
        a, b = self.net.edges[on].T
        return coo_array((self.net.metres[on], (a, b)), shape=(self.net.nodes,) * 2).tocsr()

    def tree(self, *, open_all: bool = False) -> tuple[Floats, Ints]:
        """Return metres to the nearest goal from each node, and the next node on the way there."""
        goals = np.flatnonzero(self.goal >= 0)
        if not len(goals):
            return np.full(self.net.nodes, np.inf), np.full(self.net.nodes, -1)
        far, following, _ = dijkstra(
            self.graph(open_all=open_all),
            directed=False,
            indices=goals,
            min_only=True,
            return_predecessors=True,
        )
        return far, following.astype(np.intp)


@dataclass(frozen=True, slots=True)
class Walks:
    """The way of each of n doors: ``metres``, ``dark``, ``unknown`` and ``longest`` dark (n,).

    ``goal`` (n,) as in `Night`; ``door`` and ``edge`` (k,) list which door walks which edge.
    """

    reached: Flags
    goal: Ints
    metres: Floats
    dark: Floats
    unknown: Floats
    longest: Floats
    door: Ints
    edge: Ints


def night_of(
    buildings: Buildings,
    stations: Stations,
    alleys: Alleys,
    paths: Paths,
    gates: Gates,
    streetlights: Streetlights,
    closed: Flags,
) -> Night:
    """Return the network of `alleys` (those `closed` marked), `paths` and `gates` at night."""
    longest, meet = rule("door_edge_m").value, rule("way_join_m").value
    ways = ways_of(
        (alleys.geometry.to_numpy(), np.full(len(alleys), "", dtype=object)),
        (paths.geometry.to_numpy(), yard_of(paths)),
        *thresholds(alleys, paths, gates, longest),
    )
    homes, opens_on = _doors(buildings, alleys, paths)
    sites = shapely.get_coordinates(stations.geometry.to_numpy())
    yards = np.concatenate([opens_on, np.full(len(sites), "", dtype=object)])
    places = np.concatenate([homes, sites])
    net = join(ways, places, yards, longest_m=longest, meet_m=meet)
    n = len(alleys)
    row = np.append(np.minimum(ways.row, n), n)[net.way]  # a link has way -1, the last
    shut = np.append(closed, np.zeros(1, dtype=bool))[row]
    goal = np.full(net.nodes, -1, dtype=np.intp)
    street = np.append(alleys["kind"].isin(["road", "street"]).to_numpy(bool), [False])[row] & ~shut
    goal[net.edges[street]] = row[street][:, None]
    entry = net.door[len(homes) :]
    goal[entry[entry >= 0]] = n + np.flatnonzero(entry >= 0)
    doors = np.isin(net.edges, net.door[net.door >= 0]).any(axis=1)
    link = net.way < 0
    none = np.zeros(len(net.metres))
    night = Night(
        ways,
        net,
        net.door[: len(homes)],
        homes,
        goal,
        row,
        shut,
        np.append(walked(alleys), [False])[row],
        np.append(seen_lit(alleys), [False])[row],
        none,
        np.where(link & doors, net.metres, 0.0),
        none,
        none,
        none,
        (link & ~doors) | (net.metres <= _TOUCH),
    )
    return relit(night, streetlights)


def relit(night: Night, streetlights: Streetlights) -> Night:
    """Return `night` as `streetlights` light it; the network and the ways home stay."""
    dark, first, last, inside = _darkness(night.ways, night.net, streetlights)
    known = night.seen & ~night.sure
    steps = (night.net.way < 0) & ~night.meets  # from a door to its way
    return replace(
        night,
        dark=np.where(known, dark, 0.0),
        unknown=np.where(steps, night.unknown, np.where(night.seen, 0.0, dark)),
        first=np.where(known, first, 0.0),
        last=np.where(known, last, 0.0),
        inside=np.where(known, inside, 0.0),
    )


def _doors(buildings: Buildings, alleys: Alleys, paths: Paths) -> tuple[Floats, Objects]:
    """Return where each building's door is (n, 2), and on whose yard it opens (n,).

    A building's door is its middle.  A court has its own gate, in its wall where that is nearest to
    an alley or a path of its yard, and opens there on whichever it is.
    """
    shapes, yards = buildings.geometry.to_numpy(), yard_of(buildings).copy()
    doors = shapely.get_coordinates(shapely.centroid(shapes))
    if "kind" not in buildings:
        return doors, yards
    lanes, yard_paths, owner = alleys.geometry.to_numpy(), paths.geometry.to_numpy(), yard_of(paths)
    for row in np.flatnonzero((buildings["kind"] == "courtyard").to_numpy()):
        near = np.concatenate([lanes, yard_paths[owner == yards[row]]])
        gaps = shapely.distance(shapes[row], near)
        if np.isfinite(gaps).any():
            gate = shapely.shortest_line(shapes[row], near[np.nanargmin(gaps)])
            doors[row] = shapely.get_coordinates(gate)[0]
            yards[row] = ""
    return doors, yards


def _darkness(
    ways: Ways, net: Network, streetlights: Streetlights
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return what no lamp reaches of each edge: in all, at its two ends, and the longest (m,)."""
    m = len(net.metres)
    dark, first, last, inside = (np.zeros(m) for _ in range(4))
    laid = chain_of(ways.lines)
    night, _ = dark_stretches(laid, *lamp_spots_and_reach(streetlights))
    on = np.flatnonzero(net.way >= 0)
    if not len(night) or not len(on):
        return dark, first, last, inside
    low = laid.first[net.way[on]] + net.at[on]
    high = low + net.metres[on]
    begin = np.searchsorted(night[:, 1], low + _TOUCH, side="right")
    end = np.searchsorted(night[:, 0], high - _TOUCH, side="left")
    size = np.maximum(end - begin, 0)
    edge = np.repeat(np.arange(len(on)), size)
    k = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size) + np.repeat(begin, size)
    a, b = np.maximum(night[k, 0], low[edge]), np.minimum(night[k, 1], high[edge])
    np.add.at(dark, on[edge], b - a)
    np.maximum.at(inside, on[edge], b - a)
    at_first, at_last = a <= low[edge] + _TOUCH, b >= high[edge] - _TOUCH
    first[on[edge[at_first]]] = (b - a)[at_first]
    last[on[edge[at_last]]] = (b - a)[at_last]
    return dark, first, last, inside


def walks_of(night: Night) -> Walks:
    """Walk from every door to its goal, all doors a step at a time."""
    n = len(night.door)
    far, following = night.tree()
    reached = night.door >= 0
    reached[reached] = np.isfinite(far[night.door[reached]])
    node = np.where(reached, night.door, -1)
    metres, dark, unknown, longest, run = (np.zeros(n) for _ in range(5))
    goal = np.full(n, -1, dtype=np.intp)
    doors, edges = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
    edge_to = _edges_to(night, following)
    active = np.flatnonzero(reached)
    while len(active):
        here = node[active]
        there = night.goal[here] >= 0
        goal[active[there]] = night.goal[here[there]]
        active, here = active[~there], here[~there]
        edge = edge_to[here]
        metres[active] += night.net.metres[edge]
        dark[active] += night.dark[edge]
        unknown[active] += night.unknown[edge]
        back = night.net.edges[edge, 0] != here  # walked against the edge's own direction
        enter = np.where(back, night.last[edge], night.first[edge])
        leave = np.where(back, night.first[edge], night.last[edge])
        through = run[active] + enter
        longest[active] = np.maximum.reduce([longest[active], through, night.inside[edge]])
        whole = night.dark[edge] >= night.net.metres[edge] - _TOUCH
        run[active] = np.where(night.meets[edge] | whole, through, leave)
        doors.append(active)
        edges.append(edge)
        node[active] = following[here]
    return Walks(
        reached, goal, metres, dark, unknown, longest, np.concatenate(doors), np.concatenate(edges)
    )


def pieces_of(
    night: Night, walks: Walks, door: int, streetlights: Streetlights
) -> tuple[Objects, Ints]:
    """Return the way of one `door` as lines in the order they are walked (k,), and their light.

    Light is 0 where a lamp reaches or people have seen it lit, 1 where it is dark, 2 where nobody
    knows.  What is no way (a step to the door, a link by which ways meet) has no line.
    """
    node = night.door[door]
    shapes: list[shapely.Geometry] = []
    light: list[int] = []
    for edge in walks.edge[walks.door == door]:
        a, b = night.net.edges[edge]
        node, back = (a, True) if node == b else (b, False)
        if night.net.way[edge] < 0:
            continue
        way = night.ways.lines[night.net.way[edge]]
        low, high = night.net.at[edge], night.net.at[edge] + night.net.metres[edge]
        laid = chain_of(np.array([way], dtype=object))
        dark, _ = dark_stretches(laid, *lamp_spots_and_reach(streetlights))
        cuts = np.unique(np.clip([low, high, *dark.ravel()], low, high))
        cuts = cuts[np.diff(cuts, prepend=-1.0) > _TOUCH]
        middle = (cuts[1:] + cuts[:-1]) / 2
        inside = ((dark[:, 0] <= middle[:, None]) & (middle[:, None] <= dark[:, 1])).any(axis=1)
        worst = 2 if not night.seen[edge] else 0 if night.sure[edge] else 1
        turn = -1 if back else 1
        shapes += [substring(way, *ends) for ends in pairwise(cuts)][::turn]
        light += np.where(inside, worst, 0).tolist()[::turn]
    return np.array(shapes, dtype=object), np.array(light, dtype=np.intp)


def _edges_to(night: Night, following: Ints) -> Ints:
    """Return the edge from each node to the one `following` it, -1 at goals and lost nodes."""
    a, b = night.net.edges.T
    found = np.full(night.net.nodes, -1, dtype=np.intp)
    for here, there in ((a, b), (b, a)):
        along = (following[here] == there) & ~night.closed
        found[here[along]] = np.flatnonzero(along)
    return found
