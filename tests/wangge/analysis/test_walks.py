"""Ways home, all doors at once, against walking them one edge at a time."""

from __future__ import annotations

import heapq

import geopandas as gpd
import numpy as np
import pytest
from shapely import LineString, Point, box

from wangge.analysis.night_walk import TOUCH, night_of, relit
from wangge.analysis.walkable import walkable
from wangge.analysis.walks import routes_of, walks_of

METRIC = 4547


def frame(shapes, **columns):
    held = {"compound_id": None, "kind": "alley", "surveyed_on": "2026-10-01"} | columns
    shapes = list(shapes)
    return gpd.GeoDataFrame(
        {k: v if isinstance(v, list) else [v] * len(shapes) for k, v in held.items()},
        geometry=shapes,
        crs=METRIC,
    )


def lamps(spots, reach=12.0):
    return frame([Point(p) for p in spots], reach_m=reach, height_m=6.0, working=True)


NONE = frame([])


def town(seed):
    """A tangle of alleys, one of which is a street, with doors beside them and two stations."""
    rng = np.random.default_rng(seed)
    lines = [LineString([(0, 0), (200, 0)])]
    lines += [LineString(rng.uniform(0, 200, (3, 2))) for _ in range(14)]
    days = ["2026-10-01", *np.where(rng.uniform(size=14) < 0.7, "2026-10-01", None)]
    alleys = frame(lines, kind=["street"] + ["alley"] * 14, surveyed_on=days)
    homes = frame([Point(p).buffer(2) for p in rng.uniform(0, 200, (40, 2))])
    sites = frame([Point(p) for p in rng.uniform(0, 200, (2, 2))])
    ground = walkable(homes, sites, alleys, NONE, NONE)
    shut = rng.uniform(size=15) < 0.1
    shut[0] = False
    lights = lamps(rng.uniform(0, 200, (30, 2)), rng.uniform(5, 25, 30).tolist())
    return ground, alleys, night_of(ground, alleys, lights, shut)


def far_by_heap(night):
    """Metres from the nearest goal to each node of the network, edge by edge."""
    net, place = night.ground.net, night.hops.place
    ways = {}
    for k in np.flatnonzero(~night.closed):
        for u, v in (net.edges[k], net.edges[k][::-1]):
            ways.setdefault(u, []).append((v, net.metres[k]))
    far = np.full(net.nodes, np.inf)
    heap = [(0.0, int(u)) for u in np.flatnonzero(night.goal[place] >= 0)]
    while heap:
        d, u = heapq.heappop(heap)
        if d < far[u]:
            far[u] = d
            for v, m in ways.get(u, ()):
                heapq.heappush(heap, (d + m, int(v)))
    return far


def steps_of(night, routes, door):
    """Walk one door edge by edge: dark, unknown and longest dark metres."""
    net, run, dark, unknown, longest = night.ground.net, 0.0, 0.0, 0.0, 0.0
    for hop in routes.hop[routes.door == door]:
        edge = night.hops.edge[hop]
        _, _, first, last, inside, _ = night.light[:, hop]
        dark += night.dark[edge]
        unknown += night.unknown[edge]
        longest = max(longest, run + first, inside)
        lasts = night.meets[edge] or night.dark[edge] >= net.metres[edge] - TOUCH
        run = run + first if lasts else last
    return dark, unknown, longest


@pytest.mark.parametrize("seed", range(4))
def test_against_one_edge_at_a_time(seed):
    ground, _, night = town(seed)
    walks, far = walks_of(night), far_by_heap(night)
    routes = walks.routes
    assert 20 < routes.reached.sum() < 40 or seed
    for door, node in enumerate(ground.door):
        reached = node >= 0 and np.isfinite(far[node])
        assert routes.reached[door] == reached
        if reached:
            assert routes.metres[door] == pytest.approx(far[node], abs=1e-5)
            want = steps_of(night, routes, door)
            got = (walks.dark[door], walks.unknown[door], walks.longest[door])
            assert got == pytest.approx(want, abs=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_a_way_is_of_one_piece_from_the_door_to_its_goal(seed):
    ground, _, night = town(seed)
    routes, hops = routes_of(night), night.hops
    for door in np.flatnonzero(routes.reached):
        hop = routes.hop[routes.door == door]
        stops = [hops.place[ground.door[door]], *hops.enters[hop]]
        assert hops.leaves[hop].tolist() == stops[:-1]
        assert night.goal[stops[-1]] == routes.goal[door]
        assert (night.goal[stops[:-1]] < 0).all()
        assert ground.net.metres[hops.edge[hop]].sum() == pytest.approx(routes.metres[door])
        assert not night.closed[hops.edge[hop]].any()


def test_of_two_ways_between_the_same_places_the_shorter_is_walked():
    detour = LineString([(50, 10), (80, 30), (50, 50)])
    lines = [LineString([(0, 0), (99, 0)]), LineString([(50, 0), (50, 60)]), detour]
    alleys = frame(lines, kind=["street", "alley", "alley"])
    ground = walkable(frame([box(49, 59, 51, 61)]), NONE, alleys, NONE, NONE)
    night = night_of(ground, alleys, lamps([]), np.zeros(3, dtype=bool))
    walks = walks_of(night)
    assert walks.routes.metres.tolist() == pytest.approx([60])
    assert walks.longest.tolist() == pytest.approx([60])


def test_other_lamps_along_known_ways_are_as_walked_anew():
    _, alleys, night = town(2)
    lights = lamps(np.random.default_rng(9).uniform(0, 200, (25, 2)))
    known = walks_of(relit(night, lights), routes_of(night))
    shut = np.zeros(len(alleys), dtype=bool)
    shut[night.ground.alley[night.closed]] = True
    anew = walks_of(night_of(night.ground, alleys, lights, shut))
    for name in ("dark", "unknown", "longest"):
        assert getattr(known, name).tolist() == getattr(anew, name).tolist()


def test_nothing_to_walk():
    ground = walkable(frame([box(0, 0, 1, 1)]), NONE, NONE, NONE, NONE)
    walks = walks_of(night_of(ground, NONE, lamps([]), np.zeros(0, dtype=bool)))
    assert walks.routes.reached.tolist() == [False]
    nobody = walkable(NONE, NONE, NONE, NONE, NONE)
    assert len(walks_of(night_of(nobody, NONE, lamps([]), np.zeros(0, dtype=bool))).dark) == 0
