"""A scenario as it stands in the address: ``plan=s60_4141261_39918853~x-L012~o-L034``.

``s`` and ``m`` put up a solar or a mains lamp (height, then east and north, all in tenths of a
metre of the metric system), ``x-`` breaks a lamp, ``o-`` repairs one.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote

from wangge.analysis.edits import Add, Break, Edit, Edits, Repair
from wangge.community import Community
from wangge.domain.rules import rule
from wangge.domain.tables import TABLES
from wangge.text import Text

MOST: Final = 60  # edits of a scenario; more is a construction project, and a longer address
_KINDS: Final = {"s": "solar", "m": "mains"}
_ADD: Final = re.compile(r"([sm])(\d{1,3})_(-?\d{1,9})_(-?\d{1,9})")
_LONGEST: Final = 40  # characters of a wrong edit that are shown back


def written(edits: Edits) -> str:
    """Write `edits` for the address.

    Examples
    --------
    >>> written((Add("solar", 6.0, 100.0, -20.5), Break("L012"), Repair("灯~1")))
    's60_1000_-205~x-L012~o-%E7%81%AF%7E1'
    """
    return "~".join(_written(edit) for edit in edits)


def read(text: str, community: Community) -> tuple[Edits, tuple[Text, ...]]:
    """Read edits from the address; what cannot be followed is left out and said.

    Parameters
    ----------
    text
        From `written`, or from anybody.
    community
        Whose lamps must exist, and near which a new one must stand.
    """
    edits: list[Edit] = []
    notices: list[Text] = []
    for part in [one for one in text.split("~") if one]:
        edit = _read(part, community)
        if edit is None:
            told = Text(
                "方案中的“{it}”无法识别，已略去。",
                "“{it}” in the scenario was not understood; it was left out.",
            )
            notices.append(told.fill(it=part[:_LONGEST]))
        else:
            edits.append(edit)
    if len(edits) > MOST:
        told = Text("方案只取前 {n} 处改动。", "Only the first {n} changes are kept.").fill(n=MOST)
        return tuple(edits[:MOST]), (*notices[:3], told)
    return tuple(edits), tuple(notices[:3])


def _written(edit: Edit) -> str:
    if isinstance(edit, Add):
        letter = next(one for one, kind in _KINDS.items() if kind == edit.kind)
        return f"{letter}{edit.height_m * 10:.0f}_{edit.x * 10:.0f}_{edit.y * 10:.0f}"
    letter = "x" if isinstance(edit, Break) else "o"
    return f"{letter}-{quote(edit.lamp, safe='').replace('~', '%7E')}"


def _read(part: str, community: Community) -> Edit | None:
    if found := _ADD.fullmatch(part):
        height, x, y = (int(number) / 10 for number in found.groups()[1:])
        return Add(_KINDS[found[1]], height, x, y) if _fits(height, x, y, community) else None
    letter, dash, rest = part[:1], part[1:2], part[2:]
    lamp = unquote(rest)
    if dash != "-" or letter not in {"x", "o"} or lamp not in community.streetlights.index:
        return None
    return Break(lamp) if letter == "x" else Repair(lamp)


def _fits(height: float, x: float, y: float, community: Community) -> bool:
    """Return whether a lamp may have this height and stand here."""
    column = TABLES["streetlights"].column("height_m")
    if not (column.low or 0) <= height <= (column.high or height) or community.community.empty:
        return False
    west, south, east, north = community.community.total_bounds
    far = rule("far_away_m").value
    return bool(west - far <= x <= east + far and south - far <= y <= north + far)
