"""What fails while the journal is in use is a sentence, and takes nothing that was acknowledged.

Each fault is a real one, brought about from outside; only where the machine does not let us (no
root) does the database itself play it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event

from tests.wangge.store.faulty import held, refused, stands
from wangge.store import engine as engines
from wangge.store.desk import Draft
from wangge.store.engine import engine_of
from wangge.store.home import FILE

NOBODY = 65534
PHOTO = 60_000  # bytes, of no pattern: nothing can make them smaller
SIGHT = Draft(113.05, 36.05, "old_wiring", "一般", note="楼道电线老化")
KEPT = "What was confirmed before is safe"


# Disk full


@dataclass
class Disk:
    """A journal on a disk that is soon full, and what makes room there again."""

    where: Path | str
    grow: Callable[[], None]


@contextmanager
def mounted(size, owner=None) -> Iterator[Path | None]:
    """Yield a folder that is a disk of `size`, None where this machine lets nobody make one."""
    folder = Path(tempfile.mkdtemp(prefix="wangge-disk-"))
    made = False
    try:
        if os.geteuid() == 0:
            command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
            made = subprocess.run(command, capture_output=True, check=False).returncode == 0
        if made and owner:
            shutil.chown(folder, owner, owner)
        yield folder if made else None
    finally:
        if made:
            subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()


def resize(folder, size):
    subprocess.run(["mount", "-o", f"remount,size={size}", str(folder)], check=True)


def pages(monkeypatch, where) -> Disk:
    """A file that may have no more than so many pages, as SQLite counts."""
    most = [60]

    def narrow(connection, _):
        connection.execute(f"PRAGMA max_page_count={most[0]}")

    made = engines._sqlite

    def held(path):
        engine = made(path)
        event.listen(engine, "connect", narrow)
        return engine

    def grow():
        most[0] = 1_000_000

    monkeypatch.setattr(engines, "_sqlite", held)
    return Disk(where, grow)


def narrow_table(postgres, where, folder) -> Disk:
    """A database whose photos have a small disk of their own, or are refused as if they had."""
    address = where.replace("+psycopg", "")

    def run(*statements):
        with psycopg.connect(address, autocommit=True) as server:
            for statement in statements:
                server.execute(statement)

    engine_of(where).dispose()
    if folder:
        name = f"small{postgres.made}"
        run(f"CREATE TABLESPACE {name} LOCATION '{folder}'")
        run(f"ALTER TABLE photos SET TABLESPACE {name}")
        return Disk(where, lambda: resize(folder, "64m"))
    run(
        """CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF (SELECT count(*) FROM photos) > 4 THEN
            RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full';
        END IF; RETURN NEW; END $$""",
        "CREATE TRIGGER full_disk BEFORE INSERT ON photos "
        "FOR EACH ROW EXECUTE FUNCTION full_disk()",
    )
    return Disk(where, lambda: run("DROP TRIGGER full_disk ON photos"))


@pytest.fixture(params=["disk", "pages", "postgresql"])
def disk(request, tmp_path, monkeypatch) -> Iterator[Disk]:
    """Return a journal on a disk of two megabytes, or what comes nearest to one."""
    if request.param == "pages":
        yield pages(monkeypatch, tmp_path / FILE)
        return
    if request.param == "disk":
        with mounted("2m") as folder:
            if folder:
                yield Disk(folder / FILE, lambda: resize(folder, "64m"))
            else:
                yield pages(monkeypatch, tmp_path / FILE)
        return
    postgres = request.getfixturevalue("postgres")
    with mounted("2m", postgres.user) as folder:
        where = postgres.fresh()
        yield narrow_table(postgres, where, folder)
        if folder:  # nothing may be left on a disk that goes away
            address = postgres.address("postgres").replace("+psycopg", "")
            name = where.rpartition("/")[2]
            with psycopg.connect(address, autocommit=True) as server:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")
                server.execute(f"DROP TABLESPACE small{postgres.made}")


def test_a_full_disk(disk, opened, office_of):
    journal = opened(disk.where)
    office = office_of(journal)
    acknowledged = []

    def more():
        photo = os.urandom(PHOTO)
        desk = office.at("甲")
        acknowledged.append(desk.report(SIGHT, key=f"k{len(acknowledged)}", photos=[photo]))

    why = refused(lambda: [more() for _ in range(100)], "disk is full", KEPT, "Free some space")
    assert "磁盘已满" in why.zh
    assert acknowledged
    for _ in range(2):
        refused(more, "disk is full")
    stands(journal, disk.where, acknowledged)
    disk.grow()
    journal.engine.dispose()  # SQLite counts its pages by connection
    more()
    stands(journal, disk.where, acknowledged)
    assert journal.photo(journal.events(f"cases/{acknowledged[-1].id}")[0].values["photos"][0])


# Read-only


@contextmanager
def nobody() -> Iterator[None]:
    """Be a user who owns nothing: root may write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.setresgid(NOBODY, NOBODY, 0)
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
        os.setresgid(0, 0, 0)


@pytest.fixture
def everybodys() -> Iterator[Path]:
    """Return a journal that anybody may open, unlike in a folder of pytest's."""
    folder = Path(tempfile.mkdtemp(prefix="wangge-home-"))
    engine_of(folder / FILE).dispose()
    allow(folder, 0o777)
    yield folder / FILE
    shutil.rmtree(folder)


def allow(folder, mode):
    """Let nobody, or everybody, write to a folder and what is in it."""
    for path in folder.iterdir():
        path.chmod(mode & 0o666)
    folder.chmod(mode)


@pytest.mark.parametrize("which", ["folder", "file"])
def test_what_becomes_read_only(which, everybodys, opened, office_of):
    folder = everybodys.parent
    with nobody():
        journal = opened(everybodys)
        office = office_of(journal)
        acknowledged = [office.report(), office.report()]
        journal.close()  # what has the file open already may go on writing
    if which == "folder":
        allow(folder, 0o555)
    else:
        everybodys.chmod(0o444)
    with nobody():
        for _ in range(2):
            refused(office.report, "cannot be written to", KEPT, "Check permissions")
        if which == "file":
            assert journal.version() == 2
        journal.close()
        refused(lambda: engine_of(everybodys), "cannot be written to", "WANGGE_HOME")
    allow(folder, 0o777)
    with nobody():
        acknowledged.append(office.report())
        stands(journal, everybodys, acknowledged)


def test_a_database_that_becomes_read_only(postgres, opened, office_of):
    where = postgres.fresh()
    journal = opened(where)
    office = office_of(journal)
    case = office.report()
    name = where.rpartition("/")[2]

    def only(setting):
        address, write = where.replace("+psycopg", ""), "-c default_transaction_read_only=off"
        with psycopg.connect(address, autocommit=True, options=write) as server:
            server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = {setting}")
        journal.engine.dispose()

    only("on")
    refused(office.report, "read-only", KEPT, "Check permissions")
    assert journal.verify() == 1
    only("off")
    stands(journal, where, [case, office.report()])


# Held by another program


def test_another_holds_it_for_too_long(where, opened, office_of, monkeypatch):
    monkeypatch.setattr(engines, "_wait", lambda: 0.3)
    journal = opened(where)
    office = office_of(journal)
    case, desk = office.report(), office.at("甲")
    with held(where):
        for _ in range(2):
            why = refused(
                lambda: desk.report(SIGHT, key="mine"), "for too long", KEPT, "Try again later"
            )
        assert "QGIS" in why.zh
        assert [row["id"] for row in journal.rows("cases")] == [case.id], "reading goes on"
    late = desk.report(SIGHT, key="mine")
    assert desk.report(SIGHT, key="mine") == late
    stands(journal, where, [case, late])


def test_let_go_just_in_time(where, opened, office_of):
    office = office_of(opened(where))
    with held(where) as let_go, ThreadPoolExecutor(1) as pool:
        waits = pool.submit(office.report)
        with pytest.raises(TimeoutError):
            waits.result(0.5)
        let_go()
        case = waits.result(30)
    stands(office.journal, where, [case])


# The clock


def test_a_clock_set_back_an_hour(office, where):
    case = office.report()
    then = office.now
    office.now -= timedelta(hours=1)
    why = refused(office.report, "stands before the last event", "was not stored", "clock --accept")
    for moment in ("2026-11-25 00:02", "2026-11-25 01:01"):
        assert moment in why.zh
    refused(lambda: office.step(case, "书记", "open"), "clock")
    refused(lambda: office.at("甲").keep("note", "", {}, key="n"), "clock")
    stands(office.journal, where, [case])
    office.now = then
    stands(office.journal, where, [case, office.report()])


def test_two_clocks_that_differ_a_little(office, where):
    case = office.report()
    office.now -= timedelta(minutes=2)
    stands(office.journal, where, [case, office.report()])


# A server that stops


@pytest.mark.parametrize("how", [signal.SIGQUIT, signal.SIGINT], ids=["crash", "in order"])
def test_a_server_that_stops_and_comes_back(how, postgres, opened, office_of):
    where = postgres.fresh()
    journal = opened(where)
    office = office_of(journal)
    first = office.report()
    desk = office.at("甲")

    def half():
        with journal.writing(desk.actor, office.tick()) as book:
            book.add("keep", "records/half", {"kind": "note", "about": "", "body": {}})
            postgres.stop(how)

    try:
        refused(half, "cannot be reached", "not confirmed", KEPT, "Try again later")
        for attempt in (lambda: desk.report(SIGHT, key="mine"), journal.version, journal.verify):
            refused(attempt, "cannot be reached", KEPT)
        refused(lambda: engine_of(where), "cannot be reached")
    finally:
        postgres.start()
    second = desk.report(SIGHT, key="mine")
    assert journal.rows("records") == []
    stands(journal, where, [first, second])


def test_a_server_that_stops_while_it_is_told_to_keep(postgres, opened, office_of):
    """Whether it was stored nobody knows: the same wish finds its own case, or makes it."""
    where = postgres.fresh()
    journal = opened(where)
    desk = office_of(journal).at("甲")

    def lost(_):
        if postgres.process:
            postgres.stop()

    stored = desk.report(SIGHT, key="mine")
    event.listen(journal.engine, "commit", lost)
    try:
        refused(lambda: desk.report(SIGHT, key="other"), "cannot be reached", "not confirmed")
    finally:
        event.remove(journal.engine, "commit", lost)
        postgres.start()
    assert desk.report(SIGHT, key="mine") == stored
    stands(journal, where, [stored, desk.report(SIGHT, key="other")])
