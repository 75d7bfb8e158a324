"""How soon a lamp that is tried shows: from the click on the map to the map that is lit by it.

The lighting page as a planner has it, the alley of the story open, lamp after lamp put up along the
dark alleys. ``repaint`` is when the map draws alleys, homes and lamps as they would be,
``figures`` when the sentence beside it counts the lamp too.
"""

from __future__ import annotations

import statistics
from functools import partial
from typing import Final

import numpy as np
import shapely
from playwright.sync_api import Page

from bench._server import serving
from bench.lighting import FOLDER
from bench.map import FIND, MAP, WAIT, chromium, pixel, timed
from wangge.analysis.lighting import unlit_stretches
from wangge.domain.crs import lonlat
from wangge.store.files import read

TIMES: Final = 18
ALLEY: Final = "A21"  # the alley of the demo's story
DRAWN: Final = "(JSON.parse(benchMap.dataset.drawn).lamp_changes ?? 0) === {n}"
COUNTED: Final = "document.body.innerText.includes('新装 {n} 盏')"


def spots() -> list[tuple[float, float]]:
    """Return places along the dark of the story's grid, 7 m apart, away from every lamp."""
    held = read(FOLDER).community
    grid = held.grids.geometry[held.alleys.geometry[ALLEY].within(held.grids.geometry)].iloc[0]
    dark = unlit_stretches(held.alleys, held.streetlights)
    lamps = shapely.MultiPoint(shapely.get_coordinates(held.streetlights.geometry.to_numpy()))
    found = []
    for line in dark[dark.within(grid)].geometry.to_numpy():
        steps = shapely.line_interpolate_point(line, np.arange(3.0, float(line.length), 7.0))
        found += [lonlat(at) for at in steps if at.distance(lamps) > 4]  # noqa: PLR2004 - metres
    return found


def lamps(page: Page, base: str) -> tuple[list[float], list[float]]:
    """Put up lamp after lamp; return milliseconds to the repaint and to the figures."""
    page.goto(f"{base}/lighting?pick=alleys/{ALLEY}")
    page.wait_for_selector(f'{MAP}[data-painted="true"]')
    page.evaluate(FIND)
    page.get_by_text("改灯", exact=True).click()
    page.wait_for_timeout(2000)
    shown, counted = [], []
    for n, spot in enumerate(spots()[:TIMES], start=1):
        act = partial(page.mouse.click, *pixel(page, *spot))
        shown.append(timed(page, act, DRAWN.format(n=n)))
        said = page.evaluate(WAIT, COUNTED.format(n=n))
        counted.append(said - page.evaluate("globalThis.began"))
        page.wait_for_timeout(400)
    return shown, counted


def main() -> None:
    """Print one `name: value unit` a line."""
    with serving(WANGGE_ROLE="planner") as (base, _), chromium() as browser:
        shown, counted = lamps(browser.new_page(viewport={"width": 1920, "height": 1080}), base)
    print(f"what_if_edits: {len(shown)} edits")
    print(f"what_if_edit_to_repaint: {statistics.median(shown):.0f} ms")
    print(f"what_if_edit_to_repaint_worst: {max(shown):.0f} ms")
    print(f"what_if_edit_to_figures: {statistics.median(counted):.0f} ms")


if __name__ == "__main__":
    main()
