"""The command line: exit codes, both languages, JSON, generated pages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from wangge.__main__ import main
from wangge.store.handbook import faults, generated

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "data" / "geo"


def test_the_demo_is_clean(capsys):
    assert main(["check", str(DEMO)]) == 0
    assert "没有发现问题" in capsys.readouterr().out
    assert main(["check", str(DEMO), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize(("lang", "words"), [("zh", "怎么办"), ("en", "what to do")])
def test_problems_are_printed_and_counted(tmp_path, capsys, lang, words):
    (tmp_path / "grids.geojson").write_text('{"type": "FeatureCollection"}')
    assert main(["check", str(tmp_path), "--lang", lang]) == 1
    out = capsys.readouterr().out
    assert words in out
    assert "grids" in out
    assert "missing-member" in out


def test_json_says_it_in_both_languages(tmp_path, capsys):
    assert main(["check", str(tmp_path / "nowhere"), "--json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)
    assert set(problem) == {"table", "feature", "column", "code", "level", "message", "advice"}
    assert set(problem["message"]) == {"zh", "en"}


@pytest.mark.parametrize(
    "arguments", [[], ["check"], ["chek", "x"], ["check", "x", "--lang", "fr"]]
)
def test_wrong_usage_exits_2(arguments):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_it_runs_as_a_module(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "wangge", "check", str(tmp_path)],
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == b""


def test_the_pages_about_data_are_fresh(tmp_path):
    assert main(["dictionary", "--root", str(tmp_path)]) == 0
    for path, text in generated().items():
        assert (tmp_path / path).read_text("utf-8") == text
        assert (ROOT / path).read_text("utf-8") == text, "run: python -m wangge dictionary"


def test_every_fault_is_explained_once_in_both_languages():
    codes = [fault.code for fault in faults()]
    assert len(codes) == len(set(codes)) > 50
    for fault in faults():
        for text in (fault.message, fault.advice):
            assert text.zh.endswith(("。", "}}。")) or text.zh.endswith("}")
            assert text.en.endswith(".")
