"""How long a printed sheet takes, warm, at the size of a community."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from bench._watch import seconds
from papers.case_list import case_list
from papers.lamp_letter import LampRequest, lamp_letter
from papers.night_check import night_check
from wangge.analysis.lamp_sites import propose_lamps
from wangge.demo import TODAY
from wangge.domain.workdays import PLACE
from wangge.sight import see
from wangge.store.files import read

FOLDER: Final = Path("data/geo")
NOW: Final = datetime.combine(TODAY, time(13, 42), PLACE)
ROWS: Final = 1000


def main() -> None:
    """Print one `name: value unit` a line."""
    held = see(read(FOLDER).community.at(NOW), "planner")
    night = partial(night_check, held, "G8", today=TODAY, lang="zh")
    print(f"night_check: {seconds(night):.3f} s")
    found = propose_lamps(held.alleys, held.streetlights, on=["A26"], lamps=3)
    asked = LampRequest(found, ("A26",), "市政公用事业服务中心", 61, 180, 9, None)
    letter = partial(lamp_letter, held, asked, today=TODAY, lang="zh")
    print(f"lamp_letter: {seconds(letter):.3f} s")
    words = pd.DataFrame(
        {"编号": np.arange(ROWS), "类型": "线路老化", "说明": "楼道电线外露。" * 3}
    )
    listed = partial(case_list, "案件", words, today=TODAY, lang="zh")
    print(f"case_list_{ROWS}_rows: {seconds(listed):.3f} s")


if __name__ == "__main__":
    main()
