"""The round on the map is the round that is walked: its numbers, its way, only its grid."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers import CLASS, inspection_way, inspections
from tests.layers.conftest import NOW
from wangge.analysis.inspection_round import grid_round
from wangge.store.files import read


@pytest.fixture(scope="module")
def community():
    return read(Path(__file__).parents[2] / "data" / "geo").community.at(NOW)


@pytest.fixture
def walk(community, today):
    return grid_round(community, grid="G7", today=today)


def test_stops_carry_their_number_and_other_grids_are_not_drawn(community, today, walk):
    drawn = inspections.to("G7", 0).draw(community, today)
    numbers = drawn["number"].dropna()
    assert numbers.to_dict() == {about: str(k) for k, about in enumerate(walk.order, start=1)}
    assert len(drawn) < len(inspections.LAYER.draw(community, today))
    assert inspections.LAYER.draw(community, today)["number"].isna().all()


def test_the_way_is_one_line_on_which_every_leg_lies(community, today, walk):
    drawn = inspection_way.to("G7", 0).draw(community, today)
    assert list(drawn[CLASS]) == ["way"]
    (line,) = drawn.geometry
    assert all(line.buffer(0.01).covers(leg) for leg in walk.legs.geometry)
    assert 0 < line.length <= walk.metres  # what is walked twice is drawn once
    assert inspection_way.LAYER.draw(community, today).empty


def test_a_bound_layer_is_drawn_once_for_all_who_look(community, today):
    assert inspections.to("G7", 0).draw == inspections.to("G7", 0).draw
    assert hash(inspections.to("G7", 0).draw) != hash(inspections.to("G7", -1).draw)
    assert inspections.LAYER.classes != inspections.to("G7", 0).classes
