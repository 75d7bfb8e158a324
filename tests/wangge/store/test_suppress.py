"""No hidden count can be found out from those shown."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.store.suppress import FEW, SHOWN, Tree, conclusions, suppress

SMALLEST = 5


@st.composite
def trees(draw, most=9, deep=25):
    """A tree of sums: leaves drawn, parents added up; a parent's index is below its children's."""
    parents = [-1]
    n = draw(st.integers(1, deep))
    parents += [draw(st.integers(max(0, i - 6), i - 1)) for i in range(1, n)]
    values = [draw(st.integers(0, most)) if i not in parents else 0 for i in range(len(parents))]
    for i in reversed(range(1, len(parents))):
        values[parents[i]] += values[i]
    n = len(values)
    return Tree(values, parents, [0] * n, [10**6] * n, [False] * n)


@given(trees())
@settings(max_examples=300, deadline=None)
def test_small_counts_are_hidden_and_none_can_be_concluded(tree):
    states = suppress(tree, SMALLEST)
    known = conclusions(tree, states, SMALLEST)
    for value, state, (low, high) in zip(tree.values, states, known, strict=True):
        assert low <= value <= high
        if value < SMALLEST:
            assert state == FEW
        if state == FEW:
            assert low < high


@given(trees(most=12))
@settings(max_examples=300, deadline=None)
def test_no_parent_less_its_shown_children_gives_a_hidden_child(tree):
    states = suppress(tree, SMALLEST)
    for parent in range(len(states)):
        children = [c for c, p in enumerate(tree.parents) if p == parent]
        hidden = [c for c in children if states[c] != SHOWN]
        if states[parent] == SHOWN and any(states[c] == FEW for c in hidden):
            assert len(hidden) > 1


def worlds(tree, states):
    """Enumerate, slowly and obviously, every assignment of leaves a viewer cannot rule out."""
    n = len(states)
    leaves = [i for i in range(n) if i not in tree.parents]
    reach = range(max(tree.values) + 8)
    for values in itertools.product(reach, repeat=len(leaves)):
        held = dict.fromkeys(range(n), 0) | dict(zip(leaves, values, strict=True))
        for i in reversed(range(1, n)):
            held[tree.parents[i]] += held[i]
        if all(
            held[i] == tree.values[i]
            if states[i] == SHOWN
            else (held[i] < SMALLEST) == (states[i] == FEW)
            for i in range(n)
        ):
            yield held


@pytest.mark.parametrize(
    ("values", "parents"),
    [
        ([10, 2, 8], [-1, 0, 0]),
        ([15, 0, 5, 10], [-1, 0, 0, 0]),
        ([13, 4, 4, 5], [-1, 0, 0, 0]),
        ([9, 4, 5, 4], [-1, 0, 0, 1]),
        ([12, 7, 5, 2, 5], [-1, 0, 0, 1, 1]),
    ],
)
def test_conclusions_agree_with_trying_every_world(values, parents):
    n = len(values)
    tree = Tree(values, parents, [0] * n, [max(values) + 7] * n, [False] * n)
    states = suppress(tree, SMALLEST)
    possible = list(worlds(tree, states))
    known = conclusions(tree, states, SMALLEST)
    for i in range(n):
        seen = {world[i] for world in possible}
        assert (min(seen), max(seen)) == known[i]
        if states[i] == FEW:
            assert len(seen) > 1


def test_nothing_is_withheld_without_need():
    tree = Tree([60, 2, 3, 25, 30], [-1, 0, 0, 0, 0], [0] * 5, [99] * 5, [False] * 5)
    assert suppress(tree, SMALLEST) == [0, 1, 1, 0, 0]


def test_what_the_viewer_may_see_stays():
    tree = Tree([30, 2, 8, 20], [-1, 0, 0, 0], [0] * 4, [99] * 4, [False, False, True, False])
    assert suppress(tree, SMALLEST) == [0, 1, 0, 2]
