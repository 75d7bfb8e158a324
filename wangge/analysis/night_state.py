"""What people who walked the alleys at night have said of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Flags = NDArray[np.bool_]


def walked(alleys: pd.DataFrame) -> Flags:
    """Return whether anybody has walked each alley at night (n,)."""
    return np.asarray(pd.notna(alleys["surveyed_on"].array), dtype=bool)


def seen_lit(alleys: pd.DataFrame) -> Flags:
    """Return whether each alley was found lit all along (n,), whatever lamps are recorded.

    Examples
    --------
    >>> seen_lit(pd.DataFrame({"night_result": ["lit", "partly", None]})).tolist()
    [True, False, False]
    """
    if "night_result" not in alleys:
        return np.zeros(len(alleys), dtype=bool)
    said = alleys["night_result"].array
    if pd.isna(said).all():
        return np.zeros(len(alleys), dtype=bool)
    return np.asarray(said.to_numpy(object, na_value=None) == "lit", dtype=bool)
