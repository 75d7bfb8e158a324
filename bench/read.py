"""How long reading and checking the demo community takes, against geopandas just reading it."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Final

import geopandas as gpd

from bench._watch import TIMES, seconds
from wangge.store.files import read
from wangge.store.privacy import cut

FOLDER: Final = Path("data/geo")


def by_geopandas() -> None:
    """Read the same files and nothing more."""
    for path in sorted(FOLDER.glob("*.geojson")):
        gpd.read_file(path)


def one_cut() -> float:
    """Return the seconds of a privacy cut of a community nothing was derived from yet."""
    whole = read(FOLDER).community
    began = time.perf_counter()
    cut(whole, "anonymous")
    return time.perf_counter() - began


if __name__ == "__main__":
    ours, theirs = seconds(lambda: read(FOLDER)), seconds(by_geopandas)
    print(f"read_check: {ours * 1000:.0f} ms")
    print(f"geopandas_read: {theirs * 1000:.0f} ms")
    print(f"read_check_vs_geopandas: {ours / theirs:.2f} ratio")
    print(f"privacy_cut: {statistics.median(one_cut() for _ in range(TIMES)) * 1000:.0f} ms")
