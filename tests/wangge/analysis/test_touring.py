"""The shortest order, against trying every one."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from scipy.sparse.csgraph import minimum_spanning_tree

from wangge.analysis.touring import Costs, best_tour, lower_bound

KINDS = ("round", "open", "free")


def costs(n, kind, seed=0):
    rng = np.random.default_rng(seed)
    spots = rng.integers(0, 100, (n + 1, 2)).astype(float)  # some lie on each other
    between = np.hypot(*(spots[:, None] - spots).transpose(2, 0, 1))
    begin, none = between[n, :n], np.zeros(n)
    return Costs(
        between[:n, :n], none if kind == "free" else begin, begin if kind == "round" else none
    )


def shortest(held):
    n = len(held.first)
    return min(held.of(np.array(order)) for order in permutations(range(n)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n", range(1, 8))
def test_against_every_order(n, kind):
    held = costs(n, kind, seed=n)
    best = shortest(held)
    proven, found = best_tour(held), best_tour(held, exact=0)
    assert proven.length == pytest.approx(best)
    assert proven.gap == 0
    for tour in (proven, found):
        assert sorted(tour.order) == list(range(n))
        assert tour.length == pytest.approx(held.of(tour.order))
        assert tour.bound <= best + 1e-9 <= tour.length + 2e-9
    assert found.length == pytest.approx(best)  # so few are found by moves as well


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n", [12, 30])
def test_many_stops(n, kind):
    held = costs(n, kind)
    tour = best_tour(held)
    assert sorted(tour.order) == list(range(n))
    assert tour.length == pytest.approx(held.of(tour.order))
    # scipy takes an edge of nothing for none: two stops on one spot are the test's, not its tree's
    tree = minimum_spanning_tree(np.maximum(held.between, 1e-12)).sum()
    assert tree - 1e-6 <= tour.bound <= tour.length
    assert tour.gap < 0.04
    again = best_tour(held)
    assert again.order.tolist() == tour.order.tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_the_bound_holds_whatever_length_is_claimed(kind):
    for seed in range(4):
        held = costs(7, kind, seed=seed)
        best = shortest(held)
        for claimed in (best, 2 * best, 10 * best):
            assert lower_bound(held, claimed) <= best + 1e-9


def test_no_detour_helps():
    """No stop more makes a round shorter, for the triangle inequality holds."""
    held = costs(9, "round")
    less = Costs(held.between[:8, :8], held.first[:8], held.last[:8])
    assert best_tour(less).length <= best_tour(held).length + 1e-9


def test_stops_on_a_line_are_taken_in_turn():
    at = np.arange(30.0)[np.random.default_rng(3).permutation(30)]
    tour = best_tour(Costs(abs(at[:, None] - at), at, np.zeros(30)))
    assert at[tour.order].tolist() == list(range(30))
    assert tour.length == 29
    assert tour.gap == pytest.approx(0, abs=1e-6)


def test_no_stop_and_no_way():
    none = np.zeros(0)
    assert best_tour(Costs(np.zeros((0, 0)), none, none)).length == 0
    same = best_tour(Costs(np.zeros((14, 14)), np.zeros(14), np.zeros(14)))
    assert (same.length, same.bound, same.gap) == (0, 0, 0)


@pytest.mark.parametrize(
    ("between", "first", "says"),
    [
        (np.zeros((2, 3)), np.zeros(2), "differ"),
        (np.array([[0.0, np.inf], [np.inf, 0.0]]), np.zeros(2), "finite"),
        (np.zeros((2, 2)), np.array([-1.0, 0.0]), "finite"),
        (np.array([[0.0, 1.0], [2.0, 0.0]]), np.zeros(2), "symmetric"),
    ],
)
def test_what_is_no_cost_is_refused(between, first, says):
    with pytest.raises(ValueError, match=says):
        Costs(between, first, np.zeros(2))
