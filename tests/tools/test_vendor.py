"""The browser libraries are the pinned ones, and none but them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import vendor


def test_the_committed_files_are_what_was_fetched():
    assert not vendor.stale()


def test_a_changed_file_is_noticed(tmp_path):
    (tmp_path / vendor.RECORD).write_text((vendor.TARGET / "vendored.json").read_text())
    for package in vendor.PACKAGES:
        folder = tmp_path / package.folder
        folder.mkdir()
        for path in (vendor.TARGET / package.folder).iterdir():
            (folder / path.name).write_bytes(path.read_bytes())
    assert not vendor.stale(tmp_path)
    (folder / "LICENSE").write_text("other")
    assert vendor.stale(tmp_path)


def test_another_archive_is_refused(tmp_path, monkeypatch):
    def pack(_, cwd, **__):
        (Path(cwd) / "leaflet.tgz").write_bytes(b"not the archive")

    monkeypatch.setattr(vendor.subprocess, "run", pack)
    monkeypatch.setattr(vendor.shutil, "which", lambda _: "npm")
    with pytest.raises(vendor.VendorError, match="not the pinned one"):
        vendor.fetch(vendor.PACKAGES[0], tmp_path)


def test_every_package_brings_its_licence():
    for package in vendor.PACKAGES:
        assert (vendor.TARGET / package.folder / "LICENSE").stat().st_size > 500
