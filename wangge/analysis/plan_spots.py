"""A scenario as a list of spots: what each lamp put up or repaired takes away, for a letter."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from wangge.analysis.chainage import chain
from wangge.analysis.edits import CHANGE, Add, Edits, Repair, applied, costs
from wangge.analysis.lamp_reach import reaches
from wangge.analysis.lamp_sites import Proposal, dark_cells
from wangge.analysis.siting import Cover, by_use
from wangge.community import Community
from wangge.domain.tables import Alleys, Streetlights


def spots_of(community: Community, edits: Edits) -> Proposal:
    """Return the lamps that `edits` put up or repair, most useful first, and what they change.

    Lamps that `edits` break are out before any other is counted; one that takes no darkness away
    comes last.

    Parameters
    ----------
    community
        As it is, or as a role sees it.
    edits
        The scenario.

    Returns
    -------
    Proposal
        As of ``propose_lamps``, with ``kind`` beside; ``bound`` is infinite and ``gap`` NaN, for
        nobody has looked for a better place.

    Raises
    ------
    KeyError
        As ``edits.applied``.
    """
    lamps = applied(community.streetlights, edits)
    added, mended = lamps[CHANGE] == "added", lamps[CHANGE] == "repaired"
    before = lamps.assign(working=lamps["working"].where(~mended, other=False))[~added]
    spots = _spots(community.alleys, Streetlights(lamps[added | mended]))
    cover = _cover(community.alleys, Streetlights(before), spots)
    useful = by_use(cover, np.arange(len(spots)))
    order = np.concatenate([useful, np.setdiff1d(np.arange(len(spots)), useful)]).astype(np.intp)
    so_far = [cover.value(order[:k]) for k in range(len(order) + 1)]
    found = spots.iloc[order].reset_index(drop=True).assign(removed_m=np.diff(so_far))
    paid = float(found["cost_yuan"].sum())
    return Proposal(found, so_far[-1], so_far[-1], np.inf, np.nan, paid)


def edits_of(proposal: Proposal) -> Edits:
    """Return proposed spots as a scenario, the most useful first; new lamps to a decimetre.

    Examples
    --------
    >>> spots = gpd.GeoDataFrame({"lamp_id": ["", "L7"], "height_m": [6.0, 5.0]},
    ...     geometry=gpd.points_from_xy([1.04, 9.0], [2.0, 9.0]))
    >>> edits_of(Proposal(spots, 20.0, 20.0, 20.0, 0.0, 3600.0))
    (Add(kind='solar', height_m=6.0, x=1.0, y=2.0), Repair(lamp='L7'))
    """
    spots = proposal.spots
    places = zip(
        spots["lamp_id"], spots["height_m"], spots.geometry.x, spots.geometry.y, strict=True
    )
    return tuple(
        Repair(str(lamp)) if lamp else Add("solar", float(height), round(x, 1), round(y, 1))
        for lamp, height, x, y in places
    )


def _spots(alleys: Alleys, lamps: Streetlights) -> gpd.GeoDataFrame:
    """Return `lamps` as spots, each with the alley it stands nearest to."""
    shapes = lamps.geometry.to_numpy()
    nearest = np.full(len(lamps), "", dtype=object)
    if len(lamps) and len(alleys):
        tree = shapely.STRtree(alleys.geometry.to_numpy())
        lamp, alley = tree.query_nearest(shapes, all_matches=False)
        nearest[lamp] = alleys.index.to_numpy()[alley]
    added = (lamps[CHANGE] == "added").to_numpy()
    return gpd.GeoDataFrame(
        {
            "alley_id": nearest,
            "lamp_id": np.where(added, "", lamps.index.to_numpy(object)),
            "kind": lamps["kind"].to_numpy(object),
            "height_m": lamps["height_m"].to_numpy(float),
            "reach_m": reaches(lamps),
            "cost_yuan": costs(lamps).to_numpy(),
        },
        geometry=shapes,
        crs=lamps.crs,
    )


def _cover(alleys: Alleys, lights: Streetlights, spots: gpd.GeoDataFrame) -> Cover:
    cells, covers = dark_cells(alleys, lights, chain(alleys), spots)
    return Cover(covers, cells[:, 1] - cells[:, 0], np.ones(len(spots)))
