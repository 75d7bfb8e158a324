"""Writes a golden journal: every kind of event there is, as the program of that day wrote it.

``python -m tests.golden_journal NAME`` adds tests/data/journal/NAME.gpkg.gz and what is known of
it to heads.json.  One that is there is never written again: what it says must be read for ever.
With ``--revision 0001`` its tables are those of that revision, with the same events.

All of it is made up.  Time stands still but for `Story.later`, so that a story told twice is the
same to the last digest.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, insert, inspect, select

from tests.wangge.store.conftest import Folder
from wangge.domain.actors import Actor
from wangge.domain.case_kinds import QUESTIONS
from wangge.domain.cases import Case
from wangge.domain.roles import Role
from wangge.domain.terms import HAZARD_KINDS, SEVERITIES
from wangge.domain.workdays import PLACE
from wangge.store.clock import CLOCK
from wangge.store.desk import Desk, Draft
from wangge.store.engine import engine_of, reading
from wangge.store.first_import import import_hazards, require_own
from wangge.store.inspecting import Finding
from wangge.store.inspecting import inspect as inspected
from wangge.store.journal import Journal
from wangge.store.journal_tables import CASES, EVENTS, PHOTOS, RECORDS
from wangge.store.migrate import HEAD, migrate
from wangge.store.restore import RESTORED

FOLDER = Path(__file__).parent / "data" / "journal"
HEADS = FOLDER / "heads.json"
BEGINS = datetime(2026, 11, 25, 8, tzinfo=PLACE)
TELLS = "“线”老化'; DROP TABLE events; --\n<script>alert(1)</script>\x00\ud800 ﷽ 👩‍🚒 Ω≈ç"
POSTS: Mapping[Role, str] = {
    "secretary": "书记",
    "planner": "规划专干",
    "worker": "第一网格网格员",
}


def jpeg(number: int) -> bytes:
    """Return what is kept like a photo: the journal never looks into one."""
    return b"\xff\xd8\xff\xe0golden " + bytes([number]) * 40 + b"\xff\xd9"


@dataclass
class Story:
    """What happens, told to a journal by its posts."""

    journal: Journal
    now: datetime = BEGINS
    wishes: int = 0
    cases: dict[str, Case] = field(default_factory=dict)

    def later(self) -> datetime:
        self.now += timedelta(minutes=7)
        return self.now

    def desk(self, role: Role = "worker", post: str = "") -> Desk:
        return Desk(self.journal, Actor(post or POSTS[role], role), self.later)

    def key(self) -> str:
        self.wishes += 1
        return f"golden-{self.wishes:03}"

    def report(self, number: int, kind: str, **more: Any) -> Case:
        answers = {one.id: next(iter(one.options), "1") for one in QUESTIONS.get(kind, ())}
        drawn = Draft(
            lon=113.05 + number / 5000,
            lat=36.0504,
            kind=kind,
            severity=tuple(SEVERITIES)[number % len(SEVERITIES)],
            note=TELLS if number == 1 else f"第 {number} 件",
            place="1号楼门口",
            compound_id="C01",
            grid_id="G1",
            asset="streetlights/L001" if kind == "lamp_out" else "",
            answers=answers,
        )
        photos = [jpeg(number)] if number % 2 else []
        return self.desk().report(drawn, key=self.key(), photos=photos)

    def step(self, case: str, role: Role, action: str, post: str = "", **values: Any) -> Case:
        photos = [jpeg(100), jpeg(101)] if action == "handle" else []
        desk = self.desk(role, post)
        return desk.step(case, action, values=values, key=self.key(), photos=photos)


def tell(story: Story, folder: Path) -> None:
    """Tell all of it."""
    community = Folder(folder).read().community
    import_hazards(story.journal, community, story.later())
    require_own(story.journal, community, story.later())
    ids = [story.report(n, kind).id for n, kind in enumerate(HAZARD_KINDS)]
    _through(story, ids)
    _records(story, ids[-1])
    _itself(story)
    story.report(99, next(iter(HAZARD_KINDS)))


def _through(story: Story, ids: list[str]) -> None:
    """Bring cases through every step there is."""
    whole, declined, duplicate, late, *_ = ids
    story.step("Z001", "worker", "say", reason="从文件带来的这一件还在")
    story.step(whole, "planner", "open")
    story.step(whole, "secretary", "dispatch", assignee="区供电公司")
    story.step(whole, "worker", "start")
    story.step(whole, "worker", "handle", cause="私拉乱接", reason="换了 12 米线")
    story.step(whole, "worker", "return", post="第二网格网格员", reason="还有一根")
    story.step(whole, "secretary", "dispatch", assignee="区供电公司")
    for action in ("start", "handle"):
        story.step(whole, "worker", action)
    story.step(whole, "planner", "recheck", cause="线路超期")
    story.step(whole, "secretary", "close")
    story.step(declined, "secretary", "decline", reason=TELLS)
    story.step(duplicate, "planner", "duplicate", original=whole)
    story.step(late, "secretary", "open", due_at=BEGINS + timedelta(days=3))
    story.step(late, "secretary", "extend", reason="等材料", due_at=BEGINS + timedelta(days=9))


def _records(story: Story, seen: str) -> None:
    """Keep each kind of record, replace one, let go of one; inspect and find."""
    desk, planner = story.desk(), story.desk("planner")
    night = {"checked_on": "2026-11-25", "result": "unlit", "lamps_out": ["L001"]}
    for result in ("unlit", "lit"):
        desk.keep("night_check", "alleys/A01", {**night, "result": result}, key="night-1")
    desk.keep("night_check", "alleys/A01", night, key="night-2")
    desk.drop("night-2")
    plan = {"name": "东口补灯", "plan": "v1.add.113.0512.36.0501"}
    planner.keep("scenario", "lighting", plan, key="scenario-1")
    found = Draft(113.0511, 36.0502, "fire_load", next(iter(SEVERITIES)), note="过道堆纸箱")
    findings = {"exits": Finding(found), "wires": Finding(found, repeats=seen)}
    inspected(desk, "shops/P01", "found", findings, key="inspection-1")
    inspected(desk, "shops/P01", "ok", {}, key="inspection-2")


def _itself(story: Story) -> None:
    """Tell what happens to the journal itself: a clock set back, a backup brought back."""
    story.now -= timedelta(hours=1)
    for action, subject, body in (
        ("accept", CLOCK, {"now": "2026-11-25 09:00", "last": "2026-11-25 10:00"}),
        ("restore", RESTORED, {"backup": "journal-20261124T190000Z-000002.gpkg", "lost": 3}),
    ):
        with story.journal.writing(Actor(POSTS["secretary"], "secretary"), story.later()) as book:
            book.add(action, subject, body)


def older(source: Journal, target: Path, revision: str) -> None:
    """Write what `source` holds into new tables of an older revision."""
    engine = create_engine(f"sqlite:///{target}")
    with engine.begin() as made, reading(source.engine) as told:
        migrate(made, revision)
        for table in (EVENTS, CASES, RECORDS, PHOTOS):
            known = {one["name"] for one in inspect(made).get_columns(table.name)}
            wanted = [column for column in table.c if column.name in known]
            for row in told.execute(select(*wanted)).mappings():
                made.execute(insert(table).values(**row))
    engine.dispose()


def write(name: str, revision: str) -> None:
    """Add a golden journal."""
    target = FOLDER / f"{name}.gpkg.gz"
    if target.exists():
        sys.exit(f"{target} is there: a golden journal is never written again. Add another.")
    with tempfile.TemporaryDirectory() as held:
        file = Path(held) / "journal.gpkg"
        journal = Journal(engine_of(file))
        tell(Story(journal), Path(held))
        count = journal.verify()
        head = journal.digest_of(count)
        if revision != HEAD:
            file = Path(held) / "older.gpkg"
            older(journal, file, revision)
        journal.close()
        FOLDER.mkdir(exist_ok=True)
        target.write_bytes(gzip.compress(file.read_bytes(), mtime=0))
    heads = json.loads(HEADS.read_text("utf-8")) if HEADS.exists() else {}
    heads[name] = {"revision": revision, "events": count, "head": head}
    HEADS.write_text(json.dumps(heads, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("name")
    asked.add_argument("--revision", default=HEAD)
    given = asked.parse_args()
    write(given.name, given.revision)
