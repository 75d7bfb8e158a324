"""How an alley looks by its light, the same on every layer, and which ones a layer names."""

from __future__ import annotations

from typing import Final

import pandas as pd

from layers._layer import Stroke
from wangge.domain.tables import Alleys
from wangge.domain.terms import STREETS

UNLIT: Final = Stroke("gap", 4, (9, 4.5), casing="halo", casing_width=7)
UNSURVEYED: Final = Stroke("unsurveyed", 2.6, (0, 5.5), casing="halo", casing_width=5, round_=True)


def own_names(alleys: Alleys) -> pd.Series:
    """Return the names of alleys and footpaths, null for streets: the base map names those."""
    return alleys["name"].where(~alleys["kind"].isin(STREETS), None)
