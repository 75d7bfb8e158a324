"""Text made fit to print: what the typeface lacks becomes a box; lines break where they may."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container
from itertools import pairwise
from typing import Final

BOX: Final = "□"  # stands for a character the typeface lacks
_BREAKS: Final = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_NOT_FIRST: Final = frozenset("，。、；：？！）》〉」』】〕”’…·—～％‰℃,.;:?!)]}%")  # noqa: RUF001
_NOT_LAST: Final = frozenset("（《〈「『【〔“‘([{")  # noqa: RUF001 - typographic on purpose
HAN: Final = 0x2E80  # from here on, characters stand for themselves and lines break between them


def printable(text: object, held: Container[str]) -> str:
    r"""Return `text` with only characters in `held`, and ``\n`` where a line ends.

    Control and format characters (direction marks, joiners, the byte order mark) and marks that
    the typeface lacks are left out; a character that can be written with others is, such as a
    square metre sign as ``m2``; any other becomes `BOX`.

    Examples
    --------
    >>> printable("油坊巷\u202e\x07 37\u33a1 \U0001f600", set("油坊巷 37m2"))
    '油坊巷 37m2 □'
    """
    whole = _BREAKS.sub("\n", str(text)).replace("\t", " ")
    return "".join(char if char in held or char == "\n" else _instead(char, held) for char in whole)


def _instead(char: str, held: Container[str]) -> str:
    kind = unicodedata.category(char)
    if kind in {"Cc", "Cf", "Mn", "Me"}:
        return ""
    if kind == "Zs":
        return " "
    plain = unicodedata.normalize("NFKC", char)
    return plain if plain != char and all(one in held for one in plain) else BOX


def lines(text: str, width: float, wide: Callable[[str], float]) -> list[str]:
    r"""Break `text` into lines no wider than `width`.

    Lines break at spaces and between Han characters, never before a closing or after an opening
    mark; a word wider than a line is cut.  ``\n`` ends a line; an empty text is one empty line.

    Parameters
    ----------
    text
        As `printable` returns it.
    width
        In points.
    wide
        The width of one character, in points.

    Examples
    --------
    >>> lines("影剧院后巷，没有灯。", 5, lambda char: 1)
    ['影剧院后', '巷，没有', '灯。']
    """
    return [line for part in text.split("\n") for line in _broken(part, width, wide)]


def _broken(part: str, width: float, wide: Callable[[str], float]) -> list[str]:
    found, line, run = [], "", 0.0
    for chunk in _chunks(part):
        whole = sum(map(wide, chunk.rstrip(" ")))
        if line and run + whole > width:
            found.append(line.rstrip(" "))
            line, run = "", 0.0
        for char in chunk:
            own = wide(char)
            if line and run + own > width and char != " ":  # a word wider than a line
                found.append(line.rstrip(" "))
                line, run = "", 0.0
            line, run = line + char, run + own
    return [*found, line.rstrip(" ")]


def _chunks(part: str) -> list[str]:
    """Return what may not be broken, with the spaces after it."""
    cuts = [at for at in range(1, len(part)) if _may_break(part, at)]
    return [part[i:j] for i, j in pairwise([0, *cuts, len(part)])]


def _may_break(part: str, at: int) -> bool:
    before, after = part[at - 1], part[at]
    if after == " " or after in _NOT_FIRST or before in _NOT_LAST:
        return False
    if before in "-/" and not after.isdigit():  # dates stay whole
        return True
    return before == " " or ord(before) >= HAN or ord(after) >= HAN


def shorten(text: str, width: float, wide: Callable[[str], float]) -> str:
    """Return `text` on one line, cut with … where it is wider than `width`.

    Examples
    --------
    >>> shorten("影剧院后巷", 4, lambda char: 1)
    '影剧院…'
    """
    flat = text.replace("\n", " ").strip()
    room = width - wide("…")
    run = 0.0
    for at, char in enumerate(flat):
        run += wide(char)
        if run > room and sum(map(wide, flat[at + 1 :]), run) > width:
            return flat[:at].rstrip(" ") + "…"
    return flat
