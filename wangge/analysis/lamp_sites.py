"""Where the next lamps go: spots along dark alleys that take away most darkness for most people."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import csr_array

from wangge.analysis.chainage import Chain, Floats, chain
from wangge.analysis.darkness import darkness
from wangge.analysis.edits import CHANGE
from wangge.analysis.lamp_light import lamp_intervals
from wangge.analysis.lamp_reach import reach_by_rule, reaches
from wangge.analysis.night_state import seen_lit, walked
from wangge.analysis.places import positions
from wangge.analysis.runs import runs
from wangge.analysis.siting import Cover, best, greedy
from wangge.domain.crs import require_together
from wangge.domain.rules import rule
from wangge.domain.tables import Alleys, Streetlights


@dataclass(frozen=True, slots=True)
class Proposal:
    """Lamps proposed and what they change.

    ``spots`` are points, most useful first: ``alley_id`` (nearest chosen alley), ``lamp_id`` (the
    broken lamp to repair, empty for a new one), ``height_m``, ``reach_m``, ``cost_yuan``,
    ``removed_m`` (dark metres it takes away beyond those before it).  ``removed_m`` in all and
    ``worth`` (metres times weight); no proposal for the same lamps or money is worth over
    ``bound``; ``gap`` is the share of the bound that may be missing.
    """

    spots: gpd.GeoDataFrame
    removed_m: float
    worth: float
    bound: float
    gap: float
    cost_yuan: float


def lamp_spots(
    alleys: Alleys, streetlights: Streetlights, *, on: Collection[str], every_m: float = 5.0
) -> gpd.GeoDataFrame:
    """Return where lamps may stand along the alleys `on`: existing poles first, then new ones.

    A pole is a broken lamp within rule ``lamp_street_m`` of a chosen alley, to be repaired as it
    was (rule ``lamp_repair_yuan``); one that a scenario only supposes out is none.  A new solar
    lamp has the height of rule ``new_lamp_height_m``, reaches rule ``lamp_reach_heights_solar``
    times as far and costs rule ``new_lamp_yuan``; it may stand at the ends of an alley and in equal
    steps of at most `every_m` metres between.

    Returns
    -------
    GeoDataFrame
        Points, index 0..k-1, with ``alley_id``, ``lamp_id``, ``height_m``, ``reach_m``,
        ``cost_yuan``.

    Raises
    ------
    CRSError
        If a frame is not in a projected CRS in metres.
    KeyError
        If there is no alley of an id in `on`.
    ValueError
        If the two CRS differ or `every_m` is not above 0.
    """
    require_together(alleys=alleys, streetlights=streetlights)
    if not every_m > 0:
        msg = f"`every_m` must be > 0, got {every_m}."
        raise ValueError(msg)
    if unknown := sorted(set(on) - set(alleys.index)):
        msg = f"There is no alley {', '.join(map(repr, unknown))}."
        raise KeyError(msg)
    chosen = alleys[alleys.index.isin(list(on))]
    poles = _poles(chosen, streetlights)
    parts, owner = shapely.get_parts(chosen.geometry.to_numpy(), return_index=True)
    keep = shapely.length(parts) > 0
    parts, owner = parts[keep], owner[keep]
    count = np.ceil(shapely.length(parts) / every_m).astype(np.intp) + 1
    part, number = runs(np.zeros_like(count), count)
    share = number / (count[part] - 1)
    height = rule("new_lamp_height_m").value
    fresh = gpd.GeoDataFrame(
        {
            "alley_id": chosen.index.to_numpy()[owner[part]],
            "lamp_id": np.full(len(part), "", dtype=object),
            "height_m": height,
            "reach_m": reach_by_rule(pd.Series(["solar"]), np.array([height]))[0],
            "cost_yuan": rule("new_lamp_yuan").value,
        },
        geometry=shapely.line_interpolate_point(parts[part], share, normalized=True),
        crs=alleys.crs,
    )
    held = [frame for frame in (poles, fresh) if len(frame)]
    both: gpd.GeoDataFrame = pd.concat(held, ignore_index=True) if held else fresh
    return both


def propose_lamps(
    alleys: Alleys,
    streetlights: Streetlights,
    *,
    on: Collection[str],
    lamps: int = 0,
    budget_yuan: float = 0.0,
    weights: pd.Series | None = None,
    exact: bool = True,
    every_m: float = 5.0,
) -> Proposal:
    """Return the lamps along the alleys `on` that take away most dark metres, weighted by people.

    Darkness counts on every alley walked at night, also beside the chosen ones; where nobody has
    looked, no lamp takes any away.

    Parameters
    ----------
    alleys, streetlights
        As for ``unlit_stretches``.
    on
        The alleys where lamps may stand, by id.
    lamps
        How many lamps; 0 where money decides.
    budget_yuan
        How much they may cost together; 0 where their number decides.
    weights
        What a dark metre of each alley weighs, by alley id, from 0: the people who walk it.  An
        alley not in it weighs nothing; None weighs all the same, 1.
    exact
        Prove the best (a mixed-integer program, 10 s at most), else take the greedy choice.
    every_m
        See `lamp_spots`.

    Returns
    -------
    Proposal
        Fewer lamps than asked for where more would change nothing.

    Raises
    ------
    CRSError, KeyError
        As `lamp_spots`.
    ValueError
        If not exactly one of `lamps` and `budget_yuan` is above 0, or a weight is below 0.

    Examples
    --------
    >>> from shapely import LineString, Point
    >>> alley = gpd.GeoDataFrame({"surveyed_on": ["2026-10-01"]},
    ...     geometry=[LineString([(0, 0), (100.8, 0)])], crs=4547, index=["A1"])
    >>> lamp = gpd.GeoDataFrame({"reach_m": [18.0], "height_m": [6.0], "working": [True]},
    ...     geometry=[Point(0, 9000)], crs=4547)
    >>> found = propose_lamps(alley, lamp, on=["A1"], lamps=3, every_m=16.8)
    >>> found.spots.geometry.x.round(6).sort_values().tolist(), round(found.removed_m, 6)
    ([16.8, 50.4, 84.0], 100.8)
    """
    if (lamps > 0) == (budget_yuan > 0) or min(lamps, budget_yuan) < 0:
        msg = f"Give `lamps` or `budget_yuan`, above 0: got {lamps} and {budget_yuan}."
        raise ValueError(msg)
    spots = lamp_spots(alleys, streetlights, on=on, every_m=every_m)
    laid = chain(alleys)
    cells, covers = dark_cells(alleys, streetlights, laid, spots)
    metres = cells[:, 1] - cells[:, 0]
    part = np.searchsorted(laid.first, cells[:, 0], side="right") - 1
    weight = np.ones(len(alleys))
    if weights is not None:
        weight = weights.reindex(alleys.index).fillna(0.0).to_numpy(float)
    cost = spots["cost_yuan"].to_numpy(float)
    gain = metres * weight[laid.alley[part]]
    cover = Cover(covers, gain, np.ones(len(spots)) if lamps else cost)
    choose = best if exact else greedy
    choice = choose(cover, float(lamps or budget_yuan))
    found = spots.iloc[choice.chosen].reset_index(drop=True)
    plain = Cover(covers, metres, cover.cost)
    so_far = [plain.value(choice.chosen[:k]) for k in range(len(found) + 1)]
    found["removed_m"] = np.diff(so_far)
    paid = float(cost[choice.chosen].sum())
    return Proposal(found, so_far[-1], choice.value, choice.bound, choice.gap, paid)


def darkness_removed(alleys: Alleys, streetlights: Streetlights, spots: gpd.GeoDataFrame) -> float:
    """Return how many metres of known darkness on `alleys` alone lamps at `spots` take away."""
    cells, covers = dark_cells(alleys, streetlights, chain(alleys), spots)
    lit = cells[np.unique(covers.indices)]
    return float((lit[:, 1] - lit[:, 0]).sum())


def _poles(chosen: Alleys, streetlights: Streetlights) -> gpd.GeoDataFrame:
    """Return the broken lamps beside the `chosen` alleys, which would shine again if repaired."""
    mended = Streetlights(streetlights.assign(working=True))
    works = streetlights["working"].fillna(value=False).to_numpy(bool)
    reach = reaches(mended)
    placed = ~(streetlights.geometry.is_empty | streetlights.geometry.isna()).to_numpy()
    if CHANGE in streetlights:
        works = works | (streetlights[CHANGE] == "broken").to_numpy()
    row = np.flatnonzero(~works & (reach > 0) & placed)
    lines = chosen.geometry.to_numpy()
    spots = streetlights.geometry.to_numpy()[row]
    near, line = shapely.STRtree(lines).query_nearest(
        spots, max_distance=rule("lamp_street_m").value, all_matches=False
    )
    row = row[near]
    return gpd.GeoDataFrame(
        {
            "alley_id": chosen.index.to_numpy()[line],
            "lamp_id": streetlights.index.to_numpy()[row],
            "height_m": streetlights["height_m"].to_numpy(float)[row],
            "reach_m": reach[row],
            "cost_yuan": rule("lamp_repair_yuan").value,
        },
        geometry=streetlights.geometry.to_numpy()[row],
        crs=streetlights.crs,
    )


def dark_cells(
    alleys: Alleys, streetlights: Streetlights, laid: Chain, spots: gpd.GeoDataFrame
) -> tuple[Floats, csr_array]:
    """Cut the known darkness where the light of any spot begins or ends: no cell is lit in part.

    Returns chainage (n, 2), and which spot lights which cell (k, n).
    """
    dark, part = darkness(laid, streetlights, seen_lit(alleys)[laid.alley])
    dark = dark[walked(alleys)[laid.alley[part]]]
    xy = positions(spots.geometry.to_numpy())
    reach = np.where(np.isfinite(xy).all(axis=1), spots["reach_m"].to_numpy(float), 0.0)
    spot, low, high = lamp_intervals(laid, xy, reach)
    cuts = np.unique(np.concatenate([dark.ravel(), low, high]))
    middle = (cuts[1:] + cuts[:-1]) / 2
    within = np.searchsorted(dark[:, 0], middle, side="right") - 1
    known = (within >= 0) & (middle < np.append(dark[:, 1], -np.inf)[within])
    number = np.cumsum(known) - known  # of the first dark cell from each cut on
    begin = np.append(number, known.sum())[np.searchsorted(cuts, low)]
    end = np.append(number, known.sum())[np.searchsorted(cuts, high)]
    interval, cell = runs(begin, end - begin)
    shape = (len(spots), int(known.sum()))
    covers = csr_array((np.ones(len(cell)), (spot[interval], cell)), shape=shape)
    covers.data[:] = 1.0  # two segments that meet in a cell light it once
    return np.stack([cuts[:-1][known], cuts[1:][known]], axis=1), covers
