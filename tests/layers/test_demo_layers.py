"""The demo community through every role's eyes: each class occurs, and nothing private leaves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import layers
from layers import CLASS
from layers._folium import compose, describe
from wangge import sight
from wangge.domain.roles import ROLES
from wangge.domain.tables import TABLES
from wangge.store.files import read

DEMO = Path(layers.__file__).parents[1] / "data" / "geo"
RARE = {"beyond_15", "broken_solar"}  # classes the demo may lack on a good day
PRIVATE = [
    (t.name, c) for t in TABLES.values() for c in t.columns if c.private and c.kind == "text"
]


@pytest.fixture(scope="module")
def demo():
    return read(DEMO).community


def drawn_for(role, demo, today, lang="zh"):
    allowed = tuple(layer for layer in layers.find_all() if role in layer.roles)
    seen = sight.see(demo, role, grid="G5" if role == "worker" else "")
    return describe(compose(allowed, seen, lang, today=today))


def test_nearly_every_class_of_the_legend_occurs(demo, today):
    seen = sight.see(demo, "secretary")
    for layer in layers.find_all():
        found = set(layer.draw(seen, today)[CLASS])
        missing = {c.key for c in layer.classes} - found
        assert missing <= RARE, layer.id


@pytest.mark.parametrize("role", ROLES)
def test_nothing_private_is_in_any_body(demo, today, role):
    drawing = drawn_for(role, demo, today)
    text = b"\n".join(body.content for body in drawing.bodies[1:]).decode()
    for table, column in PRIVATE:
        if column.terms or column.name not in getattr(demo, table).columns:
            continue
        for value in getattr(demo, table)[column.name].dropna().unique():
            assert json.dumps(value, ensure_ascii=False) not in text


def test_the_public_sees_no_household_and_no_small_count(demo, today):
    drawing = drawn_for("anonymous", demo, today)
    told = {one["id"]: one["hash"] for one in drawing.head["layers"]}
    assert not {"households", "care"} & set(told)
    bodies = {body.digest: body for body in drawing.bodies}
    counts = [
        feature["properties"].get("households")
        for layer in ("grids", "compounds", "buildings")
        for feature in bodies[told[layer]].collection["features"]
    ]
    shown = [count for count in counts if count is not None]
    assert shown
    assert all(count in {"<5", "0"} or int(count) >= 5 for count in shown)


def test_the_worker_draws_as_many_compounds_as_the_secretary(demo, today):
    one, other = (drawn_for(role, demo, today) for role in ("worker", "secretary"))
    names = [{layer["id"] for layer in drawing.head["layers"]} for drawing in (one, other)]
    assert names[0] == names[1]


def test_a_day_later_more_is_overdue_or_the_same(demo, today):
    hazards = next(layer for layer in layers.find_all() if layer.id == "hazards")
    late = [
        hazards.draw(demo, day)["marks"].str.contains("overdue").sum()
        for day in (today, today.replace(day=today.day + 5))
    ]
    assert late[0] <= late[1]
