"""Discs on segments, by numpy and by compiled loops: against trying every pair, and each other."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from shapely import LineString

from wangge.analysis import lamp_light, scale
from wangge.analysis.chainage import chain_of, cut_out, vertices
from wangge.analysis.lamp_light import dark_stretches, lamp_intervals

compiled = scale._loaded()


@pytest.fixture(params=["numpy", "compiled"])
def way(request, monkeypatch):
    monkeypatch.setattr(scale, "_WORTH", 0 if request.param == "compiled" else np.inf)


def town(seed, alleys=40, lamps=80, step=25.0, reach=(5, 25)):
    rng = np.random.default_rng(seed)
    lines = [
        LineString(rng.uniform(0, 300, 2) + np.cumsum(rng.normal(0, step, (6, 2)), axis=0))
        for _ in range(alleys)
    ]
    return lines, rng.uniform(-50, 350, (lamps, 2)), rng.uniform(*reach, lamps)


def every_pair(lines, lamps, reach):
    """Dark metres of each line, every lamp tried on every segment, by plain geometry."""
    dark = []
    for line in lines:
        free = 0.0
        for a, b in pairwise(np.array(line.coords)):
            size = np.hypot(*(b - a))
            cuts = [0.0, size]
            for (x, y), r in zip(lamps, reach, strict=True):
                t = ((x - a[0]) * (b - a)[0] + (y - a[1]) * (b - a)[1]) / size
                off = np.hypot(*(a + (b - a) * t / size - (x, y)))
                if off < r:
                    half = np.sqrt(r * r - off * off)
                    cuts += [t - half, t + half]
            cuts = np.unique(np.clip(cuts, 0, size))
            middle = a + (b - a) * ((cuts[1:] + cuts[:-1]) / 2 / size)[:, None]
            gap = np.hypot(*(middle[:, None] - lamps[None]).transpose(2, 0, 1)) > reach
            free += np.diff(cuts)[gap.all(axis=1)].sum()
        dark.append(free)
    return dark


@pytest.mark.parametrize(
    ("step", "reach"), [(25.0, (5, 25)), (120.0, (2, 4)), (3.0, (0.5, 90))], ids=str
)
@pytest.mark.usefixtures("way")
def test_against_trying_every_pair(step, reach):
    """Also where segments are much longer than the reach, and where one lamp reaches all."""
    lines, lamps, far = town(1, step=step, reach=reach)
    laid = chain_of(np.array(lines))
    dark, part = dark_stretches(laid, lamps, far)
    found = np.bincount(part, weights=dark[:, 1] - dark[:, 0], minlength=len(lines))
    assert found == pytest.approx(every_pair(lines, lamps, far), abs=1e-8)


@pytest.mark.parametrize("seed", range(4))
def test_both_ways_find_the_same_to_the_last_bit(seed, monkeypatch):
    assert compiled is not None
    lines, lamps, reach = town(seed, 200, 500, step=(3, 25, 60, 200)[seed])
    lines[3:3] = [LineString([(9, 9), (9, 9)]), LineString([(0, 0), (0, 0), (99, 1), (99, 1)])]
    laid = chain_of(np.array(lines))
    reach[:5], lamps[5] = 0, (9e6, 9e6)
    monkeypatch.setattr(scale, "_WORTH", np.inf)
    dark, part = dark_stretches(laid, lamps, reach)
    found, of = compiled.dark_stretches(laid, lamps, reach)
    assert found.tolist() == dark.tolist()
    assert of.tolist() == part.tolist()
    xy, row = compiled.vertices(laid, dark, part)
    slow_xy, slow_row = vertices(laid, dark)
    assert xy.tolist() == slow_xy.tolist()
    assert row.tolist() == slow_row.tolist()


def test_compiled_room_grows():
    """More lamps about one segment, and more gaps on one line, than there is room for at first."""
    laid = chain_of(np.array([LineString([(0, 0), (1000, 0)])]))
    lamps = np.stack([np.arange(2.5, 1000, 5), np.zeros(200)], axis=1)
    dark, _ = compiled.dark_stretches(laid, lamps, np.full(200, 2.0))
    assert dark.shape == (201, 2)
    assert (dark[:, 1] - dark[:, 0]).sum() == pytest.approx(200)


@pytest.mark.usefixtures("way")
def test_a_stray_alley_or_lamp_makes_no_giant_grid():
    """Cells are bounded by what there is, not by how far apart it lies."""
    near = [LineString([(0, k), (40, k)]) for k in range(5)]
    laid = chain_of(np.array([*near, LineString([(9e6, 9e6), (9e6 + 30, 9e6)])]))
    dark, part = dark_stretches(laid, np.array([[20.0, 2], [9e6, 9e6], [-8e6, 3]]), np.full(3, 10))
    assert np.bincount(part).tolist() == [2, 2, 2, 2, 2, 1]
    assert (dark[:, 1] - dark[:, 0])[-1] == pytest.approx(20, abs=1e-6)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("reach", [0.0, 10.0], ids=["no-reach", "reach"])
def test_nothing_of_either(reach):
    laid = chain_of(np.array([LineString([(0, 0), (10, 0)])]))
    nobody = np.zeros((0, 2))
    assert dark_stretches(laid, nobody, np.zeros(0))[0].tolist() == [[0, 10]]
    assert dark_stretches(laid, np.array([[5.0, 50]]), np.array([reach]))[0].tolist() == [[0, 10]]
    empty = chain_of(np.zeros(0, dtype=object))
    assert len(dark_stretches(empty, np.array([[5.0, 0]]), np.array([reach]))[0]) == 0
    point = chain_of(np.array([LineString([(5, 5), (5, 5)])]))
    assert len(dark_stretches(point, np.array([[5.0, 0]]), np.array([reach]))[0]) == 0
    assert len(cut_out(empty, np.zeros((0, 2)), np.zeros(0, np.intp))) == 0


def test_lamps_are_looked_at_a_few_at_a_time(monkeypatch):
    lines, lamps, reach = town(3)
    laid = chain_of(np.array(lines))
    want = lamp_intervals(laid, lamps, reach)
    monkeypatch.setattr(lamp_light, "_CHUNK", 7)
    found = lamp_intervals(laid, lamps, reach)
    for a, b in zip(found, want, strict=True):
        assert a.tolist() == b.tolist()
