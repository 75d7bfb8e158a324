"""Numbers, lengths, dates and ages as every screen writes them.

Zero is ``0``, unknown is ``–`` and too few to show is ``<5``: the three never look alike.
"""

from __future__ import annotations

from datetime import date, datetime
from math import isfinite
from typing import Final

import pandas as pd

from wangge.domain.rules import rule
from wangge.text import Text

UNKNOWN: Final = "–"
_KILOMETRES_FROM = 2000  # metres
_SHARE_FROM = 20  # a share of fewer is written as a fraction
_WEEK_ZH = "一二三四五六日"
_WEEK_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
Number = float | int | None


def known(value: object) -> bool:
    """Return whether `value` holds something: not None, NaN, NA, NaT, an infinity or empty text.

    Examples
    --------
    >>> known(0), known(None), known(float("nan")), known("")
    (True, False, False, False)
    """
    if value is None or value is pd.NA or value is pd.NaT or value == "":
        return False
    return not isinstance(value, float) or isfinite(value)


def number(value: Number) -> str:
    """Write a count with thousands separators; unknown is ``–``.

    Examples
    --------
    >>> number(2333), number(0), number(None)
    ('2,333', '0', '–')
    """
    return f"{value:,.0f}" if value is not None and known(value) else UNKNOWN


def few() -> str:
    """Return what stands for a count of people too small to show.

    Examples
    --------
    >>> few()
    '<5'
    """
    return f"<{rule('smallest_count').value:.0f}"


def people(value: Number) -> str:
    """Write a count of people or households that the privacy cut made: hidden is ``<5``.

    Examples
    --------
    >>> people(84), people(0), people(None)
    ('84', '0', '<5')
    """
    return f"{value:,.0f}" if value is not None and known(value) else few()


def length(metres: Number) -> Text:
    """Write a length: metres, and kilometres from 2,000 m.

    Examples
    --------
    >>> length(1017.4).zh, length(2400).en, length(None).zh
    ('1,017 米', '2.4 km', '–')
    """
    value, unit = length_parts(metres)
    return Text(f"{value} {unit.zh}".strip(), f"{value} {unit.en}".strip())


def length_parts(metres: Number) -> tuple[str, Text]:
    """Return the figure and the unit of a length, for where the unit is set smaller.

    Examples
    --------
    >>> length_parts(72)[0], length_parts(1999.6)[0]
    ('72', '2.0')
    """
    if metres is None or not known(metres):
        return UNKNOWN, Text("", "")
    if round(metres) < _KILOMETRES_FROM:
        return f"{metres:,.0f}", Text("米", "m")
    return f"{metres / 1000:,.1f}", Text("公里", "km")


def share(part: int, whole: int) -> Text:
    """Write a share: per cent of at least twenty, a fraction of fewer, ``–`` of nothing.

    Never 100 % unless all, never 0 % unless none.

    Examples
    --------
    >>> share(48, 50).zh, share(19, 19).en, share(0, 0).zh, share(1999, 2000).en
    ('96 %', '19/19', '–', '99%')
    """
    if whole <= 0:
        return Text(UNKNOWN, UNKNOWN)
    if whole < _SHARE_FROM:
        return Text(f"{part}/{whole}", f"{part}/{whole}")
    cent = round(100 * part / whole)
    cent = min(cent, 99) if part < whole else cent
    cent = max(cent, 1) if part > 0 else cent
    return Text(f"{cent} %", f"{cent}%")


def rate(part: int, whole: int) -> Text:
    """Write a rate with what it is made of.

    Examples
    --------
    >>> rate(47, 50).zh
    '94 %（47/50）'
    """
    if whole < _SHARE_FROM:
        return share(part, whole)
    of = share(part, whole)
    return Text(f"{of.zh}（{part}/{whole}）", f"{of.en} ({part}/{whole})")


def day(value: object, today: date) -> str:
    """Write a date in a table: month and day, with the year where it is another year.

    `value` is a `date` or text ``YYYY-MM-DD``; anything else is unknown.

    Examples
    --------
    >>> day("2026-11-03", date(2026, 11, 23)), day("2025-11-03", date(2026, 11, 23))
    ('11-03', '2025-11-03')
    """
    held = as_date(value)
    if held is None:
        return UNKNOWN
    return f"{held:%m-%d}" if held.year == today.year else held.isoformat()


def as_date(value: object) -> date | None:
    """Return the day `value` names, or None."""
    if not known(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def moment(now: datetime) -> Text:
    """Write a moment in full, as the wall does.

    Examples
    --------
    >>> moment(datetime(2026, 11, 23, 13, 42)).zh
    '2026 年 11 月 23 日 星期一 13:42'
    >>> moment(datetime(2026, 11, 23, 13, 42)).en
    'Mon 23 Nov 2026 13:42'
    """
    weekday = now.weekday()
    return Text(
        f"{now.year} 年 {now.month} 月 {now.day} 日 星期{_WEEK_ZH[weekday]} {now:%H:%M}",
        f"{_WEEK_EN[weekday]} {now.day} {_MONTHS_EN[now.month - 1]} {now.year} {now:%H:%M}",
    )


def month(value: date) -> Text:
    """Write a month on an axis.

    Examples
    --------
    >>> month(date(2026, 3, 1)).zh, month(date(2026, 3, 1)).en
    ('3月', 'Mar')
    """
    return Text(f"{value.month}月", _MONTHS_EN[value.month - 1])


def age(then: datetime, now: datetime) -> Text:
    """Write how long ago `then` was; a moment ahead of the clock is just now.

    Examples
    --------
    >>> age(datetime(2026, 11, 23, 13, 37), datetime(2026, 11, 23, 13, 42)).zh
    '5 分钟前'
    """
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 1:
        return Text("刚刚", "just now")
    if minutes < 60:  # noqa: PLR2004 - minutes in an hour
        return Text(f"{minutes} 分钟前", f"{minutes} min ago")
    hours = minutes // 60
    if hours < 24:  # noqa: PLR2004 - hours in a day
        return Text(f"{hours} 小时前", f"{hours} h ago")
    return Text(f"{hours // 24} 天前", f"{hours // 24} d ago")


def days(count: int) -> Text:
    """Write a number of days.

    Examples
    --------
    >>> days(217).zh, days(1).en
    ('217 天', '1 d')
    """
    return Text(f"{count:,} 天", f"{count:,} d")


def duration(hours: Number) -> tuple[str, Text]:
    """Return the figure and the unit of how long something took: hours, and days from two on.

    Examples
    --------
    >>> duration(5.2)[0], duration(76)[0], duration(76)[1].en, duration(None)[0]
    ('5', '3.2', 'd', '–')
    """
    if hours is None or not known(hours):
        return UNKNOWN, Text("", "")
    if hours < 48:  # noqa: PLR2004 - two days
        return f"{hours:.0f}", Text("小时", "h")
    return f"{hours / 24:.1f}", Text("天", "d")


def due(days_left: int) -> Text:
    """Write how far a limit is; negative is overdue.

    Examples
    --------
    >>> due(2).zh, due(0).zh, due(-3).en
    ('还剩 2 天', '今天到期', '3 d overdue')
    """
    if days_left > 0:
        return Text(f"还剩 {days_left} 天", f"{days_left} d left")
    if days_left == 0:
        return Text("今天到期", "due today")
    return Text(f"超期 {-days_left} 天", f"{-days_left} d overdue")


def limit(due_at: object, now: datetime) -> Text:
    """Write how far the moment of a limit is, to the hour on its last day; no limit is ``–``.

    Days are those of the clock of `now`.

    Examples
    --------
    >>> from datetime import UTC
    >>> now = datetime(2026, 11, 23, 13, 42, tzinfo=UTC)
    >>> limit(datetime(2026, 11, 23, 18, 0, tzinfo=UTC), now).zh
    '今天 18:00 到期'
    >>> limit(datetime(2026, 11, 23, 10, 0, tzinfo=UTC), now).en
    '3 h overdue'
    """
    if not isinstance(due_at, datetime) or not known(due_at):
        return Text(UNKNOWN, UNKNOWN)
    local = due_at.astimezone(now.tzinfo)
    days_left = (local.date() - now.date()).days
    if days_left:
        return due(days_left)
    if local >= now:
        return Text(f"今天 {local:%H:%M} 到期", f"due today {local:%H:%M}")
    hours = max(1, int((now - local).total_seconds() // 3600))
    return Text(f"超期 {hours} 小时", f"{hours} h overdue")


def walk(metres: float) -> Text:
    """Write a walk as minutes at an elder's pace, at least one.

    Examples
    --------
    >>> walk(146).zh
    '老人步行约 3 分钟'
    """
    minutes = max(1, round(metres / rule("walk_speed_elder").value / 60))
    return Text(f"老人步行约 {minutes} 分钟", f"about {minutes} min for an elder")
