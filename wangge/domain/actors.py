"""Who acts: a post, never a person."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from wangge.domain.roles import Role

LONGEST: Final = 40  # characters of a post


@dataclass(frozen=True, slots=True)
class Actor:
    """A post (岗位) that acts, in its role.

    ``post`` is what the journal keeps and every screen shows, such as ``第五网格网格员``; two
    people who must not stand in for each other hold two posts.
    """

    post: str
    role: Role


def actor_of(role: Role, *, post: str = "", grid: str = "") -> Actor:
    """Return the actor of `role`: the given `post`, else the usual one of the role.

    Parameters
    ----------
    role
        Who looks.
    post
        A post given by whoever starts the process; control characters and what is over
        `LONGEST` characters are cut off.
    grid
        Name of a worker's own grid.

    Examples
    --------
    >>> actor_of("worker", grid="第五网格").post
    '第五网格网格员'
    >>> actor_of("secretary", post="副书记").post
    '副书记'
    """
    own = "".join(char for char in post.strip() if char.isprintable())[:LONGEST]
    usual = {
        "secretary": "书记",
        "planner": "规划专干",
        "worker": f"{grid}网格员",
        "anonymous": "访客",
    }
    return Actor(own or usual[role], role)


def tag_of(actor: Actor) -> str:
    """Return a word that stands for a post in a browser's store, without naming it.

    Examples
    --------
    >>> tag_of(Actor("书记", "secretary")) == tag_of(Actor("书记", "planner"))
    False
    """
    return blake2b(f"{actor.role}/{actor.post}".encode(), digest_size=8).hexdigest()
