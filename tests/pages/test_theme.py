"""Streamlit's theme is written from the tokens and is not stale."""

from __future__ import annotations

import tomllib

import pytest

from layers._tokens import TOKENS
from pages import _theme


def test_the_file_is_what_the_tokens_say():
    assert _theme.FILE.read_text("utf-8") == _theme.config(), "run: python -m pages._theme"


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_both_themes_take_the_tokens(mode):
    theme = tomllib.loads(_theme.config())["theme"][mode]
    assert theme["primaryColor"] == TOKENS[mode]["accent"]
    assert theme["violetBackgroundColor"] == TOKENS[mode]["gap_tint"]
    assert theme["redTextColor"] == TOKENS[mode]["major_text"]


def test_every_face_is_on_disk():
    for face in tomllib.loads(_theme.config())["theme"]["fontFaces"]:
        assert (_theme.ROOT / "layers/_assets/fonts" / face["url"].rsplit("/", 1)[1]).is_file()


def test_the_style_sheet_is_short_and_takes_colours_from_tokens():
    text = _theme.STYLE.read_text("utf-8")
    assert len(text.splitlines()) <= 60
    assert "#" not in text.replace("/*", ""), "colours come from the tokens"
