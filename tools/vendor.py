"""Bring the pinned browser libraries into the repository: ``make vendor`` runs this.

Each package is packed by npm, its archive compared with the digest written below, and only the
files a browser needs are kept, under a folder that carries the version. The result is committed:
a user's machine never runs npm. ``vendored.json`` beside the folders records what lies there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

TARGET: Final = Path(__file__).parents[1] / "layers" / "_assets"
RECORD: Final = "vendored.json"


@dataclass(frozen=True, slots=True)
class Package:
    """One npm package: the archive's digest, its licence and the files we keep."""

    name: str
    version: str
    sha256: str
    licence: str
    files: tuple[str, ...]  # inside the archive; kept flat

    @property
    def folder(self) -> str:
        """Name the folder the files lie in; the version in it makes the address immutable."""
        return f"{self.name}-{self.version}"


PACKAGES: Final = (
    Package(
        name="leaflet",
        version="1.9.4",
        sha256="84c65a256e50657896f54c33bd857b6849ebe94c817803be818bf32a3dde0b77",
        licence="BSD-2-Clause",
        files=("dist/leaflet.js", "dist/leaflet.css", "LICENSE"),
    ),
)


class VendorError(Exception):
    """An archive or a file is not what this script expects."""


def digest(path: Path) -> str:
    """Return the sha256 of a file in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def record(packages: tuple[Package, ...] = PACKAGES, target: Path = TARGET) -> str:
    """Return the text of ``vendored.json`` for the files as they lie in `target`."""
    listed = [
        {
            "name": one.name,
            "version": one.version,
            "licence": one.licence,
            "archive_sha256": one.sha256,
            "files": {path.name: digest(path) for path in sorted((target / one.folder).iterdir())},
        }
        for one in packages
    ]
    return json.dumps(listed, indent=2) + "\n"


def fetch(package: Package, target: Path = TARGET) -> None:
    """Pack `package` with npm, check it, and replace its folder in `target`.

    Raises
    ------
    VendorError
        If npm is missing or the archive differs from the pinned digest.
    """
    npm = shutil.which("npm")
    if npm is None:
        msg = "npm is needed to fetch the browser libraries; the committed copies work without it."
        raise VendorError(msg)
    with tempfile.TemporaryDirectory() as place:
        wanted = f"{package.name}@{package.version}"
        subprocess.run([npm, "pack", "--silent", wanted], cwd=place, check=True)  # noqa: S603  # the arguments are constants above
        (archive,) = Path(place).glob("*.tgz")
        if digest(archive) != package.sha256:
            msg = f"{wanted}: the archive is not the pinned one ({digest(archive)})."
            raise VendorError(msg)
        folder = target / package.folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with tarfile.open(archive) as packed:
            for name in package.files:
                member = packed.extractfile(f"package/{name}")
                if member is None:
                    msg = f"{wanted} holds no file {name}."
                    raise VendorError(msg)
                (folder / Path(name).name).write_bytes(member.read())


def stale(target: Path = TARGET) -> bool:
    """Tell whether the committed files differ from what was recorded when they were fetched."""
    return (target / RECORD).read_text("utf-8") != record(target=target)


def main(argv: list[str] | None = None) -> int:
    """Fetch every package, or with ``--check`` only compare the committed files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="compare, fetch nothing")
    if parser.parse_args(argv).check:
        return int(stale())
    for package in PACKAGES:
        fetch(package)
    (TARGET / RECORD).write_text(record(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
