"""Reading: what is sound is kept, what is not is named, and nothing raises."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from tests.naughty import NAUGHTY
from wangge.domain.crs import METRIC
from wangge.domain.registers import REGISTERS
from wangge.domain.tables import TABLES
from wangge.store.files import read


def test_a_sound_folder_reads_without_a_problem(folder):
    reading = folder.read()
    assert reading.problems == ()
    held = reading.community
    assert [len(held.grids), len(held.households), len(held.party_groups)] == [2, 12, 2]
    assert held.grids.crs == METRIC
    assert held.compounds.geometry["C01"].area == pytest.approx(135 * 166, rel=0.02)


def test_columns_have_their_declared_types(folder):
    held = folder.read().community
    assert held.households["people"].dtype == "Int64"
    assert held.streetlights["working"].dtype == "boolean"
    assert held.compounds["contract_end"]["C01"] == pd.Timestamp(2027, 1, 1)
    assert held.stations["services"]["S01"] == ("阅览",)
    assert held.stations["opens"]["S01"] == "08:30"
    assert held.party_groups["members"].sum() == 26


def test_a_missing_folder_gives_an_empty_community(tmp_path):
    reading = read(tmp_path / "nowhere")
    assert [p.code for p in reading.problems] == ["missing-folder"]
    for name, table in {**TABLES, **REGISTERS}.items():
        frame = getattr(reading.community, name)
        assert len(frame) == 0
        assert {c.name for c in table.columns} <= set(frame.columns)


def test_an_empty_folder_is_one_problem(tmp_path):
    assert [p.code for p in read(tmp_path).problems] == ["empty-folder"]


def test_a_missing_file_is_named(folder):
    folder.write()
    (folder.geo / "shops.geojson").unlink()
    problems = read(folder.geo).problems
    assert [(p.table, p.code) for p in problems] == [("shops", "missing-file")]


def test_a_file_of_no_table_is_named(folder):
    folder.write()
    (folder.geo / "street_lights.geojson").write_text("{}")
    assert [p.code for p in read(folder.geo).problems] == ["unknown-file"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"type": "FeatureColl', "not-json"),
        (b"", "not-json"),
        (b"\x00\xff\xfe\x80garbage\xff", "not-utf8"),
        (b"[" * 5000 + b"]" * 5000, "not-json"),
        (b"null", "not-an-object"),
        (b'{"type": "Topology", "objects": {}}', "not-a-collection"),
        (b"9" * 9000, "not-json"),
    ],
)
def test_a_corrupt_file_takes_no_other_down(folder, data, code):
    folder.raw["shops"] = data
    reading = folder.read()
    assert code in [p.code for p in reading.problems if p.table == "shops"]
    assert len(reading.community.shops) == 0
    assert len(reading.community.households) == 12


def test_a_directory_in_the_place_of_a_file_is_named(folder):
    folder.write()
    path = folder.geo / "shops.geojson"
    path.unlink()
    path.mkdir()
    assert [p.code for p in read(folder.geo).problems] == ["unreadable"]


def test_a_file_beyond_the_limit_is_refused_unread(folder):
    folder.write()
    with (folder.geo / "shops.geojson").open("r+b") as file:
        file.truncate(100_000_000)  # sparse: costs no disk
    reading = read(folder.geo)
    assert [p.code for p in reading.problems] == ["too-large"]
    assert "100" in reading.problems[0].message.en
    assert len(reading.community.grids) == 2


def test_gbk_is_read_and_named(folder):
    text = json.dumps(
        {
            "type": "FeatureCollection",
            "crs": folder.crs["shops"],
            "features": folder.tables["shops"],
        },
        ensure_ascii=False,
    )
    folder.raw["shops"] = text.encode("gbk")
    reading = folder.read()
    assert [p.code for p in reading.problems] == ["not-utf8"]
    assert "GBK" in reading.problems[0].message.zh
    assert reading.community.shops["name"]["P01"] == "小卖部"


def test_a_byte_order_mark_is_no_fault(folder):
    folder.write()
    path = folder.geo / "shops.geojson"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read(folder.geo).problems == ()


def test_a_bare_array_of_features_is_read_and_named(folder):
    folder.raw["shops"] = json.dumps(folder.tables["shops"]).encode()
    reading = folder.read()
    assert [p.code for p in reading.problems] == ["bare-array", "no-crs"]
    assert len(reading.community.shops) == 1


def test_duplicate_keys_are_named_even_among_quotes_in_text(folder):
    folder.set("shops", "P01", name='a": "b\\": c')
    assert folder.codes() == []
    text = (folder.geo / "shops.geojson").read_bytes()
    folder.raw["shops"] = text.replace(b'"trade"', b'"trade": "x", "trade"')
    assert folder.codes() == ["duplicate-key"]


def test_half_a_character_is_replaced_and_named(folder):
    folder.write()
    text = (folder.geo / "shops.geojson").read_bytes()
    folder.raw["shops"] = text.replace("小卖部".encode(), rb"\ud83d\ude00 \ud800 \\ud800")
    reading = folder.read()
    assert [p.code for p in reading.problems] == ["broken-text"]
    assert reading.community.shops["name"]["P01"] == "😀 \ufffd \\ud800"


def test_hostile_text_round_trips_in_every_free_text_column(folder):
    strings = [s for s in NAUGHTY if s.strip()]
    free = [
        (table.name, column.name)
        for table in TABLES.values()
        for column in table.columns
        if column.kind == "text" and not column.terms and not column.refers_to
    ]
    assert len(free) > 10
    template = {name: rows[0] for name, rows in folder.tables.items()}
    for number, text in enumerate(strings):
        name, column = free[number % len(free)]
        row = json.loads(json.dumps(template[name]))
        row["id"] = f"hostile{number}"
        row["properties"][column] = text
        folder.tables[name].append(row)
    held = folder.read().community
    for number, text in enumerate(strings):
        name, column = free[number % len(free)]
        assert getattr(held, name)[column][f"hostile{number}"] == text


def test_a_million_faults_stay_a_readable_list(folder):
    row = folder.tables["shops"][0]
    for i in range(500):
        folder.tables["shops"].append(
            {**row, "id": f"P{i + 100}", "properties": {**row["properties"], "trade": None}}
        )
    problems = folder.read().problems
    assert len(problems) == 201
    assert problems[-1].code == "and-more"
    assert "300" in problems[-1].message.en


def test_the_version_follows_the_bytes(folder):
    first = folder.read().community.version
    assert folder.read().community.version == first
    folder.set("shops", "P01", name="别的店")
    assert folder.read().community.version != first


def test_a_broken_register_row_is_named(folder):
    folder.write()
    path = folder.register / "party_groups.csv"
    path.write_text(path.read_text("utf-8") + "Q03,短\n", "utf-8")
    reading = read(folder.geo)
    assert [p.code for p in reading.problems] == ["ragged-row"]
    assert len(reading.community.party_groups) == 2
