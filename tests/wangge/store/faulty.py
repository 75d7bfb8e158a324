"""What tests of faults share: what each must say, and what must stand after it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from wangge.errors import JournalError
from wangge.store.engine import engine_of
from wangge.store.journal import Journal

ROOT = Path(__file__).parents[3]
HOLD = """
import sys
from pathlib import Path
from wangge.store.engine import engine_of, writing
with writing(engine_of(sys.argv[1] if "://" in sys.argv[1] else Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.readline()
"""


def refused(attempt, *words, kind=JournalError):
    """Return the error of `attempt`, which must be a whole sentence in both languages."""
    with pytest.raises(kind) as caught:
        attempt()
    why = caught.value.why
    assert why.zh.endswith(("。", "--accept"))
    assert not set("{}") & set(why.zh + why.en)
    assert why.zh != why.en
    for word in words:
        assert word in why.en
    return why


def told(journal):
    """Return all that a journal says."""
    rows = journal.rows("cases")
    events = [one for row in rows for one in journal.events(f"cases/{row['id']}")]
    return journal.verify(), events, rows, journal.rows("records")


def stands(journal, where, acknowledged):
    """Assert that just the cases `acknowledged` are there, now and for who opens it anew."""
    before = told(journal)
    assert [row["id"] for row in before[2]] == [case.id for case in acknowledged]
    journal.close()
    again = Journal(engine_of(where))
    assert told(again) == before
    again.close()


@contextmanager
def held(where) -> Iterator[Callable[[], None]]:
    """Let another process hold the journal until the block ends, or what is yielded is called."""
    command = [sys.executable, "-c", HOLD, str(where)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:

        def let_go():
            other.communicate("\n")
            assert other.returncode == 0

        assert other.stdout.readline() == "held\n"
        try:
            yield let_go
        finally:
            if other.poll() is None:
                let_go()
