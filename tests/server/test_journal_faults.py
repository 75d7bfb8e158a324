"""What a phone and a page are told while the journal cannot be used, and that nothing is lost."""

from __future__ import annotations

import os

import pytest
from sqlalchemy import event
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from server import health, photos, pulse
from tests.wangge.store.faulty import held
from wangge.store import engine as engines
from wangge.store import present
from wangge.store.home import FILE

AGAIN = "重试不会重复登记"


def cases():
    return [row["id"] for row in present.journal(os.environ).rows("cases")]


def waits(reporting, wish, word):
    """Assert that a phone is told to keep what it has, in both languages, and try again."""
    answer = reporting.post("/report/send", json=wish)
    assert answer.status_code == 503, "anything below 500 makes the phone give it back"
    assert answer.headers["cache-control"] == "no-store"
    assert word in answer.json()["why"]
    assert answer.json()["why"].endswith("。")
    english = reporting.post("/report/send?lang=en", json=wish).json()["why"]
    assert english.isascii()
    assert english.endswith(".")


def arrives(reporting, wish, before):
    """Assert that the next try makes the one case, however often it comes."""
    ids = {reporting.post("/report/send", json=wish).json()["id"] for _ in range(3)}
    assert cases() == [*before, *ids]
    assert len(ids) == 1
    assert present.journal(os.environ).verify()


def test_another_program_holds_the_journal(reporting, wish, monkeypatch, tmp_path):
    monkeypatch.setattr(engines, "_wait", lambda: 0.3)
    before = cases()
    with held(tmp_path / FILE):
        waits(reporting, wish, AGAIN)
        assert cases() == before
    arrives(reporting, wish, before)


def test_the_disk_is_full(reporting, wish):
    before, engine = cases(), present.journal(os.environ).engine
    room = [0]

    def narrow(connection, _):
        connection.execute(f"PRAGMA max_page_count={room[0]}")

    event.listen(engine, "connect", narrow)
    engine.dispose()
    room[0] = 1  # SQLite takes what the file has already
    made = full = 0
    while full < 10:  # one may find room in the one index where another does not
        brief = {**wish, "key": f"{full:020}-{made}", "note": ""}
        arrived = reporting.post("/report/send", json=brief).status_code == 200
        made, full = (made + 1, 0) if arrived else (made, full + 1)
    wish = {**wish, "note": "长" * 500}
    waits(reporting, wish, "磁盘已满")
    waits(reporting, wish, AGAIN)
    assert len(cases()) == len(before) + made
    room[0] = 1_000_000
    engine.dispose()
    arrives(reporting, wish, cases())


def test_the_file_is_moved_away_and_back(reporting, wish, tmp_path):
    before = cases()
    parts = sorted(tmp_path.glob(f"{FILE}*"))
    for path in parts:
        path.rename(path.with_name(f"moved-{path.name}"))
    waits(reporting, wish, "移走、替换或删除")
    for path in parts:
        path.with_name(f"moved-{path.name}").rename(path)
    arrives(reporting, wish, before)


def test_the_file_is_written_over(reporting, wish, tmp_path):
    cases()
    with (tmp_path / FILE).open("r+b") as file:
        file.write(os.urandom(100_000))
    for _ in range(2):
        waits(reporting, wish, "已损坏或被截断")


def test_the_server_stops_and_comes_back(reporting, wish, monkeypatch, postgres):
    monkeypatch.setenv("WANGGE_DB", postgres.fresh())
    first = {**wish, "key": "f" * 22}
    assert reporting.post("/report/send", json=first).status_code == 200
    before = cases()
    postgres.stop()
    try:
        waits(reporting, wish, "连接不上数据库服务器")
        waits(reporting, wish, AGAIN)
    finally:
        postgres.start()
    arrives(reporting, wish, before)


def test_every_other_address_says_that_it_cannot_now(reporting, tmp_path):
    cases()
    (tmp_path / FILE).rename(tmp_path / "moved")
    client = TestClient(Starlette(routes=[*health.routes(), *photos.routes(), *pulse.routes()]))
    for address in ("/healthz", "/pulse", f"/photos/{'0' * 64}.jpg"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["cache-control"]) == (503, "no-store"), address


def framed():
    import runpy  # noqa: PLC0415 - AppTest runs this function's source alone

    from server.errors import tell  # noqa: PLC0415
    from wangge.errors import JournalError  # noqa: PLC0415

    try:
        runpy.run_path("pages/_frame.py")
    except JournalError as fault:
        tell(fault)


@pytest.mark.parametrize(("lang", "word"), [("zh", "已停止读写"), ("en", "nothing more is read")])
def test_an_open_page_says_what_is_wrong_and_comes_back(
    reporting, monkeypatch, tmp_path, lang, word
):
    del reporting
    monkeypatch.setenv("WANGGE_ROLE", "secretary")
    app = AppTest.from_function(framed, default_timeout=60)
    app.query_params["lang"] = lang
    app.run()
    assert not app.error
    (tmp_path / FILE).rename(tmp_path / "moved")
    app.run()
    (shown,) = app.error
    assert word in shown.value
    (tmp_path / "moved").rename(tmp_path / FILE)
    app.run()
    assert not app.error
    assert not app.exception
