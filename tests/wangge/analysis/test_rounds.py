"""Rounds on foot, against trying every order on distances of an older analysis."""

from __future__ import annotations

from itertools import pairwise, permutations

import geopandas as gpd
import numpy as np
import pytest
from shapely import LineString, Point, box

from wangge.analysis.coverage import walk_to_station
from wangge.analysis.rounds import START, inspection_stops, plan_round
from wangge.errors import CRSError

METRIC = 4547


def frame(shapes, ids=None, compound=None, **columns):
    shapes = list(shapes)
    held = {"compound_id": compound, "kind": "党群服务站", "name": ids, **columns}
    held = {
        name: [value] * len(shapes) if np.ndim(value) == 0 else value
        for name, value in held.items()
    }
    return gpd.GeoDataFrame(held, geometry=shapes, crs=METRIC, index=ids)


NONE = frame([])
STREETS = frame(
    [LineString([(0, y), (300, y)]) for y in (0, 100, 200)]
    + [LineString([(x, 0), (x, 200)]) for x in (0, 150, 300)]
)
HOME = Point(0, 0)


def shops(n, seed=0):
    rng = np.random.default_rng(seed)
    return frame(
        [Point(p) for p in rng.uniform((5, 5), (295, 195), (n, 2))], [f"P{k:02}" for k in range(n)]
    )


def metres(a, b):
    """Walk from one point to another, as the way to a station is measured."""
    spot = frame([box(a.x - 1e-6, a.y - 1e-6, a.x + 1e-6, a.y + 1e-6)], ["B"])
    return walk_to_station(spot, frame([b], ["S"]), STREETS, NONE, NONE).loc["B", "metres"]


def slowly(stops, start, *, back):
    spots = [*stops.geometry, *([start] if start else [])]
    far = {(i, j): metres(a, b) for i, a in enumerate(spots) for j, b in enumerate(spots)}
    n = len(stops)
    found = []
    for order in permutations(range(n)):
        way = [n, *order] if start else list(order)
        way += [n] if start and back else []
        found.append(sum(far[step] for step in pairwise(way)))
    return min(found)


@pytest.mark.parametrize(("start", "back"), [(HOME, True), (HOME, False), (None, True)])
@pytest.mark.parametrize("n", [1, 2, 5])
def test_against_every_order(n, start, back):
    held = shops(n, seed=n)
    found = plan_round(held, STREETS, NONE, NONE, start=start, back=back)
    assert found.metres == pytest.approx(slowly(held, start, back=back), abs=1e-4)
    assert found.gap == 0
    assert sorted(found.order) == sorted(held.index)


@pytest.mark.parametrize(("start", "back"), [(HOME, True), (HOME, False), (None, True)])
@pytest.mark.parametrize("n", [6, 20])
def test_legs_hang_together(n, start, back):
    held = shops(n)
    found = plan_round(held, STREETS, NONE, NONE, start=start, back=back)
    legs = found.legs
    assert legs["metres"].sum() == pytest.approx(found.metres)
    assert legs.length.to_numpy() == pytest.approx(legs["metres"].to_numpy(), abs=1e-4)
    led = [*found.order, *([START] if start and back else [])]
    assert legs["stop"].tolist() == (led if start else led[1:])
    at = [start or held.geometry[found.order[0]]]
    at += [start if stop == START else held.geometry[stop] for stop in legs["stop"]]
    for line, (a, b) in zip(legs.geometry, pairwise(at), strict=True):
        assert Point(line.coords[0]).distance(a) < 1e-6
        assert Point(line.coords[-1]).distance(b) < 1e-6
    assert list(legs.index) == list(range(1, len(legs) + 1))
    assert found.bound <= found.metres
    assert found.started is bool(start)
    assert found.unreached == ()


@pytest.mark.parametrize("n", [7, 16])
def test_the_order_of_rows_changes_nothing(n):
    held = shops(n)
    one = plan_round(held, STREETS, NONE, NONE, start=HOME)
    other = plan_round(held.sample(frac=1, random_state=4), STREETS, NONE, NONE, start=HOME)
    assert (one.order, one.metres, one.bound) == (other.order, other.metres, other.bound)
    assert one.legs.geometry.geom_equals(other.legs.geometry).all()


def test_one_stop_more_never_shortens_a_round():
    held = shops(8)
    lengths = [
        plan_round(held.iloc[:k], STREETS, NONE, NONE, start=HOME).metres for k in range(1, 9)
    ]
    assert (np.diff(lengths) >= -1e-6).all()


def test_a_shop_opens_on_the_street_and_not_on_the_yard_behind_it():
    street = frame([LineString([(0, 0), (100, 0)])])
    lane = frame([LineString([(50, 22), (90, 22)])], compound="C1")
    gate = frame([Point(90, 10)], compound="C1", kind="main")
    shop = frame([Point(50, 14)], ["P1"], compound="C1")
    found = plan_round(shop, street, lane, gate, start=Point(50, 0))
    assert found.metres == pytest.approx(28)
    deep = frame([Point(50, 100)], ["P2"], compound="C1")  # no street within reach
    inside = plan_round(deep, street, lane, gate, start=Point(50, 0))
    assert inside.metres == pytest.approx(2 * (40 + 10 + 12 + 40 + 78))


def test_what_no_way_reaches_is_named():
    island = frame([LineString([(900, 0), (960, 0)])])
    ways = gpd.GeoDataFrame(np.concatenate([STREETS, island]), columns=STREETS.columns, crs=METRIC)
    held = frame(
        [Point(10, 5), Point(910, 5), Point(930, 5), Point(500, 500), Point()], list("abcde")
    )
    here = plan_round(held, ways, NONE, NONE, start=HOME)
    assert (here.order, here.unreached) == (("a",), ("b", "c", "d", "e"))
    # Without a start, or with one that no way joins, the larger part is walked.
    for start in (None, Point(500, 900)):
        there = plan_round(held, ways, NONE, NONE, start=start)
        assert sorted(there.order) == ["b", "c"]
        assert there.unreached == ("a", "d", "e")
        assert not there.started
        assert there.metres == pytest.approx(30)


def test_nothing_to_do_and_nowhere_to_go():
    nothing = plan_round(NONE, STREETS, NONE, NONE, start=HOME)
    assert (nothing.order, nothing.metres, nothing.gap) == ((), 0, 0)
    assert nothing.legs.empty
    nowhere = plan_round(shops(3), NONE, NONE, NONE, start=HOME)
    assert nowhere.unreached == ("P00", "P01", "P02")
    assert not nowhere.started


def test_stops_on_one_spot():
    held = frame([Point(10, 5), Point(10, 5), Point(10, 5)], list("abc"))
    found = plan_round(held, STREETS, NONE, NONE, start=HOME)
    assert found.metres == pytest.approx(2 * 15 + 4 * 5)
    assert found.order == ("a", "b", "c")


def test_degrees_are_refused():
    with pytest.raises(CRSError):
        plan_round(shops(2).to_crs(4490), STREETS, NONE, NONE)


def test_a_compound_begins_at_its_main_gate():
    yards = frame(
        [box(10, 10, 40, 40), box(60, 10, 90, 40), box(200, 10, 240, 40)], ["C1", "C2", "C3"]
    )
    gates = frame(
        [Point(10, 20), Point(40, 20), Point(60, 20)],
        ["T2", "T1", "T3"],
        compound=["C1", "C1", "C2"],
        kind=["main", "side", "side"],
    )
    shop = frame([Point(20, 12)], ["P1"], compound="C1")
    found = inspection_stops(shop, yards, gates, STREETS)
    assert found.index.tolist() == ["shops/P1", "compounds/C1", "compounds/C2", "compounds/C3"]
    assert found["compound_id"].tolist() == ["C1", "C1", "C2", "C3"]
    assert found.geometry.tolist()[:3] == [Point(20, 12), Point(10, 20), Point(60, 20)]
    edge = found.loc["compounds/C3", "geometry"]
    assert edge.y == 10
    assert 200 <= edge.x <= 240
    nowhere = inspection_stops(shop, yards, gates, NONE).loc["compounds/C3", "geometry"]
    assert yards.loc["C3", "geometry"].covers(nowhere)
