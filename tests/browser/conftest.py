"""A real server and a real Chromium for the tests in this folder.

``server`` is the address of the product as the secretary sees it; ``serve(WANGGE_ROLE="worker")``
starts (once a session) and returns another, ``serve(script=...)`` one of a page the tests bring;
``page`` is a fresh desk screen, ``open_page(...)`` another screen; ``seen`` records what all
screens of the test asked for and complained about;
``painted(page)`` waits for the map, ``filled(page)`` for a page with or without one. A missing
browser fails: these tests are never skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

from tests.ports import free_port

ROOT = Path(__file__).parents[2]
NOW = "2026-11-23T13:42:00+08:00"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Streamlit 1.67 asks for these beside a deep link before it falls back to the root; it logs a 404.
PROBES = ("/_stcore/health", "/_stcore/host-config")
PATIENCE = 15_000  # ms until what a screen should come to counts as never come; cores are shared
expect.set_options(timeout=PATIENCE)
STARTS_WITHIN = 60.0  # seconds; generous, the machine may be busy


@dataclass
class Seen:
    """What the screens of one test asked the network for, and their complaints."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        self.requests.append(request.url)

    def message(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        address = (message.location or {}).get("url", "")
        deep = address.split("?")[0].endswith(PROBES) and "404" in message.text
        if not deep:
            self.errors.append(f"{message.text} [{address}]")

    def failure(self, error: Exception) -> None:
        self.errors.append(str(error))

    def foreign(self, base: str) -> list[str]:
        """Return the requests that went to any other host than the one of `base`."""
        own = (base, base.replace("http", "ws", 1), "blob:", "data:", "about:")
        return [url for url in self.requests if not url.startswith(own)]


def start(
    home: Path, extra: dict[str, str], script: str = "app.py", *, port: int = 0
) -> tuple[subprocess.Popen[bytes], str]:
    """Start the product and wait until its port answers; return the process and the address.

    Without a `port` it is given a free one.
    """
    port = port or free_port()
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("WANGGE_", "STREAMLIT_"))}
    env = inherited | {"WANGGE_NOW": NOW, "WANGGE_HOME": str(home)} | extra
    log = (home / "server.log").open("wb")
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT)
    base = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{base}/_stcore/health", timeout=2):
                return process, base
        except (URLError, OSError):
            time.sleep(0.1)
    process.kill()
    pytest.fail(f"The server did not start:\n{(home / 'server.log').read_text()}")


def end(servers: Collection[subprocess.Popen[bytes]]) -> None:
    """End servers at once: an orderly end takes each a second, and no test is after it."""
    for process in servers:
        process.kill()
    for process in servers:
        process.wait()


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Return a function that starts a server for given settings once, and gives its address."""
    running: dict[tuple[object, ...], tuple[subprocess.Popen[bytes], str]] = {}

    def get(*, script: str = "app.py", **extra: str) -> str:
        key = (script, *sorted(extra.items()))
        if key not in running:
            running[key] = start(tmp_path_factory.mktemp("home"), extra, script)
        return running[key][1]

    yield get
    end([process for process, _ in running.values()])


@pytest.fixture(scope="session")
def server(serve: Callable[..., str]) -> str:
    """Return the address of the product as the secretary sees it."""
    return serve()


@pytest.fixture
def cold(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Return a function that starts a server nobody has visited yet, ended after the test."""
    started: list[subprocess.Popen[bytes]] = []

    def get(**extra: str) -> str:
        process, base = start(tmp_path, extra)
        started.append(process)
        return base

    yield get
    end(started)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium; its absence is a failure, for the gate would prove less than it says."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    if path is None:
        pytest.fail("Chromium was not found; `make test` says how to install it.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def seen() -> Seen:
    """Return the record of this test's screens."""
    return Seen()


@pytest.fixture
def open_page(browser: Browser, seen: Seen) -> Iterator[Callable[..., Page]]:
    """Return a function that opens another screen; options go to Playwright's context."""
    contexts = []

    def get(width: int = 1920, height: int = 1080, **options: object) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **options,
        )
        contexts.append(context)
        context.on("request", seen.request)
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.on("console", seen.message)
        page.on("pageerror", seen.failure)
        return page

    yield get
    for context in contexts:
        for screen in context.pages:  # a slowed answer may still be on its way
            screen.unroute_all(behavior="ignoreErrors")
        context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """Return a fresh desk screen of 1920 by 1080."""
    return open_page()


@pytest.fixture
def painted() -> Callable[[Page], Page]:
    """Return a function that waits until the map of a screen is painted."""

    def wait(page: Page) -> Page:
        page.wait_for_selector('[data-testid="map"][data-painted="true"]')
        return page

    return wait


@pytest.fixture
def filled(painted: Callable[[Page], Page]) -> Callable[[Page], Page]:
    """Return a function that waits until any page is filled, its map, if it has one, painted."""

    def wait(page: Page) -> Page:
        page.wait_for_selector('[data-testid="age"], [data-testid="wall-age"]', state="attached")
        page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        page.wait_for_load_state("networkidle")
        return painted(page) if page.locator('[data-testid="map"]').count() else page

    return wait
