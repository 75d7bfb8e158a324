"""Lamps along an alley, against measuring each by itself."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely import LineString, MultiLineString, Point

from wangge.analysis.alongside import lamps_along
from wangge.domain.rules import rule
from wangge.errors import CRSError

METRIC = 4547


def lanes(*lines):
    return gpd.GeoDataFrame(
        geometry=list(lines), index=[f"A{k + 1}" for k in range(len(lines))], crs=METRIC
    )


def lamps(*spots, working=True):
    return gpd.GeoDataFrame(
        {"working": [working] * len(spots)},
        geometry=[Point(s) if s else None for s in spots],
        index=[f"L{k + 1}" for k in range(len(spots))],
        crs=METRIC,
    )


def test_against_each_lamp_by_itself():
    line = LineString([(0, 0), (60, 0), (60, 80)])
    least = rule("lamp_street_m").value
    spots = [(50, 3), (61, 40), (10, -least), (10, least + 0.1), (-5, 0), (60, 85)]
    found = lamps_along(lanes(line), lamps(*spots), alley="A1")
    want = {
        f"L{k + 1}": line.project(Point(s))
        for k, s in enumerate(spots)
        if Point(s).distance(line) <= least
    }
    assert found["along_m"].to_dict() == pytest.approx(want)
    assert found["along_m"].is_monotonic_increasing
    assert "L4" not in found.index


def test_parts_lie_end_to_end():
    line = MultiLineString([[(0, 0), (50, 0)], [(200, 0), (250, 0)]])
    found = lamps_along(lanes(line), lamps((210, 1), (20, 1)), alley="A1")
    assert found["along_m"].to_dict() == pytest.approx({"L2": 20, "L1": 60})


def test_a_lamp_nearer_to_another_alley_is_told_apart():
    two = lanes(LineString([(0, 0), (50, 0)]), LineString([(0, 10), (50, 10)]))
    found = lamps_along(two, lamps((20, 4), (30, 7)), alley="A1")
    assert found["nearest"].to_dict() == {"L1": True, "L2": False}


def test_nothing_there_and_nothing_placed():
    line = LineString([(0, 0), (50, 0)])
    assert lamps_along(lanes(line), lamps(), alley="A1").empty
    assert lamps_along(lanes(line), lamps(None, (900, 0)), alley="A1").empty
    assert lamps_along(lanes(LineString()), lamps((0, 0)), alley="A1").empty
    out = lamps_along(lanes(line), lamps((9, 0), working=None), alley="A1")
    assert out["works"].tolist() == [False]


def test_nonsense_is_refused():
    line = lanes(LineString([(0, 0), (50, 0)]))
    with pytest.raises(KeyError, match="A9"):
        lamps_along(line, lamps(), alley="A9")
    with pytest.raises(CRSError):
        lamps_along(line.to_crs(4490), lamps(), alley="A1")
