"""The demo community through every role's eyes: each class occurs, and nothing private leaves."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import shapely

import layers
from layers import CLASS, inspection_way, way_home
from layers._folium import compose, describe
from layers.unlit import alley_of
from tests.layers.conftest import NOW
from wangge import sight
from wangge.analysis.edits import Add, Break, Repair, tried
from wangge.analysis.illuminance import light_profile
from wangge.analysis.lighting import unlit_stretches
from wangge.domain.roles import ROLES
from wangge.domain.tables import TABLES
from wangge.store.files import read
from wangge.store.first_import import import_hazards
from wangge.store.home import journal_at
from wangge.store.overlay import as_it_stands

DEMO = Path(layers.__file__).parents[1] / "data" / "geo"
# Classes the demo may lack on a good day; what is inspected weekly is never "later".
RARE = {"beyond_15", "broken_solar", "often", "later"}
# Layers that draw nothing of their own.
BOUND = {"way_home": way_home.to("B090"), "inspection_way": inspection_way.to("G7", 0)}
PRIVATE = [
    (t.name, c) for t in TABLES.values() for c in t.columns if c.private and c.kind == "text"
]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo as it stands once its hazards have been brought into a journal."""
    files = read(DEMO).community
    journal = journal_at(str(tmp_path_factory.mktemp("home") / "journal.gpkg"))
    import_hazards(journal, files, datetime(2026, 11, 23, tzinfo=UTC))
    yield as_it_stands(files, journal).at(NOW)
    journal.close()


def drawn_for(role, demo, today, lang="zh"):
    allowed = tuple(layer for layer in layers.find_all() if role in layer.roles)
    seen = sight.see(demo, role, grid="G5" if role == "worker" else "")
    return describe(compose(allowed, seen, lang, today=today))


@pytest.fixture(scope="module")
def scenario(demo):
    """The demo with a lamp in the dark alley, one repaired, and one out that darkened a way."""
    seen = sight.see(demo, "secretary")
    spot = seen.alleys.geometry["A21"].interpolate(47)
    broken = seen.streetlights.index[~seen.streetlights["working"]][0]
    edits = (Add("solar", 6.0, spot.x, spot.y), Repair(broken), Break("L094"))
    return tried(seen, edits)


def test_nearly_every_class_of_the_legend_occurs(scenario, today):
    for layer in layers.find_all():
        found = set(BOUND.get(layer.id, layer).draw(scenario, today)[CLASS])
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


def test_days_later_more_is_overdue(demo, today):
    hazards = next(layer for layer in layers.find_all() if layer.id == "hazards")
    late = [
        hazards.draw(demo.at(now), today)["marks"].str.contains("overdue").sum()
        for now in (NOW, NOW + timedelta(days=5))
    ]
    assert late[0] < late[1]


def drawn(name, community, today):
    return next(layer for layer in layers.find_all() if layer.id == name).draw(community, today)


def test_every_lux_sample_lies_in_a_run_of_its_step(scenario, today):
    runs = drawn("illuminance", scenario, today)
    profile = light_profile(scenario.alleys, scenario.streetlights, step_m=7.0)
    walked = scenario.alleys["surveyed_on"].notna()
    inner = profile[walked.reindex(profile["alley_id"]).to_numpy()]
    lines = scenario.alleys.geometry.reindex(inner["alley_id"])
    spots = shapely.line_interpolate_point(lines.to_numpy(), inner["along_m"].to_numpy())
    kinds = {"under_least": (0, 1), "under_due": (1, 5), "due": (5, 10), "bright": (10, 1e9)}
    checked = 0
    for key, (low, high) in kinds.items():
        clear = inner["lux"].between(low * 1.3, high * 0.7)  # not where one step meets another
        gap = shapely.distance(spots[clear], runs[runs[CLASS] == key].union_all())
        assert (gap < 2.1).all(), key
        checked += int(clear.sum())
    assert checked > 300


def test_a_stretch_knows_its_alley_and_names_it_once(scenario, today):
    stretches = drawn("unlit", scenario, today)
    dark = unlit_stretches(scenario.alleys, scenario.streetlights, min_length_m=10)
    assert sorted(alley_of(at) for at in stretches.index) == sorted(dark["alley_id"])
    alleys = [alley_of(at) for at in stretches.index[stretches["label"].notna()]]
    named = scenario.alleys["kind"].isin(["alley", "footpath"])
    assert sorted(alleys) == sorted(set(dark["alley_id"]) & set(named.index[named]))


def test_homes_are_those_the_scenario_changes(demo, scenario, today):
    seen = sight.see(demo, "secretary")
    before = set(drawn("homes_at_night", seen, today).index)
    after = drawn("homes_at_night", scenario, today)[CLASS]
    assert set(after.index[after != "darkened"]) == before
    assert not set(after.index[after == "darkened"]) & before


def test_lamps_out_count_their_days(demo, today):
    out = drawn("broken_lamps", demo, today)
    since = [date.fromisoformat(str(day)[:10]) for day in out["out_since"]]
    assert out["days"].tolist() == [(today - day).days for day in since]
    later = replace(demo, _memo={}, streetlights=demo.streetlights.assign(out_since=None))
    assert drawn("broken_lamps", later, today)["days"].isna().all()


def test_reach_covers_each_lamp_that_works_and_no_other(demo, today):
    ground = drawn("lamp_reach", demo, today).union_all()
    works = demo.streetlights["working"]
    assert demo.streetlights[works].within(ground).all()
    disc = demo.streetlights[works].iloc[0]
    assert ground.contains(disc.geometry.buffer(disc["reach_m"] * 0.99))


def test_a_page_is_offered_its_own_layers_and_those_of_all():
    own = {layer.id for layer in layers.find_all() if layer.page == "lighting"}
    assert own
    assert own <= {layer.id for layer in layers.offered("lighting", "planner")}
    assert not own & {layer.id for layer in layers.offered("overview", "planner")}
    assert "unlit_people" not in {layer.id for layer in layers.offered("lighting", "anonymous")}
