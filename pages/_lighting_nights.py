"""Night checks: the sheet to walk with, and the form its result is entered in."""

from __future__ import annotations

from pages import _widgets
from pages._lighting_scene import Scene
from pages._page import View
from wangge.text import Text


def nights(view: View, scene: Scene) -> None:  # noqa: ARG001
    """Offer the sheets of the grids, and the form for what was seen."""
    _widgets.empty(view, Text("还没有夜查记录。", "No night check yet."))
