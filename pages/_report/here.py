"""A way from what is selected on a page to reporting something about it."""

from __future__ import annotations

from pages import _links
from pages._page import View
from wangge.analysis.spot import ASSETS
from wangge.text import Text


def report_here(view: View, layer: str, ident: str) -> None:
    """Show a link to the report page with `ident` of `layer` already meant; else nothing."""
    if layer in ASSETS:
        _links.link(view, "report", Text("在这里上报", "Report here"), asset=f"{layer}/{ident}")
