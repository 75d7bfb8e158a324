"""Figures and facts that must agree between tables, or between columns of one."""

from __future__ import annotations

import pandas as pd

from wangge.community import Community
from wangge.domain.schema import Table
from wangge.domain.tables import COMPOUNDS, HAZARDS
from wangge.domain.terms import HAZARD_STATUSES
from wangge.store import catalogue_places as faults
from wangge.store.faults import Findings

_ENDED = ("closed",)
_SETTLED = ("closed", "declined", "duplicate")  # may carry a closing date
_ORDERED = (
    (HAZARDS, "reported_on", "due_on"),
    (HAZARDS, "reported_on", "closed_on"),
    (COMPOUNDS, "manager_since", "contract_end"),
)


def check_totals(community: Community, findings: Findings) -> None:
    """Name what does not reconcile: registers against tables, dates, states, members."""
    _compounds_of_households(community, findings)
    _party_groups(community, findings)
    for table, early, late in _ORDERED:
        _order(community, table, early, late, findings)
    _closing(community, findings)
    held = community.compounds
    nameless = (held["manager_kind"] == "property") & held["manager_name"].isna()
    for ident in held.index[nameless]:
        findings.add(faults.MANAGER_MISMATCH.at("compounds", ident, "manager_name"))


def _compounds_of_households(community: Community, findings: Findings) -> None:
    homes = community.households
    expected = homes["building_id"].map(community.buildings["compound_id"])
    wrong = _differ(homes["compound_id"], expected)
    for ident in homes.index[wrong]:
        findings.add(
            faults.HOUSEHOLD_COMPOUND.at(
                "households",
                ident,
                "compound_id",
                found=homes["compound_id"][ident],
                expected=expected[ident],
            )
        )


def _party_groups(community: Community, findings: Findings) -> None:
    groups = community.party_groups
    if groups.empty:
        return
    expected = groups["compound_id"].map(community.compounds["grid_id"])
    for ident in groups.index[_differ(groups["grid_id"], expected)]:
        findings.add(
            faults.GROUP_GRID.at(
                "party_groups",
                ident,
                "grid_id",
                found=groups["grid_id"][ident],
                expected=expected[ident],
            )
        )
    for ident in community.grids.index.difference(pd.Index(groups["grid_id"].dropna())):
        findings.add(faults.NO_PARTY_GROUP.at("grids", ident))
    members = int(groups["members"].fillna(0).sum())
    homes = int(community.households["member"].fillna(value=False).sum())
    if homes > members:
        findings.add(
            faults.MEMBERS_TOTAL.at(
                "party_groups", "", "members", households=homes, members=members
            )
        )


def _differ(found: pd.Series, expected: pd.Series) -> pd.Series:
    return found.notna() & expected.notna() & (found.astype(object) != expected.astype(object))


def _order(community: Community, table: Table, early: str, late: str, findings: Findings) -> None:
    held = getattr(community, table.name)
    for ident in held.index[held[late] < held[early]]:
        findings.add(
            faults.DATES_REVERSED.at(
                table.name,
                ident,
                late,
                late=table.column(late).label,
                early=table.column(early).label,
            )
        )


def _closing(community: Community, findings: Findings) -> None:
    held = community.hazards
    dated = held["closed_on"].notna()
    wrong = (held["status"].isin(_ENDED) & ~dated) | (~held["status"].isin(_SETTLED) & dated)
    for ident in held.index[wrong & held["status"].notna()]:
        status = HAZARD_STATUSES[held["status"][ident]]
        findings.add(faults.CLOSED_WITHOUT_DATE.at("hazards", ident, "closed_on", status=status))
