"""Light along the alleys of a whole city, by numpy and by the compiled loops of extra ``scale``."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Final
from unittest.mock import patch

import geopandas as gpd
import numpy as np
import shapely

from bench._watch import seconds
from wangge.analysis import chainage, lamp_light, scale
from wangge.analysis.chainage import chain, cut_out
from wangge.analysis.lamp_light import dark_stretches
from wangge.analysis.lamp_reach import lamp_spots_and_reach
from wangge.analysis.lighting import unlit_stretches
from wangge.domain.tables import Alleys, Streetlights
from wangge.store.files import read

FOLDER: Final = Path("data/geo")
ALLEYS: Final = 100_000
LAMPS: Final = 300_000
SIDE: Final = 30_000.0  # m
BENDS: Final = 5
# What a fresh process waits for before its first answer, in seconds.
FIRST: Final = """
import time
import numpy as np
from shapely import LineString
from wangge.analysis.chainage import chain_of
laid = chain_of(np.array([LineString([(0, 0), (99, 0)])], dtype=object))
began = time.perf_counter()
from wangge.analysis.light_kernel import dark_stretches, vertices
found = dark_stretches(laid, np.array([[50.0, 0.0]]), np.array([9.0]))
vertices(laid, *found)
print(time.perf_counter() - began)
"""


def city() -> tuple[Alleys, Streetlights]:
    """Draw alleys of about 100 m in five bends, three lamps for each, most beside an alley."""
    rng = np.random.default_rng(0)
    turn = rng.uniform(0, 2 * np.pi, (ALLEYS, 1)) + rng.normal(0, 0.2, (ALLEYS, BENDS)).cumsum(1)
    step = rng.uniform(10, 30, (ALLEYS, BENDS))
    moves = np.stack([step * np.cos(turn), step * np.sin(turn)], axis=2)
    first = rng.uniform(0, SIDE, (ALLEYS, 1, 2))
    xy = np.concatenate([first, first + moves.cumsum(1)], axis=1)
    which, bend = rng.integers(0, ALLEYS, LAMPS), rng.integers(0, BENDS, LAMPS)
    share = rng.uniform(size=(LAMPS, 1))
    spots = xy[which, bend] * (1 - share) + xy[which, bend + 1] * share
    spots += rng.normal(0, 2, (LAMPS, 2))
    day = np.full(ALLEYS, np.datetime64("2026-10-01"))
    alleys = gpd.GeoDataFrame({"surveyed_on": day}, geometry=shapely.linestrings(xy), crs=4547)
    lamps = gpd.GeoDataFrame(
        {"reach_m": rng.uniform(10, 18, LAMPS), "height_m": 6.0, "working": True},
        geometry=shapely.points(spots),
        crs=4547,
    )
    return Alleys(alleys), Streetlights(lamps)


def first_call(cache: str) -> float:
    """Return the seconds a fresh process takes to import, load or compile, and answer once."""
    env = os.environ | {"NUMBA_CACHE_DIR": cache}
    done = subprocess.run(
        [sys.executable, "-c", FIRST], env=env, capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def main() -> None:
    """Print one `name: value unit` a line."""
    alleys, lamps = city()
    laid, (spots, reach) = chain(alleys), lamp_spots_and_reach(lamps)

    def whole() -> gpd.GeoDataFrame:
        return unlit_stretches(alleys, lamps, min_length_m=0)

    with patch.object(lamp_light, "kernel", absent), patch.object(chainage, "kernel", absent):
        want = dark_stretches(laid, spots, reach)
        print(f"city_numpy_unlit_stretches: {seconds(whole) * 1e3:.0f} ms")
        loops = seconds(lambda: dark_stretches(laid, spots, reach))
        print(f"city_numpy_light_alone: {loops * 1e3:.0f} ms")
    kernel = scale.kernel(len(laid.segment) + len(reach))
    if kernel is None:
        print("city_numba: 0 installed")
        return
    dark, part = dark_stretches(laid, spots, reach)
    print(f"city_numba_unlit_stretches: {seconds(whole) * 1e3:.0f} ms")
    loops = seconds(lambda: dark_stretches(laid, spots, reach))
    print(f"city_numba_light_alone: {loops * 1e3:.0f} ms")
    print(f"city_numba_differs_from_numpy: {np.abs(dark - want[0]).max():g} m")
    xy, row = kernel.vertices(laid, dark, part)
    lines = seconds(lambda: shapely.linestrings(xy, indices=row))
    cut = seconds(lambda: cut_out(laid, dark, part))
    print(f"city_linestrings_alone: {lines * 1e3:.0f} ms")
    print(f"city_numba_geometry: {cut * 1e3:.0f} ms")
    print(f"city_numba_geometry_vs_linestrings: {cut / lines:.2f} ratio")
    one = read(FOLDER).community
    small, held = chain(one.alleys), lamp_spots_and_reach(one.streetlights)
    numpy, numba = (
        seconds(partial(way, small, *held)) for way in (dark_stretches, kernel.dark_stretches)
    )
    print(f"community_numpy_light_alone: {numpy * 1e3:.2f} ms")
    print(f"community_numba_light_alone: {numba * 1e3:.2f} ms")
    with tempfile.TemporaryDirectory() as cache:
        print(f"numba_first_call_compiling: {first_call(cache):.1f} s")
        print(f"numba_first_call_from_cache: {first_call(cache):.2f} s")


def absent(_: int) -> None:
    """Stand for `scale.kernel` where numba is not installed."""


if __name__ == "__main__":
    main()
