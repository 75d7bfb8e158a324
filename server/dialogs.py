"""Keeps Streamlit's own error dialogs away: each page says in its own words what is wrong.

When the server or the network is gone Streamlit covers the page with an English dialog and makes
all below it deaf.  Our header says that it reconnects, and the report form goes on working.  The
browser asks Streamlit's ``host-config`` whether dialogs are wanted; this answers that they are not.
"""

from __future__ import annotations

import json
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ASKED: Final = "/_stcore/host-config"
SETTING: Final = "blockErrorDialogs"


class NoErrorDialogs:
    """ASGI middleware that sets `SETTING` in the answer to `ASKED`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on as it is but that one answer."""
        if scope["type"] != "http" or not scope["path"].endswith(ASKED):
            await self.app(scope, receive, send)
            return
        begun: list[Message] = []
        held = bytearray()

        async def rewrite(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append(message)
                return
            held.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            content = blocked(bytes(held))
            MutableHeaders(scope=begun[0])["content-length"] = str(len(content))
            await send(begun[0])
            await send({"type": "http.response.body", "body": content})

        await self.app(scope, receive, rewrite)


def blocked(content: bytes) -> bytes:
    """Return the settings in `content` with `SETTING`; what is no settings stays as it is.

    Examples
    --------
    >>> blocked(b'{"blockErrorDialogs": false, "metricsUrl": ""}')
    b'{"blockErrorDialogs": true, "metricsUrl": ""}'
    >>> blocked(b"Not Found")
    b'Not Found'
    """
    try:
        settings = json.loads(content)
    except ValueError:
        return content
    if not isinstance(settings, dict):
        return content
    return json.dumps({**settings, SETTING: True}).encode()
