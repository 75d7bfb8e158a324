"""Every known-bad GeoJSON text is caught, every good one passes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wangge.store.files import read
from wangge.store.structure import check_text

DATA = Path(__file__).parents[2] / "data" / "geojsonhint"
BAD = sorted((DATA / "bad").glob("*.geojson"))
GOOD = sorted((DATA / "good").glob("*.geojson"))


def test_all_files_are_there():
    assert (len(BAD), len(GOOD)) == (44, 18)


@pytest.mark.parametrize("path", BAD, ids=lambda p: p.stem)
def test_a_bad_file_does_not_pass_as_a_table(path, tmp_path):
    (tmp_path / "ground.geojson").write_bytes(path.read_bytes())
    mine = [p for p in read(tmp_path).problems if p.table == "ground"]
    assert mine
    if path.stem != "excessive_precision_truncated":  # sound in structure, only too fine
        assert check_text(path.read_bytes())


@pytest.mark.parametrize("path", GOOD, ids=lambda p: p.stem)
def test_a_good_file_passes(path):
    assert check_text(path.read_bytes()) == ()


def test_too_fine_coordinates_are_named(tmp_path):
    text = json.loads((DATA / "bad" / "excessive_precision_truncated.geojson").read_text())
    row = {"type": "Feature", "id": "X1", "properties": {"kind": "road"}, "geometry": text}
    (tmp_path / "context.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [row]})
    )
    codes = [p.code for p in read(tmp_path).problems if p.table == "context"]
    assert codes == ["no-crs", "excess-precision"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"type": "Point", "coordinates": [true, 2]}', "bad-position"),
        ('{"type": "Polygon", "coordinates": [[[0,0],[1,0],[1,1],[0,1]]]}', "unclosed"),
        ('{"type": "Polygon", "coordinates": [[[0,0],[0,1],[1,1],[0,0]]]}', "right-hand-rule"),
        ('{"type": "LineString", "coordinates": [[0,0]]}', "short-line"),
        ('{"type": "featurecollection", "features": []}', "unknown-type"),
        ('[{"type": "Feature", "properties": {}, "geometry": null}]', "bare-array"),
        ('{"type": "Point", "coordinates": [1, 2], "type": "Point"}', "duplicate-key"),
    ],
)
def test_each_departure_has_its_own_code(text, code):
    assert [p.code for p in check_text(text.encode())] == [code]
