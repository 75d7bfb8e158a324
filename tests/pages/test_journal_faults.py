"""A step that the journal cannot take is told in its sentence; what was typed stays in the form."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from tests.pages import journaled
from tests.pages.journaled import again, said
from tests.wangge.store.faulty import held
from wangge.errors import JournalError
from wangge.store import engine as engines
from wangge.store.desk import Draft
from wangge.store.dossier import dossier
from wangge.store.home import journal_at

SEEN = Draft(
    113.0494, 36.0502, "old_wiring", "较大", "三单元电线裸露", compound_id="C19", grid_id="G5"
)
WORDS = "“请物业先断电”，三单元的人都在等。" * 20


@pytest.fixture
def page(where, monkeypatch):
    """A case, and its page with a message typed there."""
    monkeypatch.setattr(engines, "_wait", lambda: 0.3)
    ident = journaled.ticking(where, "worker").report(SEEN, key="r").id
    run = journaled.start("case", where, id=ident)
    run.menu_button(key="case_doors").set_value("say")
    again(run)
    (area,) = [one for one in run.text_area if one.key.startswith("case_reason_")]
    area.set_value(WORDS)
    return ident, run


def press(run):
    (button,) = [one for one in run.button if one.key.startswith("take_say_")]
    button.click()
    return again(run)


def messages(where, ident):
    return [one.values["reason"] for one in dossier(journal_at(where), ident).events[1:]]


def kept(run):
    return [one.value for one in run.text_area if one.key.startswith("case_reason_")]


def test_held_by_another_program(where, page):
    ident, run = page
    with held(where):
        press(run)
        assert "另一个程序一直占着日志" in run.warning[0].value
        assert kept(run) == [WORDS]
        assert messages(where, ident) == []
    press(run)
    assert "已办：留言" in said(run)
    assert messages(where, ident) == [WORDS]


def test_a_full_disk(where, page):
    ident, run = page
    engine = journal_at(where).engine
    room = [1]  # SQLite takes what the file has already

    def narrow(connection, _):
        connection.execute(f"PRAGMA max_page_count={room[0]}")

    event.listen(engine, "connect", narrow)
    engine.dispose()
    before = filled(where, ident)
    press(run)
    assert "磁盘已满" in run.warning[0].value
    assert kept(run) == [WORDS]
    room[0] = 1_000_000
    engine.dispose()
    press(run)
    assert messages(where, ident) == [*before, WORDS]


def filled(where, ident):
    """Say something short until there is room nowhere; return what was said."""
    desk, told, full = journaled.desk(where, "worker"), [], 0
    while full < 10:  # one may find room in the one index where another does not
        try:
            desk.step(ident, "say", values={"reason": "喂"}, key=f"{full} of {len(told)}")
        except JournalError:
            full += 1
        else:
            told.append("喂")
            full = 0
    return told
