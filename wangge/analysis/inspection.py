"""The week of fire inspections: what is done, what is due, what was missed (漏检)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from wangge.analysis.places import of_points
from wangge.domain.rules import rule
from wangge.domain.tables import Compounds, Grids, Shops
from wangge.text import Text

STATES: Final = {
    "missed": Text("漏检", "Missed"),
    "never": Text("没有检查记录", "Never inspected"),
    "due": Text("待查", "Due"),
    "done": Text("已查", "Done"),
    "later": Text("未到期", "Not due yet"),
}
TO_DO: Final = ("missed", "never", "due")  # states in which somebody must go there
_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)


def week(
    shops: Shops,
    compounds: Compounds,
    grids: Grids,
    inspections: pd.DataFrame,
    *,
    today: date,
    weeks: int = 0,
) -> pd.DataFrame:
    """Return where the inspection of each shop and compound stands in a week.

    An inspection holds for rule ``shop_inspection_days`` or ``compound_inspection_days``: until
    that day a place is ``due`` in the week (Monday to Sunday) the day falls in and ``later``
    before, from the next day on ``missed``.  What was inspected in this week is ``done``; what was
    never is ``never``, not missed, for nothing tells since when it should have been.

    A week that is over is as it stood at its end: what was due by then and not done is missed,
    whatever was done since.  In a week to come all is ``due`` that is by its end, and what is
    missed today is missed already.

    Parameters
    ----------
    shops
        Points, unique index, with ``name``, ``trade``, ``compound_id`` and ``last_inspected_on``
        (null allowed).
    compounds
        Unique index, with ``name``, ``kind`` and ``grid_id``.
    grids
        Polygons; a shop of no compound belongs to the grid it lies in.
    inspections
        With ``about`` (such as ``shops/P01``), ``inspected_on``, ``result`` and ``case``, as in
        `wangge.domain.cases.no_inspections`; what is of no known place is left out.
    today
        Inspections of later days do not count.
    weeks
        Which week: 0 the one of `today`, -1 the one before, 1 the next.

    Returns
    -------
    DataFrame
        Index ``about``; ``table`` (``shops`` or ``compounds``), ``name``, ``kind`` (trade or kind
        of compound), ``compound_id``, ``grid_id`` (None: in none), ``state`` (of `STATES`),
        ``last_on``, ``due_on`` (NaT where never inspected), ``days_late`` (Int64, NA unless
        missed; at the end of a week that is over), ``result`` and ``case`` of the inspection in
        this week (empty where none, or only the register tells of it).  The most urgent first:
        missed, never, due, done, later; among these the longest due, then by index.

    Examples
    --------
    >>> from shapely import Point, box
    >>> import geopandas as gpd
    >>> from wangge.domain.cases import no_inspections
    >>> grid = gpd.GeoDataFrame(geometry=[box(0, 0, 9, 9)], index=["G1"])
    >>> yard = grid.assign(name="农机小区", kind="商品房", grid_id="G1").set_axis(["C1"])
    >>> shop = gpd.GeoDataFrame({"name": ["早点铺"], "trade": ["餐饮"], "compound_id": ["C1"],
    ...     "last_inspected_on": ["2026-11-16"]}, geometry=[Point(1, 1)], index=["P1"])
    >>> found = week(shop, yard, grid, no_inspections(), today=date(2026, 11, 25))
    >>> found[["state", "days_late"]].to_dict("index")["shops/P1"]
    {'state': 'missed', 'days_late': 2}
    """
    now = pd.Timestamp(today)
    monday = now - pd.Timedelta(days=now.weekday()) + weeks * _WEEK
    at = min(now, monday + _WEEK)  # what was due before is missed
    seen = min(now, monday + _WEEK - _DAY)
    held = pd.concat([_shops(shops, compounds, grids), _compounds(compounds)])
    told = inspections.assign(day=pd.to_datetime(inspections["inspected_on"]))
    told = told[told["day"] <= seen].sort_values("day", kind="stable")
    last = told.drop_duplicates("about", keep="last").set_index("about").reindex(held.index)
    known = held.pop("known").where(lambda day: day <= seen)
    last_on = pd.concat([known, last["day"]], axis=1).max(axis=1)
    days = {name: rule(f"{name[:-1]}_inspection_days").value for name in ("shops", "compounds")}
    due_on = last_on + pd.to_timedelta(held["table"].map(days), unit="D")
    here = (last["day"] >= monday).to_numpy(dtype=bool)
    state = np.select(
        [last_on.isna(), last_on >= monday, due_on < at, due_on < monday + _WEEK],
        ["never", "done", "missed", "due"],
        "later",
    )
    found = held.assign(
        state=state,
        last_on=last_on,
        due_on=due_on,
        days_late=(at - due_on).dt.days.where(state == "missed").astype("Int64"),
        result=last["result"].where(here, "").astype(object),
        case=last["case"].where(here, "").astype(object),
    )
    rank = found["state"].map({name: k for k, name in enumerate(STATES)})
    order = np.lexsort((found.index, found["due_on"], rank))
    return found.iloc[order]


def week_totals(found: pd.DataFrame) -> pd.DataFrame:
    """Return how far the week's inspections are, by grid.

    Parameters
    ----------
    found
        From `week`.

    Returns
    -------
    DataFrame
        Index ``grid_id``, sorted, empty for what lies in none; ``places``, one column for each of
        `STATES` (int), and ``done_rate`` (``done`` of what is not ``later``, NaN where that is
        nothing).

    Examples
    --------
    >>> week_totals(pd.DataFrame({"grid_id": ["G1", "G1"], "state": ["done", "due"]})).loc["G1"]
    places       2.0
    missed       0.0
    never        0.0
    due          1.0
    done         1.0
    later        0.0
    done_rate    0.5
    Name: G1, dtype: float64
    """
    grid = found["grid_id"].astype(object).where(found["grid_id"].notna(), "").rename("grid_id")
    counts = pd.crosstab(grid, found["state"]).reindex(columns=list(STATES), fill_value=0)
    counts.columns.name = None
    places = counts.sum(axis=1)
    wanted = places - counts["later"]
    counts.insert(0, "places", places)
    return counts.assign(done_rate=counts["done"] / wanted.where(wanted > 0))


def _shops(shops: Shops, compounds: Compounds, grids: Grids) -> pd.DataFrame:
    own = shops["compound_id"].astype(object).map(compounds["grid_id"].astype(object).to_dict())
    grid = own.astype(object).where(own.notna(), of_points(shops, grids))
    return _places(
        "shops", shops, shops["trade"], shops["compound_id"], grid, shops["last_inspected_on"]
    )


def _compounds(compounds: Compounds) -> pd.DataFrame:
    ids = pd.Series(compounds.index, compounds.index)
    never = pd.Series(pd.NaT, compounds.index)
    return _places("compounds", compounds, compounds["kind"], ids, compounds["grid_id"], never)


def _places(
    table: str,
    frame: pd.DataFrame,
    kind: pd.Series,
    compound: pd.Series,
    grid: pd.Series,
    known: pd.Series,
) -> pd.DataFrame:
    """Return the rows of one table, indexed by what an inspection is about."""
    words = {"name": frame["name"], "kind": kind, "compound_id": compound, "grid_id": grid}
    told = {name: held.astype(object).where(held.notna(), None) for name, held in words.items()}
    rows = pd.DataFrame({"table": table, **told}, index=frame.index)
    rows["known"] = pd.to_datetime(known, errors="coerce").astype("datetime64[us]")
    return rows.set_axis(pd.Index([f"{table}/{name}" for name in frame.index], name="about"))
