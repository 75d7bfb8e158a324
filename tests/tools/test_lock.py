"""The locks pin everything by hash, hold every direct requirement and name no package host."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements", "requirements-dev"]


def names(text):
    found = (re.match(r"[A-Za-z0-9._-]+", line) for line in text.splitlines())
    return {
        re.sub(r"[._]", "-", one.group()).lower() for one in found if one and one.group() != "-c"
    }


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_with_a_hash(lock):
    text = (ROOT / f"{lock}.txt").read_text("utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert len(blocks) > 20
    for block in blocks:
        assert "==" in block.splitlines()[0]
        assert "--hash=sha256:" in block


@pytest.mark.parametrize("lock", LOCKS)
def test_no_package_host_is_written_down(lock):
    text = (ROOT / f"{lock}.txt").read_text("utf-8")
    assert "://" not in text
    assert not re.search(
        r"^\s*(-i|--(extra-)?index-url|--find-links|--trusted-host)\b", text, re.MULTILINE
    )


@pytest.mark.parametrize("lock", LOCKS)
def test_direct_requirements_are_in_the_lock(lock):
    wanted = names((ROOT / f"{lock}.in").read_text("utf-8"))
    assert wanted <= names((ROOT / f"{lock}.txt").read_text("utf-8"))


def test_both_locks_agree():
    pins = [
        dict(
            re.findall(
                r"^([a-z0-9-]+)==(\S+)", (ROOT / f"{lock}.txt").read_text("utf-8"), re.MULTILINE
            )
        )
        for lock in LOCKS
    ]
    both = pins[0].keys() & pins[1].keys()
    assert both
    assert {name: pins[0][name] for name in both} == {name: pins[1][name] for name in both}
