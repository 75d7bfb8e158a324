"""Walking distances, against a small Dijkstra of our own on the same picture."""

from __future__ import annotations

import heapq

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import LineString, Point, box

from wangge.analysis.coverage import walk_to_station
from wangge.analysis.network import join, ways_of

METRIC = 4547


def frame(shapes, ids=None, compound=None, kind="党群服务站"):
    shapes = list(shapes)
    columns = {"compound_id": [compound] * len(shapes), "kind": [kind] * len(shapes)}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=METRIC, index=ids)


NONE = frame([])


def alleys_only(lines):
    return ways_of((lines.geometry.to_numpy(), np.full(len(lines), "", dtype=object)))


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
    got = walk_to_station(homes, site, streets(), NONE, NONE)["metres"].to_numpy()
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
    net = join(alleys_only(lines), spots, np.full(15, "", dtype=object), longest_m=200)
    far, _ = net.nearest(net.door[:1])
    want = shortest(net.nodes, net.edges.tolist(), net.metres.tolist(), int(net.door[0]))
    assert far == pytest.approx(want)


def test_never_shorter_than_the_crow_flies():
    rng = np.random.default_rng(1)
    spots = rng.uniform(0, 300, (40, 2))
    homes = frame([Point(p).buffer(3) for p in spots])
    sites = frame([Point(10, 10), Point(290, 190)], ["S1", "S2"])
    got = walk_to_station(homes, sites, streets(), NONE, NONE)["metres"]
    crow = [shapely.distance(sites.geometry.to_numpy(), Point(p)).min() for p in spots]
    reached = got.notna().to_numpy()
    assert reached.sum() > 20
    assert (got.to_numpy()[reached] >= np.array(crow)[reached] - 1e-6).all()


def test_another_station_is_never_further():
    rng = np.random.default_rng(2)
    homes = frame([Point(p).buffer(3) for p in rng.uniform(0, 200, (30, 2))])
    one = frame([Point(10, 10)], ["S1"])
    two = frame([Point(10, 10), Point(200, 150)], ["S1", "S2"])
    a, b = (walk_to_station(homes, s, streets(), NONE, NONE)["metres"] for s in (one, two))
    assert (b <= a + 1e-9).all()


def test_what_no_way_reaches_is_unknown():
    far_home = frame([box(0, 900, 2, 902)], ["B1"])
    island = frame([LineString([(0, 0), (10, 0)]), LineString([(500, 0), (510, 0)])])
    here, there = frame([Point(0, 0)], ["S1"]), frame([box(505, 1, 507, 3)], ["B2"])
    for home in (far_home, there):
        found = walk_to_station(home, here, island, NONE, NONE).iloc[0]
        assert np.isnan(found["metres"])
        assert found["station_id"] == ""


def test_a_wall_is_walked_round_to_the_gate():
    """A home 10 m from the street leaves through the gate at the other end of its yard."""
    street = frame([LineString([(0, 0), (100, 0)])])
    lane = frame([LineString([(10, 20), (90, 20)])], compound="C1")
    gate = frame([Point(90, 8)], compound="C1")
    home = frame([box(9, 9, 11, 11)], ["B1"], compound="C1")
    site = frame([Point(0, 0)], ["S1"])
    got = walk_to_station(home, site, street, lane, gate).loc["B1"]
    assert got["metres"] == pytest.approx(10 + 80 + 12 + 8 + 90)
    assert got["station_id"] == "S1"
    nothing_within = walk_to_station(home, site, street, NONE, NONE).loc["B1", "metres"]
    assert nothing_within == pytest.approx(10 + 10)


@pytest.mark.parametrize(("gap", "joined"), [(0.0, True), (0.001, True), (0.4, True), (0.6, False)])
def test_ends_meet_within_the_accuracy_of_the_survey(gap, joined):
    ways = frame([LineString([(0, 0), (100, 0)]), LineString([(50, gap), (50, 40)])])
    home, site = frame([box(49, 39, 51, 41)], ["B1"]), frame([Point(0, 0)], ["S1"])
    metres = walk_to_station(home, site, ways, NONE, NONE).loc["B1", "metres"]
    assert np.isnan(metres) != joined
    if joined:
        assert metres == pytest.approx(90)


def test_rings_and_ways_that_cross_themselves():
    ring = LineString([(0, 0), (40, 0), (40, 40), (0, 40), (0, 0)])
    loop = LineString([(100, 0), (140, 40), (140, 0), (100, 40)])
    site = frame([Point(0, 0), Point(100, 0)], ["S1", "S2"])
    homes = frame([Point(0, 20).buffer(0.1), Point(100, 40).buffer(0.1)], ["B1", "B2"])
    got = walk_to_station(homes, site, frame([ring, loop]), NONE, NONE)["metres"]
    assert got.tolist() == pytest.approx([20.0, 2 * np.hypot(20, 20)])


def test_only_stations_of_the_kind_count():
    site = frame([Point(0, 0)], ["S1"], kind="暖心驿站")
    home = frame([box(99, 0, 101, 2)], ["B1"])
    assert walk_to_station(home, site, streets(), NONE, NONE)["metres"].isna().all()
    assert walk_to_station(home, site, streets(), NONE, NONE, kind="")["metres"].notna().all()


def test_empty_tables():
    assert walk_to_station(NONE, NONE, NONE, NONE, NONE).empty
    home = frame([box(0, 0, 1, 1)])
    assert walk_to_station(home, NONE, streets(), NONE, NONE)["metres"].isna().all()
    assert walk_to_station(home, NONE, NONE, NONE, NONE)["metres"].isna().all()
