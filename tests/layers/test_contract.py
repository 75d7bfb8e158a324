"""Every layer keeps the contract; the tests run on whatever discovery finds."""

from __future__ import annotations

from dataclasses import asdict, replace

import pandas as pd
import pytest

import layers
from layers import CLASS, MARKS
from layers._folium import compose, describe
from layers._tokens import TOKENS
from wangge.domain.crs import METRIC
from wangge.domain.registers import REGISTERS
from wangge.domain.tables import TABLES
from wangge.text import Text

FOUND = layers.find_all()
each = pytest.mark.parametrize("layer", FOUND, ids=lambda layer: layer.id)
PRIVATE = {c.name for t in TABLES.values() for c in t.columns if c.private}
COLOURS = {"color", "casing", "fill", "edge", "text_color", "halo"}


def test_the_map_has_its_layers_in_order():
    ids = [layer.id for layer in FOUND]
    assert len(ids) == len(set(ids))
    assert [layer.order for layer in FOUND] == sorted({layer.order for layer in FOUND})
    wanted = ["ground", "streets", "compounds", "buildings", "veil", "grids", "alleys", "hazards"]
    assert [one for one in ids if one in wanted] == wanted


@each
def test_what_it_draws_fits_its_declaration(layer, community, today):
    frame = layer.draw(community, today)
    assert set(frame[CLASS]) <= {c.key for c in layer.classes}
    assert set(layer.sent()) <= set(frame.columns)
    assert frame.crs == METRIC
    assert frame.index.is_unique
    assert frame.geometry.notna().all()
    assert not frame.is_empty.any()
    known = {mark.key for mark in layer.marks}
    if known:
        assert set(" ".join(frame[MARKS]).split()) <= known


@each
def test_every_class_has_its_own_key_and_both_languages(layer):
    entries = [*layer.classes, *layer.marks]
    assert len({e.key for e in entries}) == len(entries)
    texts = [layer.title, *(e.label for e in entries)]
    texts += [t for row in layer.tooltip for t in (row.label, *row.terms.values())]
    for text in texts:
        assert isinstance(text, Text)
        assert text.zh.strip()
        assert text.en.strip()
        assert not any(ascii_mark in text.zh for ascii_mark in ",;()?!")


@each
def test_draws_nothing_from_an_empty_community(layer, empty, today):
    frame = layer.draw(empty, today)
    assert frame.empty
    assert set(layer.sent()) | {CLASS} <= set(frame.columns)


@each
def test_leaves_the_community_alone(layer, community, today):
    def prints():
        named = {**TABLES, **REGISTERS}
        return [str(pd.DataFrame(getattr(community, name)).to_dict()) for name in named]

    before = prints()
    layer.draw(community, today)
    assert prints() == before


@each
def test_no_private_column_leaves(layer, community, today):
    assert not PRIVATE & set(layer.sent())
    drawing = describe(compose([layer], community, "zh", today=today))
    allowed = {CLASS, MARKS, *layer.sent()}
    for feature in drawing.bodies[1].collection["features"]:
        assert set(feature["properties"]) <= allowed


@each
def test_the_tooltip_is_short(layer):
    assert len(layer.tooltip) <= (0 if layer.base else 5)


def tokens_in(value):
    if isinstance(value, dict):
        for name, held in value.items():
            if name in COLOURS and isinstance(held, str) and held:
                yield held
            else:
                yield from tokens_in(held)
    elif isinstance(value, list | tuple):
        for held in value:
            yield from tokens_in(held)


@each
def test_every_colour_is_a_token(layer):
    for one in layer.classes:
        for name in tokens_in(asdict(one.style)):
            assert name in TOKENS["light"]
            assert name in TOKENS["dark"]


@each
def test_a_line_is_dashed_and_sized_sensibly(layer):
    for one in layer.classes:
        for stroke in one.style.strokes:
            assert stroke.width > 0
            assert 0 < stroke.opacity <= 1
            assert len(stroke.dash) % 2 == 0
            assert bool(stroke.casing) == (stroke.casing_width > 0)


def test_nobody_unnamed_sees_a_household():
    for layer in FOUND:
        if layer.id in {"households", "care"}:
            assert "anonymous" not in layer.roles


@pytest.mark.parametrize("name", ["alleys", "hazards", "streetlights", "compounds", "reach"])
def test_an_unknown_word_in_the_data_is_no_crash(name, community, today):
    """A reader turns words it does not know into missing values; a layer must live with them."""
    column = {
        "alleys": ("alleys", "kind"),
        "hazards": ("hazards", "severity"),
        "streetlights": ("streetlights", "working"),
        "compounds": ("compounds", "manager_kind"),
        "reach": ("buildings", "kind"),
    }[name]
    table = getattr(community, column[0])
    broken = table.assign(**{column[1]: table[column[1]].where(table.index != table.index[0])})
    held = replace(community, **{column[0]: broken, "_memo": {}})
    layer = next(one for one in FOUND if one.id == name)
    frame = layer.draw(held, today)
    assert set(frame[CLASS]) <= {c.key for c in layer.classes}
