"""Coordinates in the systems an office asks for."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from pyproj import Transformer
from shapely import Point

from wangge.domain.coordinates import SYSTEMS, coordinates
from wangge.domain.shifts import from_gcj02

SPOTS = gpd.GeoSeries([Point(414400, 3991700), Point(414500.125, 3991600.5)], crs=4547)


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=lambda system: system.id)
def test_a_position_comes_back_from_every_system(system):
    at = coordinates(SPOTS, system)
    if system.id == "GCJ-02":
        at = np.column_stack(from_gcj02(*at.T))
    back = Transformer.from_crs(system.base, 4547, always_xy=True).transform(*at.T)
    assert np.column_stack(back) == pytest.approx(np.column_stack([SPOTS.x, SPOTS.y]), abs=1e-3)


def test_the_web_maps_are_six_hundred_metres_off():
    true, shifted = (coordinates(SPOTS, SYSTEMS[name]) for name in ("EPSG:4326", "GCJ-02"))
    away = np.hypot(*((shifted - true) * [90_070, 110_950]).T)
    assert away == pytest.approx(595, abs=10)


def test_surveyors_write_north_first():
    first, second = SYSTEMS["EPSG:4547"].columns
    assert (first[1], second[1]) == (1, 0)
    assert "北" in first[0].zh
    assert all(label.zh and label.en for system in SYSTEMS.values() for label, _ in system.columns)


def test_what_is_nowhere_has_no_coordinates():
    lost = gpd.GeoSeries([Point(), None], crs=4547)
    assert np.isnan(coordinates(lost, SYSTEMS["EPSG:4490"])).all()
