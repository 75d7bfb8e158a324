"""One folium map, two doors; hostile text goes through both as text."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import folium
import geopandas as gpd
import pytest
from shapely import Point

import layers
import layers._bundle as bundle
from layers import CLASS, Class, Layer, Style
from layers._body import Shelf, of_features
from layers._bundle import BundleError, engine, literal, sealed
from layers._folium import compose, describe, export_html
from layers._layer import Field
from layers._words import WORDS
from tests.naughty import NAUGHTY
from wangge.domain.crs import METRIC
from wangge.domain.registers import REGISTERS
from wangge.domain.tables import TABLES
from wangge.text import LANGS, Text

PLANTED = [
    "{{ 'zq'*3 }}", "{% for x in [1] %}7{% endfor %}", "{# gone #}", "</script><b>1</b>",
    "${7*191}`", "C:\\2019", '"', "\u2028", "{{ this._parent }}", "<img src=x onerror=alert(1)>",
    "]]>", "<!--", "{{",
]  # fmt: skip


def text_columns():
    tables = {**TABLES, **REGISTERS}
    return [
        (table.name, column.name)
        for table in tables.values()
        for column in table.columns
        if column.kind == "text" and not column.terms and not column.refers_to
    ]


def drawing_of(community, today, lang="zh", **options):
    return describe(compose(layers.find_all(), community, lang, today=today, **options))


def test_the_head_is_tiny_and_names_every_body(community, today):
    drawing = drawing_of(community, today)
    head = drawing.head
    assert [one["id"] for one in head["layers"]] == [one.id for one in layers.find_all()]
    named = [head["sheet"], *(one["hash"] for one in head["layers"])]
    assert [body.digest for body in drawing.bodies] == named
    assert len(json.dumps(head)) < 3000
    assert head["maxZoom"] == 21
    (south, west), (north, east) = head["bounds"]
    assert 36.05 < south < north < 36.06
    assert 113.04 < west < east < 113.06


@pytest.mark.parametrize("lang", LANGS)
def test_the_sheet_describes_every_layer_in_one_language(community, today, lang):
    sheet = drawing_of(community, today, lang).bodies[0].collection
    assert [one["id"] for one in sheet["layers"]] == [one.id for one in layers.find_all()]
    for told, layer in zip(sheet["layers"], layers.find_all(), strict=True):
        assert told["title"] == layer.title.in_(lang)
        assert [c["key"] for c in told["classes"]] == [c.key for c in layer.classes]
        assert [c["label"] for c in told["classes"]] == [c.label.in_(lang) for c in layer.classes]
        assert [m["effect"] for m in told["marks"]] == [m.effect for m in layer.marks]
        assert [f["column"] for f in told["fields"]] == [f.column for f in layer.tooltip]
        assert not (told["base"] and told["picks"])
    assert set(sheet["words"]) == set(WORDS)
    assert set(sheet["tokens"]) == {"light", "dark"}


def test_base_layers_are_always_shown(community, today):
    none = drawing_of(community, today, shown=())
    one = drawing_of(community, today, shown=("hazards",))
    base = {layer.id for layer in layers.find_all() if layer.base}
    assert {told["id"] for told in none.head["layers"] if told["shown"]} == base
    assert {told["id"] for told in one.head["layers"] if told["shown"]} == base | {"hazards"}
    own = {told["id"] for told in drawing_of(community, today).head["layers"] if told["shown"]}
    assert own == base | {layer.id for layer in layers.find_all() if layer.shown}


def test_what_the_live_map_cannot_draw_is_refused(community, today):
    canvas = compose(layers.find_all(), community, "zh", today=today)
    folium.Marker([36, 113]).add_to(canvas)
    with pytest.raises(TypeError, match="Marker"):
        describe(canvas)
    nested = compose(layers.find_all()[:1], community, "zh", today=today)
    folium.CircleMarker([36, 113]).add_to(next(iter(nested._children.values())))
    with pytest.raises(TypeError, match="CircleMarker"):
        describe(nested)
    with pytest.raises(TypeError, match="compose"):
        describe(folium.Map(tiles=None))


def test_an_empty_community_has_a_map_too(empty, today):
    drawing = drawing_of(empty, today)
    assert drawing.head["bounds"] is None
    assert all(not body.collection["features"] for body in drawing.bodies[1:])


def test_a_warm_description_is_quick(community, today):
    drawing_of(community, today)
    times = []
    for _ in range(15):
        start = perf_counter()
        drawing_of(community, today)
        times.append(perf_counter() - start)
    assert min(times) < 0.02  # about 1 ms on an idle machine


def test_bodies_are_named_by_what_they_hold(community, today):
    frame = gpd.GeoDataFrame(
        {CLASS: ["a"], "name": ["n"], "id_card": ["140"]}, geometry=[Point(5e5, 4e6)], crs=METRIC
    )
    made = of_features(frame, ["name"])
    assert made.collection["features"][0]["properties"] == {CLASS: "a", "name": "n"}
    assert made == of_features(frame, ["name"])
    assert made.digest != of_features(frame, []).digest
    with pytest.raises(ValueError, match="unique"):
        of_features(gpd.GeoDataFrame(frame.iloc[[0, 0]]), ["name"])
    still = {b.digest for b in drawing_of(community, today).bodies if b.still}
    told = drawing_of(community, today).head
    base = {layer.id for layer in layers.find_all() if layer.base}
    hashes = {one["hash"] for one in told["layers"] if one["id"] in base}
    assert still == hashes | {told["sheet"]}


def test_coordinates_are_degrees_with_seven_decimals(community, today):
    lamps = of_features(community.streetlights.assign(**{CLASS: "a"}), ())
    back = community.streetlights.geometry.to_crs(4326)
    for feature, point in zip(lamps.collection["features"], back, strict=True):
        assert feature["geometry"]["coordinates"] == [round(point.x, 7), round(point.y, 7)]


def test_the_shelf_forgets_the_least_wanted_and_keeps_roles_apart():
    def sized(name):
        frame = gpd.GeoDataFrame({CLASS: []}, geometry=[], crs=METRIC)
        return replace(of_features(frame, ()), digest=name, content=b"xx")

    shelf = Shelf(limit=5)
    for name in ("a", "b", "a", "c"):
        shelf.put("planner", sized(name))
    found = [shelf.get("planner", name) for name in "abc"]
    assert [one is not None for one in found] == [True, False, True]
    assert shelf.get("anonymous", "a") is None


def hostile_layer(texts):
    def draw(_community, _today):
        spots = [Point(500000 + i, 4000000) for i in range(len(texts))]
        return gpd.GeoDataFrame(
            {CLASS: "a", "name": texts}, geometry=spots, crs=METRIC, index=[*texts]
        )

    look = Class("a", Text("{{ 'zq'*3 }}", "<b>{{ 'zq'*3 }}"), Style())
    row = Field("name", Text("{% x %}", "</script>{{ 'zq'*3 }}"))
    return Layer("x", Text("{{ 'zq'*3 }}", "<b>"), 1, (look,), draw, (row,))


def bodies_in(page):
    """Read the features back out of the file as a script would."""
    found = re.findall(r'bodies\["\w+"\] = (\{.*?\});\s*(?=bodies|wangge)', page, re.DOTALL)
    return [json.loads(one) for one in found]


@pytest.mark.parametrize("texts", [PLANTED, NAUGHTY], ids=["planted", "naughty"])
def test_hostile_text_reaches_the_file_as_text(community, today, texts):
    texts = list(dict.fromkeys(texts))
    canvas = compose([hostile_layer(texts)], community, "en", today=today)
    page = export_html(canvas, lang="en", theme="light", title="{{ 'zq'*3 }}<i>" + texts[0])
    assert "zqzqzq" not in page
    assert "<i>" not in page
    (body,) = bodies_in(page)
    assert [f["properties"]["name"] for f in body["features"]] == texts
    assert page.count("</script>") == page.count("<script>")
    assert ".addTo(" not in page[page.index("const bodies") :]


def test_hostile_text_in_every_column_of_the_data(community, today):
    planted = community
    for table, column in text_columns():
        frame = getattr(planted, table)
        if column in frame.columns and len(frame):
            texts = [PLANTED[at % len(PLANTED)] for at in range(len(frame))]
            held = frame.assign(**{column: texts})
            planted = replace(planted, **{table: held, "_memo": {}})
    canvas = compose(layers.find_all(), planted, "zh", today=today)
    drawing = describe(canvas)
    page = export_html(canvas, lang="zh", theme="dark", title=planted.community["name"].iloc[0])
    assert "zqzqzq" not in page
    told = [json.loads(body.content) for body in drawing.bodies[1:]]
    in_page = bodies_in(page)
    assert len(in_page) == len(told)
    assert in_page == told


def test_the_file_asks_nobody_for_anything(community, today):
    canvas = compose(layers.find_all(), community, "zh", today=today)
    page = export_html(canvas, lang="zh", theme="light", title="府后街社区")
    assert not re.search(r"<(script|link|img|iframe|object)[^>]*\s(src|href|data)=", page)
    styles = "".join(re.findall(r"<style>(.*?)</style>", page, re.DOTALL))
    assert ".leaflet-pane" in styles
    assert "url(" not in styles
    assert "@import" not in styles
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert page.index("Content-Security-Policy") < page.index("<script>")
    assert '<html lang="zh-CN">' in page
    assert "演示数据" in page
    assert "2026-11-23" in page
    assert len(page) < 3_000_000


def test_a_policy_names_every_block():
    page = "<html>\n<head>\n<style>a{}</style><script>1</script></head></html>"
    made = sealed(page, "en")
    assert made.count("sha256-") == 2
    assert made != sealed(page.replace("1", "2"), "en")


@pytest.mark.parametrize("text", [*PLANTED, "\ud800", *NAUGHTY[::14]])
def test_a_literal_is_inert_and_says_the_same(text):
    written = literal({"k": [text]})
    assert json.loads(written)["k"] == [text]
    assert not re.search(r"\{\{|\{%|\{#|<|[\u2028\u2029]", written)


def test_the_engine_is_one_classic_script():
    code = engine()
    assert not re.search(r"^\s*(import|export)\b", code, re.MULTILINE)
    assert code.rstrip().endswith("const wangge = module_file;")
    assert code.index("const module_engine =") < code.index("const module_app =")


def test_a_module_that_cannot_be_bundled_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(bundle, "DRAW", tmp_path)
    (tmp_path / "file.js").write_text('import x from "./a.js";\n')
    with pytest.raises(BundleError, match=r"file\.js"):
        engine.__wrapped__()
    (tmp_path / "file.js").write_text('import { a } from "./a.js";\n')
    (tmp_path / "a.js").write_text('import { b } from "./file.js";\n')
    with pytest.raises(BundleError, match="circle"):
        engine.__wrapped__()
    (tmp_path / "a.js").write_text("export const a = 1;\nconst own = 2;\n")
    assert "return { a };" in engine.__wrapped__()


def test_only_one_module_speaks_folium():
    root = Path(layers.__file__).parents[1]
    for folder in ("app.py", "layers", "pages", "server", "wangge"):
        place = root / folder
        for file in [place] if place.is_file() else place.rglob("*.py"):
            code = file.read_text("utf-8")
            if file.name == "_folium.py":
                continue
            assert not re.search(r"folium\.Popup\(|\bTooltip\(|DivIcon\(", code), file
            assert not re.search(r"^\s*(import|from) (folium|branca)", code, re.MULTILINE), file


def test_every_table_of_the_schema_is_in_the_test_community(community):
    for name in TABLES:
        assert len(getattr(community, name)), name
