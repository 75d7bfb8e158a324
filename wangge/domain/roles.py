"""Who looks at a screen."""

from __future__ import annotations

from typing import Final, Literal, get_args

Role = Literal["anonymous", "worker", "planner", "secretary"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
