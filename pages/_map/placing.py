"""Placing a point on the live map: what a page asks for, and what the browser answers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple, get_args

from wangge.domain.rules import rule

Mode = Literal["pin", "add"]
How = Literal["tap", "located"]
MOST: Final = 50  # placings taken from one message; a hand is never that far ahead


class Placed(NamedTuple):
    """A place someone pointed at: degrees in EPSG:4326.

    `accuracy_m` is NaN for what was tapped; `layer` and `id` name the feature under the tap, such
    as ``streetlights/L12``, and are empty where there is none or the position was located.
    """

    lon: float
    lat: float
    accuracy_m: float = math.nan
    how: How = "tap"
    layer: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Placing:
    """What taps on the map mean.

    Parameters
    ----------
    mode
        ``pin``: a tap sets the one pin, which can be dragged; nothing is picked.
        ``add``: a click reports a place, but on a point symbol it picks that, as ever.
    pin
        Where the pin is now (longitude, latitude in EPSG:4326), if anywhere.
    accuracy_m
        Radius of the circle around the pin: how well its position is known.
    locate
        Whether there is a button that asks the device where it is, once on every press.

    Raises
    ------
    ValueError
        If `pin` or `accuracy_m` is not finite.

    Examples
    --------
    >>> Placing(pin=(113.05, 36.05), accuracy_m=8.0, locate=True).mode
    'pin'
    """

    mode: Mode = "pin"
    pin: tuple[float, float] | None = None
    accuracy_m: float | None = None
    locate: bool = False

    def __post_init__(self) -> None:
        """Refuse what the browser could not read."""
        known = (*(self.pin or ()), *(() if self.accuracy_m is None else (self.accuracy_m,)))
        if not all(math.isfinite(value) for value in known):
            msg = f"A pin needs finite degrees and metres, got {self.pin}, {self.accuracy_m}."
            raise ValueError(msg)

    def told(self) -> dict[str, Any]:
        """Return what the browser is told."""
        return {
            "mode": self.mode,
            "pin": self.pin,
            "accuracy": self.accuracy_m,
            "locate": self.locate,
            "limit": rule("far_away_m").value,
        }


def heard(sent: object, after: int) -> Iterator[tuple[int, Placed | None]]:
    """Read the placings in a message that are newer than number `after`, the oldest first.

    The browser repeats what has not been answered, so one placing may come twice; its number
    tells.  What is no position on Earth is None: it was said, and is not to be said again.

    Examples
    --------
    >>> tap = {"turn": 7, "lon": 113.05, "lat": 36.05, "how": "tap"}
    >>> [(turn, placed.lat) for turn, placed in heard([tap, tap], after=3)]
    [(7, 36.05)]
    >>> list(heard([tap], after=7))
    []
    """
    rows = [row for row in sent if isinstance(row, Mapping)] if isinstance(sent, list) else []
    numbered = {turn: row for row in rows[:MOST] if (turn := _number(row.get("turn"))) > after}
    for turn in sorted(numbered):
        yield int(turn), _placed(numbered[turn])


def _placed(row: Mapping[str, Any]) -> Placed | None:
    lon, lat, accuracy = (_number(row.get(name)) for name in ("lon", "lat", "accuracy"))
    how: How | None = next((one for one in get_args(How) if one == row.get("how")), None)
    if how is None or not (abs(lon) <= 180 and abs(lat) <= 90):  # noqa: PLR2004  # degrees
        return None
    under = (str(row.get("layer") or ""), str(row.get("id") or ""))
    return Placed(lon, lat, accuracy if accuracy >= 0 else math.nan, how, *under)


def _number(value: object) -> float:
    """Return a finite number, else NaN, which is in no range."""
    fits = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if fits and math.isfinite(value) else math.nan  # type: ignore[arg-type]  # by `fits`
