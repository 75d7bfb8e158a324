"""Generated files are checked against what would be generated now: ``make check``, ``make docs``.

A generator is a module with ``generated() -> Mapping[Path, str]`` (paths from the root), named in
`GENERATORS`. Its files are committed; ``--write`` writes them anew.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from layers import _docs
from pages import _theme
from tools import reference
from wangge.store import handbook

ROOT: Final = Path(__file__).parents[1]


def theme() -> Mapping[Path, str]:
    """Return Streamlit's settings, which are written from the colour tokens."""
    return {_theme.FILE.relative_to(_theme.ROOT): _theme.config()}


GENERATORS: Final = (reference.generated, theme, _docs.generated, handbook.generated)


def stale(expected: Mapping[Path, str], root: Path = ROOT) -> list[Path]:
    """Return the paths whose file under `root` is missing or differs from its expected text."""
    return [
        path
        for path, text in expected.items()
        if not (root / path).is_file() or (root / path).read_text("utf-8") != text
    ]


def main() -> int:
    """Check, or with ``--write`` write, every generated file; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write instead of checking")
    write = parser.parse_args().write
    expected = {path: text for generate in GENERATORS for path, text in generate().items()}
    found = stale(expected)
    for path in found:
        if write:
            (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / path).write_text(expected[path], "utf-8")
            sys.stdout.write(f"written: {path}\n")
        else:
            sys.stderr.write(f"stale: {path} (make docs)\n")
    return 0 if write else int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
