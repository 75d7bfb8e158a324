"""Bad data: the app starts, shows what is sound, names what is not, and executes nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from wangge.domain.tables import TABLES

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
HOSTILE = [
    "<img src=x onerror=\"window.hacked='img'\">",
    "</script><script>window.hacked='script'</script>",
    "${window.hacked='dollar'}",
    "`${window.hacked='tick'}`",
    "{{ 7 * 191 }}",
    "{% for x in range(9) %}x{% endfor %}",
    "[x](javascript:window.hacked='link')",
    "$E=mc^2$ **x** :material/home: :red[x]",
    "C:\\2019\\u0000\u2028\u202e",
    '=HYPERLINK("http://example.org")',
]


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(ROOT / "data" / "geo", tmp_path / "geo")
    shutil.copytree(ROOT / "data" / "register", tmp_path / "register")
    return tmp_path / "geo"


def plant(folder):
    """Write hostile text into every free text column of every table."""
    for name, table in TABLES.items():
        path = folder / f"{name}.geojson"
        held = json.loads(path.read_text("utf-8"))
        free = [
            column.name
            for column in table.columns
            if column.kind == "text" and not column.terms and not column.refers_to
        ]
        for n, feature in enumerate(held["features"]):
            for column in free:
                feature["properties"][column] = HOSTILE[n % len(HOSTILE)]
        path.write_text(json.dumps(held, ensure_ascii=False), "utf-8")


def drawn(page):
    return json.loads(page.get_attribute('[data-testid="map"]', "data-drawn"))


@pytest.mark.parametrize("place", ["overview", "property", "wall"])
def test_hostile_text_everywhere_is_only_text(place, copy, cold, page, painted, seen):
    plant(copy)
    base = cold(WANGGE_DATA=str(copy))
    page.goto(f"{base}/{place}?compound=C01")
    painted(page)
    page.wait_for_load_state("networkidle")
    page.mouse.move(500, 500)
    page.wait_for_timeout(500)
    assert page.evaluate("window.hacked") is None
    assert "1337" not in page.inner_text("body")
    assert drawn(page)["compounds"] == 39
    assert seen.errors == []
    assert seen.foreign(base) == []


def test_one_broken_file_leaves_the_rest(copy, cold, page, painted, seen):
    (copy / "streetlights.geojson").write_bytes(b'{"type": "FeatureCollection", "features": [')
    base = cold(WANGGE_DATA=str(copy))
    page.goto(base)
    painted(page)
    assert drawn(page)["grids"] == 9
    text = page.inner_text("body")
    assert "路灯" in text
    assert "Traceback" not in text


@pytest.mark.parametrize("kind", ["missing", "empty"])
def test_no_data_says_what_to_do(kind, tmp_path, cold, page, seen):
    folder = tmp_path / "nowhere"
    if kind == "empty":
        folder.mkdir()
    base = cold(WANGGE_DATA=str(folder))
    page.goto(base)
    page.wait_for_selector("text=make demo")
    assert "Traceback" not in page.inner_text("body")
    assert seen.errors == []


def test_a_wrong_address_falls_back_with_a_notice(server, page, painted):
    page.goto(f"{server}/?compound=C99&layers=nonsense&lang=xx")
    painted(page)
    assert "C99" in page.inner_text("body")
    assert drawn(page)["compounds"] == 39
