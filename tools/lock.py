"""Pin the requirements: every package, every version, every hash. ``make lock`` runs this."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
# The lock must not say which mirror it was made against: each machine has its own.
OPTIONS: Final = (
    "--quiet",
    "--generate-hashes",
    "--strip-extras",
    "--allow-unsafe",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--no-emit-find-links",
)


def main() -> int:
    """Write requirements.txt, then requirements-dev.txt under its constraints."""
    for name in ("requirements", "requirements-dev"):
        command = (sys.executable, "-m", "piptools", "compile", *OPTIONS, *sys.argv[1:])
        arguments = (*command, f"{name}.in", "-o", f"{name}.txt")
        subprocess.run(arguments, cwd=ROOT, check=True)  # noqa: S603 - all arguments are ours
    return 0


if __name__ == "__main__":
    sys.exit(main())
