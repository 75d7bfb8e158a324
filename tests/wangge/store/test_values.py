"""One cell at a time: what fits, what is read loosely, what is refused."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from wangge.domain.schema import Column
from wangge.domain.tables import TABLES
from wangge.store.faults import Findings
from wangge.store.values import DTYPES, column_of
from wangge.text import Text

WORDS = {"a": Text("甲", "A"), "b": Text("乙", "B")}


def read(value, kind, **options):
    findings = Findings()
    column = Column("x", Text("某", "x"), kind, **options)
    held = column_of([value], ["1"], column, "t", findings)
    assert held.dtype == DTYPES[kind]
    return held.iloc[0], [p.code for p in findings.found]


@pytest.mark.parametrize(
    ("kind", "value", "expected", "codes"),
    [
        ("text", "302", "302", []),
        ("text", 302, "302", ["loose-value"]),
        ("text", True, None, ["wrong-value"]),
        ("text", {"a": 1}, None, ["wrong-value"]),
        ("int", 3, 3, []),
        ("int", 3.0, 3, []),
        ("int", "3", 3, ["loose-value"]),
        ("int", 3.5, None, ["wrong-value"]),
        ("int", True, None, ["wrong-value"]),
        ("int", 10**30, None, ["wrong-value"]),
        ("int", "三", None, ["wrong-value"]),
        ("float", 2, 2.0, []),
        ("float", "2.5", 2.5, ["loose-value"]),
        ("float", math.inf, None, ["wrong-value"]),
        ("float", "nan", None, ["wrong-value"]),
        ("bool", False, False, []),
        ("bool", "是", True, ["loose-value"]),
        ("bool", 0, False, ["loose-value"]),
        ("bool", "maybe", None, ["wrong-value"]),
        ("date", "2026-11-23", pd.Timestamp(2026, 11, 23), []),
        ("date", "2026/1/3", pd.Timestamp(2026, 1, 3), ["loose-value"]),
        ("date", "2026年1月3日", pd.Timestamp(2026, 1, 3), ["loose-value"]),
        ("date", "2026-02-30", None, ["wrong-value"]),
        ("date", 20260103, None, ["wrong-value"]),
        ("time", "21:30", "21:30", []),
        ("time", "7:30", "07:30", ["loose-value"]),
        ("time", "25:00", None, ["wrong-value"]),
        ("list", ["a", "b"], ("a", "b"), []),
        ("list", "a、b", ("a", "b"), ["loose-value"]),
        ("list", [1], (), ["wrong-value"]),
        ("list", None, (), []),
    ],
)
def test_each_kind(kind, value, expected, codes):
    got, found = read(value, kind, required=False)
    assert found == codes
    if expected is None:
        assert pd.isna(got)
    else:
        assert got == expected
        assert not isinstance(got, float) or not math.isnan(got)


def test_a_required_value_may_not_be_missing():
    assert read(None, "text")[1] == ["missing-value"]
    assert read(None, "text", required=False)[1] == []


@pytest.mark.parametrize(
    ("value", "codes"), [(0, []), (9, []), (-1, ["out-of-bounds"]), (10, ["out-of-bounds"])]
)
def test_bounds_include_their_ends(value, codes):
    got, found = read(value, "int", low=0, high=9)
    assert found == codes
    assert pd.isna(got) == bool(codes)


def test_unknown_words_are_not_used():
    assert read("c", "text", terms=WORDS)[1] == ["unknown-word"]
    assert read("b", "text", terms=WORDS) == ("b", [])
    assert read(["a", "c"], "list", terms=WORDS) == (("a",), ["unknown-word"])


def test_columns_missing_and_unknown_are_named_once(folder):
    for row in folder.tables["households"]:
        del row["properties"]["room"]
        row["properties"]["romo"] = "101"
    found = [(p.code, p.column) for p in folder.read().problems]
    assert found == [("unknown-column", "romo"), ("missing-column", "room")]


def test_no_terminal_code_reaches_a_message(folder):
    folder.set("shops", "P01", trade=None, **{"\x1b[2Jx": 1})
    folder.tables["shops"].append({**folder.tables["shops"][0], "id": "\x1b]0;x\x07"})
    for problem in folder.read().problems:
        for text in (problem.feature, problem.column, problem.message.zh, problem.advice.en):
            assert text.isprintable()


def test_the_catalogue_of_tables_has_a_type_for_every_kind():
    kinds = {column.kind for table in TABLES.values() for column in table.columns}
    assert kinds <= set(DTYPES)
