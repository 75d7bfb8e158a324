"""The community as it stands now: what the files say, with what the journal has since seen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from wangge.community import Community
from wangge.domain.cases import Cases, no_inspections
from wangge.domain.tables import Alleys, Shops, Streetlights
from wangge.domain.terms import OPEN_STATUSES
from wangge.domain.workdays import PLACE
from wangge.store.hazard_rows import grid_of, of_cases
from wangge.store.journal import Journal

_CHECKS: Final = "night_check"
_INSPECTIONS: Final = "inspection"
Record = Mapping[str, Any]


def as_it_stands(files: Community, journal: Journal) -> Community:
    """Return `files` with hazards, lamps, night checks and inspections as the journal knows them.

    The version names both: the files and the last event.
    """
    held = journal.stand(_CHECKS, _INSPECTIONS)
    cases, inspected = held.cases, held.records[_INSPECTIONS]
    cases = Cases(cases.assign(grid_id=grid_of(cases, files.grids)))
    return replace(
        files,
        version=f"{files.version}+{held.version}",
        hazards=of_cases(cases),
        streetlights=_lamps(files.streetlights, cases),
        alleys=_alleys(files.alleys, held.records[_CHECKS]),
        shops=_shops(files.shops, inspected),
        cases=cases,
        inspections=_inspections(files.shops, inspected),
        _memo={},
    )


def _lamps(lamps: Streetlights, cases: pd.DataFrame) -> Streetlights:
    """Return the lamps, out where a case says so, mended where its case was settled."""
    told = cases[cases["kind"].eq("lamp_out") & cases["asset"].str.startswith("streetlights/")]
    told = told[~told["status"].isin(["declined", "duplicate"])]
    lamp = told["asset"].str.removeprefix("streetlights/")
    last = told.assign(lamp=lamp).drop_duplicates("lamp", keep="last").set_index("lamp")
    last = last[last.index.isin(lamps.index)]
    if last.empty:
        return lamps
    out = last["status"].isin(OPEN_STATUSES)
    working = lamps["working"].copy()
    working.loc[last.index] = ~out
    since = lamps["out_since"].copy()
    local = last["reported_at"].dt.tz_convert(PLACE).dt.tz_localize(None).dt.normalize()
    since.loc[last.index] = local.astype(since.dtype).where(out)
    return Streetlights(lamps.assign(working=working, out_since=since))


def _alleys(alleys: Alleys, checks: Iterable[Record]) -> Alleys:
    """Return the alleys with the last night check of each."""
    seen = [(str(one["about"]).removeprefix("alleys/"), json.loads(one["body"])) for one in checks]
    told = dict(sorted(seen, key=lambda one: one[1]["checked_on"]))  # the last one holds
    told = {ident: body for ident, body in told.items() if ident in alleys.index}
    if not told:
        return alleys
    day, result = alleys["surveyed_on"].copy(), alleys["night_result"].copy()
    for ident, body in told.items():
        day.loc[ident] = pd.Timestamp(body["checked_on"])
        result.loc[ident] = body["result"]
    return Alleys(alleys.assign(surveyed_on=day, night_result=result))


def _shops(shops: Shops, inspections: Iterable[Record]) -> Shops:
    """Return the shops with the day each was last inspected."""
    day = shops["last_inspected_on"].copy()
    for one in inspections:
        table, _, ident = str(one["about"]).partition("/")
        if table == "shops" and ident in shops.index:
            seen = pd.Timestamp(json.loads(one["body"])["inspected_on"])
            day.loc[ident] = seen if pd.isna(day[ident]) else max(day[ident], seen)
    return Shops(shops.assign(last_inspected_on=day))


def _inspections(shops: Shops, inspections: Iterable[Record]) -> pd.DataFrame:
    """Return what the register tells of each shop, without a result, and what the journal kept."""
    known = shops["last_inspected_on"].dropna()
    told = [
        {"id": f"register/{shop}", "about": f"shops/{shop}", "inspected_on": day}
        | dict.fromkeys(("by", "result", "case"), "")
        for shop, day in known.items()
    ]
    kept = [
        {"id": one["id"], "about": one["about"], "by": one["actor"], **json.loads(one["body"])}
        for one in inspections
    ]
    none = no_inspections()
    rows = [*told, *kept]
    if not rows:
        return none
    held = pd.DataFrame(rows).set_index("id")[list(none.columns)]
    held["inspected_on"] = pd.to_datetime(held["inspected_on"])
    return held.astype(none.dtypes)
