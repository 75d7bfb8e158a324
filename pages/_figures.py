"""What the page of figures shows: how cases fare by place, kind or month, as tables and charts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

import pandas as pd

from layers._tokens import Mode
from pages._card import Figure
from pages._chart import bars, lying
from pages._format import UNKNOWN, duration, known, month, number, rate
from pages._row import row_of
from wangge.analysis.case_figures import ALL, By, case_figures, reported_in
from wangge.analysis.recurrence import root_causes
from wangge.community import Community
from wangge.domain.cases import Cases
from wangge.domain.causes import cause
from wangge.domain.rules import rule
from wangge.domain.terms import HAZARD_KINDS, SEVERITIES
from wangge.text import Lang, Text

BY: Final[Mapping[By, Text]] = {
    "grid": Text("网格", "Grid"),
    "compound": Text("小区", "Compound"),
    "kind": Text("类型", "Kind"),
    "severity": Text("等级", "Severity"),
    "month": Text("月份", "Month"),
}
PERIODS: Final[Mapping[str, Text]] = {
    "3": Text("近 3 个月", "3 months"),
    "12": Text("近 12 个月", "12 months"),
    "0": Text("全部", "All"),
}
LABELS: Final = {
    "cases": Text("案件", "Cases"),
    "open": Text("未结", "Open"),
    "overdue": Text("超期", "Overdue"),
    "closed": Text("结案", "Closed"),
    "on_time": Text("按期结案", "On time"),
    "rework": Text("返工", "Reworked"),
    "mean": Text("平均（天）", "Mean (d)"),
    "p90": Text("九成（天）", "90% (d)"),
}
NOWHERE: Final = Text("小区以外", "Elsewhere")
_UNITS: Final = Text("件", "cases")
_DAY: Final = 24  # hours


def of_period(cases: Cases, months: str, now: datetime) -> Cases:
    """Return the cases reported in the last `months` calendar months, this one too (``0``: all)."""
    if months == "0":
        return cases
    return reported_in(cases, int(months), now)


def figures(community: Community, by: By, months: str, now: datetime) -> pd.DataFrame:
    """Return the figures of the period by `by`, with every grid, compound, kind or severity."""
    every: dict[str, list[str]] = {
        "grid": [*map(str, community.grids.index)],
        "compound": [*map(str, community.compounds.index)],
        "kind": [*HAZARD_KINDS],
        "severity": [*SEVERITIES],
    }
    cases = of_period(community.cases, months, now)
    return case_figures(cases, now=now, by=by, shown=every.get(by, ()))


def cards(whole: pd.DataFrame, spots: int) -> tuple[Figure, ...]:
    """Return the figures of the whole as cards; `spots` is at how many places things came back."""
    row = row_of(whole, ALL)
    mean, unit = duration(row["mean_hours"])
    high, of_high = duration(row["p90_hours"])
    within = Text(f"九成在 {high} {of_high.zh}内", f"90% within {high} {of_high.en}")
    none = Text("", "")
    return (
        Figure(
            Text("未结", "Open"),
            number(row["open"]),
            _UNITS,
            Text("{n} 件超期", "{n} overdue").fill(n=number(row["overdue"])),
        ),
        _share(Text("按期结案率", "Closed on time"), row, "closed_on_time", "should_close"),
        _share(Text("返工率", "Reworked"), row, "reworked", "reported_done"),
        Figure(
            Text("平均处置时长", "Mean time"),
            mean,
            unit,
            within if known(row["p90_hours"]) else none,
        ),
        Figure(
            Text("结案", "Closed"),
            number(row["closed"]),
            _UNITS,
            Text("上报 {n} 件", "of {n} reported").fill(n=number(row["cases"])),
        ),
        Figure(
            Text("复发", "Came back"),
            number(spots),
            Text("处", "places"),
            Text("近一年，同类 {m:g} 米内", "within a year, same kind, {m:g} m").fill(
                m=rule("recurrence_m").value
            ),
        ),
    )


def _share(label: Text, row: Mapping[str, Any], part: str, whole: str) -> Figure:
    n, of = int(row[part]), int(row[whole])
    if not of:
        return Figure(label, UNKNOWN)
    return Figure(label, f"{100 * n / of:.0f}", Text("%", "%"), Text(f"{n}/{of}", f"{n}/{of}"))


def names(community: Community, by: By, index: pd.Index, lang: Lang) -> list[str]:
    """Return what the rows of figures are called."""
    if by == "month":
        return [f"{at.year}-{at.month:02}" for at in index]
    words: dict[str, Mapping[Any, Any]] = {
        "grid": community.grids["name"].to_dict(),
        "compound": community.compounds["name"].to_dict(),
        "kind": {code: text.in_(lang) for code, text in HAZARD_KINDS.items()},
        "severity": {code: text.in_(lang) for code, text in SEVERITIES.items()},
    }
    return [str(words[by].get(code, code)) or NOWHERE.in_(lang) for code in index]


def table(found: pd.DataFrame, called: list[str], lang: Lang) -> pd.DataFrame:
    """Return figures as shown: `name` and the columns of `LABELS`; rates with what they are of."""
    return pd.DataFrame(
        {
            "name": called,
            **{name: found[name] for name in ("cases", "open", "overdue", "closed")},
            "on_time": _rates(found, "closed_on_time", "should_close", lang),
            "rework": _rates(found, "reworked", "reported_done", lang),
            "mean": (found["mean_hours"] / _DAY).round(1),
            "p90": (found["p90_hours"] / _DAY).round(1),
        },
        index=found.index,
    )


def _rates(found: pd.DataFrame, part: str, whole: str, lang: Lang) -> list[str]:
    pairs = zip(found[part], found[whole], strict=True)
    return [rate(int(n), int(of)).in_(lang) for n, of in pairs]


def sheet(found: pd.DataFrame, called: list[str], title: Text, lang: Lang) -> pd.DataFrame:
    """Return figures for a spreadsheet: every count, rates in per cent, times in days."""
    heads = {
        "cases": LABELS["cases"],
        "open": LABELS["open"],
        "overdue": LABELS["overdue"],
        "closed": LABELS["closed"],
        "should_close": Text("应结案", "Should be closed"),
        "closed_on_time": Text("按期结案", "Closed on time"),
        "on_time_rate": Text("按期结案率（%）", "On time (%)"),
        "reported_done": Text("反馈过", "Reported done"),
        "reworked": Text("返工过", "Reworked"),
        "rework_rate": Text("返工率（%）", "Reworked (%)"),
        "mean_hours": LABELS["mean"],
        "p90_hours": LABELS["p90"],
    }
    own = found[list(heads)].copy()
    for name in ("on_time_rate", "rework_rate"):
        own[name] = (100 * own[name]).round(1)
    for name in ("mean_hours", "p90_hours"):
        own[name] = (own[name] / _DAY).round(2)
    own = own.rename(columns={name: text.in_(lang) for name, text in heads.items()})
    own.insert(0, title.in_(lang), called)
    return own


def charts(
    found: pd.DataFrame, called: list[str], by: By, *, lang: Lang, mode: Mode
) -> list[tuple[dict[str, Any], str]]:
    """Return three charts of figures with what each says: how many, how many in time, how long."""
    first = ("cases", "closed") if by == "month" else ("open", "overdue")
    counts = {LABELS[name].in_(lang): found[name].tolist() for name in first}
    percent = {Text("按期", "On time").in_(lang): (100 * found["on_time_rate"]).tolist()}
    times = {
        Text("平均", "Mean").in_(lang): (found["mean_hours"] / _DAY).tolist(),
        Text("九成在内", "90% within").in_(lang): (found["p90_hours"] / _DAY).tolist(),
    }
    rates = _rates(found, "closed_on_time", "should_close", lang)
    made = [
        _chart(Text("案件数", "Cases"), counts, called, by, lang=lang, mode=mode),
        _chart(Text("按期结案率", "Closed on time"), percent, called, by, lang=lang, mode=mode),
        _chart(
            Text("处置时长（天）", "Time taken (days)"), times, called, by, lang=lang, mode=mode
        ),
    ]
    shares = made[1][0]
    shares["yAxis" if by == "month" else "xAxis"]["max"] = 100
    for one, said in zip(shares["series"][0]["data"], rates, strict=True):
        one["label"] = {"formatter": said.split("（")[0].split(" (")[0]}
    for series in made[2][0]["series"]:
        for one in series["data"]:
            one["label"] = {"formatter": f"{one['value']:.1f}" if known(one["value"]) else ""}
    return made


def _chart(
    title: Text,
    series: Mapping[str, list[float]],
    called: list[str],
    by: By,
    *,
    lang: Lang,
    mode: Mode,
) -> tuple[dict[str, Any], str]:
    """Return bars that stand by month and lie by anything else, and what they say in words."""
    months = [month(date.fromisoformat(f"{at}-01")).in_(lang) for at in called if by == "month"]
    whole = all(float(one).is_integer() for values in series.values() for one in values)
    option = bars(months or called, series, mode=mode, title=title.in_(lang), whole=whole)
    for one in option["series"]:
        one["data"] = [{"value": value} for value in one["data"]]
    told = "；".join(
        f"{name} "
        + "，".join(f"{what} {_said(value)}" for what, value in zip(series, values, strict=True))
        for name, *values in zip(called, *series.values(), strict=True)
    )
    option["xAxis"]["axisLabel"]["interval"] = "auto" if months else 0
    return (option if by == "month" else lying(option)), f"{title.in_(lang)}：{told}"


def _said(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0") if known(float(value)) else UNKNOWN


def causes(community: Community, months: str, now: datetime, lang: Lang) -> pd.DataFrame:
    """Return root causes by compound: ``compound, cause, cases, recurred``, known ones only."""

    def make() -> pd.DataFrame:
        return root_causes(of_period(community.cases, months, now)).reset_index()

    found = community.memo(("root causes", months, now.date()), make)
    found = found[found["cause"] != ""]
    called = community.compounds["name"].to_dict()
    return pd.DataFrame(
        {
            "compound": [called.get(code, NOWHERE.in_(lang)) for code in found["compound_id"]],
            "cause": [cause(str(word)).in_(lang) for word in found["cause"]],
            "cases": found["cases"].to_numpy(),
            "recurred": found["recurred"].to_numpy(),
        }
    )
