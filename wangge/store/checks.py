"""Runs every check that needs more than one table."""

from __future__ import annotations

from wangge.community import Community
from wangge.store.faults import Findings
from wangge.store.keys import hold_keys


def check(community: Community, findings: Findings) -> Community:
    """Check how the tables fit together; return the community without dangling keys."""
    return hold_keys(community, findings)
