"""An event's digest covers all it says, and the chain its order."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.errors import ChainError
from wangge.store.events import (
    FIRST,
    Event,
    canonical,
    clean,
    cleaned,
    digest,
    intact,
    moment,
    walk,
    written,
)

PLAIN = Event(
    1, "2026-11-25T01:00:00.000Z", "书记", "secretary", "keep", "records/a", "{}", FIRST, ""
)
WORDS = st.text(st.characters(exclude_categories=()))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


def sealed(event):
    return replace(event, hash=digest(event))


def chain(length):
    held = []
    for seq in range(1, length + 1):
        previous = held[-1].hash if held else FIRST
        held.append(sealed(replace(PLAIN, seq=seq, previous=previous, key=f"k{seq}")))
    return held


def test_a_chain_is_walked_to_its_end():
    assert walk([]) == (0, FIRST)
    held = chain(5)
    assert walk(held) == (5, held[-1].hash)


@pytest.mark.parametrize("name", [one.name for one in fields(Event)])
@pytest.mark.parametrize("other", ["x", "", None, b"x", 7])
def test_no_field_can_be_changed(name, other):
    held = chain(3)
    held[1] = replace(held[1], **{name: other})
    with pytest.raises(ChainError, match=r"Event 2 |missing"):
        walk(held)


def test_none_can_be_left_out_added_or_swapped():
    one, two, three = chain(3)
    for wrong in ([two, three], [one, three], [one, three, two], [one, one, two], [one, two, two]):
        with pytest.raises(ChainError):
            walk(wrong)
    other = sealed(replace(two, body='{"a":1}'))
    with pytest.raises(ChainError, match="Event 3"):  # forged well, but the next one knows
        walk([one, other, three])


def test_fields_cannot_flow_into_each_other():
    assert digest(replace(PLAIN, actor="ab", role="c")) != digest(
        replace(PLAIN, actor="a", role="bc")
    )
    assert digest(replace(PLAIN, key=None)) != digest(replace(PLAIN, key="None"))


def test_what_cannot_be_digested_is_not_intact():
    assert not intact(replace(PLAIN, body=b"\x00"))


@given(JSON)
def test_cleaned_json_goes_there_and_back_in_one_way(value):
    body = {"value": cleaned(value)}
    text = canonical(body)
    assert canonical(json.loads(text)) == text
    assert cleaned(body) == body
    assert text.encode()  # no lone half of a pair
    assert "\\u0000" not in text


@given(WORDS)
def test_clean_keeps_whatever_can_be_kept(text):
    if "\x00" not in text and not any("\ud800" <= char <= "\udfff" for char in text):
        assert clean(text) == text
    assert len(clean(text)) == len(text)


@given(st.integers(-2_000_000_000_000_000, 4_000_000_000_000_000), st.integers(-14, 14))
def test_moments_go_there_and_back_in_order(microseconds, hours):
    start = datetime(1970, 1, 1, tzinfo=UTC)
    zone = timezone(timedelta(hours=hours))
    zoned = (start + timedelta(microseconds=microseconds)).astimezone(zone)
    again = moment(written(zoned))
    assert timedelta() <= zoned - again < timedelta(milliseconds=1)
    assert again.utcoffset() == timedelta()
    later = zoned + timedelta(milliseconds=1)
    assert written(zoned) < written(later)
    assert written(again) == written(zoned)


def test_moments_are_written_in_utc():
    assert written(datetime(2026, 11, 25, 9, tzinfo=UTC)) == "2026-11-25T09:00:00.000Z"
