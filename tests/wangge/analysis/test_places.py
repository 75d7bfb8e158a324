"""What each place holds, against plain point-in-polygon loops on the demo community."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely import Point, box

from wangge.analysis.places import of_points


def test_each_point_once_and_the_first_area_wins():
    areas = gpd.GeoDataFrame(
        geometry=[box(0, 0, 10, 10), box(5, 0, 15, 10), box(15, 0, 20, 10)],
        index=["a", "b", "c"],
        crs=4547,
    )
    spots = [Point(x / 2, 5) for x in range(-2, 44)]
    points = gpd.GeoDataFrame(geometry=spots, crs=4547)
    found = of_points(points, areas)
    assert found.index.equals(points.index)
    for spot, got in zip(spots, found, strict=True):
        want = next((key for key, area in areas.geometry.items() if area.covers(spot)), None)
        assert got == want


@pytest.mark.parametrize("empty", ["points", "areas"])
def test_empty(empty):
    areas = gpd.GeoDataFrame(geometry=[box(0, 0, 1, 1)], crs=4547)
    points = gpd.GeoDataFrame(geometry=[Point(0, 0)], crs=4547)
    if empty == "points":
        assert of_points(points.iloc[:0], areas).empty
    else:
        assert of_points(points, areas.iloc[:0]).tolist() == [None]
