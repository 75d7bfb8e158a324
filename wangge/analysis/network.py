"""The walking network: ways as edges that meet where they meet, doors joined by real edges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Objects = NDArray[np.object_]
_LEAST = 1e-9  # m; a sparse matrix takes an edge of nothing for no edge


@dataclass(frozen=True, slots=True)
class Ways:
    """LineStrings one can walk on (n,), and whose yard each lies in (n,), empty: everybody's.

    ``row`` (n,) numbers the shape each was made of, all frames counted on.
    """

    lines: Objects
    yard: Objects
    row: Ints


@dataclass(frozen=True, slots=True)
class Network:
    """An undirected graph: ``nodes`` counts them, ``edges`` (m, 2) name two each, ``metres`` (m,).

    ``door`` gives the node of each place that was joined (k,), -1 where no way was near enough, and
    ``steps_on`` the way it then steps on (k,).  ``way`` (m,) is the way an edge runs along, -1 for
    a straight link, and ``at`` (m,) where on it the edge begins, in metres.
    """

    nodes: int
    edges: Ints
    metres: Floats
    door: Ints
    steps_on: Ints
    way: Ints
    at: Floats

    @property
    def graph(self) -> csr_array:
        """Return the metres of the edges (nodes, nodes), each once: no two join the same nodes."""
        return coo_array((self.metres, tuple(self.edges.T)), shape=(self.nodes,) * 2).tocsr()

    def nearest(self, sources: Ints) -> tuple[Floats, Ints]:
        """Return metres from the nearest of `sources` to each node, and its node (-1: no way)."""
        sources = np.unique(sources[sources >= 0])
        if not self.nodes or not len(sources):
            return np.full(self.nodes, np.inf), np.full(self.nodes, -1)
        far, _, source = dijkstra(
            self.graph, directed=False, indices=sources, min_only=True, return_predecessors=True
        )
        return far, np.where(np.isfinite(far), source, -1)

    def between(self, nodes: Ints) -> Floats:
        """Return metres between each two of `nodes` (k, k); infinite without a way, or for -1."""
        far = np.full((len(nodes), len(nodes)), np.inf)
        on = np.flatnonzero(nodes >= 0)
        if len(on):
            walked = dijkstra(self.graph, directed=False, indices=nodes[on])
            far[np.ix_(on, on)] = np.atleast_2d(walked)[:, nodes[on]]
        np.fill_diagonal(far, 0.0)
        return far


@dataclass(frozen=True, slots=True)
class _Links:
    """Straight edges from a spot (``a``, ``at_a``) on one way to one (``b``, ``at_b``) on another.

    For a door ``a`` is -1 - its number, and ``at_a`` means nothing.
    """

    a: Ints
    at_a: Floats
    b: Ints
    at_b: Floats
    metres: Floats


def ways_of(*frames: tuple[Objects, Objects]) -> Ways:
    """Return the ways in pairs of (Multi)LineStrings and yards, as simple LineStrings."""
    lines, yards = [np.zeros(0, dtype=object)], [np.zeros(0, dtype=object)]
    rows, before = [np.zeros(0, np.intp)], 0
    for shapes, yard in frames:
        parts, of = shapely.get_parts(shapes, return_index=True)
        keep = shapely.length(parts) > 0
        lines.append(parts[keep])
        yards.append(yard[of[keep]])
        rows.append(of[keep] + before)
        before += len(shapes)
    found, yard, row = np.concatenate(lines), np.concatenate(yards), np.concatenate(rows)
    tangled = ~shapely.is_simple(found)
    if tangled.any():  # a way that crosses itself is cut there, so that one can turn off
        cut, of = shapely.get_parts(shapely.node(found[tangled]), return_index=True)
        found = np.concatenate([found[~tangled], cut])
        yard = np.concatenate([yard[~tangled], yard[tangled][of]])
        row = np.concatenate([row[~tangled], row[tangled][of]])
    return Ways(found, yard, row)


def join(
    ways: Ways, places: Floats, yard: Objects, *, longest_m: float, meet_m: float = 0.5
) -> Network:
    """Return the network of `ways` with `places` joined to it by straight edges.

    Parameters
    ----------
    ways
        They connect where they touch or cross, and where one ends within `meet_m` of another.
    places
        Doors, coordinates (k, 2) in metres; one that is not finite stays unjoined.
    yard
        Whose yard each door opens on (k,); a door joins the nearest way of its own yard if that has
        any, else the nearest of all, for a yard's wall is not to be walked through.
    longest_m
        A door further than this many metres from the way stays unjoined (door -1).
    meet_m
        Survey accuracy: the gap that the end of a way may leave to the way it runs into.  The
        gap is walked: it is an edge of its own length.

    Examples
    --------
    >>> road = ways_of((np.array([shapely.LineString([(0, 0), (9, 0)])]), np.array([""])))
    >>> net = join(road, np.array([[0.0, 2.0], [9.0, 1.0]]), np.array(["", ""]), longest_m=5)
    >>> net.nearest(net.door[:1])[0][net.door[1]].round(6)
    np.float64(12.0)
    """
    if not len(ways.lines):
        none, nowhere = np.zeros(0, np.intp), np.full(len(places), -1, np.intp)
        return Network(0, none.reshape(0, 2), np.zeros(0), nowhere, nowhere, none, np.zeros(0))
    tree = shapely.STRtree(ways.lines)
    doors = _doors(ways, places, yard, longest_m)
    links = [_crossings(ways.lines, tree), _ends(ways.lines, tree, meet_m), doors]
    a, b = (np.concatenate([getattr(one, name) for one in links]) for name in ("a", "b"))
    at_a, at_b = (
        np.concatenate([getattr(one, name) for one in links]) for name in ("at_a", "at_b")
    )
    # Every stop on a way is a node: its two ends, then both ends of each link that lie on ways.
    n, k, on = len(ways.lines), len(a), a >= 0
    way = np.concatenate([np.arange(n), np.arange(n), a[on], b])
    at = np.concatenate([np.zeros(n), shapely.length(ways.lines), at_a[on], at_b])
    order = np.lexsort((at, way))
    same = way[order][1:] == way[order][:-1]
    along = np.stack([order[:-1][same], order[1:][same]], axis=1)
    node_a = np.full(k, -1, dtype=np.intp)
    node_a[on] = 2 * n + np.arange(on.sum())
    node_a[~on] = len(way) + np.arange((~on).sum())
    across = np.stack([node_a, 2 * n + on.sum() + np.arange(k)], axis=1)
    door = np.full(len(places), -1, dtype=np.intp)
    door[-1 - a[~on]] = node_a[~on]
    steps_on = np.full(len(places), -1, dtype=np.intp)
    steps_on[-1 - a[~on]] = b[~on]
    metres = np.concatenate([np.diff(at[order])[same], *(one.metres for one in links)])
    return Network(
        len(way) + int((~on).sum()),
        np.concatenate([along, across]),
        np.maximum(metres, _LEAST),
        door,
        steps_on,
        np.concatenate([way[order][:-1][same], np.full(k, -1)]),
        np.concatenate([at[order][:-1][same], np.zeros(k)]),
    )


def _crossings(lines: Objects, tree: shapely.STRtree) -> _Links:
    """Link ways where they touch or cross; ways that run on each other, at each shared corner."""
    i, j = tree.query(lines, predicate="intersects")
    i, j = i[i < j], j[i < j]
    spots, of = shapely.get_coordinates(shapely.intersection(lines[i], lines[j]), return_index=True)
    points: Objects = np.array(shapely.points(spots), dtype=object, ndmin=1)
    i, j = i[of], j[of]
    return _Links(
        i,
        shapely.line_locate_point(lines[i], points),
        j,
        shapely.line_locate_point(lines[j], points),
        np.zeros(len(i)),
    )


def _ends(lines: Objects, tree: shapely.STRtree, meet_m: float) -> _Links:
    """Link the ends of ways to other ways no further than `meet_m`, and rings to themselves."""
    n = len(lines)
    ends = np.concatenate([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])
    places = np.concatenate([np.zeros(n), shapely.length(lines)])
    end, way = tree.query(ends, predicate="dwithin", distance=meet_m)
    other = end % n != way
    end, way = end[other], way[other]
    rings = np.flatnonzero(shapely.is_closed(lines))
    return _Links(
        np.concatenate([end % n, rings]),
        np.concatenate([places[end], np.zeros(len(rings))]),
        np.concatenate([way, rings]),
        np.concatenate([shapely.line_locate_point(lines[way], ends[end]), places[n + rings]]),
        np.concatenate([shapely.distance(lines[way], ends[end]), np.zeros(len(rings))]),
    )


def _doors(ways: Ways, places: Floats, yard: Objects, longest_m: float) -> _Links:
    """Link each place to the nearest way it may step on; what is no place is linked to none."""
    there = np.isfinite(places).all(axis=1)
    spots: Objects = np.array(shapely.points(places), dtype=object, ndmin=1)
    known = set(ways.yard.tolist()) - {""}
    mine = np.array([name if name in known else "" for name in yard.tolist()], dtype=object)
    found: list[tuple[Ints, Ints, Floats]] = []
    for name in dict.fromkeys(mine.tolist()):
        here = np.flatnonzero((mine == name) & there)
        own = np.flatnonzero(ways.yard == name) if name else np.arange(len(ways.lines))
        (place, way), gap = shapely.STRtree(ways.lines[own]).query_nearest(
            spots[here], max_distance=longest_m, return_distance=True, all_matches=False
        )
        found.append((here[place], own[way], gap))
    none = (np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0))
    place, way, gap = (np.concatenate(held) for held in zip(none, *found, strict=True))
    along = shapely.line_locate_point(ways.lines[way], spots[place])
    return _Links(-1 - place, np.zeros(len(place)), way, along, gap)
