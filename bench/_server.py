"""A server of the product to measure against, ended when the measurement ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

ROOT: Final = Path(__file__).parents[1]
NOW: Final = "2026-11-23T13:42:00+08:00"
PATIENCE: Final = 60.0  # seconds until a start counts as failed


class StartError(Exception):
    """The server did not answer in time."""


def free_port() -> int:
    """Return a port that is free at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait(url: str, process: subprocess.Popen[bytes]) -> None:
    """Return when `url` answers; raise `StartError` when it does not in time."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(url, timeout=5):  # noqa: S310 - always our own http address
                return
        except (URLError, OSError):
            time.sleep(0.02)
    raise StartError(url)


@contextmanager
def serving(command: tuple[str, ...] = (), **extra: str) -> Iterator[tuple[str, int]]:
    """Serve the product; yield its address and the process id.

    Parameters
    ----------
    command
        What to start, with ``{port}`` where the port goes; default ``streamlit run app.py``.
    **extra
        Further environment variables.
    """
    port = free_port()
    default = (sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "{port}")
    line = [part.format(port=port) for part in command or default]
    with tempfile.TemporaryDirectory() as home:
        env = os.environ | {"WANGGE_NOW": NOW, "WANGGE_HOME": home} | extra
        process = subprocess.Popen(
            line,
            cwd=ROOT,
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            base = f"http://127.0.0.1:{port}"
            wait(f"{base}/_stcore/health", process)
            yield base, process.pid
        finally:
            os.killpg(process.pid, signal.SIGINT)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
