"""Light and the way home at the size of a community, against the plain tools in the same run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from bench._watch import in_turn, seconds
from wangge.analysis.doors import dark_paths, gates_closed
from wangge.analysis.illuminance import light_profile
from wangge.analysis.lamp_reach import reaches
from wangge.analysis.lamp_sites import propose_lamps
from wangge.analysis.light_totals import light_totals
from wangge.analysis.lighting import alley_lighting, unlit_stretches
from wangge.analysis.night_walk import Night, night_of, relit
from wangge.analysis.walkable import walkable
from wangge.analysis.walks import walks_of
from wangge.community import Community
from wangge.domain.tables import Alleys, Streetlights
from wangge.store.files import read

FOLDER: Final = Path("data/geo")


def milliseconds(what: Callable[[], object]) -> float:
    """Return the median milliseconds of `what`."""
    return seconds(what) * 1000


def by_overlay(lines: Alleys, lamps: Streetlights) -> gpd.GeoDataFrame:
    """Cut the lines by the buffers of the lamps, the way it is commonly done."""
    discs = lamps.geometry.buffer(reaches(lamps))
    lit = gpd.GeoDataFrame(geometry=discs[~discs.is_empty])
    return gpd.overlay(lines, lit, how="difference", keep_geom_type=True)


def table_by_overlay(lines: Alleys, lamps: Streetlights) -> gpd.GeoDataFrame:
    """Make the same table of it: each stretch, where somebody has looked, the longest first."""
    pieces = by_overlay(lines, lamps).explode(index_parts=False)
    pieces = pieces[pieces["surveyed_on"].notna()]
    return pieces.assign(length_m=pieces.length).sort_values("length_m", ascending=False)


def stretches(name: str, lines: Alleys, lamps: Streetlights) -> None:
    """Print how fast the dark stretches of `lines` are found, against overlaid buffers."""
    ours, overlay, table = in_turn(
        lambda: unlit_stretches(lines, lamps, min_length_m=0),
        lambda: by_overlay(lines, lamps),
        lambda: table_by_overlay(lines, lamps),
    )
    print(f"{name}_{len(lines)}_unlit_stretches: {ours * 1e3:.2f} ms")
    print(f"{name}_{len(lines)}_overlay_of_buffers: {overlay * 1e3:.1f} ms")
    print(f"{name}_{len(lines)}_same_table_by_overlay: {table * 1e3:.1f} ms")
    print(f"{name}_{len(lines)}_overlay_vs_unlit_stretches: {overlay / ours:.1f} ratio")
    print(f"{name}_{len(lines)}_same_table_vs_unlit_stretches: {table / ours:.1f} ratio")


def bare(night: Night) -> object:
    """Run Dijkstra on the same graph and nothing else."""
    goals = np.flatnonzero(night.goal >= 0)
    return dijkstra(night.hops.graph, indices=goals, min_only=True)


def network(night: Night) -> tuple[csr_array, NDArray[np.intp]]:
    """Return the graph of all nodes of the walking network, both ways, and those walks end at."""
    net, on = night.ground.net, ~night.closed
    a, b = np.concatenate([net.edges[on], net.edges[on][:, ::-1]]).T
    graph = coo_array((np.tile(net.metres[on], 2), (a, b)), shape=(net.nodes, net.nodes))
    return graph.tocsr(), np.flatnonzero(night.goal[night.hops.place] >= 0)


def main(held: Community) -> None:
    """Print one `name: value unit` a line."""
    lanes, lamps = held.alleys, held.streetlights
    stretches("alleys", lanes, lamps)
    yards = held.paths.assign(surveyed_on=lanes["surveyed_on"].max())
    every = pd.concat([frame[["surveyed_on", "geometry"]] for frame in (lanes, yards)])
    stretches("all_ways", Alleys(gpd.GeoDataFrame(every, crs=lanes.crs)), lamps)
    ours = alley_lighting(lanes, lamps)[["unlit_m", "unsurveyed_m"]].sum().sum()
    theirs = by_overlay(lanes, lamps).length.sum()
    print(f"buffers_overstate: {(theirs / ours - 1) * 1e4:.2f} per 10,000")
    totals = milliseconds(lambda: light_totals(held.grids, held.compounds, lanes, lamps))
    print(f"light_totals: {totals:.1f} ms")
    samples = len(light_profile(lanes, lamps))
    print(
        f"illuminance_{samples}_points: {milliseconds(lambda: light_profile(lanes, lamps)):.1f} ms"
    )
    ways = (held.buildings, held.stations, lanes, held.paths, held.gates)
    ground = walkable(*ways)
    night = night_of(ground, lanes, lamps, gates_closed(lanes, ""))
    graph, goals = network(night)
    walked, whole, plain = in_turn(
        lambda: walks_of(night),
        lambda: dijkstra(graph, indices=goals, min_only=True),
        lambda: bare(night),
    )
    print(f"door_walks: {walked * 1e3:.2f} ms")
    print(f"bare_dijkstra_network: {whole * 1e3:.2f} ms")
    print(f"door_walks_vs_dijkstra_network: {walked / whole:.2f} ratio")
    print(f"bare_dijkstra_places: {plain * 1e3:.2f} ms")
    print(f"door_walks_vs_dijkstra_places: {walked / plain:.2f} ratio")
    routes = walks_of(night).routes
    again = milliseconds(lambda: walks_of(relit(night, lamps), routes))
    print(f"door_walks_by_other_lamps: {again:.2f} ms")
    print(f"walking_network: {milliseconds(lambda: walkable(*ways)):.1f} ms")
    print(f"dark_paths_network_and_all: {milliseconds(lambda: dark_paths(*ways, lamps)):.1f} ms")
    state = alley_lighting(lanes, lamps)["state"]
    dark = list(state.index[state == "unlit"])
    for name, proven in (("greedy", False), ("exact", True)):
        place = partial(propose_lamps, lanes, lamps, on=dark, lamps=15, exact=proven)
        print(f"fifteen_lamps_{name}: {milliseconds(place):.1f} ms")
        print(f"fifteen_lamps_{name}_gap: {place().gap * 100:.2f} %")


if __name__ == "__main__":
    main(read(FOLDER).community)
