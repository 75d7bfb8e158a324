"""Draw the pictures of docs/lighting.md from the analyses themselves: ``make pictures``.

Nothing in them is drawn by hand: every interval, route, lux and bound is computed when they are
drawn, the first two on small made-up alleys, the others on the synthetic demo community.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from shapely import LineString

from layers._tokens import TOKENS
from wangge.analysis.chainage import chain
from wangge.analysis.edits import tried
from wangge.analysis.illuminance import alley_illuminance, light_profile
from wangge.analysis.lamp_light import lamp_intervals
from wangge.analysis.lamp_reach import lamp_spots_and_reach, reaches
from wangge.analysis.lamp_sites import Proposal, propose_lamps
from wangge.analysis.lighting import alley_lighting, lit_stretches, unlit_stretches
from wangge.analysis.plan_spots import edits_of
from wangge.analysis.ways_home import walkers, way_home
from wangge.community import Community
from wangge.demo.plan import STORY_COURT
from wangge.domain.crs import METRIC
from wangge.domain.tables import Alleys, Streetlights
from wangge.store.files import read

ROOT: Final = Path(__file__).parents[1]
TARGET: Final = ROOT / "docs" / "pictures" / "lighting"
INK: Final = TOKENS["light"]
LIT: Final = "#C99700"  # the lamp's yellow, dark enough for a line on white
_STYLE: Final[dict[Any, Any]] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "wangge",
    "font.family": ["Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "sans-serif"],
    "font.size": 11,
    "text.color": INK["text"],
    "axes.edgecolor": INK["text3"],
    "axes.labelcolor": INK["text2"],
    "xtick.color": INK["text2"],
    "ytick.color": INK["text2"],
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def lamps_at(*lamps: tuple[float, float, float, bool]) -> Streetlights:
    """Return streetlights of x, y, reach (m) and whether they work."""
    x, y, reach, working = zip(*lamps, strict=True)
    return Streetlights(
        gpd.GeoDataFrame(
            {"reach_m": reach, "height_m": 6.0, "working": working},
            geometry=gpd.points_from_xy(x, y),
            crs=METRIC,
        )
    )


def alleys_of(lines: list[LineString], surveyed: list[str | None]) -> Alleys:
    """Return alleys with the dates of their night surveys."""
    dates = pd.to_datetime(pd.Series(surveyed, dtype=object))
    return Alleys(gpd.GeoDataFrame({"surveyed_on": dates}, geometry=lines, crs=METRIC))


def lines(axes: Axes, shapes: pd.Series, colour: str, style: str = "-", wide: float = 4) -> None:
    """Draw lines."""
    for shape in shapely.get_parts(shapes.to_numpy()):
        x, y = shape.xy
        axes.plot(x, y, style, color=colour, linewidth=wide, solid_capstyle="butt")


def lamps(axes: Axes, streetlights: gpd.GeoDataFrame) -> None:
    """Draw lamps, filled where they work, with the discs they light."""
    reach = reaches(Streetlights(streetlights.assign(working=True)))
    spots, works = streetlights.geometry.to_numpy(), streetlights["working"].to_numpy(bool)
    for spot, far, on in zip(spots, reach, works, strict=True):
        edge = INK["lamp_edge"] if on else INK["gap"]
        face = INK["lamp"] if on else "white"
        axes.plot(spot.x, spot.y, "o", color=face, markeredgecolor=edge, markersize=8, zorder=5)
        round_about = spot.buffer(far, quad_segs=32).exterior.xy
        if on:
            axes.fill(*round_about, facecolor=INK["lamp"], alpha=0.3, edgecolor="none")
        axes.plot(*round_about, "-" if on else ":", color=edge, linewidth=0.8)


def plan(axes: Axes) -> None:
    """Make the axes a plan: a metre is as long up as across."""
    axes.set_aspect("equal")
    axes.axis("off")


def intervals() -> Figure:
    """Draw how discs cut an alley into intervals of one number."""
    alley = alleys_of([LineString([(0, 0), (55, 6), (95, -8), (150, 0)])], ["2026-11-01"])
    lights = lamps_at((22, 8, 20, True), (48, -4, 20, True), (78, 6, 18, False), (128, 5, 17, True))
    figure = Figure(figsize=(8.4, 4.6), layout="constrained")
    above, below = figure.subplots(2, 1, height_ratios=[1.35, 1])
    lamps(above, lights)
    dark = unlit_stretches(alley, lights, min_length_m=0)
    lines(above, lit_stretches(alley, lights).geometry, LIT)
    lines(above, dark.geometry, INK["gap"])
    plan(above)
    laid = chain(alley)
    lamp, low, high = lamp_intervals(laid, *lamp_spots_and_reach(lights))
    for row, begin, end in zip(lamp, low, high, strict=True):
        below.plot([begin, end], [3 - row * 0.55] * 2, color=LIT, linewidth=5)
    for row, works in enumerate(lights["working"]):
        told = f"灯 lamp {row + 1}" if works else f"坏灯 {row + 1} out"
        below.text(-3, 3 - row * 0.55, told, ha="right", va="center", fontsize=9)
    below.plot([0, float(laid.total[0])], [0, 0], color=LIT, linewidth=7)
    below.text(-3, 0, "合并 union", ha="right", va="center", fontsize=9)
    for begin, end in dark[["from_m", "to_m"]].to_numpy():
        below.plot([begin, end], [0, 0], color=INK["gap"], linewidth=7)
        told = f"{end - begin:.1f} m"
        below.text((begin + end) / 2, 0.42, told, ha="center", color=INK["gap"])
    below.set(
        xlim=(-24, 156), ylim=(-0.5, 3.5), yticks=[], xlabel="沿巷里程 metres along the alley"
    )
    below.spines["left"].set_visible(False)
    return figure


def states() -> Figure:
    """Draw the three states of an alley: lit, unlit, and not surveyed."""
    rows = [LineString([(0, y), (120, y)]) for y in (0.0, -45.0, -90.0)]
    alleys = alleys_of([*rows], ["2026-11-01", "2026-11-01", None])
    lights = lamps_at((20, 4, 22, True), (60, 4, 22, True), (100, 4, 22, True), (12, -49, 16, True))
    found = alley_lighting(alleys, lights)
    figure = Figure(figsize=(8.4, 3.4), layout="constrained")
    axes = figure.subplots()
    lamps(axes, lights)
    lines(axes, lit_stretches(alleys, lights).geometry, LIT)
    lines(axes, unlit_stretches(alleys, lights).geometry, INK["gap"], "--")
    unknown = alleys.geometry[found["state"] == "unsurveyed"]
    lines(axes, unknown, INK["unsurveyed"], ":", 2.5)
    said = {
        "lit": "有灯 lit",
        "unlit": "无灯 unlit",
        "unsurveyed": "未夜查 not surveyed",
    }
    metres = found["unlit_m"] + found["unsurveyed_m"]
    for state, dark, y in zip(found["state"], metres, (0.0, -45.0, -90.0), strict=True):
        axes.text(128, y, f"{said[state]}  {dark:.0f} m", va="center")
    axes.set_xlim(-15, 190)
    plan(axes)
    return figure


def story(held: Community) -> tuple[str, str, Proposal]:
    """Return the court of the story, its alley, and the three lamps that light it."""
    court = held.buildings[held.buildings["name"] == STORY_COURT]
    door, spot = str(court.index[0]), court.geometry.iloc[0]
    dark = unlit_stretches(held.alleys, held.streetlights)
    alley = str(dark["alley_id"].iloc[int(dark.distance(spot).argmin())])
    return door, alley, propose_lamps(held.alleys, held.streetlights, on=[alley], lamps=3)


def with_lamps(held: Community, proposal: Proposal) -> Community:
    """Return the community with the proposed lamps up."""
    return tried(held, edits_of(proposal))


def way(held: Community) -> Figure:
    """Draw the way home to the court of the story, before three lamps and with them."""
    door, alley, proposal = story(held)
    figure = Figure(figsize=(6.6, 5.4), layout="constrained")
    look = {"lit": (LIT, "-"), "dark": (INK["gap"], "-"), "unknown": (INK["unsurveyed"], ":")}
    west, south, east, north = held.alleys.geometry[alley].buffer(38).bounds
    titles = ("现在 today", "装三盏灯后 with three lamps")
    for axes, state, title in zip(
        figure.subplots(1, 2), (held, with_lamps(held, proposal)), titles, strict=True
    ):
        near = state.buildings.cx[west:east, south:north]
        for name, shape in near.geometry.items():
            colour = INK["accent"] if name == door else INK["m_bld"]
            for part in shapely.get_parts(shape):
                axes.fill(*part.exterior.xy, color=colour, linewidth=0)
        lines(axes, state.alleys.cx[west:east, south:north].geometry, INK["m_casing"], "-", 6)
        home = way_home(state, door)
        for light, pieces in home.groupby("light"):
            lines(axes, pieces.geometry, *look[str(light)], 3.5)
        lamps(axes, state.streetlights.cx[west:east, south:north])
        dark = home.loc[home["light"] == "dark", "length_m"].sum()
        axes.set_title(f"{title}: {dark:.0f} m 暗 dark", fontsize=11, color=INK["text"])
        plan(axes)
        axes.set(xlim=(west, east), ylim=(south, north))
    return figure


def profile(held: Community) -> Figure:
    """Draw the illuminance along the alley of the story, before three lamps and with them."""
    _, alley, proposal = story(held)
    lane = Alleys(held.alleys.loc[[alley]])
    figure = Figure(figsize=(8.4, 3.4), layout="constrained")
    axes = figure.subplots()
    after = with_lamps(held, proposal).streetlights
    both = ((held.streetlights, INK["gap"], "现在 today"), (after, LIT, "装灯后 with lamps"))
    for lights, colour, name in both:
        along = light_profile(lane, lights)
        mean = alley_illuminance(lane, lights).loc[alley]
        told = (
            f"{name}: {mean['average_lx']:.1f} lx 平均 average, {mean['minimum_lx']:.2f} 最小 least"
        )
        axes.plot(along["along_m"], along["lux"], color=colour, linewidth=2, label=told)
    due = float(alley_illuminance(lane, after)["average_due_lx"].iloc[0])
    axes.axhline(due, color=INK["text3"], linestyle="--", linewidth=1)
    axes.text(0.4, due, f"{due:g} lx", va="bottom", fontsize=9, color=INK["text2"])
    at = lane.geometry.iloc[0].project(gpd.GeoSeries(proposal.spots.geometry))
    axes.plot(at, np.zeros(len(at)), "o", color=INK["lamp"], markeredgecolor=INK["lamp_edge"])
    axes.set(xlabel="沿巷里程 metres along the alley", ylabel="照度 lux", ylim=(-0.4, None))
    axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(0, 1.2))
    return figure


def proposer(held: Community) -> Figure:
    """Draw what the proposer gets for each number of lamps: greedy, proven best, and the bound."""
    lighting = alley_lighting(held.alleys, held.streetlights)
    dark = list(lighting.index[lighting["unlit_m"] > 0])
    people = walkers(held)["people"]
    counts = range(1, 16)
    figure = Figure(figsize=(8.4, 3.4), layout="constrained")
    axes = figure.subplots()
    for exact, colour, name in ((False, INK["gap"], "贪心 greedy"), (True, LIT, "最优 best")):
        found = [
            propose_lamps(
                held.alleys, held.streetlights, on=dark, lamps=k, weights=people, exact=exact
            )
            for k in counts
        ]
        if not exact:
            bound = [one.bound for one in found]
            axes.plot(counts, bound, ":", color=INK["text3"], label="上界 bound of greedy")
        axes.plot(counts, [one.worth for one in found], "o-", color=colour, label=name)
    axes.set(xlabel="灯数 lamps", ylabel="去掉的暗段（米×人）\ndark metres × people removed")
    axes.legend(frameon=False, loc="lower right")
    return figure


_OF_THE_METHOD: Final[Mapping[str, Callable[[], Figure]]] = MappingProxyType(
    {"intervals": intervals, "states": states}
)
_OF_THE_DEMO: Final[Mapping[str, Callable[[Community], Figure]]] = MappingProxyType(
    {"way": way, "profile": profile, "proposer": proposer}
)


def draw(target: Path) -> list[Path]:
    """Draw every picture into the folder `target` and return their paths."""
    target.mkdir(parents=True, exist_ok=True)
    held = read(ROOT / "data" / "geo").community
    # The text stays text in the SVG: which of its typefaces this machine has does not matter.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    with mpl.rc_context(_STYLE):
        figures = {name: make() for name, make in _OF_THE_METHOD.items()}
        figures |= {name: make(held) for name, make in _OF_THE_DEMO.items()}
        paths = [target / f"{name}.svg" for name in figures]
        for path, figure in zip(paths, figures.values(), strict=True):
            figure.savefig(path, metadata={"Date": None})
    return paths


if __name__ == "__main__":
    draw(TARGET)
