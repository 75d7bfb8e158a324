"""What is known around a place that is being reported: its words, cases that may be the same."""

from __future__ import annotations

import math
from collections.abc import Hashable
from typing import Any, Final
from urllib.parse import quote

from pages._card import joined
from pages._format import age, length
from pages._page import View
from pages._report.opening import Opening
from pages._row import row_of
from wangge.analysis.recurrence import nearby
from wangge.analysis.spot import Spot
from wangge.analysis.whereabouts import whereabouts
from wangge.domain.case_kinds import usual_kind
from wangge.domain.cases import Cases
from wangge.domain.terms import HAZARD_KINDS, HAZARD_STATUSES, OPEN_STATUSES

SHOWN: Final = 3  # cases of a kind; more would bury the form


def place(view: View, found: Opening, accuracy_m: float) -> dict[str, Any] | None:
    """Return what the form is told of the spot, None if there is none."""
    spot = found.spot
    if spot is None:
        return None
    return {
        "tapped": found.pointed,
        "lon": spot.lon,
        "lat": spot.lat,
        "accuracy": accuracy_m if math.isfinite(accuracy_m) else None,
        "asset": spot.asset,
        "name": view.t(spot.name),
        "kind": usual_kind(spot.asset.partition("/")[0]),
        "says": view.t(spot.says),
        "where": view.t(spot.grid),
    }


def same(view: View, spot: Spot | None, *, link: str) -> list[dict[str, Any]]:
    """Return open cases near `spot` by kind, the nearest first, as the form lists them.

    `link` is the address of a case with ``{id}``, empty if there is no page of it.
    """
    if spot is None:
        return []
    cases = view.community.cases
    told = []
    for kind in HAZARD_KINDS:
        found = nearby((spot.point.x, spot.point.y), kind, cases)["metres"]
        for ident, metres in found.head(SHOWN).items():
            row = row_of(cases, ident)
            state = HAZARD_STATUSES[row["status"]]
            facts = (
                length(float(metres)),
                state,
                age(row["reported_at"].to_pydatetime(), view.now),
            )
            told.append(
                {
                    "id": ident,
                    "kind": kind,
                    "severity": row["severity"],
                    "title": row["place"] or _place(view, cases, ident),
                    "line": view.t(joined(facts)),
                    "href": link.replace("{id}", quote(str(ident))),
                }
            )
    return told


def _place(view: View, cases: Cases, ident: Hashable) -> str:
    """Return what the place of a case is called that came without words."""
    point = row_of(cases, ident)["geometry"]
    return view.t(view.community.derive(whereabouts, x=point.x, y=point.y).says)


def mine(view: View) -> list[tuple[str, str]]:
    """Return the open cases this post reported: id and one line, the newest first."""
    if view.desk is None:
        return []
    cases = view.community.cases
    own = cases[
        (cases["reported_by"] == view.desk.actor.post) & cases["status"].isin(OPEN_STATUSES)
    ].sort_values("reported_at", ascending=False, kind="stable")
    return [
        (
            str(ident),
            "・".join(
                part
                for part in (
                    view.t(HAZARD_KINDS[row["kind"]]),
                    row["place"],
                    view.t(HAZARD_STATUSES[row["status"]]),
                )
                if part
            ),
        )
        for ident, row in own.iterrows()
    ]
