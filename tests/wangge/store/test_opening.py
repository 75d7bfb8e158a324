"""A journal that cannot be relied on is not opened, and the sentence says what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wangge.errors import DamagedError, JournalError
from wangge.store import opening
from wangge.store.engine import engine_of
from wangge.store.home import FILE, advice, journal_at
from wangge.store.opening import look, network_in, network_of

MOUNTS = """\
proc /proc proc rw 0 0
/dev/sda1 / ext4 rw 0 0
nas:/export /srv/share nfs4 rw 0 0
//pc/x /srv/our\\040files cifs rw 0 0
/dev/sdb1 /srv/share/local ext4 rw 0 0
x /mnt/c 9p rw 0 0
me@far: /home/me/far fuse.sshfs rw 0 0
broken line
"""


@pytest.fixture
def file(office_of, opened, tmp_path) -> Path:
    """A journal of three events, closed."""
    journal = opened(tmp_path / FILE)
    office = office_of(journal)
    for _ in range(3):
        office.report()
    journal.close()
    return tmp_path / FILE


def refused(path, kind=JournalError):
    with pytest.raises(kind) as caught:
        engine_of(path)
    why = caught.value.why
    assert why.zh.endswith("。")
    assert why.en.endswith(".")
    return caught.value


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/wangge", None),
        ("/srv/share", "nfs4"),
        ("/srv/share/deep/wangge", "nfs4"),
        ("/srv/shared", None),
        ("/srv/share/local/wangge", None),
        ("/srv/our files/wangge", "cifs"),
        ("/mnt/c/wangge", "9p"),
        ("/home/me/far/x", "fuse.sshfs"),
    ],
)
def test_network_file_systems(path, kind):
    assert network_in(MOUNTS, Path(path)) == kind


def test_a_later_mount_in_the_same_place_holds():
    assert network_in("a /x nfs rw 0 0\nb /x ext4 rw 0 0\n", Path("/x/y")) is None


def test_none_on_a_network(tmp_path, monkeypatch):
    (tmp_path / "mounts").write_text(f"nas:/x {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(opening, "_MOUNTS", tmp_path / "mounts")
    fault = refused(tmp_path / "home" / FILE)
    assert "nfs4" in fault.why.en
    assert "WANGGE_HOME" in fault.why.en
    assert not (tmp_path / "home").exists()
    monkeypatch.setattr(opening, "_MOUNTS", tmp_path / "none")
    assert network_of(tmp_path) is None


def test_a_windows_share(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(Path, "drive", "\\\\server\\share", raising=False)
    assert network_of(tmp_path) == "UNC"


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    assert "cannot be made" in refused(tmp_path / "file" / FILE).why.en


@pytest.mark.parametrize("which", ["folder", "file"])
def test_no_permission(file, which, monkeypatch):
    """Root may do anything: so the answer of the system is made up."""
    path = file.parent if which == "folder" else file
    real = os.access
    monkeypatch.setattr(os, "access", lambda p, mode: Path(p) != path and real(p, mode))
    assert "cannot be written to" in refused(file).why.en


def test_a_new_journal_leaves_nothing_but_itself(tmp_path):
    engine_of(tmp_path / "home" / FILE).dispose()
    assert [path.name for path in (tmp_path / "home").iterdir()] == [FILE]


def harm(path, how):
    size = path.stat().st_size
    match how:
        case "empty":
            path.write_bytes(b"")
        case "text":
            path.write_text("这不是数据库" * 100)
        case "half":
            os.truncate(path, size // 2)
        case "one page less":
            os.truncate(path, size - 4096)
        case "zeros":
            with path.open("r+b") as file:
                file.seek(4096)
                file.write(bytes(4096 * 8))
        case _:
            path.unlink()
            path.with_name(f"{path.name}-wal").write_bytes(b"left")


@pytest.mark.parametrize("how", ["empty", "text", "half", "one page less", "zeros", "gone"])
def test_a_damaged_file(file, how, tmp_path):
    harm(file, how)
    left = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    fault = refused(file, DamagedError)
    told = advice(fault, {"WANGGE_HOME": str(tmp_path)})
    assert "No backup was found" in told.en
    kept = tmp_path / "backups"
    kept.mkdir()
    for name in ("journal-20261124T190000Z-000002.gpkg", "journal-20261123T190000Z-000001.gpkg"):
        (kept / name).write_bytes(b"")
    told = advice(fault, {"WANGGE_HOME": str(tmp_path)})
    for text in (told.zh, told.en):
        assert f'python -m wangge restore "{kept}/journal-20261124T190000Z-000002.gpkg"' in text
    for name, content in left.items():
        if not name.endswith("-shm"):
            assert (tmp_path / name).read_bytes() == content, "looking changes nothing"


def test_a_journal_that_is_gone_though_backups_are_there(file, tmp_path):
    file.unlink()
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "journal-20261124T190000Z-000002.gpkg").write_bytes(b"")
    with pytest.raises(DamagedError, match="is gone"):
        journal_at(str(file), {"WANGGE_HOME": str(tmp_path)})
    assert not file.exists()


def test_a_changed_last_event_is_seen_at_once(file):
    """The whole chain is walked by `verify`; the start looks at its end."""
    done = subprocess.run(
        [sys.executable, "-c", CHANGE, str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Event 3 (" in refused(file, JournalError).why.en


CHANGE = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1])
held.execute("DROP TRIGGER events_no_update")
held.execute("UPDATE events SET actor = 'x' WHERE seq = 3")
held.commit()
"""


def test_looking_alone_opens_nothing(file):
    look(file)
    assert [path.name for path in file.parent.iterdir()] == [FILE]
