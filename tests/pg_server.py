"""A PostgreSQL server for tests and benchmarks: as little of the system as a temporary file."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from tests.ports import free_port

MISSING = (
    "PostgreSQL with PostGIS was not found. `make test` installs it as root; else run:\n"
    "sudo apt install postgresql postgresql-15-postgis-3 (or the number of your PostgreSQL)"
)
STARTS_WITHIN = 30.0  # seconds; generous, the machine may be busy
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",  # the tests end processes, never the machine
    "max_connections": "60",
    "timezone": "Asia/Shanghai",  # a journal in UTC must not care
}


def binaries() -> Path:
    """Return the folder of the newest PostgreSQL here that has PostGIS."""
    found = [
        path
        for path in Path("/usr/lib/postgresql").glob("*/bin")
        if Path(f"/usr/share/postgresql/{path.parent.name}/extension/postgis.control").is_file()
    ]
    if not found:
        raise FileNotFoundError(MISSING)
    return max(found, key=lambda path: float(path.parent.name))


class Postgres:
    """A server on loopback, run by nobody in particular, in a folder of its own."""

    def __init__(self, **settings: str) -> None:
        self.settings = SETTINGS | settings
        self.folder = Path(tempfile.mkdtemp(prefix="wangge-pg-"))
        self.process: subprocess.Popen[bytes] | None = None
        self.port = free_port()
        self.made = 0
        self.user = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
        if self.user:
            shutil.chown(self.folder, self.user, self.user)
        command = ("initdb", "-D", "data", "-U", "wangge", "-A", "trust", "--no-sync", "-E", "UTF8")
        done = self._run(*command, "--locale=C.UTF-8")
        if done.wait():
            msg = f"initdb failed:\n{(self.folder / 'log').read_text()}"
            raise RuntimeError(msg)
        self.start()
        with self._super("postgres") as server:
            server.execute("CREATE DATABASE empty")
        with self._super("empty") as template:
            template.execute("CREATE EXTENSION postgis")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = [part for pair in self.settings.items() for part in ("-c", "=".join(pair))]
        self.process = self._run("postgres", "-D", "data", "-p", str(self.port), *settings)
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                self._super("postgres").close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        msg = f"PostgreSQL did not start:\n{(self.folder / 'log').read_text()}"
        raise RuntimeError(msg)

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """End the server at once, as a crash does (or with SIGINT: in order)."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(STARTS_WITHIN)
            self.process = None

    def fresh(self, *, template: str = "empty") -> str:
        """Return the address of a new database."""
        self.made += 1
        name = f"test{self.made}"
        with self._super("postgres") as server:
            server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.address(name)

    def address(self, name: str) -> str:
        return f"postgresql+psycopg://wangge@127.0.0.1:{self.port}/{name}"

    def end(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _super(self, name: str) -> psycopg.Connection:
        address = f"postgresql://wangge@127.0.0.1:{self.port}/{name}"
        return psycopg.connect(address, autocommit=True)

    def _run(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [binaries() / name, *arguments],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                user=self.user,
                group=self.user,
                extra_groups=[] if self.user else None,
            )
