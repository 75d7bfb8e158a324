"""What the tests of the HTTP side share."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest


@pytest.fixture
def run():
    """Return what runs a coroutine to its end, on a thread of its own.

    A browser test that ran before in this process keeps an event loop on the main one.
    """

    def apart(coroutine):
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, coroutine).result()

    return apart
