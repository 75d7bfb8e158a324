"""Charts in the product's colours: bars side by side, for both themes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, Final

from layers._tokens import CHART_COLOURS, FONTS, TOKENS, Mode

MOST_SERIES: Final = 4  # never a fifth: use small multiples


def look(mode: Mode) -> dict[str, Any]:
    """Return the options every chart shares in `mode`.

    Examples
    --------
    >>> look("dark")["color"][0]
    '#7FDFD4'
    """
    tokens = TOKENS[mode]
    words = {"fontFamily": FONTS, "fontSize": 12, "color": tokens["text2"]}
    return {
        "color": list(CHART_COLOURS[mode]),
        "textStyle": words,
        "animation": False,
        "grid": {"left": 28, "right": 0, "top": 30, "bottom": 22, "containLabel": False},
        "legend": {
            "top": 0,
            "right": 0,
            "itemWidth": 10,
            "itemHeight": 10,
            "icon": "rect",
            "textStyle": words,
        },
        "tooltip": {
            "trigger": "axis",
            "axisPointer": {"type": "none"},
            "backgroundColor": tokens["panel"],
            "borderColor": tokens["border"],
            "borderWidth": 1,
            "extraCssText": "box-shadow:none;border-radius:6px",
            "textStyle": {**words, "color": tokens["text"], "fontSize": 13},
            "valueFormatter": "localized",
        },
    }


def bars(
    categories: Sequence[str],
    series: Mapping[str, Sequence[float]],
    *,
    mode: Mode,
    title: str = "",
    whole: bool = True,
) -> dict[str, Any]:
    """Return the option of bars side by side.

    Parameters
    ----------
    categories
        Names under the axis, k of them.
    series
        k values by the series' name, at most `MOST_SERIES`.
        With two, the second is the one that matters and takes the accent.
    mode
        Light or dark.
    title
        What the bars count, on the line of the legend.
    whole
        The axis counts whole things; else values keep one decimal, and NaN is no bar.

    Raises
    ------
    ValueError
        With more series than can be told apart.

    Examples
    --------
    >>> bars(["1月"], {"新增": [3], "结案": [2]}, mode="light")["series"][0]["name"]
    '新增'
    """
    if len(series) > MOST_SERIES:
        msg = f"{len(series)} series cannot be told apart; draw small multiples."
        raise ValueError(msg)
    option = look(mode)
    first, second, *rest = option["color"]
    option["color"] = [first] if len(series) == 1 else [second, first, *rest]
    tokens = TOKENS[mode]
    if title:
        words = {"color": tokens["text"], "fontSize": 15, "fontWeight": 700, "fontFamily": FONTS}
        option["title"] = {"text": title, "left": 0, "top": 0, "padding": 0, "textStyle": words}
    plain = {"axisLine": {"show": False}, "axisTick": {"show": False}}
    label = {"color": tokens["text2"], "fontSize": 12}
    option["xAxis"] = {
        **plain,
        "type": "category",
        "data": list(categories),
        "axisLabel": {**label, "interval": 0},
    }
    option["yAxis"] = {
        **plain,
        "type": "value",
        "splitNumber": 3,
        "minInterval": 1 if whole else 0,
        "axisLabel": label,
        "splitLine": {"lineStyle": {"color": tokens["rule"], "width": 1}},
    }
    option["series"] = [
        {
            "type": "bar",
            "name": name,
            "data": [_value(value, whole=whole) for value in values],
            "barMaxWidth": 16,
            "barGap": "12%",
            "itemStyle": {"borderRadius": 0},
        }
        for name, values in series.items()
    ]
    return option


def lying(option: dict[str, Any]) -> dict[str, Any]:
    """Return the option of bars that lie, names at the left, the first on top.

    Examples
    --------
    >>> lying(bars(["供销小区"], {"件": [3]}, mode="light"))["yAxis"]["data"]
    ['供销小区']
    """
    return {
        **option,
        "xAxis": {**option["yAxis"], "position": "top", "axisLabel": {"show": False}},
        "yAxis": {**option["xAxis"], "inverse": True},
        "grid": {"left": 4, "right": 44, "top": 34, "bottom": 4, "containLabel": True},
        "series": [
            {
                **one,
                "label": {
                    "show": True,
                    "position": "right",
                    "color": option["textStyle"]["color"],
                    "fontSize": 12,
                },
            }
            for one in option["series"]
        ],
    }


def _value(value: float, *, whole: bool) -> float | None:
    if whole:
        return int(value)
    return round(float(value), 1) if isfinite(value) else None
