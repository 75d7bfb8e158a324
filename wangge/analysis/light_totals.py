"""How many metres are lit, dark or not looked at: by alley, by compound, by grid and in all."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from wangge.analysis.lighting import alley_lighting
from wangge.domain.crs import require_metric
from wangge.domain.rules import rule
from wangge.domain.tables import Alleys, Compounds, Grids, Streetlights

Ints = NDArray[np.intp]
Objects = NDArray[np.object_]
Pieces = tuple[Ints, Ints, Objects]
ALL = "all"  # the id of the one row of level ``community``
_METRES = ["length_m", "lit_m", "unlit_m", "unsurveyed_m"]


def light_totals(
    grids: Grids, compounds: Compounds, alleys: Alleys, streetlights: Streetlights
) -> pd.DataFrame:
    """Return how many metres of street and alley each place has, and how they are lit.

    An alley counts in a place with the part of it that lies there.  A part on the border of two
    grids belongs to the first in the order of `grids`, so that metres of grids add up, but for an
    alley drawn twice over itself, which counts once in a grid; a compound has every metre within
    rule ``compound_edge_m`` of it, which neighbours share.

    Parameters
    ----------
    grids, compounds
        (Multi)Polygons, unique index.
    alleys
        (Multi)LineStrings, unique index, with ``surveyed_on``.
    streetlights
        Points.  All frames in one CRS in metres.

    Returns
    -------
    DataFrame
        MultiIndex (level, id), levels ``community`` (id ``all``), ``grid``, ``compound``,
        ``alley``; ``length_m``, ``lit_m``, ``unlit_m``, ``unsurveyed_m`` (metres; the last three
        add up to the first), ``unlit_share``, ``unsurveyed_share`` (of the length, NaN where that
        is 0), ``longest_dark_m`` (longest dark gap within the place, NaN where nobody has looked
        at any).

    Raises
    ------
    CRSError
        If a frame is not in a projected CRS in metres.
    ValueError
        If alleys and streetlights differ in CRS.

    Examples
    --------
    >>> from shapely import LineString, Point, box
    >>> grid = gpd.GeoDataFrame(geometry=[box(0, -9, 40, 9), box(40, -9, 99, 9)], crs=4547,
    ...     index=["G1", "G2"])
    >>> alley = gpd.GeoDataFrame({"surveyed_on": ["2026-10-01"]},
    ...     geometry=[LineString([(0, 0), (99, 0)])], crs=4547)
    >>> lamp = gpd.GeoDataFrame({"reach_m": [20.0], "height_m": [6.0], "working": [True]},
    ...     geometry=[Point(50, 0)], crs=4547)
    >>> light_totals(grid, grid.iloc[:0], alley, lamp)["unlit_m"].round(1).tolist()
    [59.0, 30.0, 29.0, 59.0]
    """
    require_metric(grids=grids, compounds=compounds, alleys=alleys, streetlights=streetlights)
    edge = compounds.geometry.buffer(rule("compound_edge_m").value).to_numpy()
    rows = np.arange(len(alleys))
    lines = alleys.geometry.to_numpy()
    held = [
        (rows, np.zeros(len(rows), np.intp), lines),
        _apart(lines, grids.geometry.to_numpy()),
        _shared(lines, edge),
    ]
    before = (0, 1, 1 + len(grids))  # rows of the result: community, grids, compounds, alleys
    owner = np.concatenate([line for line, _, _ in held])
    place = np.concatenate([at + first for (_, at, _), first in zip(held, before, strict=True)])
    shapes = np.concatenate([shape for _, _, shape in held])
    told = [name for name in ("surveyed_on", "night_result") if name in alleys]
    cut = gpd.GeoDataFrame(
        {name: alleys[name].to_numpy()[owner] for name in told}, geometry=shapes, crs=alleys.crs
    )
    lighting = alley_lighting(Alleys(cut), streetlights)
    piece = np.append(np.arange(len(cut)), rows)  # the whole alleys, which come first, once more
    place = np.append(place, rows + 1 + len(grids) + len(compounds))
    return _summed(lighting.iloc[piece], place, _places(grids, compounds, alleys))


def _places(grids: Grids, compounds: Compounds, alleys: Alleys) -> pd.MultiIndex:
    """Name the rows of the result."""
    return pd.MultiIndex.from_tuples(
        [
            ("community", ALL),
            *(("grid", name) for name in grids.index),
            *(("compound", name) for name in compounds.index),
            *(("alley", name) for name in alleys.index),
        ],
        names=["level", "id"],
    )


def _summed(lighting: pd.DataFrame, place: Ints, index: pd.MultiIndex) -> pd.DataFrame:
    """Add up the `lighting` of pieces, each in a `place`: a row of the result."""
    n = len(index)
    found = pd.DataFrame(
        {name: np.bincount(place, lighting[name], minlength=n) for name in _METRES}, index=index
    )
    length = found["length_m"].where(found["length_m"] > 0)
    found["unlit_share"] = found["unlit_m"] / length
    found["unsurveyed_share"] = found["unsurveyed_m"] / length
    longest = np.full(n, np.nan)
    np.fmax.at(longest, place, lighting["longest_dark_m"].to_numpy())
    found["longest_dark_m"] = longest
    return found


def _shared(lines: Objects, areas: Objects) -> Pieces:
    """Cut `lines` by each area: the line, the area and the shape of each piece, (k,) each."""
    area, line = shapely.STRtree(lines).query(areas, predicate="intersects")
    return line, area, _run(shapely.intersection(lines[line], areas[area]))


def _apart(lines: Objects, areas: Objects) -> Pieces:
    """Cut `lines` by areas that meet at borders: what an earlier area has, a later one lacks."""
    rest = lines.copy()
    line, number = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
    shape: list[Objects] = [np.zeros(0, dtype=object)]
    for k, area in enumerate(areas):
        met = np.flatnonzero(shapely.intersects(rest, area))
        line.append(met)
        number.append(np.full(len(met), k))
        shape.append(_run(shapely.intersection(rest[met], area)))
        rest[met] = shapely.difference(rest[met], area)
    return np.concatenate(line), np.concatenate(number), np.concatenate(shape)


def _run(shapes: Objects) -> Objects:
    """Keep the lines of each shape, cut pieces that meet joined again; touching points go."""
    parts, of = shapely.get_parts(shapes, return_index=True)
    line = shapely.get_dimensions(parts) == 1
    held: Objects = np.full(len(shapes), shapely.MultiLineString(), dtype=object)
    if line.any():
        shapely.multilinestrings(parts[line], indices=of[line], out=held)
    return np.array(shapely.line_merge(held), dtype=object, ndmin=1)
