"""A window on the ground: metres to points on the page, and which details its scale can bear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite, log2
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from layers._layer import Band, Style

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]  # left, top, right, bottom; or west, south, east, north
UNIT: Final = 0.9  # points a pixel of the styles: 1.2 times as large as on a screen
BANDS: Final[tuple[Band, ...]] = ("far", "fit", "near", "door")
_ENDS: Final = (16.5, 17.75, 18.75)  # zooms where a band ends, as in layers/_draw/project.js
_FIT: Final = (17.25, 0.8)  # zoom and metres a pixel at the fit view
_SMALLEST: Final = 120.0  # metres the window shows at least
_AROUND: Final = 0.06  # of the extent left free on each side


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle on the page (points) and the part of the ground it shows (metres).

    ``scale`` is points a metre, ``unit`` points a pixel of the styles, ``band`` the number of the
    band in which the styles are drawn.
    """

    left: float
    top: float
    width: float
    height: float
    west: float
    north: float
    scale: float
    unit: float = UNIT

    @property
    def band(self) -> int:
        """The number of the band: 0 far to 3 door."""
        zoom = _FIT[0] + log2(_FIT[1] * self.scale / self.unit)
        return sum(zoom >= end for end in _ENDS)

    @property
    def box(self) -> Box:
        """The rectangle on the page: left, top, right, bottom."""
        return self.left, self.top, self.left + self.width, self.top + self.height

    @property
    def ground(self) -> Box:
        """The ground shown: west, south, east, north in metres."""
        east = self.west + self.width / self.scale
        return self.west, self.north - self.height / self.scale, east, self.north

    def page(self, metres: Floats) -> Floats:
        """Return coordinates (k, 2) in metres as points on the page."""
        x = self.left + (metres[:, 0] - self.west) * self.scale
        y = self.top + (self.north - metres[:, 1]) * self.scale
        return np.column_stack([x, y])

    def shows(self, style: Style) -> bool:
        """Tell whether `style` is drawn in this band."""
        return BANDS.index(style.band) <= self.band <= BANDS.index(style.last_band)

    def rings(self, shape: shapely.Geometry) -> list[Floats]:
        """Return the lines and rings of `shape` as points on the page."""
        lines = shapely.get_parts(shapely.boundary(shape)) if _is_area(shape) else [shape]
        parts = shapely.get_parts(np.array(lines, dtype=object))
        return [self.page(shapely.get_coordinates(part)) for part in parts]


def framed(extent: Box, left: float, top: float, width: float, height: float) -> Frame:
    """Return a frame that holds `extent` (west, south, east, north) with some ground around it.

    Raises
    ------
    ValueError
        If the extent is not finite.
    """
    if not all(isfinite(edge) for edge in extent):
        msg = f"An extent must be finite, got {extent}."
        raise ValueError(msg)
    west, south, east, north = extent
    wide = max((east - west) * (1 + 2 * _AROUND), _SMALLEST)
    high = max((north - south) * (1 + 2 * _AROUND), _SMALLEST * height / width)
    scale = min(width / wide, height / high)
    middle = (west + east) / 2, (south + north) / 2
    return Frame(
        left,
        top,
        width,
        height,
        middle[0] - width / scale / 2,
        middle[1] + height / scale / 2,
        scale,
    )


def extent_of(shapes: Iterable[shapely.Geometry | None]) -> Box | None:
    """Return what `shapes` cover, None where they cover nothing.

    Examples
    --------
    >>> extent_of([shapely.Point(1, 2), None, shapely.Point()])
    (1.0, 2.0, 1.0, 2.0)
    """
    held = np.array(list(shapes), dtype=object)
    bounds = shapely.total_bounds(held) if len(held) else np.full(4, np.nan)
    if not np.isfinite(bounds).all():
        return None
    west, south, east, north = (float(edge) for edge in bounds)
    return west, south, east, north


def _is_area(shape: shapely.Geometry) -> bool:
    return bool(shapely.get_dimensions(shape) == 2)  # noqa: PLR2004 - of an area
