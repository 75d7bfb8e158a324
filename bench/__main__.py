"""Run every measurement, or the named ones: ``python -m bench start map``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from pkgutil import iter_modules
from typing import Final

ROOT: Final = Path(__file__).parents[1]


def found() -> tuple[str, ...]:
    """Name the measurements: modules here without a leading underscore."""
    here = iter_modules([str(Path(__file__).parent)])
    return tuple(sorted(module.name for module in here if not module.name.startswith("_")))


def main(wanted: list[str]) -> int:
    """Run each measurement in a fresh process, one after another; return the exit code."""
    if unknown := set(wanted) - set(found()):
        print(f"unknown: {', '.join(sorted(unknown))}; there are: {', '.join(found())}")
        return 2
    failed = []
    for name in wanted or found():
        print(f"# {name}", flush=True)
        done = subprocess.run([sys.executable, "-m", f"bench.{name}"], cwd=ROOT, check=False)
        failed += [name] if done.returncode else []
    if failed:
        print(f"failed: {', '.join(failed)}")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
