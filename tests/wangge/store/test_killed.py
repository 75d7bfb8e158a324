"""Eight processes are killed while they write, again and again: what was confirmed stands."""

from __future__ import annotations

import random

from tests.wangge.store.writers import WRITERS, nursery
from wangge.store.engine import engine_of
from wangge.store.journal import Journal

KILLS = 50
EACH = 5  # kills after which all of the journal is proven, not only its end


def stored(where, *, whole=True):
    """Open the journal as after a crash, prove it `whole`, and return the subject of each key."""
    journal = Journal(engine_of(where))  # proves the end of the chain in any case
    try:
        # The chain, the state folded anew, the photos.
        count = journal.verify() if whole else journal.version()
        with journal.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT key, subject FROM events").all()
        assert len(rows) == count
        return {key or subject.removeprefix("records/"): subject for key, subject in rows}
    finally:
        journal.close()


def test_fifty_kills_take_nothing_that_was_confirmed(where):
    chance = random.Random(50)
    stored(where)
    kept, begun = {}, set()
    with nursery(where) as writers:
        for kill in range(KILLS):
            said = writers.round(kill_after=chance.randint(1, 40))
            kept |= said.kept
            begun |= said.begun
            found = stored(where, whole=kill % EACH == EACH - 1)
            assert kept.items() <= found.items()
            assert found.keys() <= begun
            assert said.begun - said.kept.keys(), "nobody was writing when the kill came"
    assert len(kept) >= KILLS


def test_eight_writers_hinder_nobody(where):
    stored(where)
    with nursery(where) as writers:
        said = writers.round(each=12)
    assert len(said.kept) == WRITERS * 12
    assert stored(where) == said.kept


def test_a_server_that_crashes_keeps_what_it_confirmed(postgres):
    where = postgres.fresh()
    stored(where)
    with nursery(where) as writers:
        said = writers.round(midway=postgres.stop, failing=WRITERS)
        postgres.start()
    assert len(said.kept) >= WRITERS
    assert said.kept.items() <= stored(where).items()
