"""The walking network: alleys and yard paths as edges, doors joined to them by real edges."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
DECIMALS = 2  # nodes nearer than a centimetre are one


@dataclass(frozen=True, slots=True)
class Network:
    """An undirected graph: ``nodes`` counts them, edges (m, 2) of node numbers, metres (m,).

    ``door`` gives the node of each place that was joined (k,), -1 where no way was near enough.
    """

    nodes: int
    edges: Ints
    metres: Floats
    door: Ints

    def nearest(self, sources: Ints) -> tuple[Floats, Ints]:
        """Return metres from the nearest of `sources` to each node, and its node (-1: no way)."""
        sources = np.unique(sources[sources >= 0])
        if not self.nodes or not len(sources):
            return np.full(self.nodes, np.inf), np.full(self.nodes, -1)
        shape = (self.nodes, self.nodes)
        graph = coo_array((self.metres, (self.edges[:, 0], self.edges[:, 1])), shape=shape)
        far, _, source = dijkstra(
            graph.tocsr(), directed=False, indices=sources, min_only=True, return_predecessors=True
        )
        return far, np.where(np.isfinite(far), source, -1)


def join(lines: list[gpd.GeoDataFrame], places: Floats, *, longest_m: float) -> Network:
    """Return the network of `lines` with `places` joined to it by straight edges.

    Parameters
    ----------
    lines
        Frames of (Multi)LineStrings in metres; they connect wherever they meet or cross.
    places
        Doors, coordinates (k, 2) in the same system.
    longest_m
        A door further than this many metres from every line stays unjoined (door -1).

    Returns
    -------
    Network
        Each joined door is a node of its own; its edge ends on the line, which is split there.
    """
    pieces = _noded(lines)
    door = np.full(len(places), -1, dtype=np.intp)
    if not len(pieces):
        return Network(0, np.zeros((0, 2), np.intp), np.zeros(0), door)
    spots = (
        np.array(shapely.points(places), dtype=object, ndmin=1)
        if len(places)
        else np.zeros(0, dtype=object)
    )
    (place, piece), gap = shapely.STRtree(pieces).query_nearest(
        spots, max_distance=longest_m, return_distance=True, all_matches=False
    )
    along = shapely.line_locate_point(pieces[piece], spots[place])
    feet = shapely.get_coordinates(shapely.line_interpolate_point(pieces[piece], along))
    ends = np.stack([shapely.get_point(pieces, 0), shapely.get_point(pieces, -1)], axis=1)
    corners = shapely.get_coordinates(ends.ravel()).round(DECIMALS)
    nodes, of = np.unique(corners, axis=0, return_inverse=True)
    of = of.reshape(-1, 2)
    foot = len(nodes) + np.arange(len(place))
    door[place] = foot + len(place)
    # Cut every piece at its feet: order what lies on a piece along it, then link neighbours.
    owner = np.concatenate([np.arange(len(pieces)), piece, np.arange(len(pieces))])
    node = np.concatenate([of[:, 0], foot, of[:, 1]])
    length = shapely.length(pieces)
    where = np.concatenate([np.zeros(len(pieces)), along, length])
    rank = np.repeat([0, 1, 2], [len(pieces), len(piece), len(pieces)])
    order = np.lexsort((rank, where, owner))
    owner, node, where = owner[order], node[order], where[order]
    same = owner[1:] == owner[:-1]
    edges = np.stack([node[:-1][same], node[1:][same]], axis=1)
    metres = (where[1:] - where[:-1])[same]
    spur = np.hypot(*(places[place] - feet).T) if len(place) else gap
    edges = np.concatenate([edges, np.stack([foot, door[place]], axis=1)])
    metres = np.concatenate([metres, spur])
    # A sparse matrix adds what stands twice and drops zeros: keep the shortest, never zero.
    edges = np.sort(edges, axis=1)
    metres = np.maximum(metres, 1e-9)
    pick = np.lexsort((metres, edges[:, 1], edges[:, 0]))
    edges, metres = edges[pick], metres[pick]
    fresh = np.concatenate([[True], (edges[1:] != edges[:-1]).any(axis=1)])
    return Network(len(nodes) + 2 * len(place), edges[fresh], metres[fresh], door)


def _noded(lines: list[gpd.GeoDataFrame]) -> NDArray[np.object_]:
    """Return the pieces between all junctions, crossings and ends of `lines`."""
    held = [frame.geometry.to_numpy() for frame in lines if len(frame)]
    parts = shapely.get_parts(np.concatenate(held)) if held else np.zeros(0, dtype=object)
    parts = parts[~(shapely.is_empty(parts) | shapely.is_missing(parts))]
    if not len(parts):
        return parts
    pieces = shapely.get_parts(shapely.node(shapely.multilinestrings(parts)))
    kept: NDArray[np.object_] = pieces[shapely.length(pieces) > 0]
    return kept
