"""Which backups stay: against counting by hand, and the laws of any rotation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from wangge.store.backup_names import Backup, backups_in, name_of, superfluous

START = datetime(2026, 1, 1, 3, tzinfo=UTC)
MOMENTS = st.lists(st.integers(0, 700 * 24), max_size=60, unique=True)


def made(hours):
    return [Backup(START + timedelta(hours=one), one, Path(f"{one}")) for one in hours]


def test_two_years_of_daily_backups():
    kept: list[Backup] = []
    for day in range(730):
        kept += made([24 * day])
        gone = superfluous(kept)
        kept = [one for one in kept if one not in gone]
    days = [one.at.date().isoformat() for one in kept]
    assert days[-7:] == [f"2027-12-{day}" for day in range(25, 32)]
    assert len(kept) == 7 + 6 + 11  # days, further weeks, further months: the last of each
    assert days[0] == "2027-01-31"


@given(MOMENTS)
def test_laws(hours):
    backups = made(hours)
    gone = superfluous(backups)
    kept = [one for one in backups if one not in gone]
    assert superfluous(kept) == [], "what was kept once stays while nothing comes"
    assert not backups or max(backups) in kept
    assert len(kept) <= 7 + 8 + 12
    days = {one.at.date() for one in backups}
    assert {one.at.date() for one in kept} >= set(sorted(days)[-7:])


def test_names_go_there_and_back(tmp_path):
    for at, seq in ((START, 7), (START + timedelta(days=1), 1234567)):
        (tmp_path / name_of(at, seq)).write_bytes(b"")
    for name in ("journal-20261399T000000Z-000001.gpkg", "journal-x.gpkg", ".journal.half", "a"):
        (tmp_path / name).write_bytes(b"")
    assert [(one.at, one.seq) for one in backups_in(tmp_path)] == [
        (START, 7),
        (START + timedelta(days=1), 1234567),
    ]
    assert backups_in(tmp_path / "none") == []
