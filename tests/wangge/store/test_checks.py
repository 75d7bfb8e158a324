"""How tables fit together: each fault alone, in an otherwise sound community."""

from __future__ import annotations

import pytest

from wangge.domain.shifts import from_gcj02, to_bd09, to_gcj02


def found(folder):
    return [(p.table, p.feature, p.code) for p in folder.read().problems]


def redraw(folder, table, ident, geometry):
    folder.rows(table)[ident]["geometry"] = geometry


def test_ids_missing_and_used_twice(folder):
    shop = folder.tables["shops"][0]
    folder.tables["shops"] += [dict(shop), {k: v for k, v in shop.items() if k != "id"}]
    reading = folder.read()
    assert [p.code for p in reading.problems] == ["duplicate-id", "no-id"]
    assert list(reading.community.shops.index) == ["P01"]


@pytest.mark.parametrize(
    ("table", "ident", "column"),
    [
        ("compounds", "C01", "grid_id"),
        ("hazards", "Z001", "compound_id"),
        ("stations", "S01", "grid_id"),
    ],
)
def test_a_dangling_key_is_named_and_made_missing(folder, table, ident, column):
    folder.set(table, ident, **{column: "X99"})
    reading = folder.read()
    assert (table, ident, "dangling-key") in [
        (p.table, p.feature, p.code) for p in reading.problems
    ]
    assert getattr(reading.community, table)[column].isna()[ident]


def test_overlapping_grids_with_their_area(folder, shapes):
    redraw(folder, "grids", "G2", shapes["box"](1.9, 0, 2.1, 2))
    problems = folder.read().problems
    overlap = [p for p in problems if p.code == "grid-overlap"]
    assert [(p.feature, p.level) for p in overlap] == [("G1", "error")]
    # 0.0001 degrees by 0.002 degrees at 36 N: 9.01 m by 222 m
    assert "2001" in overlap[0].message.en or "2000" in overlap[0].message.en


def test_a_gap_between_grids_with_its_area(folder, shapes):
    redraw(folder, "grids", "G2", shapes["box"](2.1, 0, 1.9, 2))
    gap = [p for p in folder.read().problems if p.code == "grid-gap"]
    assert len(gap) == 1
    assert "200" in gap[0].message.en
    assert "113.05205" in gap[0].message.zh


def test_a_grid_beyond_the_outline(folder, shapes):
    redraw(folder, "grids", "G2", shapes["box"](2, 0, 2.1, 2))
    assert found(folder) == [("grids", "G2", "grid-outside")]


def test_two_outlines(folder, shapes):
    twin = {**folder.tables["community"][0], "id": "M2"}
    folder.tables["community"].append(twin)
    assert found(folder) == [("community", "", "outline-count")]


def test_a_compound_that_straddles_grids(folder, shapes):
    redraw(folder, "compounds", "C01", shapes["box"](0.2, 0.2, 1.9, 1.5))
    assert found(folder) == [("compounds", "C01", "straddles-grids")]


def test_compounds_that_overlap(folder, shapes):
    redraw(folder, "compounds", "C01", shapes["box"](0.2, 0.2, 2.1, 1.5))
    assert ("compounds", "C01", "compound-overlap") in found(folder)


def test_a_building_beyond_its_compound(folder, shapes):
    redraw(folder, "buildings", "B002", shapes["box"](0.1, 0.4, 1.1, 0.2))
    assert found(folder) == [("buildings", "B002", "building-outside")]


def test_a_household_outside_its_building(folder, shapes):
    redraw(folder, "households", "H0001", shapes["point"](0.5, 0.8))
    assert found(folder) == [("households", "H0001", "household-outside")]


def test_a_household_outside_its_compound(folder, shapes):
    folder.set("households", "H0001", building_id=None)
    redraw(folder, "households", "H0001", shapes["point"](1.9, 1.9))
    assert ("households", "H0001", "outside-compound") in found(folder)


def test_a_household_of_another_compound_than_its_building(folder):
    folder.set("households", "H0001", compound_id="C02")
    assert ("households", "H0001", "household-compound") in found(folder)


def test_a_lamp_far_from_any_street(folder, shapes):
    redraw(folder, "streetlights", "L001", shapes["point"](3, 0.9))
    problems = folder.read().problems
    assert [(p.feature, p.code) for p in problems] == [("L001", "lamp-off-street")]
    assert "94" in problems[0].message.en  # 0.00085 degrees of latitude


def test_a_station_in_another_grid(folder):
    folder.set("stations", "S01", grid_id="G2")
    assert found(folder) == [("stations", "S01", "outside-grid")]


def test_a_gate_off_the_wall(folder, shapes):
    redraw(folder, "gates", "T01", shapes["point"](1, 0.9))
    assert found(folder) == [("gates", "T01", "gate-off-wall")]


@pytest.mark.parametrize(
    ("table", "ident", "values", "code"),
    [
        ("hazards", "Z001", {"due_on": "2026-10-01"}, "dates-reversed"),
        ("hazards", "Z001", {"status": "closed"}, "closed-without-date"),
        ("hazards", "Z001", {"closed_on": "2026-11-20"}, "closed-without-date"),
        ("compounds", "C01", {"contract_end": "2020-01-01"}, "dates-reversed"),
        ("compounds", "C01", {"manager_name": None}, "manager-mismatch"),
    ],
)
def test_facts_that_contradict_each_other(folder, table, ident, values, code):
    folder.set(table, ident, **values)
    assert found(folder) == [(table, ident, code)]


def test_party_groups_that_do_not_reconcile(folder):
    folder.registers["party_groups"][0].update(grid_id="G2", members=1)
    folder.registers["party_groups"][1].update(members=1)
    for row in folder.tables["households"]:
        row["properties"]["member"] = True
    assert found(folder) == [
        ("party_groups", "Q01", "group-grid"),
        ("grids", "G1", "no-party-group"),
        ("party_groups", "", "members-total"),
    ]


def shift(rows, by):
    def turn(held):
        if isinstance(held[0], list):
            return [turn(one) for one in held]
        return [round(float(v), 8) for v in by(*held)]

    for row in rows:
        row["geometry"]["coordinates"] = turn(row["geometry"]["coordinates"])


@pytest.mark.parametrize(
    ("by", "system", "metres"), [(to_gcj02, "GCJ-02", "59"), (to_bd09, "BD-09", "13")]
)
@pytest.mark.parametrize("table", ["households", "streetlights", "buildings", "grids"])
def test_a_shifted_layer_is_named_once(folder, table, by, system, metres):
    shift(folder.tables[table], by)
    problems = folder.read().problems
    assert [(p.table, p.code) for p in problems] == [(table, "shifted")]
    assert system in problems[0].message.zh
    assert f" {metres}" in problems[0].message.zh


def test_a_shifted_outline_is_told_from_shifted_layers(folder):
    shift(folder.tables["community"], to_gcj02)
    assert found(folder) == [("community", "", "shifted")]


def test_a_layer_shifted_otherwise_is_not_taken_for_a_web_map(folder):
    shift(folder.tables["streetlights"], from_gcj02)
    problems = folder.read().problems
    assert {p.code for p in problems} == {"lamp-off-street"}
