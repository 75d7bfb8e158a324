"""Who looks at a screen."""

from __future__ import annotations

from typing import Final, Literal, get_args

from wangge.text import Text

Role = Literal["anonymous", "worker", "planner", "secretary"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
ROLE_NAMES: Final[dict[Role, Text]] = {
    "anonymous": Text("访客", "Visitor"),
    "worker": Text("网格员", "Grid worker"),
    "planner": Text("规划专干", "Planner"),
    "secretary": Text("书记", "Secretary"),
}


def role_named(name: str) -> Role:
    """Return the role called `name`; whoever is not known sees what everybody may see.

    Examples
    --------
    >>> role_named("planner"), role_named("boss")
    ('planner', 'anonymous')
    """
    return next((role for role in ROLES if role == name.strip()), "anonymous")
