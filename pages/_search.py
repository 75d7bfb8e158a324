"""Find a place or thing by id, name, pinyin or pinyin initials."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import Any, Final

from pypinyin import Style, pinyin

from pages._row import name_of, row_of
from wangge.community import Community
from wangge.domain.tables import TABLES
from wangge.text import Text

KINDS: Final = ("grids", "compounds", "alleys", "buildings", "stations", "shops", "streetlights")
SHOWN: Final = 8
_EXACT: Final = 2  # ranks up to here are exact
_READINGS: Final = 16  # of a name with characters read in several ways


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found: its layer and id, its name, and what tells it from others of that name."""

    layer: str
    id: str
    name: Text
    where: Text


@dataclass(frozen=True, slots=True)
class _Entry:
    hit: Hit
    names: tuple[str, ...]  # normalised, own name first
    initials: tuple[str, ...]
    spelled: tuple[str, ...]


def search(community: Community, query: str, *, limit: int = SHOWN) -> tuple[Hit, ...]:
    """Return what `query` names, best first.

    An exact id comes first, then an exact name, initials or pinyin, then names that begin with it,
    then pinyin initials that do, then full pinyin, then names that contain it; among equals larger
    places first, shorter names first.  Case, width and spaces do not matter.

    Parameters
    ----------
    community
        What to search; cut to the role.
    query
        As typed.  Nothing is found for an empty one.
    limit
        Most results returned.

    Examples
    --------
    A community with 供销小区 answers to ``供销``, ``gxxq``, ``gongxiao`` and ``c12``.
    """
    asked = normal(query)
    if not asked:
        return ()
    ranked = [
        (rank, KINDS.index(entry.hit.layer), len(entry.names[0]), position, entry.hit)
        for position, entry in enumerate(_entries(community))
        if (rank := _rank(entry, asked)) is not None
    ]
    return tuple(row[-1] for row in sorted(ranked, key=lambda row: row[:-1])[:limit])


def sure(community: Community, query: str) -> Hit | None:
    """Return the one thing `query` must mean: the only hit, or the only exact one."""
    asked = normal(query)
    hits = search(community, query, limit=2)
    if len(hits) == 1:
        return hits[0]
    exact = [
        entry.hit
        for entry in _entries(community)
        if (rank := _rank(entry, asked)) is not None and rank <= _EXACT
    ]
    by_id = [hit for hit in exact if normal(hit.id) == asked]
    return (by_id or exact)[0] if len(by_id or exact) == 1 else None


def normal(text: str) -> str:
    r"""Return `text` as it is compared: one width, one case, no spaces.

    Examples
    --------
    >>> normal(" \uff23\uff11\uff12 ")
    'c12'
    """
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _rank(entry: _Entry, asked: str) -> int | None:
    tests = (
        asked == normal(entry.hit.id),
        asked in entry.names,
        asked in (*entry.initials, *entry.spelled),
        any(name.startswith(asked) for name in entry.names),
        any(word.startswith(asked) for word in entry.initials),
        any(word.startswith(asked) for word in entry.spelled),
        any(asked in name for name in entry.names),
        len(asked) > 1 and any(asked in word for word in (*entry.initials, *entry.spelled)),
    )
    return next((rank for rank, passed in enumerate(tests) if passed), None)


def _entries(community: Community) -> tuple[_Entry, ...]:
    return community.memo("search entries", lambda: tuple(_list(community)))


def _list(community: Community) -> Iterator[_Entry]:
    for layer in KINDS:
        label = TABLES[layer].label
        frame = getattr(community, layer)
        for feature in frame.index:
            row = row_of(frame, feature)
            if layer == "streetlights":
                name = Text(f"路灯 {feature}", f"Lamp {feature}")
                yield _entry(Hit(layer, feature, name, label), (name.zh, name.en), spell=False)
                continue
            own = str(row["name"])
            around = _around(community, layer, row)
            where = Text(
                "・".join(part for part in (label.zh, around) if part),
                " · ".join(part for part in (label.en, around) if part),
            )
            yield _entry(Hit(layer, feature, Text(own, own), where), (own, around + own))


def _around(community: Community, layer: str, row: dict[str, Any]) -> str:
    """Return the name of the place that holds a feature: its compound, or its grid."""
    if layer in {"compounds", "stations"}:
        return name_of(community.grids, row.get("grid_id"))
    return name_of(community.compounds, row.get("compound_id"))


def _entry(hit: Hit, names: tuple[str, ...], *, spell: bool = True) -> _Entry:
    ways = [way for name in dict.fromkeys(names) for way in _readings(name)] if spell else []
    return _Entry(
        hit,
        tuple(dict.fromkeys(normal(name) for name in names)),
        tuple(dict.fromkeys("".join(word[:1] for word in way) for way in ways)),
        tuple(dict.fromkeys("".join(way) for way in ways)),
    )


@lru_cache(maxsize=4096)
def _readings(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways `name` is read, by syllable; other characters stand for themselves."""
    each = [
        tuple(dict.fromkeys(pinyin(char, style=Style.NORMAL, heteronym=True)[0]))
        for char in normal(name)
    ]
    return tuple(islice(product(*each), _READINGS))
