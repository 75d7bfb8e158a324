"""Turns the values of one column into the type its table declares, naming what does not fit."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from wangge.domain.schema import Column, Kind
from wangge.store import catalogue_places as faults
from wangge.store.faults import Findings, shown
from wangge.text import Text

EXPECTED: Final[dict[Kind, Text]] = {
    "text": Text("文字", "text"),
    "int": Text("整数", "a whole number"),
    "float": Text("数字", "a number"),
    "bool": Text("是或否（true/false）", "true or false"),
    "date": Text("日期（如 2026-11-23）", "a date (such as 2026-11-23)"),
    "time": Text("时间（如 21:30）", "a time (such as 21:30)"),
    "list": Text("词语列表（[...]）", "a list of words ([...])"),
}
DTYPES: Final[dict[Kind, str]] = {
    "text": "str",
    "int": "Int64",
    "float": "float64",
    "bool": "boolean",
    "date": "datetime64[us]",
    "time": "str",
    "list": "object",
}
_TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_LOOSE_DATE: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_BOOLS: Final = {
    "true": True,
    "false": False,
    "是": True,
    "否": False,
    "1": True,
    "0": False,
    "yes": True,
    "no": False,
}
_MOST: Final = 2**53  # beyond this a whole number is no count


class UnfitError(ValueError):
    """A value that is not of its column's kind."""


class LooseError(Exception):
    """A value of the right meaning in the wrong notation; carries the meaning."""

    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value


def column_of(
    values: Sequence[object],
    ids: Sequence[str],
    column: Column,
    table: str,
    findings: Findings,
) -> pd.Series:
    """Return `values` as the series `column` declares; what does not fit becomes missing.

    Parameters
    ----------
    values
        n values as JSON or CSV gave them, None where there is none.
    ids
        n feature ids, the index.
    column
        Kind, bounds and words.
    table, findings
        Where a fault lies and where it goes.

    Returns
    -------
    Series of the dtype in `DTYPES`; lists are tuples of text, empty when missing.
    """
    fit = _FIT[column.kind]
    kept: list[object] = []
    for value, feature in zip(values, ids, strict=True):
        if value is None:
            if column.required:
                findings.add(
                    faults.MISSING_VALUE.at(table, feature, column.name, label=column.label)
                )
            kept.append(None)
            continue
        kept.append(_one(value, feature, column, table, findings, fit))
    return series(kept, ids, column.kind, column.name)


def series(values: Sequence[object], ids: Sequence[str], kind: Kind, name: str) -> pd.Series:
    """Return clean `values` of `kind` as a series of its dtype."""
    index = pd.Index(list(ids), dtype="str", name="id")
    if kind == "list":
        held = np.empty(len(values), object)
        held[:] = [() if value is None else value for value in values]
        return pd.Series(held, index=index, name=name, dtype=object)
    return pd.Series(list(values), index=index, name=name, dtype=DTYPES[kind])


def _one(
    value: object,
    feature: str,
    column: Column,
    table: str,
    findings: Findings,
    fit: Callable[[object], object],
) -> object:
    where = (table, feature, column.name)
    named = {"label": column.label, "found": shown(value), "expected": EXPECTED[column.kind]}
    try:
        kept = fit(value)
    except UnfitError:
        findings.add(faults.WRONG_VALUE.at(*where, **named))
        return None
    except LooseError as loose:
        findings.add(faults.LOOSE_VALUE.at(*where, **named))
        kept = loose.value
    if column.kind in ("int", "float") and not _within(kept, column):
        findings.add(faults.OUT_OF_BOUNDS.at(*where, **named, **_bounds(column)))
        return None
    if column.terms:
        return _words(kept, where, column, findings)
    return kept


def _within(value: object, column: Column) -> bool:
    assert isinstance(value, int | float)  # noqa: S101 - narrows the type
    return (column.low is None or value >= column.low) and (
        column.high is None or value <= column.high
    )


def _bounds(column: Column) -> dict[str, str]:
    return {
        "low": "-∞" if column.low is None else f"{column.low:g}",
        "high": "∞" if column.high is None else f"{column.high:g}",
    }


def _words(
    value: object, where: tuple[str, str, str], column: Column, findings: Findings
) -> object:
    several = isinstance(value, tuple)
    words = value if isinstance(value, tuple) else (value,)
    known = tuple(word for word in words if word in column.terms)
    for word in words:
        if word not in column.terms:
            findings.add(
                faults.UNKNOWN_WORD.at(
                    *where, label=column.label, found=shown(word), words=", ".join(column.terms)
                )
            )
    if several:
        return known
    return known[0] if known else None


def _text(value: object) -> object:
    if type(value) is str:
        return value
    if isinstance(value, bool | list | dict):
        raise UnfitError
    raise LooseError(str(value))


def _int(value: object) -> object:
    if type(value) is int:
        if abs(value) > _MOST:
            raise UnfitError
        return value
    number = _float(value) if type(value) is float else _loosely(value)
    if not float(number).is_integer() or abs(number) > _MOST:
        raise UnfitError
    if type(value) is float:
        return int(number)
    raise LooseError(int(number))


def _float(value: object) -> float:
    if type(value) is int and abs(value) <= _MOST:
        return float(value)
    if type(value) is float and math.isfinite(value):
        return value
    if type(value) is str:
        raise LooseError(_loosely(value))
    raise UnfitError


def _loosely(value: object) -> float:
    """Read a number somebody wrote as text."""
    try:
        number = float(value) if isinstance(value, str) and value.isascii() else math.nan
    except ValueError:
        raise UnfitError from None
    if not math.isfinite(number):
        raise UnfitError
    return number


def _bool(value: object) -> object:
    if type(value) is bool:
        return value
    known = _BOOLS.get(str(value).strip().lower()) if isinstance(value, str | int) else None
    if known is None:
        raise UnfitError
    raise LooseError(known)


def _date(value: object) -> object:
    if not isinstance(value, str):
        raise UnfitError
    try:
        if _DATE.fullmatch(value):
            return pd.Timestamp(date.fromisoformat(value))
        loose = _LOOSE_DATE.match(value)
        if loose:
            raise LooseError(pd.Timestamp(date(*map(int, loose.groups()))))
    except ValueError:
        raise UnfitError from None
    raise UnfitError


def _time(value: object) -> object:
    if not isinstance(value, str):
        raise UnfitError
    if _TIME.fullmatch(value):
        return value
    padded = value.strip().zfill(5)[:5]
    if _TIME.fullmatch(padded):
        raise LooseError(padded)
    raise UnfitError


def _list(value: object) -> object:
    if type(value) is list:
        if all(type(word) is str for word in value):
            return tuple(value)
        raise UnfitError
    if isinstance(value, str):
        raise LooseError(tuple(word for word in re.split(r"[,，;；、\s]+", value) if word))
    raise UnfitError


_FIT: Final[dict[Kind, Callable[[object], object]]] = {
    "text": _text,
    "int": _int,
    "float": _float,
    "bool": _bool,
    "date": _date,
    "time": _time,
    "list": _list,
}
