"""Reads a community from a folder of GeoJSON files and a folder of CSV registers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from wangge.community import Community
from wangge.domain.registers import REGISTERS
from wangge.domain.schema import Table
from wangge.domain.tables import TABLES
from wangge.domain.workdays import Workdays
from wangge.store import catalogue, tables
from wangge.store.checks import check
from wangge.store.decode import load
from wangge.store.faults import Findings
from wangge.store.hazard_rows import of_files
from wangge.store.problems import Problem
from wangge.store.workdays import read_workdays


@dataclass(frozen=True, slots=True)
class Reading:
    """What a folder holds: the usable rows of every table, and a problem for all the rest.

    ``workdays`` is the office's calendar, from the file of the year where there is one.
    """

    community: Community
    problems: tuple[Problem, ...]
    workdays: Workdays = field(default_factory=Workdays)


def read(folder: Path, registers: Path | None = None) -> Reading:
    """Read and check the community kept in `folder`, one ``<table>.geojson`` a table.

    Bad data never raises: a broken file leaves its table empty, a broken feature leaves its row
    out, a broken value is missing, and each of them is a `Problem`.

    Parameters
    ----------
    folder
        Holds the tables with geometry.
    registers
        Holds ``<register>.csv`` and ``workdays.csv``; by default the folder ``register`` beside
        `folder`.

    Returns
    -------
    Reading
        Frames in `METRIC`, indexed by id, dtypes as in `wangge.store.values.DTYPES`.

    Examples
    --------
    >>> [p.code for p in read(Path("/nowhere")).problems]
    ['missing-folder']
    """
    findings = Findings()
    registers = folder.parent / "register" if registers is None else registers
    digest = hashlib.blake2b(digest_size=8)
    frames: dict[str, Any] = {}
    alone = _folder(folder, findings)
    for table in (*TABLES.values(), *REGISTERS.values()):
        path = _path(table, folder, registers)
        frames[table.name] = _table(path, table, digest.update, findings, alone=alone)
    community = Community(version=digest.hexdigest(), **frames)
    workdays = read_workdays(registers, findings)
    mended = check(community, findings)
    hazards = of_files(mended.hazards, mended.compounds, mended.grids)
    mended = replace(mended, hazards=hazards)
    return Reading(mended, findings.listed(catalogue.AND_MORE), workdays)


def _path(table: Table, folder: Path, registers: Path) -> Path:
    return folder / f"{table.name}.geojson" if table.geometry else registers / f"{table.name}.csv"


def _folder(folder: Path, findings: Findings) -> bool:
    """Check the folder itself; True: it holds no table, so that none need be named missing."""
    try:
        held = sorted(p.name for p in folder.iterdir())
    except OSError:
        findings.add(catalogue.MISSING_FOLDER.at("", folder=str(folder)))
        return True
    known = {f"{name}.geojson" for name in TABLES}
    if not known & set(held):
        findings.add(catalogue.EMPTY_FOLDER.at("", folder=str(folder)))
        return True
    for name in held:
        if name.lower().endswith((".geojson", ".json")) and name not in known:
            findings.add(catalogue.UNKNOWN_FILE.at(name, file=name))
    return False


def _table(
    path: Path,
    table: Table,
    digest: Callable[[bytes], None],
    findings: Findings,
    *,
    alone: bool,
) -> object:
    if not path.exists():
        if not alone:
            findings.add(catalogue.MISSING_FILE.at(table.name, file=path.name))
        return tables.empty(table)
    data = load(path, table.name, findings)
    if data is None:
        return tables.empty(table)
    digest(table.name.encode())
    digest(data)
    if table.geometry:
        return tables.layer(data, table, findings)
    return tables.register(data, table, findings)
