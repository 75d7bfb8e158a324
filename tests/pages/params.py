"""The address as Streamlit holds it, for pages that are tried without a browser."""

from __future__ import annotations


class Params(dict):
    """Query parameters."""

    to_dict = dict.copy

    def from_dict(self, held):
        self.clear()
        self.update(held)
