"""The light along an alley as a chart: lux over metres, what is dark, and the lamps under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from layers._tokens import TOKENS, Mode
from pages._chart import look
from wangge.analysis.alongside import lamps_along
from wangge.analysis.edits import CHANGE
from wangge.analysis.illuminance import alley_illuminance, light_profile
from wangge.analysis.lighting import unlit_stretches
from wangge.community import Community
from wangge.domain.rules import rule
from wangge.domain.tables import Alleys
from wangge.text import Lang, Text

STEP_M: Final = 1.0
LEVELS: Final = (1, 2, 3, 4)
PLUS: Final = "path://M-1,-3 L1,-3 L1,-1 L3,-1 L3,1 L1,1 L1,3 L-1,3 L-1,1 L-3,1 L-3,-1 L-1,-1 Z"
BEFORE: Final = Text("现状", "Now")
AFTER: Final = Text("方案后", "Tried")
LUX: Final = Text("照度", "Light")


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """The light along one alley: samples (``along_m``, ``lux``), its dark stretches, its lamps.

    ``average``, ``minimum`` (lx), ``uniformity`` (NaN in the dark), and what is due by the level;
    ``minimum_due`` is NaN where none is.  ``meets`` is None where nobody knows.
    """

    samples: pd.DataFrame
    dark: pd.DataFrame
    lamps: pd.DataFrame
    average: float
    minimum: float
    uniformity: float
    average_due: float
    minimum_due: float
    meets: bool | None


def profile(community: Community, alley: str, level: int = 0) -> Profile:
    """Return the light along `alley` against pedestrian `level` (0: that of the rules)."""
    return community.memo(("profile", alley, level), lambda: _profile(community, alley, level))


def _profile(community: Community, alley: str, level: int) -> Profile:
    mine = Alleys(community.alleys.loc[[alley]])
    lights = community.streetlights
    row = alley_illuminance(mine, lights, step_m=STEP_M, level=level).iloc[0]
    lamps = lamps_along(community.alleys, lights, alley=alley)
    change = lights[CHANGE].reindex(lamps.index) if CHANGE in lights else ""
    return Profile(
        samples=light_profile(mine, lights, step_m=STEP_M)[["along_m", "lux"]],
        dark=unlit_stretches(mine, lights, min_length_m=rule("dark_stretch_m").value),
        lamps=lamps.assign(change=change),
        average=float(row["average_lx"]),
        minimum=float(row["minimum_lx"]),
        uniformity=float(row["uniformity"]),
        average_due=float(row["average_due_lx"]),
        minimum_due=float(row["minimum_due_lx"]),
        meets=None if pd.isna(row["meets"]) else bool(row["meets"]),
    )


def chart(now: Profile, then: Profile | None, lang: Lang, mode: Mode) -> tuple[dict[str, Any], str]:
    """Return the option of the chart and the same in words.

    Parameters
    ----------
    now
        The alley as it is.
    then
        As it is tried; None where nothing is.
    lang, mode
        Language and theme.
    """
    tokens, option = TOKENS[mode], look(mode)
    last = then or now
    length = float(now.samples["along_m"].max()) if len(now.samples) else 0.0
    words = {"color": tokens["text2"], "fontSize": 12}
    plain = {"axisLine": {"show": False}, "axisTick": {"show": False}}
    option |= {
        "grid": {"left": 28, "right": 8, "top": 8, "bottom": 36, "outerBoundsMode": "none"},
        "legend": {"show": False},
        "xAxis": {
            **plain,
            "type": "value",
            "min": 0,
            "max": round(length, 1),
            "axisLabel": {
                **words,
                "margin": 20,
                "showMaxLabel": False,
                "formatter": "{value} " + Text("米", "m").in_(lang),
            },
            "axisLine": {"show": True, "lineStyle": {"color": tokens["text3"]}},
            "splitLine": {"show": False},
        },
        "yAxis": {
            **plain,
            "type": "value",
            "min": 0,
            "splitNumber": 2,
            "axisLabel": words,
            "splitLine": {"lineStyle": {"color": tokens["rule"], "width": 1}},
        },
    }
    series = []
    if then is not None:
        series.append(_line(now, BEFORE.in_(lang), tokens["text3"], 1.5))
    name = AFTER if then is not None else LUX
    series.append(_line(last, name.in_(lang), tokens["accent"], 2))
    series[-1]["markArea"] = _dark(last, tokens["gap"])
    series[-1]["markLine"] = _due(last, lang, tokens)
    option["series"] = [*series, _lamps(last, lang, tokens)]
    return option, _told(last, lang)


def _line(held: Profile, name: str, color: str, width: float) -> dict[str, Any]:
    return {
        "type": "line",
        "name": name,
        "showSymbol": False,
        "lineStyle": {"color": color, "width": width},
        "itemStyle": {"color": color},
        "data": held.samples.round(2).to_numpy().tolist(),
    }


def _dark(held: Profile, color: str) -> dict[str, Any]:
    """Shade the stretches no lamp reaches."""
    pairs = held.dark[["from_m", "to_m"]].round(1).to_numpy().tolist()
    return {
        "silent": True,
        "itemStyle": {"color": color, "opacity": 0.18},
        "data": [[{"xAxis": begin}, {"xAxis": end}] for begin, end in pairs],
    }


def _due(held: Profile, lang: Lang, tokens: Any) -> dict[str, Any]:  # noqa: ANN401 - a mapping
    label = Text("平均应达 {n:g}", "average due {n:g}").fill(n=held.average_due).in_(lang)
    return {
        "silent": True,
        "symbol": "none",
        "lineStyle": {"color": tokens["text2"], "type": "dashed", "width": 1},
        "label": {
            "formatter": label,
            "position": "insideEndTop",
            "color": tokens["text2"],
            "fontSize": 12,
        },
        "data": [{"yAxis": held.average_due}],
    }


def _lamps(held: Profile, lang: Lang, tokens: Any) -> dict[str, Any]:  # noqa: ANN401 - a mapping
    """Mark the lamps just under the axis, as the map draws them."""
    rows = []
    for lamp, row in held.lamps.iterrows():
        added, works = row["change"] == "added", bool(row["works"])
        fill = tokens["accent"] if added else tokens["lamp"] if works else tokens["gap"]
        rows.append(
            {
                "name": str(lamp),
                "value": [round(float(row["along_m"]), 1), 0],
                "symbol": PLUS if added else "circle",
                "symbolSize": 12 if added else 9,
                "itemStyle": {
                    "color": fill if added or works else "transparent",
                    "borderColor": tokens["lamp_edge"] if works and not added else fill,
                    "borderWidth": 0 if added else 1 if works else 2,
                },
            }
        )
    return {
        "type": "scatter",
        "name": Text("灯", "Lamps").in_(lang),
        "symbolOffset": [0, 11],
        "clip": False,
        "silent": True,
        "tooltip": {"show": False},
        "data": rows,
    }


def _told(held: Profile, lang: Lang) -> str:
    """Say the chart in words."""
    works = int(held.lamps["works"].sum())
    said = Text(
        "沿巷照度：平均 {a:.1f} lx，最小 {m:.1f} lx，应平均 {d:g} lx；"
        "亮灯 {n} 盏；暗段 {k} 段共 {l:.0f} 米",
        "Light along it: average {a:.1f} lx, minimum {m:.1f} lx, average due {d:g} lx; {n} lamps "
        "shine; {k} dark stretches, {l:.0f} m",
    ).fill(
        a=held.average,
        m=held.minimum,
        d=held.average_due,
        n=works,
        k=len(held.dark),
        l=held.dark["length_m"].sum(),
    )
    return said.in_(lang)
