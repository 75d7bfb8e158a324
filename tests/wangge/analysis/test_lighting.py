"""Light along alleys, against dense sampling, and the laws it must keep."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, Point, affinity
from shapely.ops import substring

from wangge.analysis import scale
from wangge.analysis.alongside import lamps_along
from wangge.analysis.lighting import alley_lighting, lit_stretches, unlit_stretches
from wangge.domain.rules import rule
from wangge.errors import CRSError

METRIC = 4547


@pytest.fixture(autouse=True, params=["numpy", "compiled"], scope="module")
def _way(request):
    """Every test here holds for both ways of finding the light."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scale, "_WORTH", 0 if request.param == "compiled" else np.inf)
        yield


def lanes(lines, surveyed="2026-10-01"):
    return gpd.GeoDataFrame(
        {"surveyed_on": [surveyed] * len(lines)},
        geometry=lines,
        crs=METRIC,
        index=[f"A{i}" for i in range(len(lines))],
    )


def lamps(spots, reach=15.0, working=True, height=6.0):
    n = len(spots)
    return gpd.GeoDataFrame(
        {
            "reach_m": np.broadcast_to(np.asarray(reach, dtype=float), n),
            "height_m": np.broadcast_to(np.asarray(height, dtype=float), n),
            "working": np.broadcast_to(np.asarray(working, dtype=bool), n),
        },
        geometry=[Point(p) for p in spots],
        crs=METRIC,
    )


def town(seed, alleys=30, spots=60):
    rng = np.random.default_rng(seed)
    lines = [
        LineString(rng.uniform(0, 200, 2) + np.cumsum(rng.normal(0, 25, (5, 2)), axis=0))
        for _ in range(alleys)
    ]
    return lanes(lines), lamps(rng.uniform(-20, 220, (spots, 2)), rng.uniform(5, 20, spots))


def sampled_dark(line, lights, step=0.05):
    """Dark metres of one line by points every 5 cm; slow, obviously right."""
    lit = lights[lights["working"]]
    n = max(1, int(line.length / step))
    points = shapely.line_interpolate_point(line, (np.arange(n) + 0.5) * line.length / n)
    xy = shapely.get_coordinates(points)
    c = shapely.get_coordinates(lit.geometry.to_numpy())
    far = np.hypot(xy[:, None, 0] - c[None, :, 0], xy[:, None, 1] - c[None, :, 1])
    dark = ~(far <= lit["reach_m"].to_numpy()).any(axis=1)
    return line.length * dark.mean()


def total(alleys, lights):
    return unlit_stretches(alleys, lights, min_length_m=0)["length_m"].sum()


@pytest.mark.parametrize("seed", range(3))
def test_against_sampling(seed):
    alleys, lights = town(seed)
    got = alley_lighting(alleys, lights)["unlit_m"]
    want = [sampled_dark(line, lights) for line in alleys.geometry]
    assert got.to_numpy() == pytest.approx(want, abs=0.4)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("segments", [1, 4, 16])
def test_between_two_rings_of_polygons(seed, segments):
    """An inscribed polygon lights no more than its disc, and no less than one its apothem wide."""
    alleys, lights = town(seed)
    discs = shapely.buffer(
        lights.geometry.to_numpy(), lights["reach_m"].to_numpy(), quad_segs=segments
    )
    polygons = alleys.geometry.difference(shapely.union_all(discs)).length.sum()
    apothem = lights["reach_m"] * np.cos(np.pi / 4 / segments)
    assert total(alleys, lights) <= polygons + 1e-6
    assert polygons <= total(alleys, lights.assign(reach_m=apothem)) + 1e-6


def test_closed_form_of_one_lamp_beside_a_line():
    alleys = lanes([LineString([(0, 0), (100, 0)])])
    found = unlit_stretches(alleys, lamps([(50, 12)], 20.0))
    half = np.sqrt(20.0**2 - 12.0**2)
    assert found["length_m"].to_numpy() == pytest.approx([50 - half] * 2, rel=1e-12)
    assert sorted(found["from_m"]) == pytest.approx([0.0, 50 + half])
    assert found.geometry.length.to_numpy() == pytest.approx(found["length_m"].to_numpy())


def test_more_lamps_are_never_darker():
    alleys, lights = town(7)
    dark = [total(alleys, lights.iloc[:k]) for k in range(0, 61, 10)]
    assert dark == sorted(dark, reverse=True)
    assert dark[0] == pytest.approx(alleys.length.sum())


def test_breaking_a_lamp_is_never_brighter():
    alleys, lights = town(8)
    broken = lights.assign(working=np.arange(len(lights)) % 3 > 0)
    assert total(alleys, broken) >= total(alleys, lights)


@settings(max_examples=20, deadline=None)
@given(st.floats(-180, 180), st.floats(-1e5, 1e5), st.floats(-1e5, 1e5))
def test_moving_everything_changes_nothing(angle, dx, dy):
    alleys, lights = town(9, 10, 20)

    def moved(frame):
        return frame.set_geometry(
            [
                affinity.translate(affinity.rotate(g, angle, origin=(0, 0)), dx, dy)
                for g in frame.geometry
            ],
            crs=METRIC,
        )

    assert total(moved(alleys), moved(lights)) == pytest.approx(total(alleys, lights), abs=1e-5)


def test_splitting_an_alley_changes_no_total():
    alleys, lights = town(10, 8, 30)
    pieces = [
        substring(line, a, b, normalized=True)
        for line in alleys.geometry
        for a, b in ((0, 0.37), (0.37, 1))
    ]
    assert total(lanes(pieces), lights) == pytest.approx(total(alleys, lights), abs=1e-6)


def test_a_second_lamp_in_the_same_spot_changes_nothing():
    alleys, lights = town(12)
    twice = gpd.GeoDataFrame(pd.concat([lights, lights]), crs=METRIC)
    pd.testing.assert_frame_equal(alley_lighting(alleys, twice), alley_lighting(alleys, lights))


def test_a_lamp_at_tangency_lights_nothing_and_on_a_vertex_both_sides():
    alleys = lanes([LineString([(0, 0), (50, 0), (50, 50)])])
    assert total(alleys, lamps([(25, 10)], 10.0)) == pytest.approx(100.0)
    assert total(alleys, lamps([(50, 0)], 10.0)) == pytest.approx(80.0)


@pytest.mark.parametrize(
    "lights",
    [
        lamps([]),
        lamps([(50, 0)], 0.0),
        lamps([(50, 0)], np.nan, height=0.0),
        lamps([(50, 0)], working=False),
        lamps([(10_000, 0)]),
    ],
    ids=["none", "no-reach", "no-height", "broken", "far"],
)
def test_lamps_that_light_nothing(lights):
    alleys = lanes([LineString([(0, 0), (100, 0)])])
    assert total(alleys, lights) == pytest.approx(100.0)


def test_reach_falls_back_to_kind_and_height_by_rule():
    alleys = lanes([LineString([(0, 0), (100, 0)])])
    lights = lamps([(50, 0)], np.nan, height=6.0)
    assert total(alleys, lights.assign(kind="mains")) == pytest.approx(100 - 36)
    assert total(alleys, lights.assign(kind="solar")) == pytest.approx(100 - 33.6)


def test_odd_lines():
    odd = [
        MultiLineString([[(0, 0), (30, 0)], [(100, 0), (130, 0)]]),
        LineString([(5, 5), (5, 5)]),
        LineString(),
        LineString([(0, 0), (0, 0), (40, 0), (40, 0)]),
    ]
    found = alley_lighting(lanes(odd), lamps([(15, 0)], 10.0))
    assert found["length_m"].tolist() == [60.0, 0.0, 0.0, 40.0]
    assert found["unlit_m"].to_numpy() == pytest.approx([40.0, 0.0, 0.0, 20.0])
    assert found["longest_dark_m"].iloc[0] == pytest.approx(30.0)


def test_parts_of_an_alley_lie_end_to_end():
    """As the lamps along it and its light in lux do, which one chart shows together."""
    two = MultiLineString([[(0, 0), (30, 0)], [(100, 0), (130, 0)], [(200, 0), (260, 0)]])
    alleys = lanes([LineString([(0, 90), (50, 90)]), two])
    found = unlit_stretches(alleys, lamps([(130, 0), (200, 0), (20, 90)], 20.0)).query(
        "alley_id == 'A1'"
    )
    assert found[["from_m", "to_m"]].to_numpy().tolist() == [[80, 120], [0, 30], [30, 40]]
    along = lamps_along(alleys, lamps([(105, 0), (220, 0)]), alley="A1")["along_m"]
    assert along.tolist() == [35, 80]


def test_no_lamp_recorded_is_not_unlit_where_nobody_looked():
    line = [LineString([(0, 0), (100, 0)])]
    unseen = alley_lighting(lanes(line, None), lamps([])).iloc[0]
    seen = alley_lighting(lanes(line), lamps([])).iloc[0]
    names = ["state", "unlit_m", "unsurveyed_m", "unlit_share", "unsurveyed_share"]
    assert unseen[names].tolist() == ["unsurveyed", 0, 100, 0, 1]
    assert seen[names].tolist() == ["unlit", 100, 0, 1, 0]
    assert np.isnan(unseen["longest_dark_m"])
    assert seen["longest_dark_m"] == 100


def test_an_alley_is_unlit_from_half_dark_on_short_gaps_not_counted():
    least = rule("dark_stretch_m").value
    line = LineString([(0, 0), (100, 0)])
    found = alley_lighting(lanes([line]), lamps([(25, 0)], 25.0)).iloc[0]
    assert (found["state"], found["unlit_share"]) == ("unlit", 0.5)
    found = alley_lighting(lanes([line]), lamps([(25, 0)], 25.1)).iloc[0]
    assert found["state"] == "lit"
    lights = lamps([(1.8 * least * k, 0) for k in range(11)], 0.44 * least)
    found = alley_lighting(lanes([LineString([(0, 0), (18 * least, 0)])]), lights).iloc[0]
    assert found["longest_dark_m"] == pytest.approx(0.92 * least)
    assert found["unlit_share"] > 0.5
    assert found["state"] == "lit", "half of it is dark, in gaps too short to count"


def test_an_alley_without_a_lamp_has_not_a_rounding_of_light():
    alleys, _ = town(3)
    found = alley_lighting(alleys, lamps([]))
    assert (found["lit_m"] == 0).all()
    assert (found["unlit_share"] == 1).all()


def test_metres_add_up():
    alleys, lights = town(11)
    found = alley_lighting(alleys, lights)
    parts = found[["lit_m", "unlit_m", "unsurveyed_m"]].sum(axis=1)
    assert parts.to_numpy() == pytest.approx(alleys.length.to_numpy())


def test_empty_tables():
    assert unlit_stretches(lanes([]), lamps([])).empty
    assert alley_lighting(lanes([]), lamps([])).empty


def test_degrees_and_nonsense_are_refused():
    alleys, lights = town(1, 2, 2)
    with pytest.raises(CRSError, match="alleys"):
        unlit_stretches(alleys.to_crs(4490), lights)
    with pytest.raises(ValueError, match="CRS differ"):
        unlit_stretches(alleys, lights.to_crs(32649))
    with pytest.raises(ValueError, match="min_length_m"):
        unlit_stretches(alleys, lights, min_length_m=-1)


@pytest.mark.parametrize("seed", range(4))
def test_the_lines_are_those_cut_one_by_one(seed):
    alleys, lights = town(seed)
    found = unlit_stretches(alleys, lights, min_length_m=0)
    for row in found.itertuples():
        want = substring(alleys.geometry[row.alley_id], row.from_m, row.to_m)
        assert row.geometry.length == pytest.approx(row.length_m, abs=1e-6)
        assert row.geometry.hausdorff_distance(want) < 1e-6


def test_what_was_found_lit_is_lit_and_the_rest_as_recorded():
    line, other = LineString([(0, 0), (100, 0)]), LineString([(0, 500), (80, 500)])
    alleys = lanes([line, other, other]).assign(night_result=["lit", "partly", None])
    found = alley_lighting(alleys, lamps([]))
    assert found["state"].tolist() == ["lit", "unlit", "unlit"]
    assert found[["lit_m", "unlit_m"]].to_numpy().tolist() == [[100, 0], [0, 80], [0, 80]]
    assert found["longest_dark_m"].tolist() == [0, 80, 80]
    assert set(unlit_stretches(alleys, lamps([]))["alley_id"]) == {"A1", "A2"}


@pytest.mark.parametrize("seed", range(3))
def test_lit_and_unlit_make_up_every_alley(seed):
    alleys, lights = town(seed)
    lit, dark = lit_stretches(alleys, lights), unlit_stretches(alleys, lights, min_length_m=0)
    both = pd.concat([lit, dark]).groupby("alley_id")["length_m"].sum().reindex(alleys.index)
    assert both.to_numpy() == pytest.approx(alleys.length.to_numpy())
    assert lit.length.to_numpy() == pytest.approx(lit["length_m"].to_numpy(), abs=1e-6)
    ground = shapely.union_all(
        lights.geometry.buffer(lights["reach_m"] * 1.001, quad_segs=64).to_numpy()
    )
    assert lit.within(ground.buffer(0.02)).all()


def test_what_was_found_lit_glows_all_along():
    alleys = lanes([LineString([(0, 0), (100, 0)])]).assign(night_result="lit")
    assert lit_stretches(alleys, lamps([]))["length_m"].tolist() == [100]
    assert lit_stretches(alleys.assign(night_result=None), lamps([])).empty


def test_what_was_found_lit_is_dark_where_a_lamp_goes_out_and_nowhere_else():
    line = [LineString([(0, 0), (100, 0)])]
    alleys = lanes(line).assign(night_result="lit")
    two = lamps([(30, 0), (80, 0)], working=[True, False])
    found = unlit_stretches(alleys, two, min_length_m=0)
    assert found[["from_m", "to_m"]].to_numpy() == pytest.approx(np.array([[65.0, 95.0]]))
    both = alley_lighting(alleys, two.assign(working=False)).iloc[0]
    assert both["unlit_m"] == pytest.approx(60)
    assert lit_stretches(alleys, two)["length_m"].sum() == pytest.approx(70)


@pytest.mark.parametrize("seed", range(3))
def test_against_sampling_what_was_found_lit(seed):
    """Dark is what some lamp reaches that is out and none that shines."""
    alleys, lights = town(seed)
    rng = np.random.default_rng(seed)
    lights["working"] = rng.uniform(size=len(lights)) < 0.6
    found = alley_lighting(alleys.assign(night_result="lit"), lights)["unlit_m"]
    mended = lights.assign(working=True)
    for name, line in alleys.geometry.items():
        want = sampled_dark(line, lights) - sampled_dark(line, mended)
        assert found[name] == pytest.approx(want, abs=0.6)
