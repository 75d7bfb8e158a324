"""Hides small counts in a tree of places so that no subtraction brings them back.

Counts below a smallest one are hidden (`FEW`).  A viewer may still subtract shown counts from a
shown total, and knows that a hidden one is small; so further counts are withheld until every
hidden count could have at least two values.  What a viewer can conclude is computed exactly: in a
tree of sums the values a place can take, given all the others, form one interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

SHOWN: Final = 0
FEW: Final = 1  # below the smallest count shown
WITHHELD: Final = 2  # large enough, but it would give another away
_ENDLESS: Final = 1 << 40

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tree:
    """n counts; each parent stands before its children, and is their sum.

    ``parents[i]`` is the index of the parent, -1 for none; ``lows[i]`` and ``highs[i]`` bound what
    a viewer knows beforehand; ``fixed[i]`` is shown whatever happens.
    """

    values: Sequence[int]
    parents: Sequence[int]
    lows: Sequence[int]
    highs: Sequence[int]
    fixed: Sequence[bool]


def suppress(tree: Tree, smallest: int) -> list[int]:
    """Return for each count of `tree` whether it is `SHOWN`, `FEW` or `WITHHELD`.

    Parameters
    ----------
    tree
        Counts of places within places.
    smallest
        Counts below it are hidden.

    Examples
    --------
    One hidden child of a shown total would be solved; the next smallest is withheld with it.

    >>> tree = Tree([30, 2, 8, 20], [-1, 0, 0, 0], [0] * 4, [99] * 4, [False] * 4)
    >>> suppress(tree, 5)
    [0, 1, 2, 0]
    """
    states = [
        SHOWN if fixed or value >= smallest else FEW
        for value, fixed in zip(tree.values, tree.fixed, strict=True)
    ]
    children = _children(tree.parents)
    while True:
        known = conclusions(tree, states, smallest)
        solved = [i for i, (low, high) in enumerate(known) if states[i] == FEW and low == high]
        acted: set[int] = set()
        for i in solved:
            _withhold(i, tree, states, children, acted)
        if not acted:
            return states


def conclusions(tree: Tree, states: Sequence[int], smallest: int) -> list[Interval]:
    """Return the values each count may have, as far as a viewer of the shown ones can tell."""
    children = _children(tree.parents)
    inside: list[Interval] = [(0, 0)] * len(states)
    for i in reversed(range(len(states))):
        low, high = _alone(i, tree, states, smallest)
        if children[i]:
            low = max(low, sum(inside[c][0] for c in children[i]))
            high = min(high, sum(inside[c][1] for c in children[i]))
        inside[i] = (low, high)
    known = list(inside)
    for i, below in enumerate(children):
        lows = sum(inside[c][0] for c in below)
        highs = sum(inside[c][1] for c in below)
        for c in below:
            low = max(inside[c][0], known[i][0] - (highs - inside[c][1]))
            high = min(inside[c][1], known[i][1] - (lows - inside[c][0]))
            known[c] = (low, high)
    return known


def _alone(i: int, tree: Tree, states: Sequence[int], smallest: int) -> Interval:
    if states[i] == SHOWN:
        return tree.values[i], tree.values[i]
    if states[i] == FEW:
        return tree.lows[i], min(smallest - 1, tree.highs[i])
    return max(smallest, tree.lows[i]), min(_ENDLESS, tree.highs[i])


def _children(parents: Sequence[int]) -> list[list[int]]:
    children: list[list[int]] = [[] for _ in parents]
    for i, parent in enumerate(parents):
        if parent >= 0:
            children[parent].append(i)
    return children


def _withhold(
    i: int, tree: Tree, states: list[int], children: list[list[int]], acted: set[int]
) -> None:
    """Withhold the smallest shown sibling of `i`, else its parent, else go up and try there."""
    while (parent := tree.parents[i]) >= 0:
        if parent in acted:
            return
        beside = [c for c in children[parent] if _may_go(c, tree, states)]
        chosen = (
            min(beside, key=lambda c: tree.values[c])
            if beside
            else (parent if _may_go(parent, tree, states) else None)
        )
        if chosen is not None:
            states[chosen] = WITHHELD
            _free(chosen, tree, states, children)
            acted.add(parent)
            return
        i = parent


def _free(i: int, tree: Tree, states: list[int], children: list[list[int]]) -> None:
    """Withhold downwards where the shown children of `i` would add up to it."""
    while children[i] and not _loose(i, states, children):
        below = [c for c in children[i] if _may_go(c, tree, states) and tree.values[c]]
        if not below:
            return
        i = min(below, key=lambda c: tree.values[c])
        states[i] = WITHHELD


def _loose(i: int, states: Sequence[int], children: list[list[int]]) -> bool:
    """Tell whether something hidden below `i`, or its having nothing below, leaves it open."""
    return not children[i] or any(
        states[c] != SHOWN and _loose(c, states, children) for c in children[i]
    )


def _may_go(i: int, tree: Tree, states: Sequence[int]) -> bool:
    return states[i] == SHOWN and not tree.fixed[i]
