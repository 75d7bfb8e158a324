"""How hazards look, whether open or closed: shape and colour by severity."""

from __future__ import annotations

from layers._layer import Class, Label, Style, Symbol
from wangge.domain.terms import HAZARD_KINDS, SEVERITIES

KEYS = {"重大": "major", "较大": "serious", "一般": "general", "低": "low"}  # worst first
_NAME = Label("kind", 12, place="beside", band="near", priority=25, terms=HAZARD_KINDS)
_STYLES = {
    "major": Style(
        symbol=Symbol(
            "triangle", 11, "major", casing=1.7, text="!", text_color="halo", movable=True
        ),
        label=_NAME,
    ),
    "serious": Style(symbol=Symbol("diamond", 9, "serious", casing=1.7, movable=True), label=_NAME),
    "general": Style(
        symbol=Symbol("square", 7.4, "general", edge="general_edge", casing=1.7, movable=True),
        label=_NAME,
        band="fit",
    ),
    "low": Style(
        symbol=Symbol("circle", 5.6, "low", edge="low_edge", casing=1.7, movable=True),
        label=_NAME,
        band="fit",
    ),
}


def severities(*, legend: bool = True) -> tuple[Class, ...]:
    """Return one class per severity, the worst first, as the shape, colour and label say it."""
    return tuple(
        Class(key, SEVERITIES[word], _STYLES[key], legend=legend) for word, key in KEYS.items()
    )
