"""Reads the file of the year: which days the State Council's notice gives off or has worked."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from wangge.domain.workdays import WORKDAYS, Workdays
from wangge.store.catalogue_places import DAY_TWICE
from wangge.store.decode import load
from wangge.store.faults import Findings
from wangge.store.tables import register

FILE: Final = "workdays.csv"


def read_workdays(registers: Path, findings: Findings) -> Workdays:
    """Return the calendar that ``workdays.csv`` in `registers` gives; without one, the library's.

    Parameters
    ----------
    registers
        The folder of registers; the file has columns ``date`` (YYYY-MM-DD), ``kind`` (``off`` or
        ``work``) and ``note``.
    findings
        Takes a problem for each row that cannot be used; the others count.

    Examples
    --------
    >>> read_workdays(Path("/nowhere"), Findings()) == Workdays()
    True
    """
    path = registers / FILE
    data = load(path, WORKDAYS.name, findings) if path.exists() else None
    if data is None:
        return Workdays()
    held = register(data, WORKDAYS, findings, numbered=True).dropna(subset=["date", "kind"])
    days = {
        kind: frozenset(stamp.date() for stamp in held["date"][held["kind"] == kind])
        for kind in ("off", "work")
    }
    for day in sorted(days["off"] & days["work"]):
        lines = held.index[held["date"].dt.date == day]
        findings.add(DAY_TWICE.at(WORKDAYS.name, lines[-1], "date", day=day.isoformat()))
    both = days["off"] & days["work"]
    return Workdays(days["off"] - both, days["work"] - both)
