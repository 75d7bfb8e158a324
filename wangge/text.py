"""A piece of user-facing text in every language the product speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

Lang = Literal["zh", "en"]
LANGS: Final[tuple[Lang, ...]] = get_args(Lang)


@dataclass(frozen=True, slots=True)
class Text:
    """Chinese text with its English counterpart; both are mandatory.

    Examples
    --------
    >>> Text("网格", "Grid").in_("en")
    'Grid'
    >>> Text("{n} 户", "{n} households").fill(n=84).in_("zh")
    '84 户'
    """

    zh: str
    en: str

    def in_(self, lang: Lang) -> str:
        """Return the text in `lang`."""
        return self.zh if lang == "zh" else self.en

    def fill(self, **values: object) -> Text:
        """Return the text with each ``{name}`` replaced by its value, in both languages.

        A value may itself be a `Text`; it is filled in the same language.
        """

        def one(pattern: str, lang: Lang) -> str:
            known = {
                name: value.in_(lang) if isinstance(value, Text) else value
                for name, value in values.items()
            }
            return pattern.format(**known)

        return Text(one(self.zh, "zh"), one(self.en, "en"))
