"""The pictures of the lighting method say what the analyses say today."""

from __future__ import annotations

import re

from tools.lighting_pictures import ROOT, TARGET, draw


def written(svg):
    """Return all that is written in a picture."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg.read_text("utf-8"))


def test_pictures_are_not_stale_and_each_is_shown(tmp_path):
    page = (ROOT / "docs" / "lighting.md").read_text("utf-8")
    drawn = draw(tmp_path)
    for path in drawn:
        assert written(path) == written(TARGET / path.name), f"{path.name}: make pictures"
        assert f"](pictures/lighting/{path.name})" in page
    assert {path.name for path in TARGET.iterdir()} == {path.name for path in drawn}


def test_the_door_of_the_story_becomes_lit():
    told = " ".join(written(TARGET / "way.svg"))
    assert "85 m 暗 dark" in told
    assert "with three lamps: 0 m" in told
