"""Where the journal is: a folder of one's own, a server, opened once."""

from __future__ import annotations

from pathlib import Path

from wangge.store.home import FILE, ROOT, home, journal_at, place


def test_places():
    assert home({}) == ROOT / "var"
    assert home({"WANGGE_HOME": ""}) == ROOT / "var"
    assert place({"WANGGE_HOME": "/srv/x"}) == str(Path("/srv/x") / FILE)
    assert place({"WANGGE_HOME": "/srv/x", "WANGGE_DB": "postgresql://h/d"}) == "postgresql://h/d"


def test_opened_once(where):
    held = journal_at(str(where))
    assert journal_at(str(where)) is held
    assert held.version() == 0
    held.close()
