"""Fifty wall screens all drawn anew every five seconds, as after a change: waits and memory."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from pathlib import Path
from typing import Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from bench._server import serving

SCREENS: Final = 50
EVERY: Final = 5.0  # seconds between two refreshes of one screen
ROUNDS: Final = 5
PAGE: Final = "wall"
PATIENCE: Final = 60.0  # seconds after which a refresh counts as failed


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process in MB (Linux)."""
    for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return float("nan")


async def refresh(socket: ClientConnection) -> float:
    """Ask for one run of the page; return the seconds until it has finished."""
    ask = BackMsg()
    ask.rerun_script.query_string = ""
    ask.rerun_script.page_name = PAGE
    began = time.perf_counter()
    await socket.send(ask.SerializeToString())
    async with asyncio.timeout(PATIENCE):
        async for content in socket:
            answer = ForwardMsg.FromString(content if isinstance(content, bytes) else b"")
            if answer.WhichOneof("type") == "script_finished":
                return time.perf_counter() - began
    raise ConnectionError


async def screen(address: str, delay: float) -> list[float]:
    """Open one screen after `delay` seconds, refresh it; return its waits after the first."""
    await asyncio.sleep(delay)
    waits = []
    async with connect(address, max_size=None, ping_interval=None) as socket:
        for _ in range(ROUNDS + 1):
            took = await refresh(socket)
            waits.append(took)
            await asyncio.sleep(max(0.0, EVERY - took))
    return waits[1:]


async def all_screens(address: str) -> list[float]:
    """Run every screen at once, their starts spread over one interval; return all waits."""
    spread = random.Random(0)  # noqa: S311 - not a secret
    waits = [screen(address, spread.uniform(0, EVERY)) for _ in range(SCREENS)]
    return [one for of_screen in await asyncio.gather(*waits) for one in of_screen]


def measure(label: str, *, collect: bool) -> None:
    """Print the figures with Streamlit's own garbage collection after each run, or without."""
    with serving(STREAMLIT_RUNNER_POST_SCRIPT_GC=str(collect).lower()) as (base, pid):
        address = f"{base.replace('http', 'ws', 1)}/_stcore/stream"
        waits = asyncio.run(all_screens(address))
        held = resident_mb(pid)
    cuts = statistics.quantiles(waits, n=20)
    print(f"screens_{SCREENS}_{label}_median: {statistics.median(waits) * 1e3:.0f} ms")
    print(f"screens_{SCREENS}_{label}_p95: {cuts[-1] * 1e3:.0f} ms")
    print(f"screens_{SCREENS}_{label}_memory: {held:.0f} MB", flush=True)


if __name__ == "__main__":
    measure("gc_off", collect=False)
    measure("gc_on", collect=True)
