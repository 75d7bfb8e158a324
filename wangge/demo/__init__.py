"""The generator of the demo community; everything it makes is synthetic."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from wangge.demo.community import geo_tables, settle_all
from wangge.demo.registers import register_tables
from wangge.demo.write import write_register, write_table

SEED: Final = 7
TODAY: Final = date(2026, 11, 23)


def generate(folder: Path, registers: Path, *, seed: int = SEED, today: date = TODAY) -> None:
    """Write the demo community: GeoJSON tables into `folder`, CSV files into `registers`.

    The same seed and day give the same bytes. Existing files of the same names are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    registers.mkdir(parents=True, exist_ok=True)
    life = settle_all(seed, today)
    for name, rows in geo_tables(life, today).items():
        write_table(folder, name, rows)
    for name, lines in register_tables(life).items():
        write_register(registers, name, lines)
