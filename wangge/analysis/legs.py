"""How far it is on foot between each two of a few places, and along which way."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from scipy.sparse.csgraph import dijkstra
from shapely import LineString
from shapely.ops import substring

from wangge.analysis.network import Floats, Ints, Network, Objects, Ways, join
from wangge.domain.rules import rule

_TOUCH = 1e-6  # m; corners nearer than this are one


@dataclass(frozen=True, slots=True)
class Legs:
    """The walks between k places on a network.

    ``far`` (k, k) is symmetric, in metres, infinite where no way leads; ``came`` (k, nodes) names
    the node before each on the way from each place; ``key`` and ``edge`` (m,) list the edges by the
    nodes they join, the shortest of two that join the same first.
    """

    ways: Ways
    net: Network
    far: Floats
    came: Ints
    spot: Floats
    key: Ints
    edge: Ints

    def line(self, a: int, b: int) -> LineString:
        """Return the way from place `a` to place `b`, between which one can walk."""
        node, nodes = int(self.net.door[b]), [int(self.net.door[b])]
        while node != self.net.door[a]:
            node = int(self.came[a, node])
            nodes.append(node)
        nodes.reverse()
        parts = [self.spot[nodes[:1]]]
        parts += [self._piece(i, j) for i, j in pairwise(nodes)]
        line = LineString(np.concatenate([*parts, self.spot[nodes[-1:]]]))
        return shapely.remove_repeated_points(line, _TOUCH)

    def _piece(self, i: int, j: int) -> Floats:
        """Return the corners of the edge from node `i` to node `j`."""
        at = np.searchsorted(self.key, min(i, j) * self.net.nodes + max(i, j))
        edge = self.edge[at]
        way = self.net.way[edge]
        if way < 0:
            return self.spot[[i, j]]
        first = self.net.at[edge]
        piece = substring(self.ways.lines[way], first, first + self.net.metres[edge])
        corners = shapely.get_coordinates(piece)
        return corners if self.net.edges[edge, 0] == i else corners[::-1]


def legs_between(ways: Ways, places: Floats, yard: Objects) -> Legs:
    """Return the walks between `places`, joined to `ways` as `network.join` does.

    Parameters
    ----------
    ways
        What one can walk on.
    places
        Coordinates (k, 2) in metres; what is not finite is joined to nothing.
    yard
        Whose yard each place opens on (k,).

    Examples
    --------
    >>> from wangge.analysis.network import ways_of
    >>> road = LineString([(0, 0), (9, 0), (9, 9)])
    >>> ways = ways_of((np.array([road]), np.array([""])))
    >>> held = legs_between(ways, np.array([[2.0, 1.0], [10.0, 5.0]]), np.array(["", ""]))
    >>> float(held.far[0, 1].round(3)), held.line(0, 1).wkt
    (14.0, 'LINESTRING (2 1, 2 0, 9 0, 9 5, 10 5)')
    """
    known = np.isfinite(places).all(axis=1)
    net = join(
        ways,
        places[known],
        yard[known],
        longest_m=rule("door_edge_m").value,
        meet_m=rule("way_join_m").value,
    )
    k = len(places)
    door = np.full(k, -1, dtype=np.intp)
    door[known] = net.door
    on = np.flatnonzero(door >= 0)
    far, came = np.full((k, k), np.inf), np.full((k, net.nodes), -1, dtype=np.intp)
    if len(on):
        metres, came[on] = dijkstra(
            net.graph, directed=False, indices=door[on], return_predecessors=True
        )
        far[np.ix_(on, on)] = metres[:, door[on]]
    low, high = net.edges.min(axis=1), net.edges.max(axis=1)
    order = np.lexsort((net.metres, low * net.nodes + high))
    held = Network(net.nodes, net.edges, net.metres, door, net.steps_on, net.way, net.at)
    spot = _spots(ways, held, places)
    return Legs(
        ways, held, np.minimum(far, far.T), came, spot, (low * net.nodes + high)[order], order
    )


def _spots(ways: Ways, net: Network, places: Floats) -> Floats:
    """Return where each node lies (nodes, 2)."""
    spot = np.full((net.nodes, 2), np.nan)
    on = net.way >= 0
    lines, first = ways.lines[net.way[on]], net.at[on]
    for side, at in ((0, first), (1, first + net.metres[on])):
        points = shapely.line_interpolate_point(lines, at)
        spot[net.edges[on, side]] = shapely.get_coordinates(points)
    joined = net.door >= 0
    spot[net.door[joined]] = places[joined]
    return spot
