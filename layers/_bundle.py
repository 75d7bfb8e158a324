"""Everything an exported map carries inside itself: Leaflet, the drawing engine, a sealed page."""

from __future__ import annotations

import html
import json
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from wangge.errors import WanggeError
from wangge.text import Lang

ASSETS: Final = Path(__file__).parent / "_assets"
DRAW: Final = Path(__file__).parent / "_draw"
LEAFLET: Final = "leaflet-1.9.4"
ENTRY: Final = "file.js"  # what an exported file runs
PAGE_STYLE: Final = (Path(__file__).parent / "_draw" / "file.css").read_text("utf-8")

_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
_IMPORT: Final = re.compile(r'^import \{ ?([^}]*?) ?\} from "\./([\w.-]+)";\s*?$', re.MULTILINE)
_EXPORT: Final = re.compile(
    r"^export (?=(?:async )?(?:class|function\*?|const|let) (\w+))", re.MULTILINE
)
_LEFT: Final = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)
_BLOCK: Final = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
_AWAY: Final = re.compile(r"url\((?!data:)[^)]*\)")


class BundleError(WanggeError):
    """A drawing module cannot be written into one file."""


def literal(value: object) -> str:
    r"""Write `value` as a script literal with no brace or angle bracket inside its strings.

    Such a literal is inert in a Jinja template, in HTML and in a script alike: it holds no
    ``{{``, ``{%``, ``{#``, ``<`` or line separator that JSON allows and a script may not.

    Examples
    --------
    >>> literal({"name": "{{ 7*191 }}</script>"})
    '{"name": "\\u007b\\u007b 7*191 }}\\u003c/script>"}'
    """
    text = json.dumps(value, allow_nan=False)  # ASCII only, so no U+2028 and no lone surrogate
    return _STRING.sub(lambda one: one[0].replace("{", "\\u007b").replace("<", "\\u003c"), text)


def entities(text: str) -> str:
    """Write `text` for HTML, with no brace that a template could read.

    Examples
    --------
    >>> entities("<b>{{ 1 }}")
    '&lt;b&gt;&#123;&#123; 1 }}'
    """
    return html.escape(text).replace("{", "&#123;")


@cache
def leaflet() -> tuple[tuple[str, str], ...]:
    """Return Leaflet as (tag, code) pairs; its pictures, which no map here uses, left out."""
    folder = ASSETS / LEAFLET
    style = _AWAY.sub("none", (folder / "leaflet.css").read_text("utf-8"))
    script = re.sub(r"//# sourceMappingURL=.*", "", (folder / "leaflet.js").read_text("utf-8"))
    return ("style", style), ("script", script)


@cache
def engine() -> str:
    """Return the drawing modules as one classic script that defines ``wangge.start``.

    Each module becomes a function of its own, in the order of its imports, so that two modules
    may use the same private name.

    Raises
    ------
    BundleError
        If a module imports or exports in a way this cannot write, or in a circle.
    """
    order: list[str] = []
    _visit(ENTRY, order, ())
    parts = [_wrapped(name) for name in order]
    return "\n".join((*parts, f"const wangge = {_variable(ENTRY)};"))


def sealed(page: str, lang: Lang) -> str:
    """Return `page` with its language and a policy that lets only its own blocks run."""
    found: dict[str, list[str]] = {"script": [], "style": []}
    for tag, code in _BLOCK.findall(page):
        digest = b64encode(sha256(code.encode()).digest()).decode()
        found[tag].append(f"'sha256-{digest}'")
    policy = (
        f"default-src 'none'; script-src {' '.join(found['script'])};"
        f" style-src {' '.join(found['style'])}; img-src data: blob:; font-src data:;"
        " base-uri 'none'; form-action 'none'"
    )
    head = (
        f'<html lang="{"zh-CN" if lang == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    )
    return page.replace("<html>\n<head>\n", head, 1)


def _visit(name: str, order: list[str], above: tuple[str, ...]) -> None:
    if name in above:
        msg = f"The drawing modules import each other in a circle: {' > '.join((*above, name))}."
        raise BundleError(msg)
    if name in order:
        return
    for _, needed in _IMPORT.findall((DRAW / name).read_text("utf-8")):
        _visit(needed, order, (*above, name))
    order.append(name)


def _wrapped(name: str) -> str:
    code = (DRAW / name).read_text("utf-8")
    exported = _EXPORT.findall(code)
    code = _IMPORT.sub(lambda m: f"const {{ {_renamed(m[1])} }} = {_variable(m[2])};", code)
    code = _EXPORT.sub("", code)
    left = _LEFT.search(code)
    if left or "</script" in code.lower():
        msg = f"{name} cannot be written into one file: {left[0] if left else '</script'}"
        raise BundleError(msg)
    return (
        f"const {_variable(name)} = (() => {{\n{code}\nreturn {{ {', '.join(exported)} }};\n}})();"
    )


def _renamed(names: str) -> str:
    """Write the names of an import as a destructuring pattern: ``a as b`` is ``a: b``."""
    return re.sub(r"\s+as\s+", ": ", names.strip().rstrip(","))


def _variable(name: str) -> str:
    return "module_" + re.sub(r"\W", "_", name.removesuffix(".js"))
