"""A round on foot through the stops of an inspection, in the order that makes it short."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from wangge.analysis.legs import Legs, legs_between
from wangge.analysis.network import Floats, Ints
from wangge.analysis.places import positions
from wangge.analysis.touring import Costs, best_tour
from wangge.analysis.walkable import ways_on_foot, yard_of
from wangge.domain.crs import require_together
from wangge.domain.rules import rule
from wangge.domain.tables import Alleys, Compounds, Gates, Paths, Shops

START: Final = ""  # stands for the start among the stops of a leg
_STREET: Final = "\0street"  # the yard of what opens on the street; no compound is called so


@dataclass(frozen=True, slots=True)
class Round:
    """A round: which stop after which, and how far.

    Attributes
    ----------
    order
        The stops in the order they are visited, values of the index of `stops`.
    legs
        One row a way between two stops, from 1: ``stop`` (where it leads; `START`: back),
        ``metres`` and the way as geometry, along alleys and paths.  A round without a start has no
        leg to its first stop.
    metres
        In all.
    bound
        No order of these stops is shorter, in metres.
    unreached
        Stops no way leads to, in the order of the index.
    started
        Whether the round begins at the start; False too where no way leads from there.
    """

    order: tuple[str, ...]
    legs: gpd.GeoDataFrame
    metres: float
    bound: float
    unreached: tuple[str, ...]
    started: bool

    @property
    def gap(self) -> float:
        """Return the share of `metres` that a better order might save: 0 is proven shortest."""
        return (self.metres - self.bound) / self.metres if self.metres > self.bound else 0.0


def inspection_stops(
    shops: Shops, compounds: Compounds, gates: Gates, alleys: Alleys
) -> gpd.GeoDataFrame:
    """Return where an inspection of each shop and compound begins.

    Returns
    -------
    GeoDataFrame
        Points, index ``about`` such as ``shops/P01``, with ``name`` and ``compound_id``: a shop
        where it stands, a compound at its main gate, else at another of its gates, else where it is
        nearest to an alley.

    Raises
    ------
    CRSError
        If a frame is not in a projected CRS in metres.
    ValueError
        If frames differ in CRS.

    Examples
    --------
    >>> from shapely import box
    >>> yard = gpd.GeoDataFrame({"name": ["农机小区"]}, geometry=[box(0, 0, 9, 9)], crs=4547,
    ...     index=["C1"])
    >>> gate = gpd.GeoDataFrame({"compound_id": ["C1"], "kind": ["main"]}, geometry=[Point(4, 0)],
    ...     crs=4547)
    >>> none = gpd.GeoDataFrame({"name": [], "compound_id": []}, geometry=[], crs=4547)
    >>> inspection_stops(none, yard, gate, none).loc["compounds/C1", "geometry"].wkt
    'POINT (4 0)'
    """
    require_together(shops=shops, compounds=compounds, gates=gates, alleys=alleys)
    best = (
        gates.assign(side=gates["kind"] != "main").sort_index().sort_values("side", kind="stable")
    )
    gate = best.drop_duplicates("compound_id").set_index("compound_id").geometry
    known = dict(zip(gate.index, gate, strict=True))
    doors = [
        known[name] if name in known else _edge(shape, alleys)
        for name, shape in zip(compounds.index, compounds.geometry, strict=True)
    ]
    about = [f"shops/{name}" for name in shops.index]
    about += [f"compounds/{name}" for name in compounds.index]
    return gpd.GeoDataFrame(
        {
            "name": [*shops["name"], *compounds["name"]],
            "compound_id": [*shops["compound_id"], *compounds.index],
        },
        geometry=[*shops.geometry, *doors],
        crs=compounds.crs,
        index=pd.Index(about, dtype=object, name="about"),
    )


def plan_round(
    stops: gpd.GeoDataFrame,
    alleys: Alleys,
    paths: Paths,
    gates: Gates,
    *,
    start: Point | None = None,
    back: bool = True,
) -> Round:
    """Return a round through `stops` that is short on foot.

    Walks follow alleys and yard paths, through gates only, as in `coverage.walk_to_station`.  A
    stop opens on the nearest alley where one is within rule ``door_edge_m``, as shops do, else on a
    path of its compound.  Up to `touring.EXACT` stops the order is proven shortest; beyond, `gap`
    says how much a better one might save.

    Parameters
    ----------
    stops
        Points, n >= 0 rows, unique index of text, with ``compound_id``; see `inspection_stops`.
    alleys, paths, gates
        The ways, as `coverage.walk_to_station` takes them.  All frames in one CRS in metres.
    start
        Where the round begins, such as the grid's service station; None: at whichever stop suits.
    back
        Whether it ends at the start; without a start it ends where it suits.

    Returns
    -------
    Round
        The same stops in any order give the same round.  Without a start, or where no way leads
        from it, the round goes through the stops of the largest part that ways connect.

    Raises
    ------
    CRSError
        If a frame is not in a projected CRS in metres.
    ValueError
        If frames differ in CRS.

    Examples
    --------
    >>> from shapely import LineString
    >>> street = gpd.GeoDataFrame({"compound_id": [None]},
    ...     geometry=[LineString([(0, 0), (100, 0)])], crs=4547)
    >>> shop = gpd.GeoDataFrame({"compound_id": None}, geometry=[Point(90, 5), Point(40, 5)],
    ...     crs=4547, index=["a", "b"])
    >>> found = plan_round(shop, street, street.iloc[:0], street.iloc[:0], start=Point(0, 0))
    >>> found.order, round(found.metres)
    (('b', 'a'), 200)
    """
    require_together(stops=stops, alleys=alleys, paths=paths, gates=gates)
    stops = stops.sort_index()
    legs, n = _legs(stops, alleys, paths, gates, start), len(stops)
    here = _connected(legs.far, n)
    started = bool(legs.net.door[n] >= 0)
    begin = legs.far[here, n] if started else np.zeros(len(here))
    end = begin if back else np.zeros(len(here))
    tour = best_tour(Costs(legs.far[np.ix_(here, here)], begin, end))
    order = here[tour.order].tolist()
    names = [*stops.index, START]
    visits = [n, *order] if started else order
    steps = list(pairwise([*visits, n] if started and back and order else visits))
    walked = gpd.GeoDataFrame(
        {"stop": [names[b] for _, b in steps], "metres": [float(legs.far[step]) for step in steps]},
        geometry=[legs.line(*step) for step in steps],
        crs=stops.crs,
        index=pd.RangeIndex(1, len(steps) + 1, name="leg"),
    )
    lost = np.setdiff1d(np.arange(n), here)
    return Round(
        tuple(names[k] for k in order),
        walked,
        tour.length,
        tour.bound,
        tuple(names[k] for k in lost),
        started,
    )


def _legs(
    stops: gpd.GeoDataFrame, alleys: Alleys, paths: Paths, gates: Gates, start: Point | None
) -> Legs:
    """Return the walks between the stops and, as the last place, the start."""
    longest = rule("door_edge_m").value
    ways = ways_on_foot(alleys, paths, gates, street=_STREET)
    points = stops.geometry.to_numpy()
    _, near = shapely.STRtree(points).query(
        alleys.geometry.to_numpy(), predicate="dwithin", distance=longest
    )
    yard = np.append(yard_of(stops), "")
    yard[near] = _STREET
    return legs_between(ways, positions(np.array([*points, start], dtype=object)), yard)


def _connected(far: Floats, n: int) -> Ints:
    """Return which of n stops the round goes through: those that can be reached from the start.

    The start is the place after the stops; where it is joined to no way, the stops of the largest
    part that ways connect, of equals the one with the first stop.
    """
    near = np.isfinite(far[:, :n])
    return np.flatnonzero(near[n] if np.isfinite(far[n, n]) else near[near.sum(axis=1).argmax()])


def _edge(area: BaseGeometry, alleys: Alleys) -> BaseGeometry:
    """Return the point of `area` nearest to an alley, somewhere in it where there is none."""
    lines = alleys.geometry.to_numpy()
    if not len(lines):
        return area.representative_point()
    step = shapely.shortest_line(area, lines[np.nanargmin(shapely.distance(area, lines))])
    return Point(shapely.get_coordinates(step)[0])
