"""A file that somebody writes over while the journal is in use confirms nothing from then on."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.wangge.store.faulty import refused
from wangge.errors import DamagedError
from wangge.store.backup import back_up
from wangge.store.engine import engine_of
from wangge.store.home import FILE, advice
from wangge.store.restore import restore


def settle(journal, how="TRUNCATE"):
    """Bring all that was written into the file itself."""
    connection = journal.engine.raw_connection()
    connection.cursor().execute(f"PRAGMA wal_checkpoint({how})").fetchall()
    connection.close()


def harm(path, how, other):
    size = path.stat().st_size
    with path.open("r+b") as file:
        match how:
            case "empty":
                file.truncate(0)
            case "half":
                file.truncate(size // 2)
            case "a page less":
                file.truncate(size - 4096)
            case "garbage":
                file.write(os.urandom(size))
            case "longer garbage":
                file.write(os.urandom(2 * size))
            case "zeros":
                file.write(bytes(size))
            case "all but its beginning":
                file.seek(4096)
                file.write(os.urandom(size - 4096))
            case "another journal":
                file.write(other)


HARMS = (
    "empty",
    "half",
    "a page less",
    "garbage",
    "longer garbage",
    "zeros",
    "all but its beginning",
    "another journal",
)


@pytest.mark.parametrize("how", HARMS)
def test_a_file_written_over_in_use(how, sqlite, opened, office_of, tmp_path):
    """What a backup holds comes back."""
    where = tmp_path / "home" / FILE
    office = office_of(sqlite)
    cases = [office.report() for _ in range(5)]
    backup = back_up(sqlite, tmp_path / "home" / "backups", office.now)
    others = office_of(opened(tmp_path / "other" / FILE))
    for _ in range(60):
        others.report(note="长" * 400)
    for journal in (sqlite, others.journal):
        settle(journal)
    assert sqlite.version() == 5
    harm(where, how, (tmp_path / "other" / FILE).read_bytes())
    for attempt in (office.report, office.report, sqlite.version, sqlite.stand, sqlite.verify):
        why = refused(attempt, "nothing more is read or written")
        assert "停止读写" in why.zh
    sqlite.close()
    if how != "another journal":
        with pytest.raises(DamagedError) as caught:
            engine_of(where)
        assert backup.path.name in advice(caught.value, {"WANGGE_HOME": str(where.parent)}).en
    restore(backup.path, where, office.now, office.at("书记").actor)
    again = opened(where)
    assert [row["id"] for row in again.rows("cases")] == [case.id for case in cases]
    assert again.verify()


def test_an_older_journal_copied_over_it_in_use(sqlite, office_of, tmp_path):
    """No smaller, no garbage, the right name: only that what was there is no longer there."""
    where = tmp_path / "home" / FILE
    office = office_of(sqlite)

    def settled():
        settle(sqlite)
        return where.read_bytes()

    office.report()
    older = settled()
    office.report()
    assert len(settled()) == len(older)
    assert sqlite.version() == 2
    with where.open("r+b") as file:
        file.write(older)
    refused(office.report, "moved, replaced or deleted", "Restart", "backups")
    refused(sqlite.version, "moved, replaced or deleted")


def test_what_another_process_brings_into_the_file_is_no_harm(sqlite, opened, office_of, tmp_path):
    """A file also changes when it is in order: here while six threads read and write."""
    where = tmp_path / "home" / FILE
    office, others = office_of(sqlite), office_of(opened(where))
    done = threading.Event()

    def again():
        while not done.is_set():
            settle(others.journal, "PASSIVE")

    desk = replace(office.at("甲"), clock=lambda: office.now)

    def work(number):
        for turn in range(8):
            desk.keep("note", "", {}, key=f"{number} {turn}")
            others.journal.version()
        return True

    with ThreadPoolExecutor(7) as pool:
        settling = pool.submit(again)
        try:
            assert all(pool.map(work, range(6)))
        finally:
            done.set()
        settling.result()
    assert sqlite.verify() == 48
