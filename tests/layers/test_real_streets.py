"""Helsinki as people mapped it: hundreds of lit streets without a lamp on record, none called dark.

Of 1,477 ways that people say are lit or not, over 600 have no recorded lamp within 25 m.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from layers import CLASS, alleys, unlit, unsurveyed
from pages._things import thing
from wangge.analysis.lighting import alley_lighting, unlit_stretches
from wangge.store.files import read

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "helsinki"
TODAY = date(2026, 11, 23)
METRES = 3067  # ETRS89 / TM35FIN


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def streets():
    held = rows("streets.csv")
    frame = gpd.GeoDataFrame(
        {
            "lit": [row["lit"] for row in held],
            "name": [f"way {row['osm_id']}" for row in held],
            "kind": "alley",
            "width_m": 3.0,
            "motor": False,
            "surveyed_on": np.datetime64("NaT"),
            "night_result": None,
            "gate_closes": None,
        },
        geometry=shapely.from_wkt([row["wkt"] for row in held]),
        crs=4326,
        index=[row["osm_id"] for row in held],
    )
    return frame.to_crs(METRES)


@pytest.fixture(scope="module")
def lamps():
    held = rows("lamps.csv")
    frame = gpd.GeoDataFrame(
        {"kind": "mains", "reach_m": 25.0, "height_m": 8.0, "lumens": 9000.0, "working": True},
        geometry=[shapely.Point(float(row["lon"]), float(row["lat"])) for row in held],
        crs=4326,
        index=[row["osm_id"] for row in held],
    )
    return frame.to_crs(METRES)


@pytest.fixture(scope="module")
def helsinki(streets, lamps):
    whole = read(ROOT / "data" / "geo").community
    return replace(whole, alleys=streets, streetlights=lamps, _memo={})


def test_hundreds_of_streets_have_no_lamp_recorded_and_none_is_unlit(streets, lamps):
    found = alley_lighting(streets, lamps)
    assert len(lamps) == 586
    assert set(found["state"]) == {"unsurveyed"}
    assert found["unlit_m"].sum() == 0
    without = found["unsurveyed_share"] == 1
    assert without.sum() > 600
    assert (streets.loc[without, "lit"] != "no").mean() > 0.98
    assert unlit_stretches(streets, lamps, min_length_m=0).empty


def test_lamps_alone_would_have_called_them_dark(streets, lamps):
    """What the three states are for: taken as surveyed, hundreds of lit streets would be unlit."""
    found = alley_lighting(streets.assign(surveyed_on=TODAY), lamps)
    wrong = (found["state"] == "unlit") & (streets["lit"] != "no")
    assert wrong.sum() > 600
    said = streets.assign(surveyed_on=TODAY, night_result=streets["lit"].map({"yes": "lit"}))
    walked = alley_lighting(said, lamps)
    assert not (walked["state"] == "unlit")[streets["lit"] == "yes"].any()


def test_the_map_and_the_panel_say_no_lamp_recorded(helsinki):
    drawn = unsurveyed.LAYER.draw(helsinki, TODAY)
    assert len(drawn) == len(helsinki.alleys)
    assert (drawn["no_lamp_m"] == drawn["length_m"]).sum() > 600
    assert set(alleys.LAYER.draw(helsinki, TODAY)[CLASS]) == {"unsurveyed"}
    assert unlit.LAYER.draw(helsinki, TODAY).empty
    dark = drawn.index[drawn["no_lamp_m"] == drawn["length_m"]][0]
    panel = thing(helsinki, "alleys", dark, TODAY)
    told = [label.en for label, _ in panel.rows] + [chip.label.en for chip in panel.chips]
    assert "No lamp recorded" in told
    assert not {"Unlit", "Longest dark stretch"} & set(told)


@pytest.mark.parametrize("segments", [8, 32])
def test_real_lines_lie_between_two_rings_of_polygons(streets, lamps, segments):
    """An inscribed polygon lights no more than its disc and no less than one its apothem wide."""
    discs = shapely.buffer(lamps.geometry.to_numpy(), 25.0, quad_segs=segments)
    polygons = streets.geometry.difference(shapely.union_all(discs)).length.sum()

    def dark(reach):
        return alley_lighting(streets, lamps.assign(reach_m=reach))["unsurveyed_m"].sum()

    assert dark(25.0) <= polygons <= dark(25.0 * np.cos(np.pi / 4 / segments))
