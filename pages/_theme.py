"""Streamlit's settings and theme, written from the colour tokens into ``.streamlit/config.toml``.

``python -m pages._theme`` writes the file; a test fails when it is stale.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from layers._fonts import FACES
from layers._tokens import FONTS, TOKENS, Mode

ROOT: Final = Path(__file__).parents[1]
FILE: Final = ROOT / ".streamlit" / "config.toml"
STYLE: Final = Path(__file__).with_name("_style.css")
Value = str | int | float | bool | list[str] | list[int]

SETTINGS: Final[Mapping[str, Mapping[str, Value]]] = {
    "browser": {"gatherUsageStats": False, "serverAddress": "127.0.0.1"},
    "client": {"toolbarMode": "minimal", "showErrorDetails": "none", "showErrorLinks": False},
    "runner": {"postScriptGC": False},
    "server": {
        "address": "127.0.0.1",
        "headless": True,
        # `make dev` watches. A watcher looks at every module again for every session that opens:
        # 170 of the 200 ms of processor time one more wall screen cost.
        "fileWatcherType": "none",
        "folderWatchList": ["layers", "pages", "server", "wangge"],
    },
}
_THEME: Final[Mapping[str, Value]] = {
    "font": FONTS.replace('"', ""),
    "baseFontSize": 15,
    "baseRadius": "6px",
    "buttonRadius": "6px",
    "headingFontSizes": ["24px", "20px", "17px", "15px", "15px", "15px"],
    "headingFontWeights": [700] * 6,
    "metricValueFontSize": "27px",
    "metricValueFontWeight": 700,
    "paddingTop": "12px",
    "paddingBottom": "16px",
    "linkUnderline": False,
}
_PLAIN: Final = {
    "primaryColor": "accent",
    "backgroundColor": "page",
    "secondaryBackgroundColor": "subtle",
    "textColor": "text",
    "linkColor": "accent",
    "borderColor": "border",
    "dataframeBorderColor": "rule",
    "dataframeHeaderBackgroundColor": "subtle",
    "dataframeHeaderTextColor": "text2",
}
_HUES: Final = {  # Streamlit's hue: (symbol, text, tint or none)
    "red": ("major", "major_text", ""),
    "orange": ("serious", "serious_text", ""),
    "yellow": ("general", "general_text", ""),
    "blue": ("low", "low_text", ""),
    "violet": ("gap", "gap", "gap_tint"),
    "green": ("ok", "ok", ""),
    "gray": ("text3", "text2", "subtle"),
}
_TINT: Final[Mapping[Mode, float]] = {"light": 0.1, "dark": 0.2}


def config() -> str:
    """Return the text of ``config.toml``.

    Examples
    --------
    >>> 'primaryColor = "#0F6B66"' in config()
    True
    """
    parts = [
        "# Written by `python -m pages._theme` from layers/_tokens.py; edit those instead.",
        *(_section(name, values) for name, values in SETTINGS.items()),
        _section("theme", _THEME),
        *(
            _section(
                "[theme.fontFaces]",
                {
                    "family": face.family,
                    "url": face.url,
                    "weight": face.weight,
                    "unicodeRange": face.unicode_range,
                },
            )
            for face in FACES
        ),
        _section("theme.light", _colours("light")),
        _section("theme.dark", _colours("dark")),
    ]
    return "\n".join(parts)


def _colours(mode: Mode) -> dict[str, Value]:
    tokens = TOKENS[mode]
    found: dict[str, Value] = {key: tokens[name] for key, name in _PLAIN.items()}
    for hue, (symbol, text, tint) in _HUES.items():
        found[f"{hue}Color"] = tokens[symbol]
        found[f"{hue}TextColor"] = tokens[text]
        found[f"{hue}BackgroundColor"] = (
            tokens[tint] if tint else mixed(tokens[symbol], tokens["page"], _TINT[mode])
        )
    return found


def mixed(colour: str, ground: str, part: float) -> str:
    """Return `part` of `colour` over `ground`, both ``#RRGGBB``.

    Examples
    --------
    >>> mixed("#000000", "#FFFFFF", 0.5)
    '#808080'
    """
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(ground[1:]), strict=True)
    return "#" + "".join(f"{round(part * a + (1 - part) * b):02X}" for a, b in pairs)


def _section(name: str, values: Mapping[str, Value]) -> str:
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join([f"[{name}]", *lines, ""])


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(config(), "utf-8")
