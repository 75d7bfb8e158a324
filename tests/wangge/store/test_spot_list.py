"""The list of proposed lamps: as a table, and as GeoJSON that says which system it is in."""

from __future__ import annotations

import io
import json

import geopandas as gpd
import numpy as np
import pytest
from shapely import Point

from wangge.domain.coordinates import SYSTEMS, coordinates
from wangge.store.spot_list import spot_geojson, spot_table

SPOTS = gpd.GeoDataFrame(
    {
        "alley_id": ["A1", "A1", "A2"],
        "lamp_id": ["", "L7", ""],
        "height_m": [6.0, 8.0, 6.0],
        "reach_m": [16.8, 20.0, 16.8],
        "cost_yuan": [3000.0, 600.0, 3000.0],
        "removed_m": [30.0, 20.0, 10.0],
    },
    geometry=[Point(414400, 3991700), Point(414500.126, 3991600.5), Point(414450, 3991650)],
    crs=4547,
)
ALLEYS = gpd.GeoDataFrame(
    {"name": ['=HYPERLINK("x")', None]}, geometry=[None, None], index=["A1", "A2"]
)
each = pytest.mark.parametrize("system", SYSTEMS.values(), ids=lambda system: system.id)


def written(system):
    return spot_geojson(SPOTS, ALLEYS, system, attribution="府后街社区", synthetic=True)


@each
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_row_a_lamp_numbers_stay_numbers(system, lang):
    found = spot_table(SPOTS, ALLEYS, system, lang=lang)
    assert found.iloc[:, 0].tolist() == [1, 2, 3]
    assert found.iloc[:, 1].tolist() == ['=HYPERLINK("x")', '=HYPERLINK("x")', "A2"]
    work = ["新装", "修复 L7", "新装"] if lang == "zh" else ["New", "Repair L7", "New"]
    assert found.iloc[:, 2].tolist() == work
    assert all(found.iloc[:, at].dtype == float for at in range(3, 8))
    at = coordinates(SPOTS.geometry, system)
    for label, axis in system.columns:
        assert found[label.in_(lang)].to_numpy() == pytest.approx(at[:, axis], abs=0.006)


def test_no_lamps_are_a_table_of_heads():
    found = spot_table(SPOTS.iloc[:0], ALLEYS, SYSTEMS["EPSG:4547"], lang="zh")
    assert found.empty
    assert len(found.columns) == 8


@pytest.mark.parametrize("name", ["EPSG:4547", "EPSG:4490", "EPSG:4326"])
def test_a_geographer_opens_it_where_it_is(name):
    found = gpd.read_file(io.BytesIO(written(SYSTEMS[name])))
    assert found.crs == name
    back = found.to_crs(4547).geometry
    assert back.distance(SPOTS.geometry.set_axis(back.index)).max() < 0.02


def test_shifted_coordinates_are_not_taken_for_true_ones():
    found = gpd.read_file(io.BytesIO(written(SYSTEMS["GCJ-02"])))
    assert found.crs.to_epsg() is None
    assert "GCJ-02" in found.crs.to_wkt()


@each
def test_the_file_says_what_it_is(system):
    held = json.loads(written(system))
    assert held["attribution"] == "府后街社区"
    assert held["synthetic"] is True
    assert held["coordinate_system"] == system.id
    assert ("crs" in held) == (system.id != "EPSG:4326")  # RFC 7946
    assert [one["properties"]["work"] for one in held["features"]] == ["new", "repair", "new"]
    places = np.array([one["geometry"]["coordinates"] for one in held["features"]])
    assert places == pytest.approx(coordinates(SPOTS.geometry, system), abs=0.006)


def test_a_lone_surrogate_is_no_crash():
    held = spot_geojson(SPOTS, ALLEYS, SYSTEMS["EPSG:4490"], attribution="\ud800", synthetic=False)
    assert json.loads(held)["attribution"] == "?"
