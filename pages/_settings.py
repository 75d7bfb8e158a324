"""Streamlit's settings that are not about looks, with the reason for each.

pages/_theme.py writes them into ``.streamlit/config.toml`` together with the theme.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SETTINGS: Final[Mapping[str, Mapping[str, bool | str]]] = MappingProxyType(
    {
        "browser": MappingProxyType(
            {
                "gatherUsageStats": False,  # nothing leaves the machine
                "serverAddress": "127.0.0.1",  # else Streamlit asks the internet for its address
            }
        ),
        "client": MappingProxyType(
            {
                "toolbarMode": "minimal",  # no "Deploy" button on a mayor's screen
                "showErrorDetails": "none",  # a traceback may hold a resident's data
                "showErrorLinks": False,  # they point to search engines
            }
        ),
        "runner": MappingProxyType(
            {
                "postScriptGC": False,  # a full collection after each run stalls all screens
            }
        ),
        "server": MappingProxyType(
            {
                "address": "127.0.0.1",  # opening to the network is a decision, not a default
                "headless": True,  # never opens a browser nor asks for an e-mail address
            }
        ),
    }
)
