"""How long `make run` takes, with everything installed, until the port answers."""

from __future__ import annotations

import statistics
import time
from typing import Final

from bench._server import serving

TIMES: Final = 3


def once() -> float:
    """Return the seconds one start takes."""
    began = time.perf_counter()
    with serving(("make", "run", "PORT={port}")):
        return time.perf_counter() - began


if __name__ == "__main__":
    print(f"make_run_until_port_answers: {statistics.median(once() for _ in range(TIMES)):.2f} s")
