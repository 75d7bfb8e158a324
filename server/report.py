"""Where a browser sends what somebody saw: once at once, or later when it has a network again.

Both ways are the same way: what was sent is kept in the browser until this route has answered, and
its key makes one case of it however often it comes.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from server.intake import UNREADABLE, Taken, take_in
from server.map import role_of, scripts
from wangge.domain.limits import limit_words
from wangge.domain.roles import Role
from wangge.domain.rules import rule
from wangge.domain.terms import HAZARD_KINDS
from wangge.errors import JournalError, RefusedError
from wangge.store import present
from wangge.text import Lang, Text

FORM: Final = Path(__file__).parents[1] / "pages" / "_report"
NOT_YOURS: Final = Text("访客不能上报。", "A visitor cannot report.")
TOO_LARGE: Final = Text(
    "照片太大，这次上报超过 {limit} MB，没有收下。请去掉一张照片再报。",
    "The photos are too large: the report is over {limit} MB and was not taken. Leave one out.",
)
DUE: Final = Text("立案后 {limit}内办结", "To be settled within {limit} of being opened")
_FRESH: Final = {"Cache-Control": "no-store"}
_MB: Final = 1_000_000


async def report(request: Request) -> Response:
    """Take in a report and answer with its case.

    Only pages of this address may send one, and only as JSON: another site's form cannot.

    Returns
    -------
    Response
        200 with the case; 403 to another site or a visitor, 413 or 422 with ``why`` when it must
        be mended; 503 with ``why`` when it may be sent again.
    """
    if not _own(request):
        return Response(status_code=403, headers=_FRESH)
    lang: Lang = "en" if request.query_params.get("lang") == "en" else "zh"
    limit = rule("report_upload_mb").value
    content = await _content(request, int(limit * _MB))
    if content is None:
        return _why(TOO_LARGE.fill(limit=f"{limit:g}"), 413, lang)
    try:
        wish = json.loads(content)
    except (ValueError, RecursionError):
        return _why(UNREADABLE, 422, lang)
    return await run_in_threadpool(_taken, wish, role_of(request), lang)


def _taken(wish: object, role: Role, lang: Lang) -> Response:
    if role == "anonymous":
        return _why(NOT_YOURS, 403, lang)
    try:
        reading = present.files(os.environ)
        desk = present.desk(os.environ, role, reading)
        return JSONResponse(_told(take_in(wish, reading.community, desk), lang), headers=_FRESH)
    except JournalError as failed:
        return _why(failed.why, 503, lang)
    except RefusedError as refused:
        return _why(refused.why, 422, lang)


def _told(taken: Taken, lang: Lang) -> dict[str, Any]:
    case = taken.case
    due = DUE.fill(limit=limit_words(case.kind, case.severity))
    return {
        "id": case.id,
        "kind": HAZARD_KINDS[case.kind].in_(lang),
        "severity": case.severity,
        "place": case.place,
        "added": taken.added,
        "due": due.in_(lang),
        "photos": taken.photos,
        "remarks": [remark.in_(lang) for remark in taken.remarks],
    }


def _own(request: Request) -> bool:
    """Tell whether a page of this very address asks.

    A browser names the page's origin in every POST, and no page can name another; sent as JSON, it
    would ask for leave first, which nobody here grants.
    """
    headers = request.headers
    if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return False
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    here = {headers.get("host", ""), headers.get("x-forwarded-host", "")} - {""}
    return urlsplit(headers.get("origin", "")).netloc in here


async def _content(request: Request, most: int) -> bytes | None:
    """Return the body, or None as soon as it is larger than `most` bytes."""
    held = bytearray()
    async for part in request.stream():
        held += part
        if len(held) > most:
            return None
    return bytes(held)


def _why(why: Text, status: int, lang: Lang) -> Response:
    return JSONResponse({"why": why.in_(lang)}, status, _FRESH)


def routes() -> list[BaseRoute]:
    """Return the routes to give to `st.App`, under the path the application is served at."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    under = f"/{path}/report" if path else "/report"
    return [
        Route(f"{under}/send", report, methods=["POST"]),
        Route(f"{under}/form/{{version}}/{{name}}.js", scripts(FORM)),
    ]
