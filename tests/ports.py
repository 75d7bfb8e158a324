"""Ports for servers that tests start."""

from __future__ import annotations

import random
import socket

import pytest


def free_port() -> int:
    """Return a port nobody listens on, below the range systems hand out by themselves."""
    for port in random.sample(range(20_000, 32_000), 50):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    pytest.fail("No free port between 20000 and 32000.")
