"""Streamlit is told to show no error dialogs of its own; nothing else of its answers changes."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from server.dialogs import ASKED, NoErrorDialogs

SETTINGS = {"blockErrorDialogs": False, "allowedOrigins": ["a"]}


async def _settings(_):
    return JSONResponse(SETTINGS, headers={"Cache-Control": "no-cache"})


async def _parts(_):
    return StreamingResponse(iter([b'{"blockError', b'Dialogs": false}']))


async def _words(_):
    return PlainTextResponse("Not Found", 404)


@pytest.fixture
def client():
    routes = [
        Route(ASKED, _settings),
        Route(f"/wangge{ASKED}", _parts),
        Route(f"/report{ASKED}", _words),
        Route("/other", _settings),
    ]
    return TestClient(NoErrorDialogs(Starlette(routes=routes)))


def test_dialogs_are_not_wanted_and_the_rest_stays(client):
    answer = client.get(ASKED)
    assert answer.json() == {**SETTINGS, "blockErrorDialogs": True}
    assert answer.headers["content-length"] == str(len(answer.content))
    assert answer.headers["cache-control"] == "no-cache"
    assert client.get("/other").json() == SETTINGS


def test_an_answer_in_parts_and_one_that_is_no_settings(client):
    assert client.get(f"/wangge{ASKED}").json() == {"blockErrorDialogs": True}
    answer = client.get(f"/report{ASKED}")
    assert (answer.status_code, answer.text) == (404, "Not Found")
