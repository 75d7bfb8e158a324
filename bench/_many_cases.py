"""A journal that holds very many cases, written at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
from sqlalchemy import insert

from wangge.community import Community
from wangge.domain.actors import Actor
from wangge.domain.cases import Case
from wangge.domain.causes import CAUSES
from wangge.domain.crs import STORED
from wangge.domain.terms import HAZARD_KINDS, HAZARD_STATUSES, OPEN_STATUSES, SEVERITIES
from wangge.store.case_rows import body_of, row_of
from wangge.store.events import FIRST, Event, canonical, digest, written
from wangge.store.home import FILE, journal_at
from wangge.store.journal_tables import CASES, EVENTS

NOW: Final = datetime(2026, 11, 23, 5, 42, tzinfo=UTC)
YEARS: Final = 3
OPEN: Final = 0.05  # share of cases that are not settled


def cases(community: Community, n: int) -> list[Case]:
    """Return `n` cases of three years in the compounds of `community`, one in twenty open."""
    made = np.random.default_rng(11)
    compounds = community.compounds
    box = compounds.to_crs(STORED).bounds.to_numpy(float)
    settled = sorted(set(HAZARD_STATUSES) - set(OPEN_STATUSES))
    found = []
    for number in range(n):
        at = int(made.integers(len(compounds)))
        west, south, east, north = box[at]
        kind, severity = (str(made.choice(list(w))) for w in (HAZARD_KINDS, SEVERITIES))
        waits = made.random() < OPEN
        status = str(made.choice(OPEN_STATUSES if waits else settled))
        began = NOW - timedelta(days=float(made.uniform(0, 12 if waits else 365 * YEARS)))
        done = None if waits else min(began + timedelta(days=float(made.gamma(2, 2))), NOW)
        found.append(
            Case(
                id=f"Z{number:06}",
                lon=float(made.uniform(west, east)),
                lat=float(made.uniform(south, north)),
                kind=kind,
                severity=severity,
                status=status,
                reported_at=began,
                reported_by="第五网格网格员",
                due_at=began + timedelta(days=float(made.integers(1, 15))),
                handled_at=done,
                closed_at=done,
                assignee="区供电公司" if made.random() < 0.5 else "",  # noqa: PLR2004
                compound_id=str(compounds.index[at]),
                grid_id=str(compounds["grid_id"].iloc[at]),
                note="楼道堆放杂物，通行不便",
                cause=str(made.choice(list(CAUSES[kind]))) if done else "",
            )
        )
    return found


def write(home: Path, held: list[Case]) -> str:
    """Write `held` into a new journal in the folder `home`, as if imported; return where it is."""
    where = str(home / FILE)
    journal = journal_at(where)
    with journal.writing(Actor("首次导入", "secretary"), NOW) as book:
        previous, events = FIRST, []
        for seq, case in enumerate(held, start=1):
            plain = Event(
                seq=seq,
                at=written(NOW),
                actor=book.actor.post,
                role=book.actor.role,
                action="import",
                subject=f"cases/{case.id}",
                body=canonical({"case": body_of(case)}),
                previous=previous,
                hash="",
            )
            sealed = replace(plain, hash=digest(plain))
            previous = sealed.hash
            events.append(_columns(sealed))
        book.connection.execute(insert(EVENTS), events)
        book.connection.execute(
            insert(CASES), [row_of(one, seq) for seq, one in enumerate(held, start=1)]
        )
    journal.close()
    return where


def _columns(event: Event) -> dict[str, Any]:
    return {column.name: getattr(event, column.name) for column in EVENTS.c}
