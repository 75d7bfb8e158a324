"""The Chinese typeface we bring along: Noto Sans SC, two weights, two files each.

The first file of a weight holds what nearly every screen needs (level 1 of GB 2312, Latin,
punctuation, what code and demo data write); the second (level 2) is fetched only when a character
is drawn that the first lacks. Order matters: the face declared last is asked first.
``make vendor`` writes the files and faces.json.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

FAMILY: Final = "Noto Sans SC"
FOLDER: Final = Path(__file__).parent / "_assets" / "fonts"
ROUTE: Final = "/fonts"
Weight = Literal[400, 700]


@dataclass(frozen=True, slots=True)
class Face:
    """One ``@font-face``: a file, its weight and the characters it holds."""

    file: str
    weight: Weight
    unicode_range: str
    family: str = FAMILY

    @property
    def url(self) -> str:
        """Return the address the file is served at, from the root of our own host."""
        return f"{ROUTE}/{self.file}"


def _faces() -> tuple[Face, ...]:
    listed = json.loads((FOLDER / "faces.json").read_text("utf-8"))
    return tuple(Face(one["file"], one["weight"], one["unicode_range"]) for one in listed)


FACES: Final = _faces()


def css(base: str = "") -> str:
    """Return the ``@font-face`` rules, each file addressed from `base`.

    Examples
    --------
    >>> css().count("@font-face") == len(FACES)
    True
    """
    return "\n".join(
        f'@font-face{{font-family:"{face.family}";font-style:normal;font-weight:{face.weight};'
        f'font-display:swap;src:url("{base}{face.url}") format("woff2");'
        f"unicode-range:{face.unicode_range}}}"
        for face in FACES
    )
