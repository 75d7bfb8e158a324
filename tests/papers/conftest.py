"""The demo community as a planner sees it, and sheets read back as text."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.naughty import NAUGHTY
from wangge.domain.workdays import PLACE
from wangge.sight import see
from wangge.store.files import read

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 23)
NOW = datetime.combine(TODAY, time(13, 42), PLACE)


@pytest.fixture(scope="session")
def today():
    return TODAY


@pytest.fixture(scope="session")
def community():
    return see(read(ROOT / "data" / "geo").community.at(NOW), "planner")


@pytest.fixture(scope="session")
def nothing(tmp_path_factory):
    return see(read(tmp_path_factory.mktemp("nothing")).community.at(NOW), "planner")


@pytest.fixture(scope="session")
def naughty():
    """Strings that have broken programs before, and some that break pages."""
    return [
        *NAUGHTY,
        *("\ud800", "{nb}", "a\x00b\x1b[31m", "長" * 10_000, "x" * 10_000, "\u202eabc", "👨‍👩‍👧"),
        *("(((", ")\\", "\\", "\n" * 50, " " * 300, "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢", "שלום", "مرحبا"),
    ]


class Pdf:
    """A PDF as a reader sees it."""

    def __init__(self, content):
        self.reader = PdfReader(io.BytesIO(content))

    @property
    def pages(self):
        return len(self.reader.pages)

    @property
    def texts(self):
        return [page.extract_text() for page in self.reader.pages]

    @property
    def text(self):
        return "\n".join(self.texts)

    @property
    def flat(self):
        """All letters without the breaks between lines."""
        return "".join(self.text.split())


@pytest.fixture(scope="session")
def opened():
    return Pdf
