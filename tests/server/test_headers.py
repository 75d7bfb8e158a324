"""The policy names no host but ours, and reaches every kind of answer."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from server.headers import SecurityHeaders, inline_hashes, policy, start_page


async def hello(_):
    return PlainTextResponse("hello", headers={"Referrer-Policy": "same-origin"})


async def broken(_):
    raise ValueError


@pytest.fixture(scope="module")
def client():
    app = Starlette(
        routes=[Route("/", hello), Route("/broken", broken)],
        middleware=[Middleware(SecurityHeaders)],
    )
    return TestClient(app, raise_server_exceptions=False)


def directives(text):
    return {name: values for name, *values in (part.split() for part in text.split("; "))}


def test_no_source_is_a_host_or_a_wildcard():
    for values in directives(policy(start_page())).values():
        for value in values:
            assert re.fullmatch(r"'self'|'none'|blob:|data:|'unsafe-inline'|'sha256-.+'", value)


def test_scripts_are_never_inline_nor_evaluated():
    sources = directives(policy(start_page()))["script-src"]
    assert "'unsafe-inline'" not in sources
    assert "'unsafe-eval'" not in sources
    assert "data:" not in sources


def test_streamlits_start_page_is_covered():
    page = start_page()
    assert "<script" in page
    assert inline_hashes(page), "an inline script is expected in Streamlit 1.67"
    assert all(one in policy(page) for one in inline_hashes(page))


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/none", 404)])
def test_every_answer_carries_the_headers(client, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-security-policy"] == policy(start_page())
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_route_may_say_it_better(client):
    assert client.get("/").headers["referrer-policy"] == "same-origin"


def test_failures_still_answer(client):
    assert client.get("/broken").status_code == 500


def test_a_position_may_be_asked_for_by_our_own_pages_alone(client):
    allowed = client.get("/").headers["permissions-policy"].split(", ")
    assert "geolocation=(self)" in allowed
    assert "camera=()" in allowed
    assert "microphone=()" in allowed
