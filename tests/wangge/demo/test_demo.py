"""The demo community keeps its promises: totals, tiling, sound geometry, the story."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely.geometry import shape

from wangge.demo import SEED, TODAY, generate
from wangge.domain.crs import METRIC, STORED
from wangge.domain.registers import REGISTERS
from wangge.domain.tables import TABLES
from wangge.domain.terms import OPEN_STATUSES

HERE = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    generate(folder / "geo", folder / "register", seed=SEED, today=TODAY)
    return folder


def table(folder: Path, name: str) -> gpd.GeoDataFrame:
    features = json.loads((folder / "geo" / f"{name}.geojson").read_text("utf-8"))["features"]
    frame = gpd.GeoDataFrame(
        [f["properties"] for f in features],
        index=[f["id"] for f in features],
        geometry=[shape(f["geometry"]) for f in features],
        crs=STORED,
    )
    return frame.to_crs(METRIC)


@pytest.fixture(scope="module")
def town(made):
    return {name: table(made, name) for name in TABLES}


def test_files_are_what_the_generator_makes(made):
    for sub in ("geo", "register"):
        fresh = {p.name: p.read_bytes() for p in (made / sub).iterdir()}
        kept = {p.name: p.read_bytes() for p in (HERE / "data" / sub).iterdir() if p.name in fresh}
        assert fresh == kept


def test_another_seed_makes_another_town(made, tmp_path):
    generate(tmp_path / "geo", tmp_path / "register", seed=SEED + 1, today=TODAY)
    other = (tmp_path / "geo" / "buildings.geojson").read_bytes()
    assert other != (made / "geo" / "buildings.geojson").read_bytes()
    assert len(table(tmp_path, "households")) == 2333


def test_published_totals(town, made):
    groups = pd.read_csv(made / "register" / "party_groups.csv")
    assert len(town["grids"]) == 9
    assert len(town["compounds"]) == 39
    assert len(town["households"]) == 2333
    assert len(groups) == 55
    assert 700 <= groups["members"].sum() < 800
    kinds = town["stations"]["kind"].value_counts()
    assert kinds.to_dict() == {"党群服务站": 9, "暖心驿站": 3, "幸福驿站": 2}
    service = town["stations"].query("kind == '党群服务站'")
    assert sorted(service["grid_id"]) == sorted(town["grids"].index)
    assert service["was"].notna().all()


def test_households_are_even_over_the_grids(town):
    grid = town["households"]["compound_id"].map(town["compounds"]["grid_id"])
    assert grid.value_counts().between(200, 330).all()


def test_management_of_compounds(town):
    compounds = town["compounds"]
    kinds = compounds["manager_kind"].value_counts()
    assert (kinds["none"], kinds["community"]) == (5, 4)
    since = pd.to_datetime(compounds["manager_since"])
    days = (pd.Timestamp(TODAY) - since).dt.days[compounds["manager_kind"] == "none"]
    assert (days.min(), days.max()) == (45, 217)
    assert compounds.loc[days.idxmax(), "name"] == "供销小区"
    left = (pd.to_datetime(compounds["contract_end"]) - pd.Timestamp(TODAY)).dt.days
    assert (left.dropna() > 0).all()
    assert (left <= 60).sum() == 2


def test_open_hazards(town):
    hazards = town["hazards"]
    now = hazards[hazards["status"].isin(OPEN_STATUSES)]
    assert now["severity"].value_counts().to_dict() == {"重大": 2, "较大": 4, "一般": 9, "低": 8}
    due = pd.to_datetime(now["due_on"])
    assert 2 <= (due < pd.Timestamp(TODAY)).sum() <= 6
    assert len(hazards) == 120
    of_cases = {"rechecked", "property", "lamp_out", "unlit_alley"}  # only the journal knows them
    assert set(TABLES["hazards"].column("status").terms) - of_cases == set(hazards["status"])
    assert set(TABLES["hazards"].column("kind").terms) - of_cases == set(hazards["kind"])
    closed = hazards[hazards["status"] == "closed"]
    assert (closed["closed_on"] >= closed["reported_on"]).all()
    assert (closed["closed_on"] <= TODAY.isoformat()).all()


def test_columns_and_words_are_the_declared_ones(town, made):
    for name, declared in TABLES.items():
        frame = town[name]
        assert list(frame.columns.drop("geometry")) == [c.name for c in declared.columns]
        assert frame.index.is_unique
        for column in declared.columns:
            values = frame[column.name]
            if column.required:
                assert values.notna().all(), (name, column.name)
            if column.terms:
                words = values.explode().dropna()
                assert set(words) <= set(column.terms), (name, column.name)
            if column.refers_to:
                assert set(values.dropna()) <= set(town[column.refers_to].index)
    for name, declared in REGISTERS.items():
        frame = pd.read_csv(made / "register" / f"{name}.csv")
        assert list(frame.columns) == ["id", *(c.name for c in declared.columns)]


def test_every_shape_is_valid_as_written(town):
    for name, frame in town.items():
        assert frame.geometry.is_valid.all(), name
        assert set(frame.geom_type) <= set(TABLES[name].geometry), name


def test_grids_tile_the_community(town):
    grids, outline = town["grids"].geometry, town["community"].geometry.iloc[0]
    assert shapely.coverage_is_valid(grids.to_numpy())
    assert grids.area.sum() == pytest.approx(outline.area, rel=1e-9)
    assert shapely.union_all(grids).symmetric_difference(outline).area < 0.01
    assert 38e4 < outline.area < 48e4


def test_compounds_lie_in_their_grid_and_apart(town):
    compounds, grids = town["compounds"], town["grids"]
    for row in compounds.itertuples():
        assert grids.geometry[row.grid_id].buffer(0.01).contains(row.geometry)
    assert_apart(compounds, 0.01)


def assert_apart(frame, most_m2):
    shapes = frame.geometry.to_numpy()
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = left < right
    shared = shapely.area(shapely.intersection(shapes[left[pairs]], shapes[right[pairs]]))
    assert (shared <= most_m2).all(), frame.index[left[pairs][shared > most_m2]]


def test_buildings_stand_clear(town):
    buildings, compounds = town["buildings"], town["compounds"]
    assert 220 <= len(buildings) <= 300
    assert_apart(buildings, 0.0)
    ways = town["alleys"]
    lanes = shapely.union_all(ways.buffer(ways["width_m"] / 2, cap_style="flat").to_numpy())
    assert not buildings.intersects(lanes).any()
    yards = buildings["compound_id"].map(compounds.geometry)
    for key, yard in yards.dropna().items():
        assert yard.contains(buildings.geometry[key]), key
    walls = shapely.union_all(compounds.boundary.to_numpy())
    assert not buildings.intersects(walls).any()


def test_households_live_in_their_building(town):
    homes, buildings = town["households"], town["buildings"]
    houses = homes["building_id"].map(buildings.geometry)
    assert shapely.contains(houses.to_numpy(), homes.geometry.to_numpy()).all()
    assert (homes["compound_id"] == homes["building_id"].map(buildings["compound_id"])).all()
    places = np.round(shapely.get_coordinates(homes.geometry.to_numpy()), 1)
    assert len(np.unique(places, axis=0)) == len(homes)
    assert not homes.duplicated(["building_id", "unit", "room"]).any()
    floors = homes["building_id"].map(buildings["floors"])
    flats = homes["unit"] > 0
    assert (homes["room"][flats].str[:-2].astype(int) <= floors[flats]).all()


def test_people_are_plausible_and_made_up(town):
    homes = town["households"]
    assert homes["holder"].str.fullmatch(r".某").all()
    assert homes["phone"].str.fullmatch(r"000-0000-\d{4}").all()
    care = homes["care"].explode()
    assert 0.03 < (care == "独居老人").sum() / len(homes) < 0.055
    assert 0.02 < (care == "残疾").sum() / len(homes) < 0.04
    alone = homes["care"].map(lambda words: "独居老人" in words)
    assert (homes["people"][alone] == 1).all()
    assert 480 <= homes["member"].sum() <= 620


def test_the_story_is_there(town):
    (key,) = town["buildings"].index[town["buildings"]["name"] == "37号院"]
    home = town["households"].query("building_id == @key and mobility == 'wheelchair'").iloc[0]
    assert home["people"] == 1
    assert set(home["care"]) == {"独居老人", "残疾"}
    alley = town["alleys"].set_index("name").loc["槐树巷"]
    court = town["buildings"].geometry[key]
    assert court.distance(shapely.Point(alley.geometry.coords[-1])) < 15
    assert alley["surveyed_on"] is not None
    lamps = town["streetlights"]
    reach = lamps.geometry.buffer(lamps["reach_m"])[lamps["working"]]
    lit = alley.geometry.intersection(shapely.union_all(reach.to_numpy())).length
    assert lit < 0.35 * alley.geometry.length


def test_streets_are_lit_and_some_alleys_are_not(town):
    lamps, ways = town["streetlights"], town["alleys"]
    assert 260 <= len(lamps) <= 320
    reach = lamps.geometry.buffer(lamps["reach_m"])[lamps["working"]]
    light = shapely.union_all(reach.to_numpy())
    share = 1 - ways.geometry.intersection(light).length / ways.length
    streets = ways["kind"].isin(["road", "street"])
    assert (share[streets] < 0.3).all()
    walked = ways["surveyed_on"].notna() & ~streets
    assert 6 <= (share[walked] >= 0.5).sum() <= 9
    assert 3 <= ways["surveyed_on"].isna().sum() <= 5
    assert not ways["name"].duplicated().any()


def test_lamps_stand_beside_the_carriageway(town):
    ways = town["alleys"]
    streets = ways[ways["kind"].isin(["road", "street"])]
    lanes = shapely.union_all(streets.buffer(streets["width_m"] / 2 - 0.05).to_numpy())
    houses = shapely.union_all(town["buildings"].geometry.to_numpy())
    assert not town["streetlights"].intersects(lanes).any()
    assert not town["streetlights"].intersects(houses).any()


def test_everything_is_inside(town):
    outline = town["community"].geometry.iloc[0].buffer(0.05)
    for name in set(TABLES) - {"context", "community"}:
        assert town[name].within(outline).all(), name
    assert town["context"].intersection(outline.buffer(-12)).area.sum() < 1


def test_gates_open_on_the_wall_and_paths_reach_every_building(town):
    gates, compounds = town["gates"], town["compounds"]
    walls = gates["compound_id"].map(compounds.boundary)
    assert (shapely.distance(walls.to_numpy(), gates.geometry.to_numpy()) < 0.15).all()
    assert set(gates["compound_id"]) == set(compounds.index)
    paths = shapely.union_all(town["paths"].geometry.to_numpy())
    homes = town["buildings"][town["buildings"]["compound_id"].notna()]
    assert (homes.distance(paths) < 25).all()
    assert gates.distance(paths).max() < 0.15
    assert not town["buildings"].intersects(paths).any()


def test_streets_alleys_and_paths_are_one_network(town):
    lines = [*town["alleys"].geometry, *town["paths"].geometry]
    parent = {}

    def root(point):
        while parent.setdefault(point, point) != point:
            point = parent[point]
        return point

    for line in lines:
        points = [(round(x, 2), round(y, 2)) for x, y in line.coords]
        for point in points[1:]:
            parent[root(point)] = root(points[0])
    assert len({root(point) for point in list(parent)}) == 1


def test_size_stays_small(made):
    assert sum(p.stat().st_size for p in (made / "geo").iterdir()) < 2.5e6
