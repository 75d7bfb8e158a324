"""Every printed sheet, found by itself: one file, one function of its name."""

from __future__ import annotations

import inspect
import typing
from datetime import date
from importlib import import_module
from pkgutil import iter_modules

import pytest

import papers
from wangge.text import Lang, Text

NAMES = [one.name for one in iter_modules(papers.__path__) if not one.name.startswith("_")]


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_is_one_function_that_gives_a_pdf(name):
    sheet = getattr(import_module(f"papers.{name}"), name)
    hints = typing.get_type_hints(sheet)
    assert hints["return"] is bytes
    assert hints["today"] is date
    assert hints["lang"] == Lang
    for told in ("today", "lang"):
        assert inspect.signature(sheet).parameters[told].kind is inspect.Parameter.KEYWORD_ONLY


@pytest.mark.parametrize("name", NAMES)
def test_chinese_words_carry_chinese_marks(name):
    module = import_module(f"papers.{name}")
    words = [value for value in vars(module).values() if isinstance(value, Text)]
    for text in words:
        assert text.zh
        assert text.en
        assert not set(text.zh) & set(",;!?"), text.zh
