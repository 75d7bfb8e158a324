"""Metres by place, against sampling every 5 cm, and the sums they must keep."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import LineString, MultiLineString, Point, Polygon, box

from wangge.analysis.light_totals import light_totals
from wangge.analysis.lighting import alley_lighting
from wangge.errors import CRSError

METRIC = 4547
METRES = ["lit_m", "unlit_m", "unsurveyed_m"]


def areas(shapes, prefix="G"):
    names = [f"{prefix}{i + 1}" for i in range(len(shapes))]
    return gpd.GeoDataFrame(geometry=list(shapes), crs=METRIC, index=names)


def lanes(lines, surveyed="2026-10-01"):
    days = [surveyed] * len(lines) if isinstance(surveyed, str | None) else list(surveyed)
    return gpd.GeoDataFrame({"surveyed_on": days}, geometry=lines, crs=METRIC)


def lamps(spots, reach=15.0, working=True):
    n = len(spots)
    return gpd.GeoDataFrame(
        {"reach_m": [reach] * n, "height_m": [6.0] * n, "working": [working] * n},
        geometry=[Point(p) for p in spots],
        crs=METRIC,
    )


def town(seed):
    rng = np.random.default_rng(seed)
    lines = [LineString(rng.uniform(0, 200, (4, 2))) for _ in range(15)]
    grids = areas([box(x, y, x + 100, y + 100) for y in (0, 100) for x in (0, 100)])
    yards = areas([box(10, 10, 80, 60), box(90, 30, 150, 120)], "C")
    days = np.where(rng.uniform(size=15) < 0.3, None, "2026-10-01")
    return grids, yards, lanes(lines, days), lamps(rng.uniform(0, 200, (40, 2)))


@pytest.mark.parametrize("seed", range(3))
def test_against_sampling(seed):
    grids, yards, alleys, lights = town(seed)
    found = light_totals(grids, yards, alleys, lights)
    xy = shapely.get_coordinates(lights.geometry.to_numpy())
    edge = dict(zip(yards.index, yards.buffer(12), strict=True))
    shapes = {("grid", name): shape for name, shape in grids.geometry.items()}
    shapes |= {("compound", name): shape for name, shape in edge.items()}
    want = {key: dict.fromkeys(METRES, 0.0) for key in shapes}
    for line, day in zip(alleys.geometry, alleys["surveyed_on"], strict=True):
        n = int(line.length / 0.05)
        points = shapely.line_interpolate_point(line, (np.arange(n) + 0.5) * line.length / n)
        at = shapely.get_coordinates(points)
        lit = (np.hypot(*(at[:, None] - xy[None]).transpose(2, 0, 1)) <= 15).any(axis=1)
        for key, shape in shapes.items():
            inside = shapely.contains_xy(shape, at)
            dark = "unsurveyed_m" if pd.isna(day) else "unlit_m"
            want[key]["lit_m"] += (inside & lit).sum() * line.length / n
            want[key][dark] += (inside & ~lit).sum() * line.length / n
    slow = pd.DataFrame(want).T
    assert found.loc[slow.index, METRES].to_numpy() == pytest.approx(slow.to_numpy(), abs=1.5)


@pytest.mark.parametrize("seed", range(3))
def test_grids_add_up_to_the_community(seed):
    grids, yards, alleys, lights = town(seed)
    found = light_totals(grids, yards, alleys, lights)
    whole = found.loc[("community", "all")]
    assert found.loc["grid", ["length_m", *METRES]].sum().to_numpy() == pytest.approx(
        whole[["length_m", *METRES]].to_numpy(float)
    )
    per = alley_lighting(alleys, lights)
    assert whole[METRES].to_numpy(float) == pytest.approx(per[METRES].sum().to_numpy())
    assert found[METRES].sum(axis=1).to_numpy() == pytest.approx(found["length_m"].to_numpy())


@pytest.mark.parametrize("seed", range(2))
def test_alleys_are_those_of_alley_lighting(seed):
    grids, yards, alleys, lights = town(seed)
    found = light_totals(grids, yards, alleys, lights).loc["alley"]
    want = alley_lighting(alleys, lights)[found.columns]
    pd.testing.assert_frame_equal(found, want, check_names=False, check_index_type=False)


def test_an_alley_on_a_border_belongs_to_the_first_grid_and_to_both_compounds():
    halves = [box(0, 0, 50, 100), box(50, 0, 100, 100)]
    border = lanes([LineString([(50, 0), (50, 60), (50, 100)])])
    found = light_totals(areas(halves), areas(halves, "C"), border, lamps([(50, 50)]))
    assert found["unlit_m"].to_numpy() == pytest.approx([70, 70, 0, 70, 70, 70])
    longest = found["longest_dark_m"].to_numpy()
    assert longest == pytest.approx([35, 35, np.nan, 35, 35, 35], nan_ok=True)
    assert np.isnan(found.loc[("grid", "G2"), "unlit_share"])
    assert found.loc[("grid", "G1"), "unlit_share"] == pytest.approx(0.7)


def test_a_corner_of_a_grid_on_an_alley_parts_no_darkness():
    left = Polygon([(0, 0), (50, 0), (50, 40), (50, 100), (0, 100)])
    border = lanes([LineString([(50, 0), (50, 100)])])
    found = light_totals(areas([left]), areas([]), border, lamps([(50, 100)]))
    assert found.loc[("grid", "G1"), "longest_dark_m"] == pytest.approx(85)


def test_no_lamp_recorded_is_not_unlit_where_nobody_looked():
    found = light_totals(
        areas([box(0, -9, 99, 9)]),
        areas([]),
        lanes([LineString([(0, 0), (80, 0)])], None),
        lamps([]),
    )
    assert found["unlit_m"].tolist() == [0, 0, 0]
    assert found["unsurveyed_m"].tolist() == [80, 80, 80]
    assert found["longest_dark_m"].isna().all()
    assert found["unsurveyed_share"].tolist() == [1, 1, 1]


def test_one_more_lamp_is_never_darker_anywhere():
    grids, yards, alleys, lights = town(5)
    before = light_totals(grids, yards, alleys, lights.iloc[:20])
    after = light_totals(grids, yards, alleys, lights)
    for name in ("unlit_m", "unsurveyed_m", "longest_dark_m"):
        assert not (after[name] > before[name] + 1e-9).any()


def test_moving_and_turning_everything_changes_no_total():
    def moved(held):
        return held.set_geometry(held.rotate(40, origin=(0, 0)).translate(9_000, -500))

    places = town(4)
    here, there = light_totals(*places), light_totals(*map(moved, places))
    assert there.to_numpy() == pytest.approx(here.to_numpy(), abs=1e-5, nan_ok=True)


def test_odd_lines_and_empty_tables():
    two = MultiLineString([[(0, 0), (30, 0)], [(60, 0), (90, 0)]])
    odd = lanes([two, LineString(), None, LineString([(5, 5), (5, 5)])])
    found = light_totals(areas([box(-9, -9, 70, 9)]), areas([]), odd, lamps([]))
    assert found["unlit_m"].tolist() == [60, 40, 60, 0, 0, 0]
    nothing = light_totals(areas([]), areas([]), lanes([]), lamps([]))
    assert nothing.index.tolist() == [("community", "all")]
    assert nothing["length_m"].tolist() == [0]


def test_degrees_are_refused():
    grids, yards, alleys, lights = town(1)
    with pytest.raises(CRSError, match="grids"):
        light_totals(grids.to_crs(4490), yards, alleys, lights)


def test_what_was_found_lit_is_dark_nowhere():
    alleys = lanes([LineString([(0, 0), (100, 0)]), LineString([(0, 50), (100, 50)])])
    alleys["night_result"] = ["lit", None]
    found = light_totals(areas([box(0, -9, 60, 90)]), areas([], "C"), alleys, lamps([]))
    assert found["unlit_m"].tolist() == [100, 60, 0, 100]
    assert found["lit_m"].tolist() == [100, 60, 100, 0]
