"""Ways home of a community: the same as the analyses say, along real lines, whatever is tried."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from wangge.analysis.doors import alley_walkers, dark_paths
from wangge.analysis.edits import Add, Break, tried
from wangge.analysis.lamp_reach import reaches
from wangge.analysis.ways_home import doors_at_night, doors_of_alleys, walkers, way_home
from wangge.domain.tables import Alleys
from wangge.store.files import read

DATA = Path(__file__).parents[3] / "data" / "geo"
STORY, MAN = "A21", "B090"


@pytest.fixture(scope="module")
def full():
    return read(DATA).community


def scenario(full):
    spots = [full.alleys.geometry[STORY].interpolate(m) for m in (44, 73, 101)]
    return tried(full, (*(Add("solar", 6.0, p.x, p.y) for p in spots), Break("L094")))


@pytest.mark.parametrize("what", ["as it is", "tried"])
def test_the_tables_are_those_of_the_analyses(full, what):
    held = full if what == "as it is" else scenario(full)
    pd.testing.assert_frame_equal(doors_at_night(held), held.derive(dark_paths))
    pd.testing.assert_frame_equal(walkers(held), held.derive(alley_walkers))


def test_each_way_has_its_pieces(full):
    """Pieces join, are as long as the way, and as dark as the table says."""
    for held in (full, scenario(full)):
        table = doors_at_night(held)
        dark = table.index[table["dark_m"] > 0]
        for name in [MAN, *dark[::40], *table.index[::60]]:
            way = way_home(held, name)
            row = table.loc[name]
            per = way.groupby("light")["length_m"].sum()
            assert way["length_m"].sum() == pytest.approx(row["metres"], abs=1.5)
            assert per.get("dark", 0.0) == pytest.approx(row["dark_m"], abs=1e-6)
            assert per.get("unknown", 0.0) == pytest.approx(row["unknown_m"], abs=1.5)
            gaps = [a.distance(b) for a, b in zip(way.geometry, way.geometry[1:], strict=False)]
            assert max(gaps, default=0) <= 0.51


def test_a_dark_piece_is_out_of_reach_and_a_lit_one_within(full):
    way = way_home(full, MAN)
    lamps, reach = full.streetlights.geometry.to_numpy(), reaches(full.streetlights)
    for light, line in zip(way["light"], way.geometry, strict=True):
        spots = shapely.line_interpolate_point(line, np.linspace(0.02, line.length - 0.02, 20))
        within = (shapely.distance(spots[:, None], lamps[None]) <= reach).any(axis=1)
        assert within.all() if light == "lit" else not within.any() or light == "unknown"
    assert way["light"].tolist().count("dark") == 1


def test_three_lamps_light_the_mans_way(full):
    assert way_home(full, MAN).query("light == 'dark'")["length_m"].sum() > 80
    assert way_home(scenario(full), MAN).query("light == 'dark'").empty


def test_an_unknown_building_is_an_error_and_one_without_a_way_has_no_pieces(full):
    with pytest.raises(KeyError, match="B999"):
        way_home(full, "B999")
    alone = replace(full, alleys=Alleys(full.alleys.iloc[:0]), paths=full.paths.iloc[:0], _memo={})
    assert way_home(alone, MAN).empty


def test_who_walks_an_alley_adds_up_to_the_table(full):
    pairs = doors_of_alleys(full)
    mine = pairs[(pairs["alley_id"] == STORY) & (pairs["dark_m"] >= 10)]
    homes = full.households["building_id"].isin(mine["building_id"]).sum()
    assert homes == walkers(full).loc[STORY, "doors"] > 0
    ways = doors_at_night(full)
    assert pairs.groupby("building_id")["dark_m"].sum().to_dict() == pytest.approx(
        ways["dark_m"].reindex(pairs["building_id"].unique()).to_dict()
    )


def test_an_alley_found_lit_has_no_dark_way(full):
    result = full.alleys["night_result"].astype(object).copy()
    result[STORY] = "lit"
    held = replace(full, alleys=Alleys(full.alleys.assign(night_result=result)), _memo={})
    assert walkers(held).loc[STORY, "doors"] == 0
    assert doors_at_night(held).loc[MAN, "dark_m"] == 0
    assert set(way_home(held, MAN)["light"]) <= {"lit", "unknown"}
