"""Walking distances, against a small Dijkstra of our own on the same picture."""

from __future__ import annotations

import heapq

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import LineString, Point, box

from wangge.analysis.coverage import walk_to_station
from wangge.analysis.network import join

METRIC = 4547


def frame(shapes, ids=None):
    return gpd.GeoDataFrame(geometry=list(shapes), crs=METRIC, index=ids)


def shortest(nodes, edges, metres, source):
    """Dijkstra with a heap over an edge list; slow, obviously right."""
    far = [np.inf] * nodes
    far[source] = 0.0
    heap = [(0.0, source)]
    while heap:
        d, u = heapq.heappop(heap)
        if d > far[u]:
            continue
        for (a, b), m in zip(edges, metres, strict=True):
            for x, y in ((a, b), (b, a)):
                if x == u and d + m < far[y]:
                    far[y] = d + m
                    heapq.heappush(heap, (d + m, y))
    return far


def streets():
    return frame(
        [LineString([(0, y), (300, y)]) for y in (0, 100, 200)]
        + [LineString([(x, 0), (x, 200)]) for x in (0, 150, 300)]
    )


def test_manhattan_distances_on_a_grid():
    rng = np.random.default_rng(4)
    spots = rng.uniform((5, 5), (295, 195), (25, 2))
    homes = frame([box(x - 2, y - 2, x + 2, y + 2) for x, y in spots])
    site = frame([Point(0, 0)], ["S1"])
    got = walk_to_station(homes, site, streets(), streets().iloc[:0])["metres"].to_numpy()
    for (x, y), metres in zip(spots, got, strict=True):
        across = min((abs(y - line), (x, line)) for line in (0, 100, 200))
        down = min((abs(x - line), (line, y)) for line in (0, 150, 300))
        spur, (fx, fy) = min(across, down)
        # On this grid the way from a foot to the corner is along the streets.
        if fy in {0, 100, 200}:
            legs = [abs(fx - c) + c for c in (0, 150, 300)]
            want = spur + min(legs) + fy if fy else spur + fx
        else:
            legs = [abs(fy - c) + c for c in (0, 100, 200)]
            want = spur + min(legs) + fx if fx else spur + fy
        assert metres == pytest.approx(want)


@pytest.mark.parametrize("seed", range(3))
def test_against_a_slow_dijkstra(seed):
    rng = np.random.default_rng(seed)
    lines = frame([LineString(rng.uniform(0, 100, (3, 2))) for _ in range(12)])
    spots = rng.uniform(0, 100, (15, 2))
    net = join([lines], spots, longest_m=200)
    far, _ = net.nearest(net.door[:1])
    want = shortest(net.nodes, net.edges.tolist(), net.metres.tolist(), int(net.door[0]))
    assert far == pytest.approx(want)


def test_never_shorter_than_the_crow_flies():
    rng = np.random.default_rng(1)
    spots = rng.uniform(0, 300, (40, 2))
    homes = frame([Point(p).buffer(3) for p in spots])
    sites = frame([Point(10, 10), Point(290, 190)], ["S1", "S2"])
    got = walk_to_station(homes, sites, streets(), streets().iloc[:0])["metres"]
    crow = [shapely.distance(sites.geometry.to_numpy(), Point(p)).min() for p in spots]
    reached = got.notna().to_numpy()
    assert reached.sum() > 20
    assert (got.to_numpy()[reached] >= np.array(crow)[reached] - 1e-6).all()


def test_another_station_is_never_further():
    rng = np.random.default_rng(2)
    homes = frame([Point(p).buffer(3) for p in rng.uniform(0, 200, (30, 2))])
    one = frame([Point(10, 10)], ["S1"])
    two = frame([Point(10, 10), Point(200, 150)], ["S1", "S2"])
    a, b = (walk_to_station(homes, s, streets(), streets().iloc[:0])["metres"] for s in (one, two))
    assert (b <= a + 1e-9).all()


def test_what_no_way_reaches_is_unknown():
    far_home = frame([box(0, 900, 2, 902)], ["B1"])
    island = frame([LineString([(0, 0), (10, 0)]), LineString([(500, 0), (510, 0)])])
    here, there = frame([Point(0, 0)], ["S1"]), frame([box(505, 1, 507, 3)], ["B2"])
    for home in (far_home, there):
        found = walk_to_station(home, here, island, island.iloc[:0]).iloc[0]
        assert np.isnan(found["metres"])
        assert found["station_id"] is None


def test_empty_tables():
    none = frame([])
    assert walk_to_station(none, none, none, none).empty
    home = frame([box(0, 0, 1, 1)])
    assert walk_to_station(home, none, streets(), none)["metres"].isna().all()
    assert walk_to_station(home, none, none, none)["metres"].isna().all()
