"""``postgres`` is a server of its own, started by the first test that asks for it.

It ends with the session; ``postgres.fresh()`` is the address of a new database with PostGIS in it.
A machine without PostgreSQL fails the test, for the gate would prove less than it says.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.pg_server import Postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Start PostgreSQL once."""
    server = Postgres()
    yield server
    server.end()
