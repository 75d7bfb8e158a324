"""The frame: language, role, faults in the data, and a folder that holds nothing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import pages
from pages import _session

FRAME = str(Path(pages.__file__).with_name("_frame.py"))
DATA = Path(__file__).parents[2] / "data"


def _run(**params):
    app = AppTest.from_file(FRAME, default_timeout=60)
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def _words(app):
    kinds = (app.warning, app.markdown, app.header, app.caption)
    html = [node.proto.body for node in app.get("html")]
    return "\n".join([*(str(one.value) for kind in kinds for one in kind), *html])


@pytest.mark.parametrize(("lang", "word"), [("zh", "未结隐患"), ("en", "Open hazards")])
def test_a_link_speaks_its_language(lang, word):
    app = _run(lang=lang)
    assert not app.exception
    assert word in _words(app)


def test_the_switch_changes_the_language_and_the_address():
    app = _run()
    app.button(key="language").click().run()
    assert not app.exception
    assert app.query_params["lang"] in ("en", ["en"])
    assert "Open hazards" in _words(app)


def test_an_unknown_language_falls_back_and_says_so():
    app = _run(lang="fr")
    assert "“fr”" in app.warning[0].value


def test_an_unknown_role_sees_as_little_as_anybody(monkeypatch):
    monkeypatch.setenv("WANGGE_ROLE", "mayor")
    app = _run()
    assert not app.exception
    assert "“mayor”" in app.warning[0].value
    assert "访客" in _words(app)


@pytest.mark.parametrize("make", [False, True], ids=["missing", "empty"])
def test_a_folder_with_nothing_says_what_to_do(monkeypatch, tmp_path, make):
    place = tmp_path / "geo"
    if make:
        place.mkdir()
    monkeypatch.setenv("WANGGE_DATA", str(place))
    app = _run()
    assert not app.exception
    assert "还没有社区数据" in _words(app)
    assert "make demo" in _words(app)


def test_a_broken_file_is_named_and_the_rest_is_shown(monkeypatch, tmp_path):
    shutil.copytree(DATA, tmp_path / "data")
    geo = tmp_path / "data" / "geo"
    (geo / "streetlights.geojson").write_text("{ this is not json", "utf-8")
    monkeypatch.setenv("WANGGE_DATA", str(geo))
    app = _run()
    assert not app.exception
    assert "路灯" in app.expander[0].label
    assert "其余照常显示" in app.expander[0].label
    assert "2,333" in _words(app)


def test_a_changed_file_is_read_again(monkeypatch, tmp_path):
    shutil.copytree(DATA, tmp_path / "data")
    geo = tmp_path / "data" / "geo"
    monkeypatch.setenv("WANGGE_DATA", str(geo))
    before, stamp = _session.data(_session.clock())
    assert _session.data(_session.clock()) == (before, stamp)
    (geo / "shops.geojson").write_text('{"type": "FeatureCollection", "features": []}', "utf-8")
    os.utime(geo / "shops.geojson", (1, 1))
    after, _ = _session.data(_session.clock())
    assert len(before.community.shops) > 0
    assert len(after.community.shops) == 0


def test_the_clock_can_be_stopped(monkeypatch):
    monkeypatch.setenv("WANGGE_NOW", "2026-11-23T05:42:00+00:00")
    assert _session.clock().isoformat() == "2026-11-23T13:42:00+08:00"
    monkeypatch.setenv("WANGGE_NOW", "2026-11-23T13:42:00")
    assert _session.clock().isoformat() == "2026-11-23T13:42:00+08:00"


@pytest.mark.parametrize("role", ["anonymous", "worker", "planner", "secretary"])
def test_the_overview_of_a_role_holds_no_more_than_its_cut(monkeypatch, role, full):
    monkeypatch.setenv("WANGGE_ROLE", role)
    home = full.households[full.households["holder"].notna()].iloc[0]
    app = _run(building=home["building_id"])
    assert not app.exception
    tables = [frame.value for frame in app.dataframe]
    shown = "".join(str(table) for table in tables)
    assert str(home["phone"]) not in shown
    assert ("室号" in shown) == (role != "anonymous")


def test_a_worker_sees_the_homes_of_the_own_grid_only(monkeypatch, full):
    home = full.households[full.households["phone"].notna()].iloc[0]
    own = full.compounds.at[home["compound_id"], "grid_id"]
    other = next(grid for grid in full.grids.index if grid != own)
    monkeypatch.setenv("WANGGE_ROLE", "worker")
    for grid, sees in ((own, True), (other, False)):
        monkeypatch.setenv("WANGGE_GRID", grid)
        app = _run(building=home["building_id"])
        assert not app.exception
        held = [frame.value.astype(str).to_csv() for frame in app.dataframe]
        assert any(str(home["phone"]) in one for one in held) == sees
