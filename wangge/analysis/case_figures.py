"""How cases fare: open, overdue, closed on time, reworked, and how long they take.

The definitions follow the practice of digital city management (GB/T 30428, CJ/T 292); their wording
was not checked against the standards.  There are no figures by person, and none can be asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal, TypeVar, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wangge.analysis.deadlines import closed_on_time, is_open, is_overdue, should_close
from wangge.analysis.recurrence import NEVER_WAS
from wangge.domain.workdays import PLACE
from wangge.text import Text

Frame = TypeVar("Frame", bound=pd.DataFrame)
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
By = Literal["community", "grid", "compound", "kind", "severity", "month"]
ALL: Final = "all"  # the one row of ``community``
_COLUMNS: Final = {
    "grid": "grid_id",
    "compound": "compound_id",
    "kind": "kind",
    "severity": "severity",
}
_SECONDS: Final = 3600  # of an hour
_NINETY: Final = 0.9

MEANS: Final = {
    "cases": Text("案件：不含不予受理和重复的。", "Cases, without those declined or duplicate."),
    "open": Text("未结：还没有结案的。", "Open: not closed yet."),
    "overdue": Text(
        "超期：未结且已过各自期限的，精确到分钟。",
        "Overdue: open, and past its own limit, to the minute.",
    ),
    "closed": Text("结案：核查通过并结案的。", "Closed: rechecked and closed."),
    "on_time_rate": Text(
        "按期结案率 = 按期结案数 ÷ 应结案数。应结案：有期限，且已结案或期限已过的；"
        "期限已过仍未结的也算在内。（按 GB/T 30428 惯例，待核实）",
        "Closed on time, of those that should be closed: with a limit, and either closed or past "
        "it, so that leaving a case open improves nothing. (After GB/T 30428 practice, unverified)",
    ),
    "rework_rate": Text(
        "返工率 = 返工过的案件数 ÷ 反馈过处置结果的案件数。（按 GB/T 30428 惯例，待核实）",
        "Reworked: sent back at least once, of those ever reported as done. "
        "(After GB/T 30428 practice, unverified)",
    ),
    "mean_hours": Text(
        "平均处置时长：结案案件从上报到最后一次反馈的时间，夜间和节假日也计。",
        "Mean time of closed cases from report to the last feedback, nights and holidays included.",
    ),
    "p90_hours": Text(
        "九成案件的处置时长：每十件有九件不超过这个时间。",
        "The time that nine of ten closed cases did not exceed.",
    ),
}


def case_figures(
    cases: pd.DataFrame, *, now: datetime, by: By = "community", shown: Iterable[str] = ()
) -> pd.DataFrame:
    """Return the figures of `cases` as they stand at `now`.

    Parameters
    ----------
    cases
        n >= 0 rows with ``kind``, ``severity``, ``status`` (words), ``reported_at``, ``due_at``,
        ``handled_at``, ``closed_at`` (datetime64, UTC; NaT where there is none), ``returned``
        (int, how often it was sent back), ``compound_id``, ``grid_id`` (null or empty: none).
    now
        With a time zone.
    by
        What a row stands for.  A case counts in the month it was reported in (Asia/Shanghai).
    shown
        Rows to show even without a case, such as every grid; they come first, in this order.

    Returns
    -------
    DataFrame
        Index named `by`: ids or words sorted, an empty one for what lies nowhere; months as their
        first day, none left out between the first and the last.  Integer columns ``cases``,
        ``open``, ``overdue``, ``closed``, ``should_close``, ``closed_on_time``, ``reported_done``,
        ``reworked``, ``timed``; ``on_time_rate`` (``closed_on_time`` of ``should_close``),
        ``rework_rate`` (``reworked`` of ``reported_done``), ``mean_hours`` and ``p90_hours`` (of
        ``timed`` cases; interpolated between the two nearest), NaN where there is nothing to divide
        by.  `MEANS` says each in words.

    Raises
    ------
    ValueError
        If `by` is none of the above, or `now` has no time zone.

    Notes
    -----
    A closed case without feedback, as from an older register, took until it was closed; one that
    was settled before it was reported has a wrong clock and is not timed.

    Examples
    --------
    >>> moment = lambda text: pd.to_datetime([text], utc=True)
    >>> held = pd.DataFrame({"kind": "old_wiring", "severity": "低", "status": "closed",
    ...     "reported_at": moment("2026-11-02T00:00"), "due_at": moment("2026-11-09T00:00"),
    ...     "handled_at": moment("2026-11-04T00:00"), "closed_at": moment("2026-11-05T00:00"),
    ...     "returned": 0, "compound_id": "C1", "grid_id": "G1"})
    >>> found = case_figures(held, now=datetime(2026, 11, 25, tzinfo=PLACE), by="grid")
    >>> found.loc["G1", ["on_time_rate", "mean_hours"]].to_dict()
    {'on_time_rate': 1.0, 'mean_hours': 48.0}
    """
    if by not in get_args(By):
        msg = f"Figures are by {', '.join(get_args(By))}, not by {by!r}."
        raise ValueError(msg)
    if now.tzinfo is None:
        msg = f"{now.isoformat()} has no time zone."
        raise ValueError(msg)
    held = cases[~cases["status"].isin(NEVER_WAS).to_numpy(bool)]
    index, group = _groups(held, by, shown)
    n = len(index)
    marks, hours = _marks(held, now)
    counts = {name: np.bincount(group[mark], minlength=n) for name, mark in marks.items()}
    found = pd.DataFrame(counts, index=index)
    mean, high = _times(hours, group, n)
    return found.assign(
        on_time_rate=_share(found["closed_on_time"], found["should_close"]),
        rework_rate=_share(found["reworked"], found["reported_done"]),
        mean_hours=mean,
        p90_hours=high,
    )


def reported_in(cases: Frame, months: int, now: datetime) -> Frame:
    """Return the cases reported in the last `months` calendar months, this one too.

    Examples
    --------
    >>> held = pd.DataFrame({"reported_at": pd.to_datetime(["2026-08-31T16:00Z"])})
    >>> now = datetime(2026, 11, 25, tzinfo=PLACE)
    >>> len(reported_in(held, 3, now)), len(reported_in(held, 2, now))
    (1, 0)
    """
    first = pd.Timestamp(now.astimezone(PLACE)).normalize().replace(day=1)
    begin = first - pd.DateOffset(months=months - 1)
    return cases[cases["reported_at"] >= begin]


def _marks(held: pd.DataFrame, now: datetime) -> tuple[dict[str, NDArray[np.bool_]], Floats]:
    """Return which cases each count counts (n,), and the hours that each timed one took (n,)."""
    closed = held["status"] == "closed"
    done = held["handled_at"].notna() | closed | (held["returned"] > 0)
    settled = held["handled_at"].fillna(held["closed_at"])
    took = (settled - held["reported_at"]).dt.total_seconds() / _SECONDS
    hours = np.asarray(took.where(closed & (took >= 0)), dtype=np.float64)
    marks = {
        "cases": held["status"].notna(),
        "open": is_open(held),
        "overdue": is_overdue(held, now),
        "closed": closed,
        "should_close": should_close(held, now),
        "closed_on_time": closed_on_time(held),
        "reported_done": done,
        "reworked": held["returned"] > 0,
    }
    plain = {name: mark.to_numpy(dtype=bool) for name, mark in marks.items()}
    return plain | {"timed": np.isfinite(hours)}, hours


def _groups(held: pd.DataFrame, by: By, shown: Iterable[str]) -> tuple[pd.Index, Ints]:
    """Return the rows of the result, and which of them each case belongs to (n,)."""
    if by == "community":
        return pd.Index([ALL], name=by), np.zeros(len(held), dtype=np.int64)
    if by == "month":
        local = held["reported_at"].dt.tz_convert(PLACE).dt.tz_localize(None)
        months = local.dt.to_period("M")
        every = pd.period_range(months.min(), months.max(), freq="M") if len(held) else months
        found = pd.PeriodIndex(every, freq="M")
        return found.to_timestamp().rename(by), found.get_indexer(pd.PeriodIndex(months))
    column = held[_COLUMNS[by]]
    words = column.astype(object).where(column.notna(), "")
    first = list(dict.fromkeys(shown))
    rest = sorted(set(words.unique()) - set(first))
    index = pd.Index([*first, *rest], dtype=object, name=by)
    return index, index.get_indexer(pd.Index(words, dtype=object))


def _times(hours: Floats, group: Ints, n: int) -> tuple[Floats, Floats]:
    """Return the mean and the ninetieth percentile of `hours` by group, NaN where it has none."""
    timed = np.isfinite(hours)
    hours, group = hours[timed], group[timed]
    size = np.bincount(group, minlength=n)
    some = np.flatnonzero(size)
    mean, high = np.full(n, np.nan), np.full(n, np.nan)
    mean[some] = np.bincount(group, weights=hours, minlength=n)[some] / size[some]
    hours = hours[np.lexsort((hours, group))]
    last = (np.cumsum(size) - 1)[some]
    steps = (size[some] - 1) * _NINETY  # from the shortest of the group
    low = last - size[some] + 1 + np.floor(steps).astype(np.intp)
    high[some] = hours[low] + steps % 1 * (hours[np.minimum(low + 1, last)] - hours[low])
    return mean, high


def _share(part: pd.Series, whole: pd.Series) -> pd.Series:
    """Return `part` of `whole`, NaN where there is no whole."""
    return part / whole.where(whole > 0)
