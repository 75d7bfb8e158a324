"""Posts: the usual one of a role, or a given one made fit to be kept and shown."""

from __future__ import annotations

import pytest

from wangge.domain.actors import LONGEST, actor_of
from wangge.domain.roles import ROLES


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_a_post(role):
    actor = actor_of(role, grid="第五网格")
    assert actor.post
    assert actor.role == role


@pytest.mark.parametrize(
    ("given", "post"),
    [
        ("  副书记 ", "副书记"),
        ("a\x00b\x1b[31m\n", "ab[31m"),
        ("\u202e倒", "倒"),
        ("\ud800", "书记"),
        ("长" * 99, "长" * LONGEST),
        ("   ", "书记"),
    ],
)
def test_a_given_post_is_made_fit(given, post):
    assert actor_of("secretary", post=given).post == post
