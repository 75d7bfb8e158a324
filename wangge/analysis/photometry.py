"""How a luminaire spreads its light: read from IES (LM-63) and LDT (EULUMDAT) files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wangge.errors import PhotometryError

Floats = NDArray[np.float64]
_LDT_HEAD: Final = 26  # lines before the lamp sets
_LDT_SET: Final = 6  # lines a lamp set
_LDT_RATIOS: Final = 10  # direct ratios, which nobody needs here
_MOST_ANGLES: Final = 100_000  # no luminaire is measured in more directions


@dataclass(frozen=True, slots=True)
class Photometry:
    """Luminous intensity by direction, type C: ``candela`` (k, n) in cd.

    ``c`` (k,) are the half-planes in degrees around the vertical, ``gamma`` (n,) the angles from
    straight down, 0 to 180.  Half-planes left out by symmetry are left out here too.
    """

    c: Floats
    gamma: Floats
    candela: Floats

    def intensity(self, gamma: ArrayLike, c: ArrayLike | None = None) -> Floats:
        """Return the intensity (cd) at `gamma` degrees from straight down, linear between angles.

        Without `c` it is the mean over all half-planes: a lamp whose facing nobody recorded.
        Outside the measured angles it is 0.
        """
        angle = np.asarray(gamma, dtype=float)
        if c is None:
            mean: Floats = np.interp(angle, self.gamma, self._mean(), left=0.0, right=0.0)
            return mean
        angle, plane = np.broadcast_arrays(angle, self._folded(np.asarray(c, dtype=float)))
        low, share = _between(self.c, plane)
        high = np.minimum(low + 1, len(self.c) - 1)
        at, part = _between(self.gamma, angle)
        up = np.minimum(at + 1, len(self.gamma) - 1)
        near = self.candela[low, at] * (1 - part) + self.candela[low, up] * part
        far = self.candela[high, at] * (1 - part) + self.candela[high, up] * part
        inside = (angle >= self.gamma[0]) & (angle <= self.gamma[-1])
        return np.where(inside, near * (1 - share) + far * share, 0.0)

    def lumens(self) -> float:
        """Return the luminous flux (lm): intensity over the sphere, zone by zone.

        A zone between two gammas has its mean intensity times its solid angle, as photometric
        programs add it up.
        """
        mean = self._mean()
        zone = 2 * np.pi * -np.diff(np.cos(np.radians(self.gamma)))
        return float(((mean[1:] + mean[:-1]) / 2 * zone).sum())

    def _mean(self) -> Floats:
        """Return the mean intensity over all half-planes by gamma, trapezoids between planes."""
        if len(self.c) == 1:
            only: Floats = self.candela[0]
            return only
        turn = self.c[-1] - self.c[0]
        mean: Floats = np.trapezoid(self.candela, self.c, axis=0) / turn
        return mean

    def _folded(self, c: Floats) -> Floats:
        """Return where half-plane `c` is found in a table that leaves out the symmetric ones."""
        first, last = self.c[0], self.c[-1]
        if len(self.c) == 1:
            return np.full_like(c, first)
        turned = np.mod(c, 360.0)
        if np.isclose(last - first, 360.0):
            return turned
        if first >= 90.0:  # noqa: PLR2004 - measured from C90 over C180 to C270
            return np.where((turned < first) | (turned > last), np.mod(180.0 - turned, 360), turned)
        turned = np.where(turned > 180.0, 360.0 - turned, turned)  # noqa: PLR2004 - degrees
        quarter = last <= 90.0  # noqa: PLR2004 - degrees
        return np.where(quarter & (turned > 90.0), 180.0 - turned, turned)  # noqa: PLR2004


def _between(grid: Floats, at: Floats) -> tuple[NDArray[np.intp], Floats]:
    """Return the index below `at` on `grid` and how far it is to the next, 0 to 1."""
    if len(grid) == 1:
        return np.zeros(at.shape, np.intp), np.zeros(at.shape)
    low = np.clip(np.searchsorted(grid, at, side="right") - 1, 0, len(grid) - 2)
    return low, np.clip((at - grid[low]) / (grid[low + 1] - grid[low]), 0.0, 1.0)


def read_ies(text: str) -> Photometry:
    """Return the intensities an IES file (LM-63-1986 to 2019, type C) holds.

    Candela are multiplied by the file's multiplier and ballast factors.

    Raises
    ------
    PhotometryError
        If the file is cut short, no IES file, of type A or B, tilted by another file, or holds
        angles that do not rise or candela below 0.

    Examples
    --------
    >>> table = read_ies("TILT=NONE 1 1000 1 3 1 1 2 0 0 0 1 1 0  0 45 90  0  300 212 0")
    >>> table.intensity([0, 22.5]).tolist()
    [300.0, 256.0]
    """
    tilt = re.search(r"^\s*TILT\s*=\s*(\S+)", text, re.MULTILINE | re.IGNORECASE)
    if tilt is None:
        msg = "This is no IES file: it has no line TILT=."
        raise PhotometryError(msg)
    values = _Values(text[tilt.end() :])
    if tilt[1].upper() == "INCLUDE":
        values.take(1)
        values.take(2 * values.count())
    elif tilt[1].upper() != "NONE":
        msg = f"The tilt of this IES file is in another file, {tilt[1]!r}, which is not read."
        raise PhotometryError(msg)
    _, _, factor = values.take(3)
    vertical, horizontal = values.count(), values.count()
    kind = values.take(1)[0]
    if kind != 1:
        msg = f"Only photometry of type C is read; this IES file is of type {kind:g} (2 B, 3 A)."
        raise PhotometryError(msg)
    values.take(4)
    ballast, future, _ = values.take(3)
    gamma, c = values.take(vertical), values.take(horizontal)
    candela = values.take(vertical * horizontal).reshape(horizontal, vertical)
    return _checked(c, gamma, candela * factor * ballast * future)


def read_ldt(text: str) -> Photometry:
    """Return the intensities an LDT file (EULUMDAT) holds, for the flux of its first lamp set.

    Raises
    ------
    PhotometryError
        If the file is cut short, no LDT file, or holds angles that do not rise.

    Notes
    -----
    Candela per kilolumen, times the lamps' flux.  Symmetry: 0 none, 1 about the vertical, 2 to
    the plane C0-C180, 3 to C90-C270, 4 to both.
    """
    lines = [line.strip().replace(",", ".") for line in text.splitlines()]
    symmetry, planes, angles = (_whole(lines, k) for k in (2, 3, 5))
    sets = _whole(lines, _LDT_HEAD - 1)
    flux = abs(_Values("\n".join(lines[_LDT_HEAD + 2 : _LDT_HEAD + 3])).take(1)[0])
    values = _Values("\n".join(lines[_LDT_HEAD + _LDT_SET * sets :]))
    values.take(_LDT_RATIOS)
    c, gamma = values.take(planes), values.take(angles)
    first, kept = {
        0: (0, planes),
        1: (0, 1),
        2: (0, planes // 2 + 1),
        3: (planes // 4, planes // 2 + 1),
        4: (0, planes // 4 + 1),
    }.get(symmetry, (0, 0))
    if not kept:
        msg = f"The symmetry of an LDT file is 0 to 4, this one says {symmetry}."
        raise PhotometryError(msg)
    candela = values.take(kept * angles).reshape(kept, angles) * flux / 1000
    c = c[first : first + kept]
    if symmetry == 0 and planes > 1:  # the last plane of a full turn is the first again
        c, candela = np.append(c, c[0] + 360.0), np.vstack([candela, candela[:1]])
    return _checked(c, gamma, candela)


class _Values:
    """The numbers of a file, handed out in order; running out of them is a file cut short."""

    def __init__(self, text: str) -> None:
        """Take the numbers of `text`, which blanks, commas and line ends part."""
        self._words = re.split(r"[\s,]+", text.strip())
        self._at = 0

    def take(self, count: int) -> Floats:
        """Return the next `count` numbers."""
        words = self._words[self._at : self._at + count]
        self._at += count
        if len(words) < count or words == [""]:
            msg = f"The file is cut short: it ends {count - len(words)} numbers early."
            raise PhotometryError(msg)
        try:
            found = np.array(words, dtype=float)
        except ValueError as error:
            msg = f"A number is not one: {error}."
            raise PhotometryError(msg) from error
        return found

    def count(self) -> int:
        """Return the next number as a count of angles."""
        found = self.take(1)[0]
        if found not in range(1, _MOST_ANGLES):
            msg = f"A count of angles must be a whole number from 1, got {found:g}."
            raise PhotometryError(msg)
        return int(found)


def _whole(lines: list[str], number: int) -> int:
    """Return the count on line `number` of an LDT file."""
    try:
        found = int(float(lines[number]))
    except (IndexError, ValueError, OverflowError) as error:
        msg = f"This is no LDT file, or it is cut short: line {number + 1} holds no whole number."
        raise PhotometryError(msg) from error
    if not 0 <= found < _MOST_ANGLES:
        msg = f"Line {number + 1} of the LDT file holds {found}, which is no count."
        raise PhotometryError(msg)
    return found


def _checked(c: Floats, gamma: Floats, candela: Floats) -> Photometry:
    """Return the table if its angles rise and its candela are finite and not below 0."""
    rising = (np.diff(c) > 0).all() and (np.diff(gamma) > 0).all()
    angles = np.concatenate([c, gamma])
    if not (len(c) and len(gamma) and rising and np.isfinite(angles).all()):
        msg = "The angles of a photometric file must rise from one to the next."
        raise PhotometryError(msg)
    if not (np.isfinite(candela).all() and (candela >= 0).all()):
        msg = "Intensities must be finite and not below 0."
        raise PhotometryError(msg)
    return Photometry(c, gamma, candela)
