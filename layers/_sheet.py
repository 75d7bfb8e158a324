"""The sheet of a map: the styles, words and colours of its layers in one language, no feature."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from layers._body import Body, of_sheet
from layers._layer import Class, Field, Layer, Mark
from layers._tokens import FONTS, TOKENS
from layers._words import words
from wangge.community import Community
from wangge.text import Lang


def sheet_of(layers: tuple[Layer, ...], community: Community, lang: Lang) -> Body:
    """Return the sheet of `layers` in `lang`, made once for `community`.

    The legend is read from it, so it cannot disagree with what is drawn.
    """

    def make() -> Body:
        return of_sheet(
            {
                "tokens": {mode: dict(tokens) for mode, tokens in TOKENS.items()},
                "fonts": FONTS,
                "lang": lang,
                "layers": [_styles(layer, lang) for layer in layers],
                "words": words(lang),
            }
        )

    return community.memo(("sheet", lang, *((layer.id, layer.draw) for layer in layers)), make)


def _styles(layer: Layer, lang: Lang) -> dict[str, Any]:
    """Describe everything about `layer` but its features, in one language."""

    def of_class(one: Class) -> dict[str, Any]:
        label = one.label.in_(lang)
        style = asdict(one.style)
        if one.style.label:
            words_of = one.style.label.form, one.style.label.terms
            style["label"]["form"] = words_of[0].in_(lang) if words_of[0] else ""
            style["label"]["terms"] = {code: text.in_(lang) for code, text in words_of[1].items()}
        return {"key": one.key, "label": label, "legend": one.legend, "style": style}

    def of_mark(one: Mark) -> dict[str, Any]:
        label = one.label.in_(lang)
        return {"key": one.key, "label": label, "effect": one.effect, "legend": one.legend}

    def of_field(one: Field) -> dict[str, Any]:
        return {
            "column": one.column,
            "label": one.label.in_(lang),
            "unit": one.unit.in_(lang) if one.unit else "",
            "terms": {code: text.in_(lang) for code, text in one.terms.items()},
        }

    return {
        "id": layer.id,
        "title": layer.title.in_(lang),
        "order": layer.order,
        "base": layer.base,
        "picks": not layer.base and layer.picks,
        "classes": [of_class(one) for one in layer.classes],
        "marks": [of_mark(one) for one in layer.marks],
        "fields": [of_field(one) for one in layer.tooltip],
    }
