"""What a report is about: positions and things of the demo community."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from shapely import Point

from wangge.analysis.places import of_points
from wangge.analysis.spot import ASSETS, Spot, asset_shape, spot_at, spot_of
from wangge.domain.crs import lonlat
from wangge.domain.rules import rule
from wangge.store.files import read
from wangge.text import Text

DATA = Path(__file__).parents[3] / "data" / "geo"


@pytest.fixture(scope="module")
def held():
    return read(DATA).community


def near(community, asset, metres):
    """A position east of an asset."""
    middle = asset_shape(community, asset).representative_point()
    return lonlat(Point(middle.x + metres, middle.y))


@pytest.mark.parametrize("table", ASSETS)
def test_every_thing_can_be_meant(held, table):
    frame = getattr(held, table)
    for ident in frame.index[:3]:
        asset = f"{table}/{ident}"
        found = spot_of(held, asset)
        assert found.asset == asset
        assert found.says.zh and found.says.en and found.name.zh  # noqa: PT018 - one fact
        assert frame.geometry[ident].distance(found.point) < 1e-6
        again = spot_at(held, found.lon, found.lat, asset)
        assert again.point.distance(found.point) < 1e-3
        assert (again.says, again.asset) == (found.says, asset)


def test_the_place_of_a_point_is_what_the_areas_say(held):
    grid = of_points(held.streetlights, held.grids)
    for lamp in held.streetlights.index[::25]:
        assert spot_of(held, f"streetlights/{lamp}").grid_id == (grid[lamp] or "")


def test_a_lamp_lends_its_position_and_a_building_does_not(held):
    lamp = f"streetlights/{held.streetlights.index[0]}"
    block = f"buildings/{held.buildings['geometry'].area.idxmax()}"
    beside = spot_at(held, *near(held, lamp, 5.0), lamp)
    assert beside.point == asset_shape(held, lamp)
    assert beside.says.zh.startswith(f"路灯 {held.streetlights.index[0]}・")
    inside = spot_at(held, *near(held, block, 5.0), block)
    middle = asset_shape(held, block).representative_point()
    assert inside.point.distance(middle) == pytest.approx(5.0, abs=0.01)
    assert inside.says.zh.endswith(inside.name.zh)


def test_a_thing_far_from_where_was_pointed_is_not_meant(held):
    lamp = f"streetlights/{held.streetlights.index[0]}"
    limit = rule("asset_reach_m").value
    for metres, meant in ((limit - 0.5, lamp), (limit + 0.5, "")):
        assert spot_at(held, *near(held, lamp, metres), lamp).asset == meant


@pytest.mark.parametrize("asset", ["", "/", "households/H0001", "streetlights/L999", "version/x"])
def test_what_is_no_thing_is_only_a_place(held, asset):
    lon, lat = lonlat(held.community.union_all().representative_point())
    found = spot_at(held, lon, lat, asset)
    assert isinstance(found, Spot)
    assert (found.asset, found.name.zh) == ("", "")
    assert spot_of(held, asset) is None


@pytest.mark.parametrize(("lon", "lat"), [(math.nan, 36.0), (0.0, 0.0), (36.05, 113.05)])
def test_no_position_is_told_in_words(held, lon, lat):
    assert isinstance(spot_at(held, lon, lat), Text)
