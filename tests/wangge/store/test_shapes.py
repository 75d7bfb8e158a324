"""Coordinates and geometry: each fault by its own code, the usable kept."""

from __future__ import annotations

import math

import pytest


def break_one(folder, table, geometry):
    folder.tables[table][0]["geometry"] = geometry
    reading = folder.read()
    mine = {p.code for p in reading.problems if p.table == table}
    return mine, getattr(reading.community, table)


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (None, "no-geometry"),
        ({"type": "Polygon", "coordinates": []}, "no-geometry"),
        ({"type": "Point", "coordinates": [113.05, 36.05]}, "wrong-geometry"),
        ({"type": "Polygon", "coordinates": [[[113.05, 36.05], [113.051, 36.05]]]}, "short-ring"),
        (
            {"type": "Polygon", "coordinates": [[[113.05, 36.05]] * 4]},
            "self-crossing",
        ),
    ],
)
def test_an_unusable_area_is_left_out_and_named(folder, geometry, code):
    codes, ground = break_one(folder, "ground", geometry)
    assert code in codes
    assert len(ground) == 0


def test_a_self_crossing_area_is_mended_and_named(folder):
    ring = [[113.05, 36.05], [113.051, 36.051], [113.051, 36.05], [113.05, 36.051], [113.05, 36.05]]
    codes, ground = break_one(folder, "ground", {"type": "Polygon", "coordinates": [ring]})
    assert codes == {"self-crossing"}
    assert ground.geometry.is_valid.all()
    assert ground.geometry.area.iloc[0] > 1000


def test_an_unclosed_area_is_closed_and_named(folder, shapes):
    held = shapes["box"](0, 0, 1, 1)
    whole = break_one(folder, "ground", held)[1].geometry.iloc[0]
    held["coordinates"][0].pop()
    codes, ground = break_one(folder, "ground", held)
    assert codes == {"unclosed"}
    assert ground.geometry.iloc[0].equals(whole)


def test_every_kind_of_geometry_is_built(folder, shapes):
    a, b = shapes["box"](0, 0, 1, 1)["coordinates"], shapes["box"](2, 0, 1, 1)["coordinates"]
    hole = [shapes["box"](0.2, 0.2, 0.5, 0.5)["coordinates"][0][::-1]]
    folder.tables["ground"] = [
        shapes["feature"](
            "D1", {"type": "MultiPolygon", "coordinates": [a + hole, b]}, kind="land"
        ),
        shapes["feature"]("D2", {"type": "Polygon", "coordinates": a}, kind="land"),
    ]
    line = shapes["line"]((0, 0), (1, 0))["coordinates"]
    high = [[*p, 930.5] for p in shapes["line"]((0, 1), (1, 1))["coordinates"]]
    folder.tables["context"][0]["geometry"] = {
        "type": "MultiLineString",
        "coordinates": [line, high],
    }
    reading = folder.read()
    assert reading.problems == ()
    two, one = reading.community.ground.geometry
    assert two.area == pytest.approx(one.area * 1.75, rel=1e-3)
    assert reading.community.context.geometry.iloc[0].length == pytest.approx(180, rel=0.02)
    assert not reading.community.context.geometry.has_z.any()


@pytest.mark.parametrize(
    ("position", "code"),
    [
        ([math.nan, 36.05], "not-finite"),
        ([math.inf, 36.05], "not-finite"),
        ([10**400, 36.05], "not-finite"),
        ([1e300, 36.05], "out-of-range"),
        ([213.05, 36.05], "out-of-range"),
        (["113.05", 36.05], "bad-position"),
        ([13.05, 36.05], "far-away"),
    ],
)
def test_a_wrong_position_is_named(folder, position, code):
    codes, shops = break_one(folder, "shops", {"type": "Point", "coordinates": position})
    assert codes == {code}
    assert len(shops) == (code == "far-away")


def test_swapped_coordinates_are_turned_round_and_named(folder):
    sound = folder.read().community.households.geometry
    for row in folder.tables["households"]:
        row["geometry"]["coordinates"].reverse()
    reading = folder.read()
    assert {p.code for p in reading.problems} == {"swapped"}
    assert reading.community.households.geometry.geom_equals_exact(sound, 1e-6).all()


@pytest.mark.parametrize(
    ("crs", "code"),
    [
        (None, "no-crs"),
        ({"type": "name", "properties": {"name": "EPSG:999999"}}, "wrong-crs"),
        ({"type": "name", "properties": {"name": "EPSG:4547"}}, "wrong-crs"),
        ({"type": "link"}, "wrong-crs"),
    ],
)
def test_the_stated_coordinate_system_is_checked(folder, crs, code):
    folder.crs["shops"] = crs
    reading = folder.read()
    assert [p.code for p in reading.problems] == [code]
    assert len(reading.community.shops) == 1


def test_metres_are_read_where_they_are_stated_and_named_where_not(folder):
    sound = folder.read().community.shops.geometry.iloc[0]
    folder.tables["shops"][0]["geometry"]["coordinates"] = [sound.x, sound.y]
    folder.crs["shops"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4547"}}
    reading = folder.read()
    assert "wrong-crs" not in [p.code for p in reading.problems]
    assert reading.community.shops.geometry.iloc[0].distance(sound) < 1e-6
    folder.crs["shops"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
    reading = folder.read()
    assert [p.code for p in reading.problems] == ["wrong-crs"]
    assert reading.community.shops.geometry.iloc[0].distance(sound) < 1e-6
