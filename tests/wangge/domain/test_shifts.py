"""Shifted coordinates against published vectors, and there and back."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.domain import shifts

VECTORS = json.loads((Path(__file__).parents[2] / "data/gcj02_vectors.json").read_text("utf-8"))
LON, LAT = st.floats(74, 135), st.floats(18, 53)


@pytest.mark.parametrize(
    ("name", "shift", "degrees"),
    [
        ("wgs_to_gcj", shifts.to_gcj02, 1e-6),
        ("gcj_to_bd", shifts.gcj02_to_bd09, 1e-6),
        ("bd_to_gcj", shifts.bd09_to_gcj02, 2e-6),  # published: one step of the inverse
        ("gcj_to_wgs_approx_one_step", shifts.from_gcj02, 2e-6),
        # published with pi where BD-09 has 3000/180 pi: up to 0.0004 degrees (40 m) off
        ("bd_to_wgs", shifts.from_bd09, 4e-4),
    ],
)
def test_published_vectors(name, shift, degrees):
    assert VECTORS[name]
    for lat, lon, to_lat, to_lon in VECTORS[name]:
        x, y = shift(lon, lat)
        assert (float(x), float(y)) == pytest.approx((to_lon, to_lat), abs=degrees)


@given(LON, LAT)
def test_there_and_back(lon, lat):
    for there, back in (
        (shifts.to_gcj02, shifts.from_gcj02),
        (shifts.gcj02_to_bd09, shifts.bd09_to_gcj02),
        (shifts.to_bd09, shifts.from_bd09),
    ):
        x, y = back(*there(lon, lat))
        assert abs(x - lon) < 1e-9
        assert abs(y - lat) < 1e-9


def test_how_far_it_is_here():
    lon, lat = np.array([113.05]), np.array([36.052])
    for shift, least, most in ((shifts.to_gcj02, 585, 605), (shifts.to_bd09, 1340, 1390)):
        x, y = shift(lon, lat)
        east, north = (x - lon) * 111_320 * np.cos(np.radians(lat)), (y - lat) * 110_950
        assert least < float(np.hypot(east, north)[0]) < most
