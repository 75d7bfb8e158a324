"""The typeface: every character the product writes is in the files, and the files are kept."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont
from starlette.applications import Starlette
from starlette.testclient import TestClient

from layers import _fonts
from server import fonts
from tools.fonts import common, written


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=fonts.routes()))


@pytest.fixture(scope="module")
def held(client):
    """Return the characters of each weight, read from the files as served."""
    found = {}
    for face in _fonts.FACES:
        font = TTFont(io.BytesIO(client.get(face.url).content), lazy=True)
        found.setdefault(face.weight, set()).update(map(chr, font.getBestCmap()))
    return found


@pytest.mark.parametrize("face", _fonts.FACES, ids=lambda face: face.file)
def test_served_once_and_kept(client, face):
    answer = client.get(face.url)
    assert answer.status_code == 200
    assert answer.content[:4] == b"wOF2"
    assert "immutable" in answer.headers["cache-control"]
    again = client.get(face.url, headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


def test_level_one_of_gb2312_is_whole(held):
    han = {char for char in common() if "\u4e00" <= char <= "\u9fff"}
    assert len(han) == 3755
    assert all(han <= chars for chars in held.values())


def test_every_character_we_write_is_in_the_file_asked_first(client):
    wanted = written() - {"\N{REPLACEMENT CHARACTER}"}
    assert len(wanted) > 500
    for face in _fonts.FACES:
        if "common" in face.file:
            held = set(map(chr, TTFont(io.BytesIO(client.get(face.url).content)).getBestCmap()))
            assert sorted(wanted - held) == [], "make vendor cuts the typeface anew"


def test_the_common_file_is_asked_first():
    for weight in (400, 700):
        names = [face.file for face in _fonts.FACES if face.weight == weight]
        assert ["rare" in name for name in names] == [True, False]


def test_nothing_outside_the_folder_is_served(client):
    assert client.get("/fonts/..%2f_fonts.py").status_code == 404


def test_a_first_visit_costs_little():
    sizes = [(_fonts.FOLDER / f.file).stat().st_size for f in _fonts.FACES if "common" in f.file]
    assert sum(sizes) < 2.2e6


def test_css_names_every_file():
    rules = _fonts.css("/base")
    assert all(f'url("/base{face.url}")' in rules for face in _fonts.FACES)
