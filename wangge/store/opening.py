"""What is looked at before a journal is opened: whether its file is where and as it must be."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from pathlib import Path
from typing import Final

from wangge.errors import DamagedError, JournalError
from wangge.store.engine_faults import DAMAGED
from wangge.text import Text

_MAGIC: Final = b"SQLite format 3\x00"
_MOUNTS: Final = Path("/proc/self/mounts")
_REMOTE: Final = 4  # Windows: a drive of another machine
_NETWORK: Final = re.compile(
    r"9p|afs|beegfs|ceph|cifs|coda|davfs|fuse\.(ceph|davfs|glusterfs|rclone|s3fs|sshfs)|gfs2|gpfs|"
    r"glusterfs|lustre|ncpfs|nfs4?|ocfs2|smb3|smbfs"
)
ON_NETWORK: Final = Text(
    "日志不能放在网络文件系统上（{place}，{kind}）：那里的文件锁不可靠，记录可能丢失。"
    "请把 WANGGE_HOME 设为本机磁盘上的文件夹，或用 WANGGE_DB 指向 PostgreSQL。",
    "The journal cannot live on a network file system ({place}, {kind}): locks are not reliable "
    "there and records may be lost. Set WANGGE_HOME to a folder on a disk of this machine, or "
    "WANGGE_DB to a PostgreSQL server.",
)
NO_FOLDER: Final = Text(
    "不能建立存放日志的文件夹 {place}（{what}）。请检查 WANGGE_HOME 和权限。",
    "The folder of the journal, {place}, cannot be made ({what}). Check WANGGE_HOME and rights.",
)
NO_WRITE: Final = Text(
    "存放日志的 {place} 不能写入：权限不够，或磁盘是只读的。请改权限，或把 WANGGE_HOME 设到别处。",
    "{place}, where the journal is kept, cannot be written to: the rights are missing or the disk "
    "is read-only. Change the rights, or set WANGGE_HOME to another folder.",
)
NO_FILE: Final = Text(
    "日志文件 {place} 不见了，旁边还留着它的一部分（{left}）。请不要删除任何文件。",
    "The journal {place} is gone, and a part of it ({left}) is still there. Delete nothing.",
)


def look(path: Path) -> None:
    """Look at the file `path`, or at where it is to be made, without opening it.

    Raises
    ------
    JournalError
        If it lies on a network file system, cannot be written to, or its folder cannot be made.
    DamagedError
        If it is no database, or what is left of one.
    """
    if kind := network_of(path):
        raise JournalError(ON_NETWORK.fill(place=path.parent, kind=kind))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise JournalError(NO_FOLDER.fill(place=path.parent, what=fault.strerror)) from fault
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise JournalError(NO_WRITE.fill(place=path.parent))
    if path.exists():
        if not os.access(path, os.R_OK | os.W_OK):
            raise JournalError(NO_WRITE.fill(place=path))
        look_inside(path)
        return
    left = path.with_name(f"{path.name}-wal")
    if left.exists():
        raise DamagedError(NO_FILE.fill(place=path, left=left.name))


def look_inside(path: Path) -> None:
    """Look at how the file `path` begins.

    Raises
    ------
    DamagedError
        If it is no database.
    JournalError
        If it may not be read.
    """
    try:
        with path.open("rb") as file:
            whole = file.read(len(_MAGIC)) == _MAGIC
    except OSError as fault:
        raise JournalError(NO_WRITE.fill(place=path)) from fault
    if not whole:
        raise DamagedError(DAMAGED)


def network_of(path: Path) -> str | None:
    """Return the kind of network file system that `path` lies on, or None."""
    if sys.platform == "win32":
        return _windows(path)
    try:
        mounts = _MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:  # no such list here (macOS): nothing is known, nothing is refused
        return None
    return network_in(mounts, path.resolve())


def network_in(mounts: str, path: Path) -> str | None:
    r"""Return the kind of network file system that holds the absolute `path`, or None.

    Parameters
    ----------
    mounts
        Lines as in ``/proc/mounts``: device, mount point (spaces as ``\040``), kind, ...
    path
        Absolute, without links.

    Examples
    --------
    >>> mounts = "/dev/sda1 / ext4 rw 0 0\nnas:/x /srv/our\\040share nfs4 rw 0 0\n"
    >>> network_in(mounts, Path("/srv/our share/home")), network_in(mounts, Path("/srv/our"))
    ('nfs4', None)
    """
    kind, deepest = "", -1
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:  # noqa: PLR2004 - device, mount point, kind
            continue
        point = Path(_unescaped(fields[1]))
        if len(point.parts) >= deepest and (point == path or point in path.parents):
            kind, deepest = fields[2], len(point.parts)  # of two in one place the later holds
    return kind if _NETWORK.fullmatch(kind) else None


def _unescaped(field: str) -> str:
    for code in ("040", "011", "012", "134"):
        field = field.replace(f"\\{code}", chr(int(code, 8)))
    return field


def _windows(path: Path) -> str | None:
    drive = path.absolute().drive
    if drive.startswith("\\\\"):
        return "UNC"
    kernel = getattr(ctypes, "windll", None)
    if kernel is not None and kernel.kernel32.GetDriveTypeW(f"{drive}\\") == _REMOTE:
        return drive
    return None
