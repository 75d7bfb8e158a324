"""The journal from the command line: both languages, exit codes, what is told."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from wangge.__main__ import main
from wangge.domain.actors import Actor
from wangge.domain.workdays import PLACE
from wangge.store.backup_names import backups_in
from wangge.store.desk import Desk
from wangge.store.engine import engine_of
from wangge.store.home import located, place
from wangge.store.journal import Journal


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request, tmp_path, monkeypatch):
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path))
    for name in ("WANGGE_DB", "WANGGE_ACTOR", "WANGGE_BACKUPS"):
        monkeypatch.delenv(name, raising=False)
    if request.param == "postgresql":
        monkeypatch.setenv("WANGGE_DB", request.getfixturevalue("postgres").fresh())
    return tmp_path


def note(*keys, at=None):
    """Keep records as the running program would, then end it."""
    import os  # noqa: PLC0415 - read when it is called

    journal = Journal(engine_of(located(place(os.environ))))
    desk = Desk(journal, Actor("书记", "secretary"), lambda: at or datetime.now(PLACE))
    for key in keys:
        desk.keep("note", "", {}, key=key)
    journal.close()


def tamper(path):
    with closing(sqlite3.connect(path)) as held:
        held.execute("DROP TRIGGER events_no_update")
        held.execute("UPDATE events SET actor = '别人' WHERE seq = 1")
        held.commit()


@pytest.mark.parametrize(("lang", "words"), [("zh", "日志完整：2 条"), ("en", "whole: 2 events")])
def test_a_whole_journal(home, capsys, lang, words):
    note("a", "b")
    assert main(["verify", "--lang", lang]) == 0
    assert words in capsys.readouterr().out


def test_a_seal(home, capsys):
    note("a", "b")
    main(["verify"])
    (seal,) = set(re.findall(r"\d+:[0-9a-f]{16}", capsys.readouterr().out))
    note("c")
    assert main(["verify", "--seal", seal]) == 0
    assert main(["verify", "--seal", f"1:{seal[2:]}", "--lang", "en"]) == 1
    assert "was rewritten" in capsys.readouterr().err
    assert main(["verify", "--seal", "here"]) == 3


def test_no_journal(home, capsys):
    assert main(["verify", "--lang", "en"]) == 3
    assert capsys.readouterr().err
    assert not (home / "journal.gpkg").exists()
    assert main(["verify", str(home / "none.gpkg")]) == 3
    assert main(["backup"]) == 3


def test_the_first_bad_row_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path))
    monkeypatch.delenv("WANGGE_DB", raising=False)
    note(*"abc")
    tamper(tmp_path / "journal.gpkg")
    assert main(["verify"]) == 1
    assert "第 1 条记录" in capsys.readouterr().err
    assert main(["verify", "--lang", "en"]) == 1
    assert "Event 1 (" in capsys.readouterr().err
    assert main(["backup"]) == 1


def test_backup_and_back(home, capsys):
    note("a")
    assert main(["backup", "--to", str(home / "disk2")]) == 0
    (made,) = backups_in(home / "disk2")
    assert str(made.path) in capsys.readouterr().out
    assert main(["verify", str(made.path)]) == 0
    note("b")
    assert main(["restore", str(made.path), "--dry-run", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "2 events, the first 1 the same" in told
    assert "the other 1 stay" in told
    assert "rehearsal" in told
    assert main(["verify"]) == 0
    assert "2 条" in capsys.readouterr().out
    assert main(["restore", str(made.path)]) == 0
    assert "移到了" in capsys.readouterr().out
    assert main(["verify"]) == 0
    assert "2 条" in capsys.readouterr().out, "the first, and that it was restored"


def test_backups_go_where_the_environment_says(home, monkeypatch):
    note("a")
    monkeypatch.setenv("WANGGE_BACKUPS", str(home / "usb"))
    assert main(["backup"]) == 0
    assert len(backups_in(home / "usb")) == 1


def test_a_damaged_journal_names_its_backup(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path))
    monkeypatch.delenv("WANGGE_DB", raising=False)
    note("a")
    main(["backup"])
    (made,) = backups_in(tmp_path / "backups")
    (tmp_path / "journal.gpkg").write_bytes(b"broken")
    capsys.readouterr()
    assert main(["verify", "--lang", "en"]) == 1
    assert f'python -m wangge restore "{made.path}"' in capsys.readouterr().err
    assert main(["restore", str(made.path)]) == 0
    assert main(["verify"]) == 0


def test_the_clock(home, capsys):
    now = datetime.now(PLACE)
    assert main(["clock", "--lang", "en"]) == 0
    assert "nothing to accept" in capsys.readouterr().out
    note("a", at=now + timedelta(hours=1))
    assert main(["clock"]) == 0
    assert "--accept" in capsys.readouterr().out
    with pytest.raises(Exception, match="clock --accept"):
        note("b")
    assert main(["clock", "--accept", "--lang", "en"]) == 0
    assert "accepted" in capsys.readouterr().out
    note("b")
    assert main(["verify"]) == 0
    assert main(["clock", "--accept"]) == 0
    assert "不需要" in capsys.readouterr().out
