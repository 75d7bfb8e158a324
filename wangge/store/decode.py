"""From bytes to parsed JSON: size, encoding, syntax and duplicate keys, each fault a value."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

import orjson

from wangge.domain.rules import rule
from wangge.store import catalogue
from wangge.store.faults import Findings, shown

_MB: Final = 1_000_000
_KEY: Final = re.compile(rb'"\s*:')
_SURROGATE: Final = re.compile(
    r"(\\\\)|(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)
_BOMS: Final = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


class Unusable:
    """What `parse` returns for text that holds no JSON at all."""


UNUSABLE: Final = Unusable()


def load(path: Path, table: str, findings: Findings) -> bytes | None:
    """Return the bytes of `path`, or None with a problem when it cannot or must not be read.

    A file above rule `file_limit_mb` is refused before a byte of it is read.
    """
    limit = rule("file_limit_mb").value
    try:
        size = path.stat().st_size
        if size > limit * _MB:
            findings.add(
                catalogue.TOO_LARGE.at(table, size=round(size / _MB, 1), limit=f"{limit:g}")
            )
            return None
        return path.read_bytes()
    except OSError as error:
        findings.add(catalogue.UNREADABLE.at(table, why=error.strerror or type(error).__name__))
        return None


def text_of(data: bytes, table: str, findings: Findings) -> str | None:
    """Decode `data`; text in GBK is read and reported, anything else unknown refused."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    encoding = _BOMS.get(data[:2], "")
    for name in (encoding,) if encoding else ("utf-8", "gb18030"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if name != "utf-8":
            findings.add(
                catalogue.NOT_UTF8.at(table, encoding="GBK" if name == "gb18030" else name)
            )
        return text
    findings.add(catalogue.NOT_UTF8.at(table, encoding=encoding or "?"))
    return None


def parse(data: bytes, table: str, findings: Findings) -> object:
    """Parse JSON fast where it is sound; where it is not, again with a closer look.

    Returns
    -------
    object
        The document, or `UNUSABLE`.  NaN and Infinity are let through for the checks of
        coordinates to name.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        document = orjson.loads(data)
    except orjson.JSONDecodeError:
        return _slowly(data, table, findings)
    if len(_KEY.findall(data)) != _keys(document):
        return _slowly(data, table, findings)
    return document


def _keys(document: object) -> int:
    """Count the keys of all objects in `document`; lists of numbers are not entered."""
    total = 0
    stack = [document]
    while stack:
        item = stack.pop()
        if type(item) is dict:
            total += len(item)
            stack.extend(v for v in item.values() if type(v) is dict or type(v) is list)
        elif type(item) is list and item and type(item[0]) is not float:
            stack.extend(v for v in item if type(v) is dict or type(v) is list)
    return total


def _slowly(data: bytes, table: str, findings: Findings) -> object:
    text = text_of(data, table, findings)
    if text is None:
        return UNUSABLE
    repaired = _SURROGATE.sub(lambda m: m[1] or m[2] or "\\ufffd", text)
    if repaired != text:
        findings.add(catalogue.BROKEN_TEXT.at(table))

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        held = dict(pairs)
        if len(held) != len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    findings.add(
                        catalogue.DUPLICATE_KEY.at(table, held.get("id", ""), key=shown(key))
                    )
                seen.add(key)
        return held

    try:
        return json.loads(repaired, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        findings.add(catalogue.NOT_JSON.at(table, line=error.lineno, at=error.colno))
    except RecursionError:
        findings.add(catalogue.NOT_JSON.at(table, line=1, at=1))
    except ValueError:  # an integer of more digits than Python converts
        findings.add(catalogue.NOT_JSON.at(table, line=1, at=1))
    return UNUSABLE
