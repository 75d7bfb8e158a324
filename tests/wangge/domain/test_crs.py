"""A position somebody points at: taken, or refused with the reason."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely import Point, Polygon

from wangge.domain.crs import lonlat, place
from wangge.domain.rules import rule
from wangge.text import Text

HOME = (113.05, 36.05)
BLOCK = place(*HOME, Polygon()).buffer(400)
LIMIT = rule("far_away_m").value
ANY = st.floats(allow_nan=True, allow_infinity=True)


@given(st.floats(-1500, 1500), st.floats(-1500, 1500))
def test_there_and_back_within_a_millimetre(east, north):
    middle = BLOCK.centroid
    at = Point(middle.x + east, middle.y + north)
    again = place(*lonlat(at), BLOCK)
    assert isinstance(again, Point) == (at.distance(BLOCK) <= LIMIT)
    assert isinstance(again, Text) or again.distance(at) < 1e-3


@given(st.floats(1, 1000), st.floats(0, 360))
def test_metres_are_metres_on_the_ground(metres, azimuth):
    lon, lat, _ = Geod(ellps="WGS84").fwd(*HOME, azimuth, metres)
    assert place(lon, lat, BLOCK).distance(place(*HOME, BLOCK)) == pytest.approx(metres, rel=2e-4)


@given(ANY, ANY)
def test_whatever_is_said_is_a_point_nearby_or_a_reason(lon, lat):
    found = place(lon, lat, BLOCK)
    if isinstance(found, Point):
        assert found.distance(BLOCK) <= LIMIT
    else:
        assert found.zh
        assert found.en


@pytest.mark.parametrize(
    ("lon", "lat", "word"),
    [
        (math.nan, 36.05, "not a number"),
        (113.05, math.inf, "not a number"),
        (-math.inf, math.nan, "not a number"),
        (36.05, 113.05, "swapped"),
        (113.05, 96.0, "off the map"),
        (1e9, 36.05, "off the map"),
        (113.05, 36.5, "km from the community"),
        (0.0, 0.0, "community"),
    ],
)
def test_reasons(lon, lat, word):
    assert word in place(lon, lat, BLOCK).en


def test_the_limit_is_the_rules():
    edge = BLOCK.bounds[2]
    for over, kind in ((-1, Point), (1, Text)):
        at = Point(edge + LIMIT + over, BLOCK.centroid.y)
        assert isinstance(place(*lonlat(at), BLOCK), kind)


def test_a_community_without_area_refuses_no_distance():
    assert isinstance(place(113.05, 36.5, Polygon()), Point)
