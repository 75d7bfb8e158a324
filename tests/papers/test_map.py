"""The map on paper: in its place, to scale, in the layers' own colours, names clear of all else."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from layers import find_all
from layers._layer import Hatch, Stroke
from layers._tokens import TOKENS
from papers._along import along
from papers._frame import Frame, extent_of, framed
from papers._furniture import round_length
from papers._ground import casing_width, dashes, hatch, stroke_width
from papers._legend import draw_legend
from papers._map import Plan, _drawn, draw_map
from papers._names import FULL, LINE, Taken, place
from papers._paper import MARGIN, Paper
from papers._signs import SPOT, Spot, spot_box
from wangge.text import Text


@pytest.fixture
def paper(today):
    paper = Paper("", lang="zh", day=today)
    paper.add_page()
    return paper


@pytest.fixture(scope="module")
def plan(community, today):
    grid = community.grids.geometry["G5"]
    at = community.alleys.geometry["A26"].interpolate(0.5, normalized=True)
    spots = (Spot("1", at.x, at.y, "new", "影剧院后巷"),)
    layers = ("alleys", "streetlights", "grids", "stations")
    return Plan(community, today, "zh", grid.bounds, layers, spots, grid)


def test_the_window_holds_what_is_asked_for():
    window = framed((0, 0, 400, 100), 50, 60, 300, 200)
    west, south, east, north = window.ground
    assert max(west, south) < 0
    assert east > 400
    assert north > 100
    corners = window.page(np.array([(west, north), (east, south)]))
    assert corners.ravel() == pytest.approx([50, 60, 350, 260])


def test_a_point_is_shown_with_ground_around_it():
    west, _, east, _ = framed((7, 7, 7, 7), 0, 0, 300, 200).ground
    assert east - west == pytest.approx(120)


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_an_extent_without_an_end_is_refused(bad):
    with pytest.raises(ValueError, match="finite"):
        framed((0, 0, bad, 1), 0, 0, 9, 9)
    assert extent_of([shapely.Point(), None]) is None


def test_bands_are_those_of_the_screen():
    """A pixel of the styles is 0.8 m at zoom 17.25; the bands end at 16.5, 17.75 and 18.75."""
    for metres_a_pixel, band in ((0.8, 1), (1.4, 0), (0.5, 2), (0.25, 3)):
        window = Frame(0, 0, 9, 9, 0, 0, 0.9 / metres_a_pixel)
        assert window.band == band


def test_widths_are_metres_where_the_style_says_so():
    window = Frame(0, 0, 9, 9, 0, 0, 2.0)
    road = Stroke("m_road", 2, casing="m_casing", casing_width=1.6, width_column="width_m")
    assert stroke_width(road, window, 10.0) == pytest.approx(20)
    assert casing_width(road, window, 20.0) == pytest.approx(20 + 1.6 * window.unit)
    unlit = Stroke("gap", 4, (9, 4.5), casing="halo", casing_width=7)
    grown = stroke_width(unlit, window) / (4 * window.unit)
    assert grown == pytest.approx(1.5)  # near
    assert dashes(replace(unlit, round_=True), 1.0)[0] < 0.1


def test_a_hatch_keeps_its_distance_and_stays_inside(paper):
    before = len(paper.pages[1].contents)
    hatch(paper, (100, 100, 160, 140), Hatch("gap", 45, 2, 7), 1.0)
    drawn = bytes(paper.pages[1].contents)[before:].decode("latin-1")
    assert drawn.count(" m ") == pytest.approx((60 + 40) / 2**0.5 / 7, abs=2)


def test_the_map_is_drawn_in_the_colours_of_the_layers(paper, plan):
    draw_map(paper, plan, MARGIN, MARGIN, 450, 260)
    drawn = bytes(paper.pages[1].contents).decode("latin-1")
    for name in ("m_out", "m_road", "m_bld", "m_wall", "gap", "lamp", "m_grid", "accent"):
        code = TOKENS["light"][name]
        shares = " ".join(f"{int(code[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))
        assert f"{shares} rg" in drawn or f"{shares} RG" in drawn, name


def test_the_legend_names_what_is_seen(paper, plan, opened):
    drawn = draw_map(paper, plan, MARGIN, MARGIN, 450, 260)
    labels = [one.label.zh for one in drawn.classes]
    assert {"无灯", "市电灯", "太阳能灯", "党群服务站"} <= set(labels)
    assert "无物业" not in labels  # the compounds are base map here
    spots = [("new", Text("新装", "New"))]
    high = draw_legend(paper, drawn, MARGIN, 500, 450, lang="zh", spots=spots)
    assert high > 0
    text = opened(bytes(paper.output())).text
    assert "新装" in text
    assert "影剧院" in text


def test_outside_the_focus_no_alley_is_judged(paper, plan):
    whole = draw_map(paper, replace(plan, focus=None, spots=()), MARGIN, MARGIN, 450, 260)
    spot = plan.community.alleys.geometry["A27"].interpolate(0.3, normalized=True)
    within = draw_map(paper, replace(plan, focus=spot.buffer(5)), MARGIN, MARGIN, 450, 260)
    assert "unlit" in {one.key for one in whole.classes}
    assert "unlit" not in {one.key for one in within.classes}


def test_names_stand_clear_of_one_another_and_of_signs(paper, plan):
    window = framed(plan.extent, 50, 60, 450, 260)
    taken = Taken(window.box)
    spot = spot_box(window, plan.spots[0])
    taken.add(spot)
    held = [group for _, groups in _drawn(plan, window) for group in groups]
    names = place(paper, window, held, taken, "zh")
    assert len(names) > 12
    boxes = [[name.pill] if name.pill else [glyph.box for glyph in name.glyphs] for name in names]
    for at, mine in enumerate(boxes):
        for other in [[spot], *boxes[:at]]:
            assert not any(overlap(a, b) > 1.01 for a in mine for b in other)
    for box in (box for mine in boxes for box in mine):
        assert window.box[0] <= box[0]
        assert box[2] <= window.box[2]


def overlap(one, other):
    """How deep two boxes lie in each other; what is taken is known to a point."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return min(across, down)


def test_what_is_taken_is_taken_for_its_kind():
    taken = Taken((0, 0, 100, 100))
    taken.add((10, 10, 20, 20), LINE)
    assert not taken.free((15, 15, 30, 30))
    assert taken.free((15, 15, 30, 30), FULL)
    assert not taken.free((90, 90, 110, 95))
    assert not taken.free((-1, 0, 5, 5))


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ([(0, 0), (200, 0)], "across"),
        ([(200, 0), (0, 0)], "across"),
        ([(0, 0), (0, -200)], "down"),
        ([(0, -200), (0, 0)], "down"),
    ],
)
def test_names_read_from_left_to_right_or_from_top_to_bottom(line, order):
    window = Frame(0, 0, 300, 300, -10, 10, 1.0)
    glyphs = next(
        along(window, shapely.LineString(line), "油坊巷", 0.0, lambda text: 9.0 * len(text))
    )
    assert "".join(glyph.text for glyph in glyphs) == "油坊巷"
    runs = [glyph.x if order == "across" else glyph.y for glyph in glyphs]
    assert runs == sorted(runs)
    assert all(abs(glyph.angle) < 1 for glyph in glyphs)


def test_the_scale_bar_is_a_round_length():
    for most in np.geomspace(1, 5000, 40):
        found = round_length(most)
        assert most / 2.51 < found <= most * (1 + 1e-9)
        assert f"{found:.0f}".rstrip("0") in {"1", "2", "5"}


def test_every_layer_can_be_drawn_on_paper(paper, community, today):
    layers = tuple(layer.id for layer in find_all())
    plan = Plan(community, today, "en", community.community.total_bounds, layers)
    drawn = draw_map(paper, plan, MARGIN, MARGIN, 450, 400)
    assert len(drawn.classes) > 15


def test_nothing_to_draw_is_an_empty_frame(paper, nothing, today):
    plan = Plan(nothing, today, "zh", (0, 0, 100, 100), ("alleys", "grids"))
    assert draw_map(paper, plan, MARGIN, MARGIN, 450, 260).classes == ()


def test_hostile_names_are_no_crash(paper, community, today, naughty):
    held = community.compounds
    ways = community.alleys
    names = pd.Series(naughty[-len(held) :], held.index, dtype=object)
    words = pd.Series(naughty[: len(ways)], ways.index, dtype=object)
    strange = replace(
        community,
        compounds=held.assign(name=names),
        alleys=ways.assign(name=words),
        _memo={},
    )
    bounds = community.community.total_bounds
    spots = tuple(Spot("1", *bounds[:2], "stop", text) for text in naughty[-16:])
    draw_map(paper, Plan(strange, today, "zh", tuple(bounds), ("alleys",), spots), 70, 70, 450, 400)


def test_broken_shapes_are_no_crash(paper, community, today):
    bow = shapely.Polygon([(0, 0), (50, 50), (50, 0), (0, 50)])
    held = community.compounds.iloc[:3]
    shapes = gpd.GeoSeries([bow, shapely.Polygon(), None], index=held.index, crs=held.crs)
    strange = replace(community, compounds=held.set_geometry(shapes), _memo={})
    layers = ("compounds",)
    draw_map(paper, Plan(strange, today, "zh", (0, 0, 50, 50), layers), 70, 70, 450, 300)


def test_a_spot_stands_where_it_is():
    window = framed((0, 0, 100, 100), 50, 60, 200, 200)
    box = spot_box(window, Spot("1", 50, 50))
    assert (box[0] + box[2]) / 2 == pytest.approx(150)
    assert (box[1] + box[3]) / 2 == pytest.approx(160)
    assert box[3] - box[1] == pytest.approx(2 * SPOT)
