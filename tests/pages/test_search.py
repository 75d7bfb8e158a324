"""The search box against a slow, obvious reading of its promise."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from pages._search import KINDS, normal, search, sure


def _names(community):
    for layer in KINDS:
        frame = getattr(community, layer)
        for feature in frame.index:
            name = "" if layer == "streetlights" else str(frame.at[feature, "name"])
            yield layer, feature, name


def test_every_id_is_found_first(community):
    for layer, feature, _ in _names(community):
        hit = search(community, feature.lower())[0]
        assert (hit.layer, hit.id) == (layer, feature)
        assert sure(community, feature) == hit


@pytest.mark.parametrize("kind", ["grids", "compounds"])
def test_every_place_is_found_by_name_pinyin_and_initials(community, kind):
    for layer, feature, name in _names(community):
        if layer != kind:
            continue
        syllables = lazy_pinyin(name)
        for query in (name, "".join(syllables), "".join(word[0] for word in syllables)):
            found = [(hit.layer, hit.id) for hit in search(community, query, limit=50)]
            assert (layer, feature) in found[:9], (name, query)


def test_an_exact_name_goes_before_names_that_contain_it(community):
    for layer, feature, name in _names(community):
        if layer == "compounds":
            hit = search(community, name)[0]
            assert (hit.layer, hit.id) == (layer, feature)


def test_containing_names_are_exactly_those_found(community):
    query = "家属院"
    expected = {
        (layer, feature)
        for layer, feature, name in _names(community)
        if query in name
        or (layer == "buildings" and query in _compound_name(community, feature))
        or (layer == "shops" and query in _shop_place(community, feature))
    }
    assert {(hit.layer, hit.id) for hit in search(community, query, limit=10_000)} == expected


def _compound_name(community, building):
    place = community.buildings.at[building, "compound_id"]
    return community.compounds["name"].get(place, "") if isinstance(place, str) else ""


def _shop_place(community, shop):
    place = community.shops.at[shop, "compound_id"]
    return community.compounds["name"].get(place, "") if isinstance(place, str) else ""


def test_a_polyphone_is_found_by_either_reading(community):
    named = [row for row in _names(community) if "行" in row[2] and row[0] == "compounds"]
    assert named
    for _, feature, name in named:
        for reading in ("hang", "xing"):
            query = "".join(reading if char == "行" else lazy_pinyin(char)[0] for char in name)
            assert feature in [hit.id for hit in search(community, query)]


def test_width_case_and_spaces_do_not_matter(community):
    assert search(community, " \uff43\uff10\uff11 ") == search(community, "C01")


@pytest.mark.parametrize(
    "query", ["", "   ", "\u3000", "没有这样的地方", "🙂", "%_'\"<b>", "x" * 500]
)
def test_nothing_is_found_for_nothing(community, query):
    assert search(community, query) == ()
    assert sure(community, query) is None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=6))
def test_any_text_is_answered(community, query):
    hits = search(community, query)
    assert len(hits) <= 8
    assert len(set(hits)) == len(hits)
    if not normal(query):
        assert not hits


def test_a_role_finds_no_resident(community):
    holders = community.households.get("holder")
    for name in [] if holders is None else holders.dropna().unique()[:20]:
        assert all(hit.layer != "households" for hit in search(community, str(name)))
