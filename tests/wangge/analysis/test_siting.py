"""Choosing spots, against trying every set, a published benchmark, and its laws."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array

from wangge.analysis.siting import Cover, best, greedy

DATA = Path(__file__).parents[2] / "data" / "siting"


def cover(reach, gain=None, cost=None):
    reach = np.asarray(reach, dtype=float)
    return Cover(
        csr_array(reach),
        np.ones(reach.shape[1]) if gain is None else np.asarray(gain, float),
        np.ones(reach.shape[0]) if cost is None else np.asarray(cost, float),
    )


def some(seed, spots=9, cells=25, costs=False):
    rng = np.random.default_rng(seed)
    return cover(
        rng.uniform(size=(spots, cells)) < 0.25,
        rng.uniform(0, 10, cells),
        rng.uniform(1, 5, spots) if costs else None,
    )


def by_trying(problem, budget):
    """Worth of the best of all sets within the budget; slow, obviously right."""
    reach, most = problem.reach.toarray() > 0, 0.0
    for k in range(len(problem.cost) + 1):
        for chosen in combinations(range(len(problem.cost)), k):
            if problem.cost[list(chosen)].sum() <= budget:
                covered = reach[list(chosen)].any(axis=0)
                most = max(most, problem.gain[covered].sum())
    return most


@pytest.mark.parametrize("costs", [False, True], ids=["number", "money"])
@pytest.mark.parametrize("seed", range(6))
def test_against_trying_every_set(seed, costs):
    problem = some(seed, costs=costs)
    for budget in (1, 3, 6.5):
        most = by_trying(problem, budget)
        exact, quick = best(problem, budget), greedy(problem, budget)
        assert exact.value == pytest.approx(most)
        assert exact.gap == pytest.approx(0, abs=1e-6)
        assert quick.value <= most + 1e-9 <= quick.bound + 1e-6
        assert quick.value >= (0.5 if costs else 1 - 1 / np.e) * (1 - 1 / np.e) * most
        if not costs:
            worth = [problem.value(exact.chosen[:k]) for k in range(len(exact.chosen) + 1)]
            assert (np.diff(worth, n=2) <= 1e-9).all(), "the most useful first"
        for found in (exact, quick):
            assert found.cost <= budget + 1e-9
            assert found.cost == pytest.approx(problem.cost[found.chosen].sum())
            assert len(set(found.chosen.tolist())) == len(found.chosen)


@pytest.fixture(scope="module")
def san_francisco():
    """Sixteen sites of stores and 205 tracts with their people; covered within 5 km."""
    with (DATA / "distances.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    spots = sorted({row["name"] for row in rows})
    tracts = sorted({row["DestinationName"] for row in rows})
    reach, people = np.zeros((len(spots), len(tracts))), np.zeros(len(tracts))
    for row in rows:
        i, j = spots.index(row["name"]), tracts.index(row["DestinationName"])
        reach[i, j] = float(row["distance"]) <= 5000
        people[j] = float(row["demand"])
    return cover(reach, people)


@pytest.mark.parametrize(
    ("p", "people"),
    list(enumerate([448255, 671938, 791499, 875247, 927402, 941462, 950428, 955113], start=1)),
)
def test_published_optima_of_san_francisco(san_francisco, p, people):
    found = best(san_francisco, p)
    assert found.value == people
    assert found.gap == pytest.approx(0, abs=1e-9)
    quick = greedy(san_francisco, p)
    assert quick.value <= people <= quick.bound


def test_more_money_is_never_worse():
    problem = some(3, spots=14, cells=40, costs=True)
    values = [best(problem, budget).value for budget in np.linspace(0, 12, 7)]
    assert values == sorted(values)


def test_one_more_spot_to_choose_from_is_never_worse():
    problem = some(4, spots=10)
    fewer = Cover(problem.reach[:9], problem.gain, problem.cost[:9])
    assert best(problem, 3).value >= best(fewer, 3).value


def test_greedy_can_be_wrong_and_the_bound_says_so():
    problem = cover([[1, 1, 1, 1, 0, 0], [1, 1, 0, 0, 1, 0], [0, 0, 1, 1, 0, 1]])
    quick, exact = greedy(problem, 2), best(problem, 2)
    assert (quick.value, exact.value) == (5, 6)
    assert quick.bound >= 6
    assert sorted(exact.chosen.tolist()) == [1, 2]


def test_a_dear_spot_worth_more_than_many_cheap_ones():
    problem = cover([[1, 0], [0, 1]], gain=[2, 100], cost=[1, 60])
    assert greedy(problem, 60).chosen.tolist() == [1]


def test_without_time_the_greedy_choice_stays_with_a_bound():
    problem = some(9, spots=14, cells=120)
    found = best(problem, 4, seconds=1e-6)
    assert found.value >= greedy(problem, 4).value
    assert found.bound >= by_trying(problem, 4) - 1e-6


def test_nothing_to_choose_or_to_gain():
    for problem, budget in (
        (cover(np.zeros((0, 3))), 2),
        (cover(np.zeros((3, 0))), 2),
        (cover(np.zeros((3, 4))), 2),
        (some(1), 0),
        (cover([[1]], cost=[5]), 4.9),
    ):
        for found in (greedy(problem, budget), best(problem, budget)):
            assert (len(found.chosen), found.value, found.bound, found.gap) == (0, 0, 0, 0)


def test_spots_that_add_nothing_are_not_taken():
    assert greedy(cover([[1, 1], [1, 0], [0, 0]]), 3).chosen.tolist() == [0]


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="gain"):
        cover([[1]], gain=[np.nan])
    with pytest.raises(ValueError, match="cost"):
        cover([[1]], cost=[0])
    with pytest.raises(ValueError, match="reach"):
        Cover(csr_array(np.ones((2, 2))), np.ones(3), np.ones(2))
    for budget in (-1, np.nan, np.inf):
        with pytest.raises(ValueError, match="budget"):
            greedy(cover([[1]]), budget)
    with pytest.raises(ValueError, match="seconds"):
        best(cover([[1]]), 1, seconds=0)
