"""Opens the journal before the first request is answered, and says in a sentence why it cannot."""

from __future__ import annotations

import asyncio
import os
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wangge.errors import JournalError
from wangge.store.home import advice
from wangge.store.present import files
from wangge.text import LANGS, Text

NOT_STARTED: Final = Text("网格图没有启动：{why}", "Wangge has not started: {why}")


class OpenFirst:
    """ASGI middleware: an application whose journal cannot be opened does not start.

    An exception would end the start as well, under a page of traceback.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Open the journal when the server asks the application to start."""
        if scope["type"] != "lifespan":
            await self.app(scope, receive, send)
            return
        begin = await receive()
        if why := await asyncio.to_thread(why_not):
            await send({"type": "lifespan.startup.failed", "message": why})
            return
        held = [begin]

        async def replay() -> Message:
            return held.pop() if held else await receive()

        await self.app(scope, replay, send)


def why_not() -> str:
    """Open the journal; return in both languages why it cannot be, empty if it could."""
    try:
        files(os.environ)
    except JournalError as fault:
        told = NOT_STARTED.fill(why=advice(fault))
        return "\n\n" + "\n\n".join(told.in_(lang) for lang in LANGS) + "\n"
    return ""
