"""Runs every check that needs more than one table."""

from __future__ import annotations

from wangge.community import Community
from wangge.store.borders import check_borders
from wangge.store.displacement import check_displacement
from wangge.store.faults import Findings
from wangge.store.keys import hold_keys
from wangge.store.standing import check_standing
from wangge.store.totals import check_totals


def check(community: Community, findings: Findings) -> Community:
    """Check how the tables fit together; return the community without dangling keys.

    A layer found shifted as a whole is named once and left out of the checks of single places.
    """
    held = hold_keys(community, findings)
    shifted = check_displacement(held, findings)
    check_borders(held, findings, shifted)
    check_standing(held, findings, shifted)
    check_totals(held, findings)
    return held
