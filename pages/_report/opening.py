"""Where the report page was opened: the place and the thing its address names.

``?place=113.050123,36.052345&asset=streetlights/L012``; either may be missing.  The address changes
with the pin, so a reload and a copied link stand where the pin stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wangge.analysis.spot import Spot, spot_at, spot_of
from wangge.community import Community
from wangge.text import Text

_LONGEST = 40  # of a wrong part that is shown back


@dataclass(frozen=True, slots=True)
class Opening:
    """The spot the address names, if any; where it points (degrees); what was wrong with it."""

    spot: Spot | None = None
    pointed: tuple[float, float] | None = None
    notices: tuple[Text, ...] = ()


def opening(params: Mapping[str, str], community: Community) -> Opening:
    """Read the place and thing from query parameters.

    Examples
    --------
    >>> from pathlib import Path
    >>> from wangge.store.files import read
    >>> found = opening({"asset": "streetlights/L1"}, read(Path("/nowhere")).community)
    >>> found.notices[0].en
    'There is no streetlights/L1 on the map.'
    """
    asset, given = params.get("asset", ""), params.get("place", "")
    middle = spot_of(community, asset) if asset else None
    notices = [_told(asset)] if asset and middle is None else []
    if not given:
        pointed = (middle.lon, middle.lat) if middle else None
        return Opening(middle, pointed, tuple(notices))
    try:
        lon, lat = (float(part) for part in given.split(","))
    except ValueError:
        wrong = Text("“{it}”不是经纬度，已略去。", "“{it}” is no longitude and latitude.")
        return Opening(notices=(*notices, wrong.fill(it=given[:_LONGEST])))
    found = spot_at(community, lon, lat, asset)
    if isinstance(found, Text):
        return Opening(notices=(*notices, found))
    return Opening(found, (lon, lat), tuple(notices))


def address(lon: float, lat: float, asset: str) -> dict[str, str]:
    """Return the query parameters that `opening` reads back.

    Examples
    --------
    >>> address(113.05, 36.05, "")
    {'place': '113.0500000,36.0500000'}
    """
    held = {"place": f"{lon:.7f},{lat:.7f}"}
    return held | ({"asset": asset} if asset else {})


def _told(asset: str) -> Text:
    return Text("地图上没有 {it}。", "There is no {it} on the map.").fill(it=asset[:_LONGEST])
