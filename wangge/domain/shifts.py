"""The shifted coordinates of Chinese web maps: WGS 84 to GCJ-02 to BD-09 and back.

GCJ-02 (Amap, Tencent) moves a place by some hundred metres along a published series of sines over
the Krasovsky ellipsoid; BD-09 (Baidu) turns and stretches that once more.  WGS 84 and CGCS2000
differ by less than a metre and are taken as one here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Pair = tuple[Floats, Floats]

_A: Final = 6378245.0  # Krasovsky 1940, semi-major axis, m
_E2: Final = 0.00669342162296594323  # first eccentricity squared
_PI: Final = np.pi
_BD: Final = _PI * 3000 / 180
_BD_EAST: Final = 0.0065  # degrees
_BD_NORTH: Final = 0.006
_ROUNDS: Final = 8  # each gains about three digits


def to_gcj02(lon: ArrayLike, lat: ArrayLike) -> Pair:
    """Shift WGS 84 longitude and latitude to GCJ-02.

    Parameters
    ----------
    lon, lat
        Degrees, shape (n,) or scalars, inside China; elsewhere the series still gives numbers,
        but web maps apply no shift there.

    Returns
    -------
    lon, lat
        Degrees; agrees with published vectors to 1e-6 degrees (0.1 m).

    Examples
    --------
    >>> lon, lat = to_gcj02(116.404, 39.915)
    >>> round(float(lon), 6), round(float(lat), 6)
    (116.410244, 39.916404)
    """
    lon, lat = np.asarray(lon, float), np.asarray(lat, float)
    east, north = _shift(lon, lat)
    return lon + east, lat + north


def from_gcj02(lon: ArrayLike, lat: ArrayLike) -> Pair:
    """Undo the shift to GCJ-02, by fixed-point iteration, within 1e-9 degrees.

    Examples
    --------
    >>> lon, lat = from_gcj02(*to_gcj02(113.05, 36.052))
    >>> round(float(lon), 8), round(float(lat), 8)
    (113.05, 36.052)
    """
    wanted = np.asarray(lon, float), np.asarray(lat, float)
    return _invert(to_gcj02, wanted, wanted)


def gcj02_to_bd09(lon: ArrayLike, lat: ArrayLike) -> Pair:
    """Turn GCJ-02 into BD-09, degrees to degrees.

    Examples
    --------
    >>> lon, lat = gcj02_to_bd09(116.404, 39.915)
    >>> round(float(lon), 6), round(float(lat), 6)
    (116.410369, 39.921337)
    """
    x, y = np.asarray(lon, float), np.asarray(lat, float)
    away = np.hypot(x, y) + 0.00002 * np.sin(y * _BD)
    turn = np.arctan2(y, x) + 0.000003 * np.cos(x * _BD)
    return away * np.cos(turn) + _BD_EAST, away * np.sin(turn) + _BD_NORTH


def bd09_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> Pair:
    """Undo `gcj02_to_bd09`, by fixed-point iteration, within 1e-9 degrees.

    The formula in common use is one step of it and is about a metre off.

    Examples
    --------
    >>> lon, lat = bd09_to_gcj02(*gcj02_to_bd09(113.05, 36.052))
    >>> round(float(lon), 8), round(float(lat), 8)
    (113.05, 36.052)
    """
    wanted = np.asarray(lon, float), np.asarray(lat, float)
    return _invert(gcj02_to_bd09, wanted, (wanted[0] - _BD_EAST, wanted[1] - _BD_NORTH))


def to_bd09(lon: ArrayLike, lat: ArrayLike) -> Pair:
    """Shift WGS 84 longitude and latitude to BD-09; degrees."""
    return gcj02_to_bd09(*to_gcj02(lon, lat))


def from_bd09(lon: ArrayLike, lat: ArrayLike) -> Pair:
    """Undo the shift to BD-09; `to_bd09` of it is back within 1e-9 degrees."""
    return from_gcj02(*bd09_to_gcj02(lon, lat))


def _shift(lon: Floats, lat: Floats) -> Pair:
    """Return how far GCJ-02 lies east and north, in degrees."""
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    ripple = (20 * np.sin(6 * x * _PI) + 20 * np.sin(2 * x * _PI)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ripple
    north = north + (20 * np.sin(y * _PI) + 40 * np.sin(y / 3 * _PI)) * 2 / 3
    north = north + (160 * np.sin(y / 12 * _PI) + 320 * np.sin(y / 30 * _PI)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ripple
    east = east + (20 * np.sin(x * _PI) + 40 * np.sin(x / 3 * _PI)) * 2 / 3
    east = east + (150 * np.sin(x / 12 * _PI) + 300 * np.sin(x / 30 * _PI)) * 2 / 3
    radians = np.radians(lat)
    w = 1 - _E2 * np.sin(radians) ** 2
    meridian = _A * (1 - _E2) / (w * np.sqrt(w))
    parallel = _A / np.sqrt(w) * np.cos(radians)
    return np.degrees(east / parallel), np.degrees(north / meridian)


def _invert(forward: Callable[[Floats, Floats], Pair], wanted: Pair, guess: Pair) -> Pair:
    x, y = guess
    for _ in range(_ROUNDS):
        fx, fy = forward(x, y)
        x, y = x + wanted[0] - fx, y + wanted[1] - fy
    return x, y
