"""A broken page says what to do in the session's language, and never why in detail."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from server.errors import BROKEN


def broken_page():
    from server.errors import tell  # noqa: PLC0415 - AppTest runs this function's source alone

    tell(ValueError("secret 李某 13800000000"))


@pytest.mark.parametrize(("lang", "word"), [("zh", "编号"), ("en", "number")])
def test_speaks_the_language_of_the_session(lang, word, caplog):
    app = AppTest.from_function(broken_page)
    app.query_params["lang"] = lang
    app.run()
    (shown,) = app.warning
    assert word in shown.value
    assert "secret" not in shown.value
    assert "Traceback" not in shown.value
    number = next(r.args[0] for r in caplog.records if r.name == "wangge.pages")
    assert number in shown.value
    assert shown.value == BROKEN.fill(number=number).in_(lang)


def test_numbers_differ(caplog):
    for _ in range(2):
        AppTest.from_function(broken_page).run()
    first, second = (r.args[0] for r in caplog.records if r.name == "wangge.pages")
    assert first != second


def damaged_page():
    from server.errors import tell  # noqa: PLC0415 - as above
    from wangge.errors import DamagedError  # noqa: PLC0415
    from wangge.text import Text  # noqa: PLC0415

    tell(DamagedError(Text("坏了。", "It is broken.")))


@pytest.mark.parametrize(
    ("role", "told"),
    [("secretary", True), ("planner", True), ("worker", False), ("anonymous", False)],
)
def test_a_broken_journal_is_told_in_its_sentence(role, told, tmp_path, monkeypatch):
    """With folders to those who run the office, without to anybody else."""
    monkeypatch.setenv("WANGGE_ROLE", role)
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path))
    app = AppTest.from_function(damaged_page)
    app.query_params["lang"] = "en"
    (shown,) = app.run().error
    assert ("It is broken." in shown.value) == told
    assert (str(tmp_path) in shown.value) == told
    assert not app.warning
