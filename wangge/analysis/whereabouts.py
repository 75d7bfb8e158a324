"""Where a position lies, in the words people use: the alley, the gate, the building."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from wangge.domain.crs import require_together
from wangge.domain.rules import rule
from wangge.domain.tables import Alleys, Buildings, Compounds, Gates, Grids
from wangge.text import Text

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a position lies: in words, and the ids of what it lies in or at (empty: none).

    ``grid_id``, ``compound_id`` and ``building_id`` hold it; ``alley_id`` is the nearest street or
    alley whose edge is within rule ``place_alley_m``; ``gate_of`` the compound of the nearest gate
    within rule ``place_gate_m``.
    """

    says: Text
    grid: Text
    grid_id: str = ""
    compound_id: str = ""
    building_id: str = ""
    alley_id: str = ""
    gate_of: str = ""


def whereabouts(
    grids: Grids,
    compounds: Compounds,
    buildings: Buildings,
    alleys: Alleys,
    gates: Gates,
    *,
    x: float,
    y: float,
) -> Whereabouts:
    """Return where a position lies.

    In words it is the street it is at and, behind that, the building, else the gate, else the
    compound it is at; failing all these the grid, and outside of every grid just that.

    Parameters
    ----------
    grids, compounds, buildings
        Polygons with ``name``; buildings also with ``compound_id`` (null: in none).
    alleys
        Lines with ``name`` and ``width_m`` (null counts as no width).
    gates
        Points with ``compound_id``.  All frames in one CRS in metres.
    x, y
        The position in that CRS, finite.

    Returns
    -------
    Whereabouts
        On a shared border, or in areas that overlap, the first in the order of its table counts;
        of equally near streets or gates likewise.

    Raises
    ------
    CRSError
        If a frame is not in a projected CRS in metres.
    ValueError
        If the position is not finite.

    Examples
    --------
    >>> from shapely import LineString, Point, box
    >>> def frame(*shapes, **columns):
    ...     ids = [f"{n}" for n in range(len(shapes))]
    ...     return gpd.GeoDataFrame(columns, index=ids, geometry=[*shapes], crs=4547)
    >>> found = whereabouts(
    ...     frame(box(-99, -99, 99, 99), name=["第三网格"]),
    ...     frame(box(2, 0, 40, 40), name=["槐树院"]),
    ...     frame(box(5, 5, 20, 20), name=["3号楼"], compound_id=["0"]),
    ...     frame(LineString([(0, -50), (0, 50)]), name=["铁匠巷"], width_m=[3.0]),
    ...     frame(Point(2, 30), compound_id=["0"]), x=1.0, y=28.0)
    >>> found.says.zh, found.says.en, found.grid.zh, found.compound_id
    ('铁匠巷・槐树院门口', '铁匠巷 · gate of 槐树院', '第三网格', '')
    """
    require_together(
        grids=grids, compounds=compounds, buildings=buildings, alleys=alleys, gates=gates
    )
    if not (np.isfinite(x) and np.isfinite(y)):
        msg = f"({x}, {y}) is no position."
        raise ValueError(msg)
    here = shapely.Point(x, y)
    grid, building = _holding(grids, here), _holding(buildings, here)
    compound = _word(buildings, building, "compound_id") or _holding(compounds, here)
    half = alleys["width_m"].fillna(0.0).to_numpy(float) / 2
    alley = _nearest(alleys, here, rule("place_alley_m").value, half)
    gate = _nearest(gates, here, rule("place_gate_m").value, np.zeros(len(gates)))
    gate_of = _word(gates, gate, "compound_id")
    names = _name(compounds, compound), _name(buildings, building), _name(compounds, gate_of)
    own = _spot(*names)
    street, region = _name(alleys, alley), _name(grids, grid)
    within = Text(region, region) if region else Text("社区外", "Outside the community")
    parts = [part for part in (Text(street, street), own) if part.zh] or [within]
    return Whereabouts(
        says=Text("・".join(p.zh for p in parts), " · ".join(p.en for p in parts)),
        grid=within,
        grid_id=grid,
        compound_id=compound,
        building_id=building,
        alley_id=alley,
        gate_of=gate_of,
    )


def _spot(compound: str, building: str, gate_of: str) -> Text:
    """Name the spot beside the street: a building before a gate before a yard."""
    if building:
        told = f"{compound} {building}".strip()
        return Text(told, told)
    if gate_of:
        return Text(f"{gate_of}门口", f"gate of {gate_of}")
    yard = compound if compound.endswith("院") else f"{compound}院"
    return Text(f"{yard}内", f"in {compound}") if compound else Text("", "")


def _holding(areas: gpd.GeoDataFrame, here: shapely.Point) -> str:
    """Return the id of the first area that holds `here`, or nothing."""
    found = areas.sindex.query(here, predicate="intersects")
    return str(areas.index[found.min()]) if len(found) else ""


def _nearest(
    things: gpd.GeoDataFrame,
    here: shapely.Point,
    most: float,
    half: Floats,
) -> str:
    """Return the id of the thing whose edge, `half` from its line, is nearest within `most`."""
    if things.empty:
        return ""
    away = np.maximum(shapely.distance(things.geometry.to_numpy(), here) - half, 0.0)
    at = int(np.nanargmin(np.where(np.isnan(away), np.inf, away)))
    return str(things.index[at]) if away[at] <= most else ""


def _name(frame: gpd.GeoDataFrame, ident: str) -> str:
    return _word(frame, ident, "name")


def _word(frame: gpd.GeoDataFrame, ident: str, column: str) -> str:
    """Return the text in `column` of `ident`, nothing where there is none."""
    value = frame.loc[ident, column] if ident in frame.index else None
    return value if isinstance(value, str) else ""
