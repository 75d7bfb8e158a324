"""The overview: panel, table and search box follow the address and each other."""

from __future__ import annotations

import json
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

import pages
from pages import _ledger, _widgets
from pages._address import PICKABLE, State
from pages._card import joined
from pages._excel import workbook
from pages._facts import card
from pages._map import Picked
from pages._page import View
from pages._session import clock
from pages._things import thing
from tests.pages.journaled import NOW
from wangge.domain.roles import ROLES
from wangge.sight import see
from wangge.store.files import read
from wangge.text import LANGS

DATA = Path(__file__).parents[2] / "data" / "geo"
FRAME = str(Path(pages.__file__).with_name("_frame.py"))


def _run(**params):
    app = AppTest.from_file(FRAME, default_timeout=60)
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def _words(app):
    return "\n".join(node.proto.body for node in app.get("html"))


def _param(app, name):
    value = app.query_params.get(name, "")
    return value[0] if isinstance(value, list) else value


def test_the_whole_community_is_shown_first(community):
    told = _words(_run())
    assert "2,333" in told
    assert str(community.community["name"].iloc[0]) in told


def test_a_link_to_a_compound_shows_it(community):
    place = community.compounds.index[community.compounds["manager_kind"] == "none"][0]
    told = _words(_run(compound=place))
    assert str(community.compounds.at[place, "name"]) in told
    assert "无物业" in told


def test_a_wrong_link_says_so_and_shows_the_community():
    app = _run(compound="C99")
    assert app.warning[0].value == "没有编号为 C99 的小区，已显示整个社区。"
    assert "2,333" in _words(app)


def test_search_goes_to_the_one_thing_meant(community):
    place = community.compounds.index[4]
    app = _run()
    app.text_input(key="search").set_value(community.compounds.at[place, "name"]).run()
    assert not app.exception
    assert _param(app, "compound") == place
    assert app.text_input(key="search").value == ""


def test_search_lists_what_may_be_meant_and_a_choice_leads_there():
    app = _run()
    app.text_input(key="search").set_value("小区").run()
    hits = [button for button in app.button if str(button.key).startswith("hit_")]
    assert 2 <= len(hits) <= 8
    hits[1].click().run()
    assert not app.exception
    assert hits[1].key.rsplit("_", 1)[1] in (_param(app, "compound"), _param(app, "grid"))


def test_the_list_of_answers_closes_when_a_place_is_chosen():
    app = _run(grid="G5")
    app.text_input(key="search").set_value("小区").run()
    assert any(str(button.key).startswith("hit_") for button in app.button)
    app.button(key="path_community").click().run()
    assert not app.exception
    assert not any(str(button.key).startswith("hit_") for button in app.button)


def test_search_for_nothing_is_one_sentence():
    app = _run()
    app.text_input(key="search").set_value("没有这样的地方").run()
    assert "没有找到" in _words(app)


def test_back_leads_one_level_up_and_the_path_to_any_level(community):
    building = community.buildings[community.buildings["compound_id"].notna()].index[0]
    app = _run(building=building)
    app.button(key="back").click().run()
    assert _param(app, "building") == ""
    assert _param(app, "compound") == community.buildings.at[building, "compound_id"]
    app.button(key="path_community").click().run()
    assert not app.exception
    assert [_param(app, name) for name in ("grid", "compound", "building")] == ["", "", ""]


def _map(app):
    sent = [one.proto for one in app.get("bidi_component")]
    (held,) = [one for one in sent if one.component_name.endswith("wangge_map")]
    return json.loads(held.json)


def test_the_switches_hold_what_is_on_the_map_and_the_usual_ones_come_first(community):
    data = _map(_run())
    counts = dict(data["switches"])
    assert [name for name, _ in data["switches"]][:3] == ["grids", "compounds", "buildings"]
    assert counts["compounds"] == len(community.compounds)
    assert counts["households"] == 2333
    assert not {"parcels", "streets", "trees"} & set(counts)
    shown = [row["id"] for row in data["layers"] if row["shown"]]
    assert "hazards" in shown
    assert "shops" not in shown


def test_a_link_switches_the_layers_it_names():
    data = _map(_run(layers="grids.shops"))
    listed = {name for name, _ in data["switches"]}
    shown = {row["id"] for row in data["layers"] if row["shown"]}
    assert shown & listed == {"grids", "shops"}


def test_a_switch_is_kept_in_the_address_beside_the_place(community, monkeypatch):
    said = []
    kept = _widgets.show_map

    def pressed(*args, on_switch, on_pick, **options):
        kept(*args, on_switch=on_switch, on_pick=on_pick, **options)
        for told in said:
            (on_pick if isinstance(told, Picked) else on_switch)(told)
        said.clear()

    monkeypatch.setattr(_widgets, "show_map", pressed)
    app = _run(grid="G2", lang="zh")
    usual = {row["id"] for row in _map(app)["layers"] if row["shown"]}
    names = [name for name, _ in _map(app)["switches"]]
    more = tuple(name for name in names if name in usual or name == "streetlights")
    said[:] = [more, Picked("grids", "G5")]  # both before the page is run again
    app.run()
    assert not app.exception
    assert _param(app, "layers").split(".") == list(more)
    assert (_param(app, "grid"), _param(app, "lang")) == ("G5", "zh")
    said[:] = [tuple(name for name in more if name != "streetlights")]
    app.run()
    assert (_param(app, "layers"), _param(app, "grid")) == ("", "G5")
    said[:] = [Picked("streetlights", community.streetlights.index[16])]
    app.run()
    assert _param(app, "pick").startswith("streetlights/")
    said[:] = [more[:-1] if more[-1] == "streetlights" else more]
    app.run()
    assert _param(app, "pick") == "", "what is switched off is let go"
    said[:] = [()]
    app.run()
    assert "layers" in app.query_params
    assert (_param(app, "layers"), _param(app, "grid")) == ("", "G5")


def test_a_thing_found_is_on_the_map_though_its_layer_was_off(community):
    def shown(app):
        return {row["id"] for row in _map(app)["layers"] if row["shown"]}

    lamp = community.streetlights.index[16]
    app = _run()
    assert "streetlights" not in shown(app)
    app.text_input(key="search").set_value(lamp).run()
    assert _param(app, "pick") == f"streetlights/{lamp}"
    assert "streetlights" in shown(app)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("lang", LANGS)
def test_every_place_has_a_card_and_every_thing_a_sheet(full, role, lang):
    community = see(full, role, grid="G5")
    today = clock().date()
    states = [State()]
    for layer in ("grids", "compounds", "buildings"):
        ids = getattr(community, layer).index
        states += [State().go(community, layer, one) for one in ids[:: 1 if len(ids) < 50 else 9]]
    for state in states:
        held = card(community, state, today)
        assert held.name.in_(lang)
        assert len(held.figures) in {2, 3, 6}
        line = joined(held.facts).in_(lang)
        told = [line, *(one.value + one.note.in_(lang) for one in held.figures)]
        assert not any(
            bad in text for text in told for bad in ("nan", "None", "NaT", "<NA>", ".0 ")
        )
    for layer in PICKABLE:
        for feature in getattr(community, layer).index[::7]:
            sheet = thing(community, layer, feature, today)
            values = [sheet.name, *(value for _, value in sheet.rows)]
            assert all(value.in_(lang) for value in values)
            assert not any(bad in v.in_(lang) for v in values for bad in ("nan", "NaT", "00:00:00"))


def test_figures_of_the_grids_add_up_to_the_community(community):
    today = clock().date()
    table = _ledger.grids(community, today)
    assert sum(int(text.replace(",", "")) for text in table["households"]) == 2333
    assert table["compounds"].sum() == len(community.compounds)
    assert table["unmanaged"].sum() == (community.compounds["manager_kind"] == "none").sum()


def test_what_is_uncovered_stands_first(community):
    table = _ledger.compounds(community, clock().date())
    kinds = list(table["manager"])
    assert kinds == sorted(kinds, key=_ledger.ORDER.index)
    days = table.loc[table["manager"] == "none", "days"]
    assert list(days) == sorted(days, reverse=True)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("make", [_ledger.compounds, _ledger.grids])
def test_the_download_holds_the_table_with_real_numbers(community, make, lang):
    table = make(community, clock().date())
    content = workbook(_ledger.sheet(table, lang), title="t")
    held = load_workbook(BytesIO(content)).active
    assert held.max_row == len(table) + 1
    heads = [cell.value for cell in held[1]]
    homes = heads.index("住户" if lang == "zh" else "Homes")
    counted = [row[homes].value for row in held.iter_rows(min_row=2)]
    assert all(isinstance(value, int) for value in counted)
    assert sum(counted) == 2333


def test_small_counts_are_masked_for_anybody(full):
    community = see(full, "anonymous")
    values = community.residents["households"].dropna()
    assert not values.between(1, 4).any()
    few = community.residents.index[community.residents["households"].isna()]
    shown = [
        (level, place)
        for level, place in few
        if level == "building" and (level, place, "households") not in community.withheld
    ]
    state = State().go(community, "buildings", shown[0][1])
    assert card(community, state, clock().date()).figures[0].value == "<5"


@pytest.mark.parametrize(
    "broken",
    [
        *("community", "grids", "compounds", "buildings", "households", "alleys"),
        *("streetlights", "hazards", "stations", "paths", "gates"),
    ],
)
def test_a_broken_table_takes_nothing_else_down(tmp_path, broken):
    place = tmp_path / "data"
    shutil.copytree(DATA.parent, place)
    (place / "geo" / f"{broken}.geojson").write_text("{ broken", "utf-8")
    community = see(read(place / "geo").community.at(NOW), "secretary")
    today = clock().date()
    state = State()
    for layer in ("grids", "compounds", "buildings"):
        ids = getattr(community, layer).index
        state = state.go(community, layer, ids[0]) if len(ids) else state
        assert card(community, state, today).figures
    assert len(_ledger.compounds(community, today)) == len(community.compounds)
    assert len(_ledger.grids(community, today)) == len(community.grids)
    view = View(community, "zh", "secretary", clock(), clock())
    app = AppTest.from_function(_body, args=(view,), default_timeout=60).run()
    assert not app.exception, app.exception


def _body(view):
    from pages import overview  # noqa: PLC0415 - the test runner carries only this function over

    overview.body(view)
