"""Case pages over 100,000 cases: what the server spends on the list, one case and the figures."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

from sqlalchemy import select
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from bench._many_cases import NOW, cases, write
from bench._server import ROOT, serving
from wangge.domain.actors import Actor
from wangge.store.desk import Desk
from wangge.store.engine import reading
from wangge.store.files import read
from wangge.store.home import journal_at
from wangge.store.journal_tables import CASES

MANY: Final = 100_000
TIMES: Final = 7
PAGES: Final = (
    ("list", "cases", ""),
    ("list_all", "cases", "tab=all&page=4000"),
    ("search", "cases", "tab=all&q=楼道 供电"),
    ("map", "cases", "show=map"),
    ("one", "case", "id=Z000007"),
    ("figures", "figures", ""),
    ("figures_of_all_by_compound", "figures", "by=compound&months=0"),
)


async def run(socket: ClientConnection, page: str, query: str) -> tuple[float, int]:
    """Ask for one run of a page; return the seconds until it has finished, and the bytes sent."""
    ask = BackMsg()
    ask.rerun_script.query_string = query
    ask.rerun_script.page_name = page
    began, sent = time.perf_counter(), 0
    await socket.send(ask.SerializeToString())
    async for content in socket:
        sent += len(content)
        answer = ForwardMsg.FromString(content if isinstance(content, bytes) else b"")
        if answer.WhichOneof("type") == "script_finished":
            return time.perf_counter() - began, sent
    raise ConnectionError


async def measure(address: str, where: str) -> None:
    """Print what each page takes once warm, and what the first run after a change takes."""
    desk = Desk(journal_at(where), Actor("书记", "secretary"), lambda: NOW)
    async with connect(address, max_size=None, ping_interval=None) as socket:
        first, _ = await run(socket, "cases", "")
        print(f"case_pages_{MANY}_first_run: {first:.2f} s", flush=True)
        for name, page, query in PAGES:
            await run(socket, page, query)
            took = [await run(socket, page, query) for _ in range(TIMES)]
            print(f"case_page_{name}: {statistics.median(t for t, _ in took) * 1e3:.0f} ms")
            print(f"case_page_{name}_sent: {took[-1][1] / 1e3:.0f} kB", flush=True)
        for name, page, query in (PAGES[0], PAGES[5]):
            waits = []
            for turn in range(3):
                values = {"reason": f"{turn}"}
                desk.step(
                    await asyncio.to_thread(_open, where), "say", values=values, key=f"{name}{turn}"
                )
                waits.append((await run(socket, page, query))[0])
            print(
                f"case_page_{name}_after_a_change: {statistics.median(waits) * 1e3:.0f} ms",
                flush=True,
            )


def _open(where: str) -> str:
    """Return the id of a case that is open."""
    wanted = select(CASES.c.id).where(CASES.c.status == "opened").limit(1)
    with reading(journal_at(where).engine) as connection:
        return str(connection.scalar(wanted))


def main() -> None:
    """Write the cases, serve them, print one `name: value unit` a line."""
    held = cases(read(ROOT / "data" / "geo").community, MANY)
    with tempfile.TemporaryDirectory() as home:
        where = write(Path(home), held)
        with serving(WANGGE_HOME=home) as (base, _):
            asyncio.run(measure(f"{base.replace('http', 'ws', 1)}/_stcore/stream", where))
        journal_at(where).close()


if __name__ == "__main__":
    main()
