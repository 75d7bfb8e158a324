"""Security headers on every answer: the browser itself keeps the promise to stay offline.

The policy names no host but our own, so a stray address in a library is refused by the browser
before a packet leaves. What Streamlit 1.67 needs beyond ``'self'`` was measured in Chromium, and
each exception below says why it is there.
"""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def inline_hashes(html: str) -> tuple[str, ...]:
    """Return the CSP source of every inline classic script in `html`.

    Streamlit's start page holds one; naming its hash keeps all other inline script refused.

    Examples
    --------
    >>> inline_hashes("<p>no script</p>")
    ()
    >>> inline_hashes("<script>1</script>")
    ("'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='",)
    """
    found = (hashlib.sha256(code.encode()).digest() for code in INLINE.findall(html))
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in found)


def start_page() -> str:
    """Return the HTML of Streamlit's start page as installed, or an empty text."""
    spec = find_spec("streamlit")
    page = Path(spec.origin).parent / "static" / "index.html" if spec and spec.origin else None
    return page.read_text("utf-8") if page and page.is_file() else ""


def policy(html: str) -> str:
    """Return the Content-Security-Policy for an application started by the page `html`.

    Examples
    --------
    >>> "connect-src 'self'" in policy("")
    True
    """
    hashes = inline_hashes(html)
    sources = {
        "default-src": ("'self'",),
        # blob: is how Streamlit loads the inline module of a version 2 component.
        "script-src": ("'self'", "blob:", *hashes),
        # Streamlit's components style themselves with elements made at run time.
        "style-src": ("'self'", "'unsafe-inline'"),
        # data: for Streamlit's emoji page icon, blob: for pictures drawn on a canvas.
        "img-src": ("'self'", "data:", "blob:"),
        "font-src": ("'self'", "data:"),
        "worker-src": ("'self'", "blob:"),
        "connect-src": ("'self'",),
        "frame-src": ("'self'", "blob:"),
        "object-src": ("'none'",),
        "base-uri": ("'self'",),
        "form-action": ("'self'",),
        "frame-ancestors": ("'self'",),
    }
    return "; ".join(" ".join((name, *values)) for name, values in sources.items())


class SecurityHeaders:
    """ASGI middleware that adds the headers below to every HTTP answer that lacks them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = {
            "Content-Security-Policy": policy(start_page()),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=(self), payment=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to the start of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, add)
