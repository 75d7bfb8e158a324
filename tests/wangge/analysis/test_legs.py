"""Ways between places: their lines lie on the ways and are as long as the distance says."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely import LineString

from wangge.analysis.legs import legs_between
from wangge.analysis.network import ways_of
from wangge.domain.rules import rule


def town(seed):
    """Return ways that cross at random, a ring, and places beside them."""
    rng = np.random.default_rng(seed)
    lines = [LineString(rng.uniform(0, 100, (3, 2))) for _ in range(12)]
    lines.append(LineString([(20, 20), (80, 20), (80, 80), (20, 80), (20, 20)]))
    ways = ways_of((np.array(lines, dtype=object), np.full(13, "", dtype=object)))
    return ways, rng.uniform(0, 100, (8, 2))


@pytest.mark.parametrize("seed", range(4))
def test_a_line_is_as_long_as_its_walk_and_lies_on_the_ways(seed):
    ways, places = town(seed)
    legs = legs_between(ways, places, np.full(8, "", dtype=object))
    paved = shapely.union_all(ways.lines)
    doors = [shapely.shortest_line(shapely.Point(p), paved) for p in places]
    # Where a way ends just beside another, the gap is walked.
    ground = shapely.union_all([paved, *doors]).buffer(rule("way_join_m").value)
    assert np.isfinite(legs.far).all()
    for a in range(8):
        for b in range(8):
            line = legs.line(a, b)
            assert line.length == pytest.approx(legs.far[a, b], abs=1e-5)
            assert ground.covers(line)
            assert line.coords[0] == pytest.approx(tuple(places[a]))
            assert line.coords[-1] == pytest.approx(tuple(places[b]))


@pytest.mark.parametrize("seed", range(2))
def test_distances_are_a_metric(seed):
    ways, places = town(seed)
    far = legs_between(ways, places, np.full(8, "", dtype=object)).far
    crow = np.hypot(*(places[:, None] - places).transpose(2, 0, 1))
    assert (far >= crow - 1e-9).all()
    assert (far == far.T).all()
    assert (far[:, :, None] <= far[:, None, :] + far.T[None] + 1e-6).all()


def test_what_no_way_joins_is_infinitely_far():
    lines = [LineString([(0, 0), (10, 0)]), LineString([(500, 0), (510, 0)])]
    ways = ways_of((np.array(lines, dtype=object), np.full(2, "", dtype=object)))
    places = np.array([[1.0, 1.0], [505.0, 1.0], [np.nan, 0.0], [250.0, 0.0], [9.0, 1.0]])
    far = legs_between(ways, places, np.full(5, "", dtype=object)).far
    reached = [[0, 4], [1], [], [], [0, 4]]
    assert [np.flatnonzero(np.isfinite(row)).tolist() for row in far] == reached
    assert far[0, 4] == pytest.approx(10)
    nothing = ways_of((np.zeros(0, dtype=object), np.zeros(0, dtype=object)))
    assert np.isinf(legs_between(nothing, places, np.full(5, "", dtype=object)).far).all()
