"""Who looks at a screen."""

from __future__ import annotations

from typing import Final, Literal, get_args

Role = Literal["anonymous", "worker", "planner", "secretary"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)


def role_named(name: str) -> Role:
    """Return the role called `name`; whoever is not known sees what everybody may see.

    Examples
    --------
    >>> role_named("planner"), role_named("boss")
    ('planner', 'anonymous')
    """
    return next((role for role in ROLES if role == name.strip()), "anonymous")
