"""Runs the app again when a lost connection comes back, so that no open page stays deaf."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

KEY: Final = "revive"
_revive = st.components.v2.component(
    "wangge_revive",
    html="<i></i>",
    js=Path(__file__).with_name("_revive.js").read_text("utf-8"),
    isolate_styles=False,
)


def revive() -> None:
    """Watch the connection; called outside of every fragment, for its answer runs the whole app."""
    _revive(key=KEY, data={}, on_again_change=lambda: None)
