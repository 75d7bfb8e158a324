"""What is dark at night: what no lamp reaches, but for what people have seen lit."""

from __future__ import annotations

import numpy as np

from wangge.analysis.chainage import Chain, Floats, Ints, left_over
from wangge.analysis.lamp_light import dark_stretches
from wangge.analysis.lamp_reach import lamp_spots_and_reach
from wangge.analysis.night_state import Flags
from wangge.domain.tables import Streetlights


def darkness(laid: Chain, streetlights: Streetlights, sure: Flags) -> tuple[Floats, Ints]:
    """Return what is dark of each part: stretches of chainage (k, 2), and part of each (k,).

    A part in `sure` was found lit all along: where no recorded lamp, working or not, reaches it,
    something else lights it.  It is dark only where a recorded lamp is out.

    Parameters
    ----------
    laid
        The alleys, p parts.
    streetlights
        The lamps.
    sure
        Whether each part was found lit (p,).
    """
    dark, part = dark_stretches(laid, *lamp_spots_and_reach(streetlights))
    if not sure.any():
        return dark, part
    mended = Streetlights(streetlights.assign(working=True))
    beyond, of = dark_stretches(laid, *lamp_spots_and_reach(mended))
    beyond = beyond[sure[of]]
    lit, _ = left_over(laid, dark[:, 0], dark[:, 1])
    low, high = np.concatenate([lit, beyond]).T
    return left_over(laid, low, high)
