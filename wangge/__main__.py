"""The command line: ``python -m wangge check data/geo``."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from wangge import journal_commands
from wangge.store.files import read
from wangge.store.handbook import generated
from wangge.store.problems import Problem
from wangge.text import LANGS, Lang, Text

_ROOT: Final = Path(__file__).parents[1]
_LEVELS: Final = {"error": Text("错误", "error"), "warning": Text("提醒", "warning")}
_DO: Final = Text("　怎么办：{advice}", "  what to do: {advice}")
_CLEAN: Final = Text(
    "没有发现问题：{rows} 条数据都可用。", "No problems: all {rows} rows can be used."
)
_SUMMARY: Final = Text(
    "共 {n} 个问题（{errors} 个错误，{warnings} 个提醒）；其余 {rows} 条数据可用。",
    "{n} problems ({errors} errors, {warnings} warnings); {rows} rows can be used.",
)
_WRITTEN: Final = Text("已写入 {path}", "written: {path}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 well, 1 problems found, 2 wrong usage."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a console that lacks a sign still shows the rest
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except BrokenPipeError:  # whoever read the output, `head` for one, has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(options: argparse.Namespace) -> int:
    match options.command:
        case "check":
            return _check(options)
        case "demo":
            return _demo(options)
        case "verify" | "backup" | "restore" | "clock":
            return journal_commands.run(options)
        case _:
            return _dictionary(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m wangge", description="网格一张图 · A community on one map"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令 command")
    check = commands.add_parser("check", help="检查一个数据文件夹 · check a folder of data")
    check.add_argument("folder", type=Path, help="放 GeoJSON 的文件夹 · holds the GeoJSON files")
    check.add_argument(
        "--registers", type=Path, help="放登记表 CSV 的文件夹 · holds the CSV registers"
    )
    check.add_argument("--json", action="store_true", help="输出 JSON · write JSON")
    demo = commands.add_parser("demo", help="生成演示数据 · write the demo community")
    demo.add_argument("--folder", type=Path, default=Path("data/geo"))
    demo.add_argument("--registers", type=Path, help="默认在旁边的 register · beside it by default")
    demo.add_argument("--today", type=date.fromisoformat, help="演示的“今天” · the demo's today")
    demo.add_argument("--seed", type=int, help="随机种子 · seed")
    dictionary = commands.add_parser(
        "dictionary", help="写出数据字典与检查说明 · write docs/data.md and docs/checking.md"
    )
    dictionary.add_argument("--root", type=Path, default=_ROOT)
    for command in (check, demo, dictionary, *journal_commands.parsers(commands)):
        command.add_argument("--lang", choices=LANGS, default="zh", help="语言 · language")
    return parser


def _check(options: argparse.Namespace) -> int:
    reading = read(options.folder, options.registers)
    rows = sum(len(frame) for frame in vars(reading.community).values() if hasattr(frame, "index"))
    if options.json:
        print(json.dumps([_plain(p) for p in reading.problems], ensure_ascii=False, indent=1))
    else:
        for problem in reading.problems:
            print(_line(problem, options.lang))
        print(_summary(reading.problems, rows).in_(options.lang))
    return int(bool(reading.problems))


def _plain(problem: Problem) -> dict[str, object]:
    return {
        "table": problem.table,
        "feature": problem.feature,
        "column": problem.column,
        "code": problem.code,
        "level": problem.level,
        "message": {lang: problem.message.in_(lang) for lang in LANGS},
        "advice": {lang: problem.advice.in_(lang) for lang in LANGS},
    }


def _line(problem: Problem, lang: Lang) -> str:
    where = " · ".join(part for part in (problem.table, problem.feature, problem.column) if part)
    level = _LEVELS[problem.level].in_(lang)
    advice = _DO.fill(advice=problem.advice).in_(lang)
    return f"[{level}] {where or '-'}: {problem.message.in_(lang)} ({problem.code})\n{advice}"


def _summary(problems: Sequence[Problem], rows: int) -> Text:
    levels = Counter(problem.level for problem in problems)
    return (_SUMMARY if problems else _CLEAN).fill(
        n=len(problems), errors=levels["error"], warnings=levels["warning"], rows=rows
    )


def _demo(options: argparse.Namespace) -> int:
    from wangge import demo  # noqa: PLC0415 - the generator is needed by this command only

    registers = options.registers or options.folder.parent / "register"
    demo.generate(
        options.folder,
        registers,
        seed=demo.SEED if options.seed is None else options.seed,
        today=options.today or demo.TODAY,
    )
    for path in (options.folder, registers):
        print(_WRITTEN.fill(path=path).in_(options.lang))
    return 0


def _dictionary(options: argparse.Namespace) -> int:
    for path, text in generated().items():
        (options.root / path).parent.mkdir(parents=True, exist_ok=True)
        (options.root / path).write_text(text, "utf-8")
        print(_WRITTEN.fill(path=path).in_(options.lang))
    return 0


if __name__ == "__main__":
    sys.exit(main())
