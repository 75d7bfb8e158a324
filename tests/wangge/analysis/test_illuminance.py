"""Lux along alleys, against closed forms and a slow loop, and the laws light must keep."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import LineString, MultiLineString, Point, affinity

from wangge.analysis.illuminance import alley_illuminance, illuminance, light_profile
from wangge.analysis.photometry import Photometry
from wangge.domain.rules import rule
from wangge.errors import CRSError

METRIC = 4547


def lamps(spots, height=5.0, lumens=2500.0, working=True):
    n = len(spots)
    return gpd.GeoDataFrame(
        {
            "height_m": np.broadcast_to(np.asarray(height, float), n),
            "lumens": np.broadcast_to(np.asarray(lumens, float), n),
            "working": np.broadcast_to(np.asarray(working, bool), n),
        },
        geometry=[Point(p) for p in spots],
        crs=METRIC,
    )


def lanes(lines, surveyed="2026-10-01", kind="alley"):
    n = len(lines)
    return gpd.GeoDataFrame(
        {"surveyed_on": [surveyed] * n, "kind": [kind] * n},
        geometry=lines,
        crs=METRIC,
        index=[f"A{k}" for k in range(n)],
    )


def lambertian_table():
    gamma = np.arange(0, 90.001, 0.1)
    return Photometry(np.array([0.0]), gamma, np.cos(np.radians(gamma))[None])


def slowly(points, lights):
    """Sum the closed form lamp by lamp; slow, obviously right."""
    lux = np.zeros(len(points))
    rows = zip(
        lights.geometry, lights["height_m"], lights["lumens"], lights["working"], strict=True
    )
    for spot, h, flux, works in rows:
        for k, (x, y) in enumerate(points):
            d = np.hypot(x - spot.x, y - spot.y)
            if works and d <= rule("light_range_m").value:
                gamma = np.arctan2(d, h)
                lux[k] += flux / np.pi * np.cos(gamma) * np.cos(gamma) ** 3 / h**2
    return lux


@pytest.mark.parametrize("seed", range(3))
def test_against_the_closed_form(seed):
    rng = np.random.default_rng(seed)
    lights = lamps(
        rng.uniform(0, 150, (12, 2)),
        rng.uniform(3, 9, 12),
        rng.uniform(500, 9000, 12),
        rng.uniform(size=12) < 0.8,
    )
    points = rng.uniform(0, 150, (40, 2))
    assert illuminance(points, lights) == pytest.approx(slowly(points, lights), rel=1e-9)


def test_a_lambertian_table_is_the_default():
    rng = np.random.default_rng(3)
    points, lights = rng.uniform(0, 60, (50, 2)), lamps(rng.uniform(0, 60, (5, 2)))
    got = illuminance(points, lights, lambertian_table())
    assert got == pytest.approx(illuminance(points, lights), rel=1e-4)


def test_many_points_are_taken_in_pieces():
    line = np.stack([np.linspace(0, 50, 70_000), np.zeros(70_000)], axis=1)
    lights = lamps([(20, 0)])
    d = line[:, 0] - 20
    assert illuminance(line, lights) == pytest.approx(2500 * 25 / np.pi / (25 + d**2) ** 2)


def test_one_more_lamp_never_darker_and_a_broken_one_never_brighter():
    rng = np.random.default_rng(5)
    points, lights = rng.uniform(0, 99, (80, 2)), lamps(rng.uniform(0, 99, (9, 2)))
    before = illuminance(points, lights.iloc[:8])
    assert (illuminance(points, lights) >= before).all()
    broken = lights.assign(working=np.arange(9) != 2)
    assert (illuminance(points, broken) <= illuminance(points, lights)).all()


def test_moving_and_turning_everything_changes_nothing():
    alleys = lanes([LineString([(0, 0), (60, 5), (90, 40)])])
    lights = lamps([(10, 2), (55, 9), (80, 20)])

    def moved(frame):
        turned = [affinity.rotate(g, 37, origin=(0, 0)) for g in frame.geometry]
        return frame.set_geometry([affinity.translate(g, 4e4, -9e3) for g in turned], crs=METRIC)

    a, b = alley_illuminance(alleys, lights), alley_illuminance(moved(alleys), moved(lights))
    names = ["average_lx", "minimum_lx", "uniformity"]
    assert b[names].to_numpy() == pytest.approx(a[names].to_numpy(), rel=1e-6)


def test_average_against_fine_sampling():
    alleys = lanes([LineString([(0, 0), (80, 0)])])
    lights = lamps([(20, 1), (60, -1)])
    fine = np.stack([np.linspace(0, 80, 16_001), np.zeros(16_001)], axis=1)
    found = alley_illuminance(alleys, lights, step_m=0.5).iloc[0]
    slow = illuminance(fine, lights)
    assert found["average_lx"] == pytest.approx(slow.mean(), rel=2e-3)
    assert found["minimum_lx"] == pytest.approx(slow.min(), rel=0.02)
    assert found["uniformity"] == pytest.approx(found["minimum_lx"] / found["average_lx"])


def test_the_profile_covers_the_alley_and_is_brightest_under_the_lamp():
    two = MultiLineString([[(0, 0), (10.5, 0)], [(50, 0), (70, 0)]])
    alleys = lanes([two, LineString([(0, 9), (4, 9)])])
    found = light_profile(alleys, lamps([(60, 0)]), step_m=1.0)
    mine = found[found["alley_id"] == "A0"]
    assert mine["step_m"].sum() == pytest.approx(30.5)
    assert mine["along_m"].is_monotonic_increasing
    assert mine.loc[mine["lux"].idxmax(), "along_m"] == pytest.approx(20.5, abs=0.51)
    assert found.loc[found["alley_id"] == "A1", "along_m"].tolist() == [0, 1, 2, 3, 4]


def test_levels_and_what_nobody_has_looked_at():
    line = [LineString([(0, 0), (20, 0)])]
    bright = lamps([(5, 0), (15, 0)], lumens=6000)
    for kind, surveyed, lights, meets in (
        ("alley", "2026-10-01", bright, True),
        ("alley", None, bright, True),
        ("alley", "2026-10-01", lamps([]), False),
        ("alley", None, lamps([]), pd.NA),
        ("alley", "2026-10-01", lamps([(0, 0)], lumens=4000), False),  # too dark at its end
        ("street", "2026-10-01", bright, True),
        ("street", "2026-10-01", lamps([(5, 0)], lumens=300), False),
    ):
        found = alley_illuminance(lanes(line, surveyed, kind), lights).iloc[0]
        assert found["meets"] is meets or found["meets"] == meets
    uneven = alley_illuminance(lanes(line), lamps([(0, 0)], lumens=4000)).iloc[0]
    assert uneven["average_lx"] > uneven["average_due_lx"]
    due = [alley_illuminance(lanes(line), bright, level=k).iloc[0] for k in (1, 2, 3, 4)]
    assert [(d["average_due_lx"], d["minimum_due_lx"]) for d in due] == [
        (15, 3),
        (10, 2),
        (7.5, 1.5),
        (5, 1),
    ]


@pytest.mark.parametrize(
    "lights",
    [
        lamps([]),
        lamps([(5, 0)], height=0.0),
        lamps([(5, 0)], height=np.nan),
        lamps([(5, 0)], lumens=0.0),
        lamps([(5, 0)], lumens=np.nan),
        lamps([(5, 0)], lumens=np.inf),
        lamps([(5, 0)], working=False),
        lamps([(10_000, 0)]),
    ],
    ids=["none", "height-0", "no-height", "dark", "no-lumens", "infinite", "broken", "far"],
)
def test_lamps_that_give_no_light(lights):
    found = alley_illuminance(lanes([LineString([(0, 0), (20, 0)])]), lights).iloc[0]
    assert (found["average_lx"], found["minimum_lx"]) == (0, 0)
    assert np.isnan(found["uniformity"])


def test_odd_lines():
    odd = [LineString(), None, LineString([(5, 0), (5, 0)]), LineString([(0, 0), (0, 0), (9, 0)])]
    found = alley_illuminance(lanes(odd), lamps([(5, 0)]))
    assert found["average_lx"].isna().tolist() == [True, True, False, False]
    assert found["average_lx"].iloc[2] == pytest.approx(2500 / np.pi / 25)
    assert found["meets"].isna().tolist() == [True, True, False, False]
    assert alley_illuminance(lanes([]), lamps([])).empty


def test_nonsense_is_refused():
    alleys, lights = lanes([LineString([(0, 0), (20, 0)])]), lamps([(5, 0)])
    with pytest.raises(ValueError, match="step_m"):
        light_profile(alleys, lights, step_m=0)
    with pytest.raises(ValueError, match="level"):
        alley_illuminance(alleys, lights, level=5)
    with pytest.raises(ValueError, match="CRS differ"):
        light_profile(alleys, lights.to_crs(32649))
    with pytest.raises(CRSError, match="streetlights"):
        illuminance(np.zeros((1, 2)), lights.to_crs(4490))
    none = Photometry(np.array([0.0]), np.array([0.0, 90.0]), np.zeros((1, 2)))
    with pytest.raises(ValueError, match="no light"):
        illuminance(shapely.get_coordinates(lights.geometry), lights, none)
