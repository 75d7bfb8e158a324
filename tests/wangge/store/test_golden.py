"""Events written by an earlier program are read, and make what they made then, for ever.

A golden journal is never written again (see `tests.golden_journal`): where one of these tests
fails, the program must learn to read what it once wrote.
"""

from __future__ import annotations

import ast
import gzip
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.golden_journal import FOLDER, HEADS, TELLS, jpeg
from wangge.domain.case_kinds import QUESTIONS
from wangge.domain.steps import BY_ACTION
from wangge.domain.terms import HAZARD_KINDS, HAZARD_STATUSES, SEVERITIES
from wangge.store.engine import reading
from wangge.store.events import clean
from wangge.store.home import FILE
from wangge.store.migrate import HEAD, revision_of
from wangge.store.restore import restore

ROOT = Path(__file__).parents[3]
KNOWN = json.loads(HEADS.read_text("utf-8"))
MOST = 300_000  # bytes of all of them as they are kept
ADD = "add one: python -m tests.golden_journal NAME"


def unpacked(name, folder):
    where = folder / "golden" / FILE
    where.parent.mkdir()
    where.write_bytes(gzip.decompress((FOLDER / f"{name}.gpkg.gz").read_bytes()))
    return where


def rows_of(path, table):
    """Return the rows of a table as they stand in the file, whatever its revision."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as held:
        held.row_factory = sqlite3.Row
        return [dict(row) for row in held.execute(f"SELECT * FROM {table} ORDER BY 1")]


def test_each_is_known_and_they_are_small():
    files = {path.name.removesuffix(".gpkg.gz"): path for path in FOLDER.glob("*.gz")}
    assert set(files) == set(KNOWN)
    assert sum(path.stat().st_size for path in files.values()) < MOST
    assert {one["revision"] for one in KNOWN.values()} == {"0001", HEAD}, f"of each; {ADD}"


@pytest.mark.parametrize("name", KNOWN)
def test_it_opens_and_is_what_happened(name, tmp_path, opened, office_of):
    known, where = KNOWN[name], unpacked(name, tmp_path)
    tables = ("events", "cases", "records", "photos")
    before = {table: rows_of(where, table) for table in tables}
    (held,) = rows_of(where, "alembic_version")
    assert held["version_num"] == known["revision"]
    journal = opened(where)
    with reading(journal.engine) as connection:
        assert revision_of(connection) == HEAD
    assert journal.verify() == known["events"], "the state folded anew is the one stored then"
    assert journal.digest_of(known["events"]) == known["head"]
    office = office_of(journal)
    office.now = journal.last_moment()
    office.report()
    assert journal.verify() == known["events"] + 1
    journal.close()
    for table, old in before.items():
        now = rows_of(where, table)[: len(old)]
        assert [{name: row[name] for name in was} for row, was in zip(now, old, strict=True)] == old


def test_it_moves_to_a_server(tmp_path, postgres, opened, office_of):
    name = next(one for one, known in KNOWN.items() if known["revision"] == HEAD)
    known, where = KNOWN[name], postgres.fresh()
    office = office_of(opened(unpacked(name, tmp_path)))
    office.now = office.journal.last_moment()
    restore(tmp_path / "golden" / FILE, where, office.tick(), office.at("书记").actor)
    journal = opened(where)
    assert journal.digest_of(known["events"]) == known["head"]
    assert journal.verify() == known["events"] + 1


@pytest.fixture(scope="module")
def golden(tmp_path_factory):
    """All rows of all golden journals."""
    found = {table: [] for table in ("events", "cases", "records", "photos")}
    for name in KNOWN:
        path = unpacked(name, tmp_path_factory.mktemp("golden"))
        for table in found:
            found[table] += rows_of(path, table)
    return found


def modules() -> Iterator[tuple[ast.Module, dict[str, str]]]:
    """Yield each module of the product with its constants that are words."""
    for folder in ("wangge", "pages", "server"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            yield (
                tree,
                {
                    node.target.id: node.value.value
                    for node in tree.body
                    if isinstance(node, ast.AnnAssign)
                    and isinstance(node.target, ast.Name)
                    and isinstance(node.value, ast.Constant)
                    and isinstance(node.value.value, str)
                },
            )


def calls(tree, name, least):
    """Return the calls of a method `name` with at least so many arguments."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == name
        and len(node.args) >= least
    ]


def word(node, constants):
    """Return the word that an argument is, None if only running tells."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return constants.get(node.id) if isinstance(node, ast.Name) else None


def written_actions():
    """Return what the product's code calls what happens, apart from the steps of a case."""
    found = {word(call.args[0], held) for tree, held in modules() for call in calls(tree, "add", 3)}
    return found - {None}


def written_records():
    """Return the kinds of records that the product's code keeps."""
    found = set()
    for tree, held in modules():
        kept = calls(tree, "keep", 3)
        found |= {word(call.args[0], held) for call in kept}
        if kept or any(word(call.args[0], held) == "keep" for call in calls(tree, "add", 3)):
            found |= {
                word(value, held)
                for node in ast.walk(tree)
                if isinstance(node, ast.Dict)
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant) and key.value == "kind"
            }
    return found - {None}


def test_every_kind_of_event_is_in_one(golden):
    wanted = {*BY_ACTION, *written_actions()}
    assert wanted >= {"report", "import", "keep", "drop", "begin", "accept", "restore"}
    assert wanted <= {row["action"] for row in golden["events"]}, ADD


def test_every_kind_of_record_is_in_one(golden):
    wanted = written_records()
    assert wanted >= {"import", "inspection", "night_check", "scenario"}
    assert wanted <= {row["kind"] for row in golden["records"]}, ADD


def test_every_kind_of_case_is_in_one(golden):
    cases = golden["cases"]
    assert set(HAZARD_KINDS) <= {row["kind"] for row in cases}, ADD
    assert set(SEVERITIES) <= {row["severity"] for row in cases}, ADD
    assert (
        {"closed", "declined", "duplicate", "opened", "reported"}
        <= {row["status"] for row in cases}
        <= set(HAZARD_STATUSES)
    )
    answered = {(row["kind"], name) for row in cases for name in json.loads(row["answers"])}
    asked = {(kind, one.id) for kind, questions in QUESTIONS.items() for one in questions}
    assert asked <= answered, ADD


def test_what_was_typed_and_taken_is_in_one(golden):
    assert clean(TELLS.strip()) in {row["note"] for row in golden["cases"]}
    assert {jpeg(1), jpeg(100)} <= {row["jpeg"] for row in golden["photos"]}
    assert {row["role"] for row in golden["events"]} >= {"secretary", "planner", "worker"}
