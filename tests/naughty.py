"""The Big List of Naughty Strings: what has broken programs before."""

from __future__ import annotations

import json
from pathlib import Path

NAUGHTY: list[str] = json.loads((Path(__file__).parent / "data" / "blns.json").read_text("utf-8"))
