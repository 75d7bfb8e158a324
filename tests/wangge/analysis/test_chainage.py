"""Lines laid end to end: what is left over and cut out, against doing it line by line."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString
from shapely.ops import substring

from wangge.analysis.chainage import chain_of, cut_out, left_over


def laid(*lines):
    return chain_of(np.array(lines, dtype=object))


def bent(seed, count=20):
    rng = np.random.default_rng(seed)
    return [LineString(np.cumsum(rng.normal(0, 20, (6, 2)), axis=0)) for _ in range(count)]


@pytest.mark.parametrize("seed", range(2))
def test_a_chain_has_the_lengths_of_its_lines(seed):
    lines = bent(seed)
    found = laid(*lines)
    assert found.total == pytest.approx([line.length for line in lines])
    assert (found.last - found.first).tolist() == pytest.approx(found.total.tolist())
    assert found.alley.tolist() == list(range(len(lines)))
    assert len(found.segment) == 5 * len(lines)


def test_odd_lines():
    two = MultiLineString([[(0, 0), (3, 4)], [(9, 9), (9, 10)]])
    found = laid(
        two, LineString(), None, LineString([(5, 5), (5, 5)]), LineString([(0, 0), (2, 0)])
    )
    assert found.alley.tolist() == [0, 0, 3, 4]
    assert found.total.tolist() == [5, 1, 0, 2]
    assert found.first.tolist() == [0, 6, 8, 9]
    assert len(laid().alley) == len(laid(LineString()).alley) == 0


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_coordinate_that_is_no_number_is_refused(bad):
    with np.errstate(invalid="ignore"):
        lost = LineString([(0, 0), (bad, 1)])
    with pytest.raises(ValueError, match="finite"):
        laid(LineString([(0, 0), (1, 1)]), lost)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 19), st.integers(1, 9)), max_size=20))
def test_what_is_left_over_against_a_row_of_cells(intervals):
    """Three parts of 20 cells; what no interval covers is left, in runs."""
    found = laid(*(LineString([(0, k), (20, k)]) for k in range(3)))
    cells = np.zeros((3, 20), dtype=bool)
    low, high = [], []
    for part, begin, size in intervals:
        end = min(begin + size, 20)
        cells[part, begin:end] = True
        low.append(found.first[part] + begin)
        high.append(found.first[part] + end)
    free, part = left_over(found, np.array(low, float), np.array(high, float))
    assert (free[:, 1] - free[:, 0]).sum() == (~cells).sum()
    steps = np.diff(np.pad(~cells, ((0, 0), (1, 1))).astype(int), axis=1)
    assert np.bincount(part, minlength=3).tolist() == (steps == 1).sum(axis=1).tolist()
    assert (free[:, 0] >= found.first[part]).all()
    assert (free[:, 1] <= found.last[part]).all()


@pytest.mark.parametrize("seed", range(3))
def test_lines_are_those_cut_one_by_one(seed):
    lines = [*bent(seed), LineString([(0, 0), (0, 0), (5, 0), (5, 0), (9, 0), (9, 0)])]
    found = laid(*lines)
    rng = np.random.default_rng(seed)
    part = rng.integers(0, len(lines), 50)
    share = np.sort(rng.uniform(size=(50, 2)), axis=1)
    share[:5], share[5:9, 0], share[9:12, 1] = (0, 1), 0, 1
    stretches = found.first[part, None] + share * (found.last - found.first)[part, None]
    cut = cut_out(found, stretches, part)
    for line, k, (low, high) in zip(cut, part, share, strict=True):
        want = substring(lines[k], low, high, normalized=True)
        assert line.hausdorff_distance(want) < 1e-9
        assert line.length == pytest.approx(want.length, abs=1e-9)
    assert len(cut_out(found, np.zeros((0, 2)), part[:0])) == 0


def test_a_stretch_that_ends_in_a_vertex_has_it_once():
    found = laid(LineString([(0, 0), (4, 0), (4, 3), (9, 3)]))
    cut = cut_out(found, np.array([[0.0, 4.0], [4.0, 7.0], [2.0, 12.0]]), np.zeros(3, np.intp))
    assert shapely.get_num_coordinates(cut).tolist() == [2, 2, 4]
