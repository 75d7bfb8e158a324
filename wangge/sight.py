"""What a role sees of a community: people counted on the whole, then cut to the role."""

from __future__ import annotations

from wangge.analysis import reach
from wangge.analysis.doors import alley_walkers
from wangge.community import Community
from wangge.domain.roles import Role
from wangge.store import privacy


def see(full: Community, role: Role, *, grid: str = "") -> Community:
    """Return what `role` may see of `full`, made once per community, role and grid.

    Figures that need every household (how many live on a dark alley, how many walk far, who must
    walk each alley in the dark) are counted here, before the cut, which masks those too small to
    show.

    Parameters
    ----------
    full
        The whole community as read.
    role
        Who looks.
    grid
        The worker's own grid id; other roles ignore it.
    """

    def make() -> Community:
        figures = {
            "unlit_households": full.derive(reach.unlit_households),
            "beyond_10min_households": full.derive(reach.beyond_10min_households),
        }
        walkers = full.derive(alley_walkers)
        return privacy.cut(full, role, figures=figures, walkers=walkers, grid=grid)

    return full.memo(("sight", role, grid), make)
