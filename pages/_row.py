"""One feature of a table, as a plain mapping."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd


def row_of(frame: pd.DataFrame, feature: object) -> dict[str, Any]:
    """Return the row of `feature` by column.

    Raises
    ------
    KeyError
        If the table holds no such feature.

    Examples
    --------
    >>> row_of(pd.DataFrame({"name": ["供销小区"]}, index=["C12"]), "C12")
    {'name': '供销小区'}
    """
    found = cast("pd.Series[Any]", frame.loc[cast("str", feature)])
    return {str(name): value for name, value in found.items()}


def name_of(frame: pd.DataFrame, feature: object) -> str:
    """Return the name of `feature`, or nothing if the table holds none of that id.

    Examples
    --------
    >>> name_of(pd.DataFrame({"name": ["供销小区"]}, index=["C12"]), None)
    ''
    """
    if isinstance(feature, str) and feature in frame.index:
        return str(frame.loc[feature, "name"])
    return ""
