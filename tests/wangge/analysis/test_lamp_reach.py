"""How far a lamp lights: as recorded, by kind and height, and not at all."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import Point

from wangge.analysis.lamp_reach import lamp_spots_and_reach, reach_by_rule, reaches
from wangge.domain.rules import rule
from wangge.domain.terms import LAMP_KINDS

HERE = Point(0, 0)


def lamp(place=HERE, **given):
    held = {"kind": "mains", "reach_m": None, "height_m": 6.0, "working": True} | given
    return gpd.GeoDataFrame({k: [v] for k, v in held.items()}, geometry=[place], crs=4547)


@pytest.mark.parametrize("kind", LAMP_KINDS)
@pytest.mark.parametrize("height", [4.5, 9.0])
def test_without_a_record_kind_and_height_decide(kind, height):
    times = rule(f"lamp_reach_heights_{kind}").value
    assert reaches(lamp(kind=kind, height_m=height)) == pytest.approx([times * height])


def test_the_kinds_differ():
    assert rule("lamp_reach_heights_solar").value < rule("lamp_reach_heights_mains").value


@pytest.mark.parametrize("kind", [None, "lantern"])
def test_a_lamp_of_no_known_kind_has_the_least_reach(kind):
    assert reaches(lamp(kind=kind)) == pytest.approx(reaches(lamp(kind="solar")))
    assert reaches(lamp().drop(columns="kind")) == pytest.approx(reaches(lamp(kind="solar")))


@pytest.mark.parametrize(
    ("given", "reach"),
    [
        ({"reach_m": 11.0}, 11),
        ({"reach_m": "11"}, 11),
        ({"reach_m": "far", "kind": "mains"}, 18),
        ({"reach_m": 11.0, "working": False}, 0),
        ({"reach_m": 11.0, "working": None}, 0),
        ({"reach_m": 0.0}, 0),
        ({"reach_m": -3.0}, 0),
        ({"reach_m": np.inf}, 0),
        ({"height_m": 0.0}, 0),
        ({"height_m": -2.0}, 0),
        ({"height_m": None}, 0),
    ],
)
def test_recorded_broken_and_nonsense(given, reach):
    assert reaches(lamp(**given)).tolist() == [reach]


def test_nullable_columns_are_read():
    held = lamp(reach_m=[11.0])
    held["reach_m"] = pd.array([pd.NA], dtype="Float64")
    held["working"] = pd.array([True], dtype="boolean")
    assert reaches(held).tolist() == [18]


def test_a_lamp_without_a_place_lights_nowhere():
    held = pd.concat([lamp(None), lamp(Point()), lamp(Point(3, 4)), lamp(Point(np.inf, 0))])
    spots, reach = lamp_spots_and_reach(held)
    assert spots[reach > 0].tolist() == [[3, 4]]
    assert reach[reach > 0].tolist() == [18]


def test_the_rule_takes_many_at_once():
    kinds = pd.Series(["solar", "mains", None])
    assert reach_by_rule(kinds, np.array([5.0, 5.0, 5.0])) == pytest.approx([14, 15, 14])
