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
