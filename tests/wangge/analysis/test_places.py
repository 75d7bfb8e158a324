"""What each place holds, against plain point-in-polygon loops on the demo community."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import LineString, Point, box

from wangge.analysis.places import ALL, counts, of_lines, of_points
from wangge.domain.rules import rule
from wangge.domain.terms import OPEN_STATUSES
from wangge.domain.workdays import PLACE
from wangge.store.files import read


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


def test_counts_against_loops_on_the_demo():
    now = datetime(2026, 11, 23, 13, 42, tzinfo=PLACE)
    held = read(Path(__file__).parents[3] / "data" / "geo").community
    found = held.derive(counts, now=now)
    edge = rule("compound_edge_m").value
    for key, area in held.grids.geometry.items():
        lamps = sum(area.covers(p) for p in held.streetlights.geometry)
        assert abs(found.loc[("grid", key), "lamps"] - lamps) <= 1  # one may stand on a border
    for key, area in held.compounds.geometry.head(8).items():
        near = [p for p in held.streetlights.geometry if area.distance(p) < edge - 0.1]
        assert found.loc[("compound", key), "lamps"] >= len(near)
        rows = held.hazards[held.hazards["compound_id"] == key]
        want = rows["status"].isin(OPEN_STATUSES).sum()
        assert found.loc[("compound", key), "hazards_open"] == want
    whole = found.loc[("community", ALL)]
    assert whole["lamps"] == len(held.streetlights)
    assert whole["hazards_open"] == held.hazards["status"].isin(OPEN_STATUSES).sum()
    for name in ("hazards_open", "hazards_overdue", "open_一般"):
        assert found.loc["grid"][name].sum() == whole[name] > 0
    assert found.loc["grid"]["unlit_m"].sum() <= whole["unlit_m"] * 1.001


def test_a_line_belongs_where_most_of_it_lies():
    areas = gpd.GeoDataFrame(
        geometry=[box(0, 0, 100, 100), box(100, 0, 200, 100)], index=["a", "b"], crs=4547
    )
    lines = [
        LineString([(90, 50), (150, 50)]),
        LineString([(20, 50), (110, 50)]),
        LineString([(100, 10), (100, 90)]),  # along the border
        LineString([(0, 500), (9, 500)]),
    ]
    frame = gpd.GeoDataFrame(geometry=lines, crs=4547, index=["l1", "l2", "l3", "l4"])
    assert of_lines(frame, areas).tolist() == ["b", "a", "a", None]
    assert of_lines(frame, areas.iloc[:0]).tolist() == [None] * 4
